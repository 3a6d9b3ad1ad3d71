"""A response on another scale: the same model, intervals and chances, back in its own unit."""

import json
from dataclasses import replace

import numpy as np
import pytest
from numpy.typing import NDArray

from electrodoe.dataset import TrainingData, Transform, declared_transform, leave_groups_out
from electrodoe.errors import ModelError
from electrodoe.models import (
    families_of,
    fit,
    model_from_bytes,
    model_to_bytes,
    predictive,
    refit_without,
    replicate_intervals,
    tune,
)

Floats = NDArray[np.float64]
NAME = "adhesion_strength_kpa"


@pytest.fixture(scope="module")
def steep(data: TrainingData) -> TrainingData:
    """Return the made-up study with a response that is its exponential: 0.4 to 40 and more."""
    return replace(
        data,
        response=np.exp((data.response - 900.0) / 60.0),
        transform=declared_transform("log", NAME),
    )


@pytest.fixture(scope="module")
def logarithms(steep: TrainingData) -> TrainingData:
    """Return its logarithms, as a response of their own."""
    return replace(steep, response=np.log(steep.response), transform=None)


def fitted(data: TrainingData, family: str):
    return fit(data, family, tune(data, family, width=1), seed=0)


@pytest.mark.parametrize("family", families_of("number"))
def test_every_family_learns_the_logarithm_and_predicts_the_median(
    family: str, steep: TrainingData, logarithms: TrainingData, new_settings: Floats
):
    """The exponential of what it learns from logarithms, hyperparameters and all."""
    model = fitted(steep, family)

    of_logarithms = fitted(logarithms, family).predict(new_settings)

    np.testing.assert_allclose(np.log(model.predict(new_settings)), of_logarithms, rtol=1e-9)
    np.testing.assert_allclose(
        model.predict_on(model.transform, new_settings), of_logarithms, rtol=1e-9
    )


@pytest.mark.parametrize("family", ["polynomial", "ridge_quadratic"])
def test_intervals_and_chances_are_those_of_the_logarithms(
    family: str, steep: TrainingData, logarithms: TrainingData, new_settings: Floats
):
    """Intervals by t and jackknife+; ends go back, so they are positive and not symmetric."""
    known = predictive(steep, fitted(steep, family), width=1)
    plain = predictive(logarithms, fitted(logarithms, family), width=1)
    found, expected = known.intervals(new_settings), plain.intervals(new_settings)

    np.testing.assert_allclose(found.lower, np.exp(expected.lower), rtol=1e-7)
    np.testing.assert_allclose(found.upper, np.exp(expected.upper), rtol=1e-7)
    assert np.all(found.lower > 0.0)
    if family == "polynomial":
        assert np.all(found.upper - found.center > found.center - found.lower)
    for lower, upper in ((0.0, 2.0), (0.5, np.inf), (1.0, 5.0), (-3.0, np.inf)):
        ends = [np.log(end) if end > 0.0 else -np.inf for end in (lower, upper)]
        np.testing.assert_allclose(
            known.probability(new_settings, lower, upper),
            plain.probability(new_settings, *ends),
            rtol=1e-7,
            atol=1e-12,
        )
        np.testing.assert_allclose(
            known.guaranteed(new_settings, lower, upper, 0.9),
            plain.guaranteed(new_settings, *ends, 0.9),
            rtol=1e-6,
            atol=1e-9,
        )
    assert np.all(known.probability(new_settings, -np.inf, -1.0) == 0.0)


def test_a_replicate_lies_about_the_median(steep: TrainingData, logarithms: TrainingData):
    """Of its configuration, by the scatter of logarithms."""
    found, expected = replicate_intervals(steep), replicate_intervals(logarithms)

    for name in ("lower", "center", "upper"):
        np.testing.assert_allclose(getattr(found, name), np.exp(getattr(expected, name)), rtol=1e-9)


@pytest.mark.parametrize("name", ["log", "sqrt", "logit", "box-cox"])
def test_a_saved_model_remembers_its_scale(name: str, steep: TrainingData, new_settings: Floats):
    """With a Box-Cox power as it was estimated; predictions to the bit."""
    response = 0.01 + 0.98 * steep.response / (1.0 + steep.response)
    column = "retention" if name == "logit" else NAME
    data = replace(
        steep,
        response_name=column,
        response=response,
        transform=declared_transform(name, column),
    )
    model = fitted(data, "polynomial")
    files = model_to_bytes(model)

    loaded = model_from_bytes(files)

    assert loaded.transform == model.transform
    assert (loaded.transform.power is None) == (name == "logit")
    np.testing.assert_array_equal(loaded.predict(new_settings), model.predict(new_settings))
    assert model_to_bytes(loaded) == files


