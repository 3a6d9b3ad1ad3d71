"""Studies with planted curvature, or with planted run-to-run variation."""

from dataclasses import replace

import numpy as np

from electrodoe.dataset import TrainingData
from electrodoe.evaluate import quadratic_lack_of_fit
from electrodoe.optimize import Decision, ShapeTest

N_EACH, NOISE = 3, 1.0
GRID = np.stack(np.meshgrid(*[np.linspace(0, 10, 4)] * 2), axis=-1).reshape(-1, 2)


def curved(settings):
    """Return a slope with a hump of four standard deviations of the noise, 2.5 wide."""
    apart = np.sum((settings - np.array([6.7, 3.3])) ** 2, axis=1)
    return 0.5 * settings[:, 0] + 4.0 * np.exp(-apart / (2 * 2.5**2))


def slope(settings):
    return 0.5 * settings[:, 0]


def measured(settings, surface, rng, effect=0.0):
    """Return samples of productions, shape (n_runs, n_each)."""
    means = surface(settings) + rng.normal(0.0, effect, len(settings))
    return means[:, None] + rng.normal(0.0, NOISE, (len(settings), N_EACH))


def data_of(settings, values) -> TrainingData:
    n = len(settings)
    return TrainingData(
        scenario="all",
        response_name="y",
        input_names=("a", "b"),
        inputs=np.repeat(settings, N_EACH, axis=0),
        response=values.ravel(),
        configurations=np.repeat(np.arange(n), N_EACH),
        sample_names=tuple(f"run {run + 1}-{number}" for run in range(n) for number in "abc"),
    )


def lack_of_fit_of(*data: TrainingData) -> tuple[ShapeTest, ...]:
    found = [quadratic_lack_of_fit(own) for own in data]
    return tuple(
        ShapeTest(response_name=own.response_name, f=test.f, p=test.p)
        for own, test in zip(data, found, strict=True)
    )


def study(decision: Decision, surface, seed: int, effect: float = 0.0):
    """Return a decision after 16 productions, and what they gave."""
    values = measured(GRID, surface, np.random.default_rng(seed), effect)
    return replace(decision, data=(data_of(GRID, values),)), values
