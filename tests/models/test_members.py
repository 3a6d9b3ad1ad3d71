"""What holds for every family holds for the ensemble's members, whose own names are not public."""

import json
from collections.abc import Iterator
from dataclasses import replace

import numpy as np
import pytest
from numpy.typing import NDArray

from electrodoe.dataset import TrainingData
from electrodoe.errors import ModelError
from electrodoe.models import DEFAULT_FAMILY, FAMILIES, FittedModel, families_of, fit, tune
from electrodoe.models.families.model_average import MODEL_AVERAGE
from electrodoe.models.families.random_forest import COARSE_FOREST
from electrodoe.models.families.ridge_quadratic import FREE_QUADRATIC

NAMELESS = {family.name: family for family in (COARSE_FOREST, MODEL_AVERAGE, FREE_QUADRATIC)}
MEMBERS = ("mlr", "gaussian_process", "extra_trees", *NAMELESS)
MIN_R2 = {
    "model_average": 0.95,
    "mlr": 0.3,
    "free_quadratic": 0.95,
    "gaussian_process": 0.95,
    "extra_trees": 0.5,
    "coarse_forest": 0.25,
}

each_member = pytest.mark.parametrize("name", MEMBERS)


@pytest.fixture(autouse=True, scope="module")
def _all_members_have_a_name() -> Iterator[None]:
    """Let the members that are no family be asked like one."""
    with pytest.MonkeyPatch.context() as patch:
        for name, family in NAMELESS.items():
            patch.setitem(FAMILIES, name, family)
        yield


def _model(data: TrainingData, name: str) -> FittedModel:
    return fit(data, name, tune(data, name, width=1, seed=1), seed=1)


def test_the_default_has_the_members_that_are_tested_here(data: TrainingData) -> None:
    """A new member joins the tuple above."""
    assert set(tune(data, DEFAULT_FAMILY, width=1)["weights"]) == set(MEMBERS)


@each_member
def test_a_member_finds_a_known_surface_again(
    name: str,
    data: TrainingData,
    new_settings: NDArray[np.float64],
    truth_kpa: NDArray[np.float64],
) -> None:
    """Smooth ones nearly all of its variance, trees a part."""
    error = _model(data, name).predict(new_settings) - truth_kpa

    assert 1.0 - np.mean(error**2) / np.var(truth_kpa) > MIN_R2[name]


@each_member
def test_a_member_gives_the_same_bits_for_rows_in_any_order(
    name: str, data: TrainingData, new_settings: NDArray[np.float64]
) -> None:
    """Twice the same samples, turned over: chosen and predicted alike."""
    turned = data.take(np.arange(data.n_samples)[::-1])

    first, second = _model(data, name), _model(turned, name)

    assert first.hyperparameters == second.hyperparameters
    np.testing.assert_array_equal(first.predict(new_settings), second.predict(new_settings))


@each_member
def test_a_member_refuses_what_is_no_setting(name: str, data: TrainingData) -> None:
    """What, where and fix are all said."""
    model = _model(data, name)

    for wrong in (data.inputs[:, :2], data.inputs[0], np.full((1, 3), np.nan)):
        with pytest.raises(ModelError) as raised:
            model.predict(wrong)
        assert raised.value.what
        assert "adhesion_strength_kpa" in raised.value.where
        assert raised.value.fix.startswith("give ")


@pytest.mark.parametrize("name", [*families_of("number"), *NAMELESS])
def test_hyperparameters_are_json(name: str, data: TrainingData) -> None:
    """They come back from text as they were, so a saved model can be fitted anew."""
    chosen = tune(data, name, width=1)

    assert json.loads(json.dumps(chosen, allow_nan=False)) == chosen


def test_the_plane_finds_a_plane_and_nothing_else(
    data: TrainingData, new_settings: NDArray[np.float64]
) -> None:
    """Exactly without noise; of a bowl about its middle it explains nothing."""
    slopes = np.array([3.0, -2.0, 100.0])
    level = replace(data, response=500.0 + data.inputs @ slopes)
    middle = data.inputs.mean(axis=0)
    bowl = np.sum((new_settings - middle) ** 2 / data.inputs.var(axis=0), axis=1)
    curved = replace(
        data, response=np.sum((data.inputs - middle) ** 2 / data.inputs.var(axis=0), axis=1)
    )

    found = _model(level, "mlr").predict(new_settings)
    missed = _model(curved, "mlr").predict(new_settings) - bowl

    np.testing.assert_allclose(found, 500.0 + new_settings @ slopes, rtol=1e-9)
    assert np.mean(missed**2) > 0.7 * np.var(bowl)


@pytest.mark.parametrize("name", [*families_of("number"), *NAMELESS])
def test_a_response_in_pa_is_predicted_as_a_thousand_times_that_in_kpa(
    name: str, data: TrainingData, new_settings: NDArray[np.float64]
) -> None:
    """The unit is no hyperparameter: not of an SVM's tube, and not of a tie between two splits."""
    in_pa = replace(data, response=1000.0 * data.response)

    in_kpa = _model(data, name).predict(new_settings)

    np.testing.assert_allclose(_model(in_pa, name).predict(new_settings), 1000 * in_kpa, rtol=1e-6)
