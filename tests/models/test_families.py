"""What holds for every family alike."""

from dataclasses import replace

import numpy as np
import pytest
from numpy.typing import NDArray

from electrodoe.dataset import TrainingData
from electrodoe.errors import ModelError
from electrodoe.models import FittedModel, families_of, fit, tune

WORST_KPA = {
    "mlr": 26,
    "polynomial": 6,
    "random_forest": 40,
    "svm": 20,
    "xgboost": 40,
    "ridge_quadratic": 6,
    "gaussian_process": 6,
    "extra_trees": 30,
    "reduced_polynomial": 6,
    "minimum_norm_polynomial": 6,
    "ensemble": 8,
}
"""Root mean squared error on a surface whose SD is about 45 kPa."""

each_family = pytest.mark.parametrize("family", families_of("number"))


def _model(data: TrainingData, family: str) -> FittedModel:
    return fit(data, family, tune(data, family, width=1, seed=1), seed=1)


@each_family
def test_a_known_surface_is_found_again(
    family: str,
    data: TrainingData,
    new_settings: NDArray[np.float64],
    truth_kpa: NDArray[np.float64],
) -> None:
    """As well as the family can: smooth ones to a few kPa, a plane and trees less so."""
    error = _model(data, family).predict(new_settings) - truth_kpa

    assert np.sqrt(np.mean(error**2)) < WORST_KPA[family]


@each_family
def test_row_order_and_repetition_do_not_change_a_bit(
    family: str, data: TrainingData, new_settings: NDArray[np.float64]
) -> None:
    """The same samples in another order choose and predict the same."""
    shuffled = data.take(np.random.default_rng(5).permutation(data.n_samples))

    first, second = _model(data, family), _model(shuffled, family)

    assert first.hyperparameters == second.hyperparameters
    np.testing.assert_array_equal(first.predict(new_settings), second.predict(new_settings))


@each_family
def test_the_number_of_rows_asked_at_once_does_not_change_a_prediction(
    family: str, data: TrainingData, new_settings: NDArray[np.float64]
) -> None:
    """One setting alone gets the answer that it gets among others."""
    model = _model(data, family)

    alone = np.concatenate([model.predict(row[None]) for row in new_settings[:20]])

    np.testing.assert_allclose(alone, model.predict(new_settings)[:20], rtol=1e-13)


@each_family
def test_the_unit_of_the_response_changes_the_unit_only(
    family: str, data: TrainingData, new_settings: NDArray[np.float64]
) -> None:
    """In Pa everything is a thousand times as much; an SVM on raw targets fails here."""
    in_pa = replace(data, response=1000.0 * data.response)

    in_kpa = _model(data, family).predict(new_settings)

    np.testing.assert_allclose(
        _model(in_pa, family).predict(new_settings), 1000 * in_kpa, rtol=1e-4
    )


@each_family
def test_a_wrong_question_is_refused(family: str, data: TrainingData) -> None:
    """A column too few, or one that is not a number, names the input."""
    model = _model(data, family)

    with pytest.raises(ModelError, match=r"\(n_samples, 3\) is meant"):
        model.predict(data.inputs[:, :2])
    with pytest.raises(ModelError, match="'porosity' is nan"):
        model.predict(np.array([[9.0, 50.0, np.nan]]))


@each_family
def test_settings_outside_the_data_are_announced(family: str, data: TrainingData) -> None:
    """No family extrapolates without saying so."""
    model = _model(data, family)

    inside = model.is_inside(np.array([[9.7, 55.0, 0.32], [20.0, 55.0, 0.32]]))

    assert inside.tolist() == [True, False]


def test_a_quadratic_that_the_plan_does_not_determine_is_refused(data: TrainingData) -> None:
    """Two inputs that move together leave no way to tell their terms apart."""
    inputs = data.inputs.copy()
    inputs[:, 1] = 2.0 * inputs[:, 0]

    with pytest.raises(ModelError, match="follows from the others"):
        _model(replace(data, inputs=inputs), "mlr")


def test_a_factor_with_two_levels_gets_no_square(data: TrainingData) -> None:
    """The polynomial leaves out what cannot be estimated."""
    inputs = data.inputs.copy()
    inputs[:, 1] = np.where(inputs[:, 1] > 55.0, 65.0, 45.0)

    assert tune(replace(data, inputs=inputs), "polynomial")["quadratic"] == [True, False, True]


@pytest.mark.parametrize("width", [1, 2, 3])
def test_every_width_of_search_gives_a_model(width: int, data: TrainingData) -> None:
    """Wider searches know more candidates and return the same kind of answer."""
    few = data.take(data.configurations < 8)

    for family in ("svm", "xgboost", "random_forest", "ridge_quadratic"):
        chosen = tune(few, family, width=width)
        assert np.all(np.isfinite(fit(few, family, chosen).predict(few.inputs)))