def test_a_model_without_a_scale_is_saved_as_before(data: TrainingData):
    """No word of a transform in its card."""
    assert "transform" not in json.loads(model_to_bytes(fitted(data, "mlr"))["model.json"])


@pytest.mark.parametrize(
    "said",
    [
        {"name": "log"},
        {"name": "log", "power": 0.0, "ceiling": 1.0},
        {"name": "logit", "power": 0.5, "ceiling": 1.0},
        {"name": "box-cox", "power": 3.0},
        {"name": "cube", "power": 3.0},
        {"name": "log", "power": 0.0, "low": 2.0, "high": 1.0},
    ],
)
def test_a_card_with_an_impossible_scale_is_refused(steep: TrainingData, said: dict[str, object]):
    """Before anything is predicted."""
    files = model_to_bytes(fitted(steep, "mlr"))
    card = json.loads(files["model.json"])
    card["transform"] = {"low": 0.1, "high": 100.0} | said

    with pytest.raises(ModelError, match="transform"):
        model_from_bytes(files | {"model.json": json.dumps(card).encode()})


def test_the_power_is_estimated_without_what_is_left_out(data: TrainingData):
    """In every fold anew; refits on another power still give ends on the model's own scale."""
    rng = np.random.default_rng(11)
    place = 3.0 * data.inputs[:, 0] - 15.0 * data.inputs[:, 2] - 16.0 + rng.normal(0.0, 0.3, 54)
    own = replace(data, response=place**2, transform=declared_transform("box-cox", NAME))
    far = own.configurations == 0
    own = replace(own, response=np.where(far, 0.05 * own.response, own.response))
    model = fitted(own, "polynomial")
    tests = leave_groups_out(own.configurations)
    without = refit_without(own, model, tests[0], width=1)

    assert without.transform.power != model.transform.power
    found = predictive(own, fitted(own, "ridge_quadratic"), width=1).intervals(own.inputs)
    assert np.all(np.isfinite(found.lower))
    assert np.all(found.lower >= 0.0)
    assert np.all(found.lower < found.upper)


@pytest.mark.parametrize(
    ("name", "scale"),
    [("log", Transform(name="log", power=0.0)), ("box-cox", Transform(name="sqrt", power=0.5))],
)
@pytest.mark.parametrize("family", ["polynomial", "ridge_quadratic"])
def test_ninety_percent_are_held_in_each_quarter_of_the_response(
    name: str, scale: Transform, family: str
):
    """Six simulated studies of a log-normal and of a square-root truth; benchmarks/intervals.py."""
    held = []
    for seed in range(6):
        rng = np.random.default_rng([seed, 4711])
        runs, new = rng.uniform(-1.0, 1.0, (18, 2)), rng.uniform(-0.9, 0.9, (400, 2))
        slopes = rng.normal(size=2)
        slopes *= (2.0 if scale.power == 0.5 else 1.0) / np.linalg.norm(slopes)
        middle = 8.0 if scale.power == 0.5 else 3.0

        def surface(x, slopes=slopes, middle=middle):
            return middle + x @ slopes + 0.3 * x[:, 0] * x[:, 1]

        place = np.repeat(surface(runs), 3) + rng.normal(0.0, 0.2, 54)
        data = TrainingData(
            scenario="all",
            response_name=NAME,
            input_names=("a", "b"),
            inputs=np.repeat(runs, 3, axis=0),
            response=scale.inverse(place),
            configurations=np.repeat(np.arange(18), 3),
            sample_names=tuple(f"s{number}" for number in range(54)),
            transform=declared_transform(name, NAME),
        )
        found = predictive(data, fitted(data, family), width=1).intervals(new)
        measured = scale.inverse(surface(new) + rng.normal(0.0, 0.2, len(new)))
        quarter = np.searchsorted(np.quantile(surface(new), [0.25, 0.5, 0.75]), surface(new))
        is_held = (found.lower <= measured) & (measured <= found.upper)
        held.append([is_held[quarter == number].mean() for number in range(4)])
        assert found.lower.min() >= 0.0
    assert np.all(np.abs(np.mean(held, axis=0) - 0.90) <= 0.06)  # six studies: ± 2.5 % of chance
