"""What a family chooses does not hang on the last bits of its data."""

from dataclasses import replace

import numpy as np
import pytest

from electrodoe.dataset import TrainingData
from electrodoe.models import fit, predictive, tune
from electrodoe.models.minimum import minimum

FAMILIES = ["mlr", "polynomial", "ridge_quadratic", "gaussian_process"]


def perturbed(data: TrainingData, seed: int) -> TrainingData:
    """Return every input and response times 1 ± 1e-12."""
    rng = np.random.default_rng(seed)

    def shaken(values):
        return values * (1.0 + 1e-12 * rng.choice([-1.0, 1.0], values.shape))

    return replace(data, inputs=shaken(data.inputs), response=shaken(data.response))


def measured(data: TrainingData) -> TrainingData:
    """Return the same study with inputs that were measured sample by sample."""
    rng = np.random.default_rng(1)
    noise = rng.normal(0.0, 0.02, data.inputs.shape) * data.inputs.std(axis=0)
    return replace(data, inputs=data.inputs + noise)


@pytest.mark.parametrize("is_measured", [False, True])
@pytest.mark.parametrize("family", FAMILIES)
def test_a_family_is_the_same_for_data_that_differ_by_rounding(
    family: str, is_measured: bool, data: TrainingData
) -> None:
    """Equal hyperparameters; predictions and intervals within 1e-7 of the response's deviation."""
    data = measured(data) if is_measured else data
    chosen = tune(data, family, width=3)
    model = fit(data, family, chosen)
    known = predictive(data, model, width=1).intervals(data.inputs[::3])

    for seed in range(3):
        other = perturbed(data, seed)
        refitted = fit(other, family, tune(other, family, width=3))
        intervals = predictive(other, refitted, width=1).intervals(data.inputs[::3])

        assert refitted.hyperparameters == chosen
        near = 1e-7 * data.response.std()
        np.testing.assert_allclose(intervals.center, known.center, rtol=0, atol=near)
        np.testing.assert_allclose(intervals.lower, known.lower, rtol=0, atol=near)
        np.testing.assert_allclose(intervals.upper, known.upper, rtol=0, atol=near)


def test_a_minimum_is_found_to_the_last_digits_from_different_starts() -> None:
    """A curved valley, where a quasi-Newton search stops on its way."""

    def valley(x):
        value = (1.0 - x[0]) ** 2 + 20.0 * (x[1] - x[0] ** 2) ** 2
        gradient = np.array(
            [
                -2.0 * (1.0 - x[0]) - 80.0 * x[0] * (x[1] - x[0] ** 2),
                40.0 * (x[1] - x[0] ** 2),
            ]
        )
        return float(value), gradient

    bounds = np.array([[-3.0, 3.0], [-3.0, 3.0]])
    for start in ([-1.2, 1.0], [2.0, 2.0], [0.0, -1.0]):
        np.testing.assert_allclose(minimum(valley, np.array(start), bounds), 1.0, atol=1e-9)
