"""Intervals for a new whole plot, a new run of a known one, and a new sample of a known run."""

import numpy as np
import pytest
import scipy.stats

from electrodoe.dataset import TrainingData
from electrodoe.models import FittedModel, fit, predictive
from electrodoe.models.group_prediction import NEW, predict_in_groups
from electrodoe.models.mixed_model import mixed_model
from electrodoe.models.stratum_intervals import StratumIntervals, stratum_intervals


def _studied(seed: int, deviation: float) -> tuple[TrainingData, FittedModel]:
    """Return eight whole plots of four runs, two factors, and a plane."""
    rng = np.random.default_rng(seed)
    plots = np.repeat(np.arange(8), 4)
    inputs = np.column_stack([np.tile([-1.0, 1.0], 4)[plots], np.tile([-1.0, 1.0], 16)])
    y = inputs.sum(axis=1) + deviation * rng.normal(size=8)[plots] + rng.normal(size=32)
    data = TrainingData(
        scenario="all",
        response_name="y",
        input_names=("oven", "speed"),
        inputs=inputs,
        response=y,
        configurations=np.arange(32),
        sample_names=tuple(map(str, range(32))),
        whole_plots=plots,
    )
    return data, fit(data, "mlr", {})


def test_the_error_is_that_of_balanced_mean_squares() -> None:
    """At the center: (1 + 1/8) of the plots' variance and (1 + 1/32) of the runs'."""
    data, model = _studied(0, 2.0)
    known = stratum_intervals(data, model)
    assert known is not None
    error, degrees = known.standard_errors(np.zeros((1, 2)))
    means = data.response.reshape(8, 4).mean(axis=1)
    side = data.inputs[::4, 0]
    between = 4 * np.sum((means - means.mean() - side * (side @ means) / 8) ** 2) / 6
    within = data.response.reshape(8, 4) - means[:, None]
    slope = np.tile([-1.0, 1.0], 2)
    within = np.sum((within - np.outer(np.ones(8), slope) * (within @ slope).mean() / 4) ** 2) / 23
    a, b = (1 + 1 / 8) / 4, 1 + 1 / 32 - (1 + 1 / 8) / 4
    assert error[0] ** 2 == pytest.approx(a * between + b * within)
    spread = (a * between) ** 2 / 6 + (b * within) ** 2 / 23
    assert degrees[0] == pytest.approx((a * between + b * within) ** 2 / spread)


def test_new_whole_plots_are_held_as_often_as_is_said() -> None:
    """300 studies of four measurements; runs taken as independent hold 80 %."""
    held = []
    for seed in range(300):
        data, model = _studied(seed, 1.5)
        rng = np.random.default_rng([seed, 1])
        new = rng.choice([-1.0, 1.0], size=(4, 2))
        known = predictive(data, model).intervals(new, 0.9)
        y = new.sum(axis=1) + 1.5 * rng.normal(size=4) + rng.normal(size=4)
        held.append(np.mean((known.lower <= y) & (y <= known.upper)))
    assert 0.87 <= np.mean(held) <= 0.93


def test_chances_and_ends_agree() -> None:
    data, model = _studied(1, 1.0)
    known = predictive(data, model)
    assert isinstance(known, StratumIntervals)
    ends = known.intervals(data.inputs[:1], 0.8)
    chance = known.probability(data.inputs[:1], float(ends.lower[0]), float(ends.upper[0]))
    assert chance[0] == pytest.approx(0.8)
    guaranteed = known.guaranteed(data.inputs[:1], float(ends.lower[0]), float(ends.upper[0]), 0.9)
    assert 0.2 < guaranteed[0] < chance[0]


def test_other_families_leave_whole_plots_out() -> None:
    data, _ = _studied(2, 1.0)
    model = fit(data, "ridge_quadratic", {"quadratic": [False, False], "penalty": 0.1})
    assert "leave-one-whole-plot-out" in predictive(data, model, width=1).method


def test_variances_that_runs_do_not_tell_are_not_made_up() -> None:
    """Two whole plots with two settings: the interval is that of runs, as before."""
    data, _ = _studied(3, 1.0)
    few = data.take(np.arange(8))
    model = fit(few, "mlr", {})
    assert stratum_intervals(few, model) is None
    assert not isinstance(predictive(few, model), StratumIntervals)


def test_a_known_group_is_met_halfway() -> None:
    """One-way layout: the group's mean shrunk by the ratio of variances, in closed form."""
    rng = np.random.default_rng(6)
    groups = np.repeat(np.arange(5), 4)
    y = 3.0 * rng.normal(size=5)[groups] + rng.normal(size=20)
    fitted = mixed_model(np.ones((20, 1)), y, {"whole plot": groups}, ["1"])
    means = y.reshape(5, 4).mean(axis=1)
    residual, between = fitted.variances
    shrink = between / (between + residual / 4)
    known = predict_in_groups(fitted, np.ones((6, 1)), {"whole plot": np.array([0, 1, 2, 3, 4, NEW])})  # fmt: skip # noqa: E501
    assert known.center[:5] == pytest.approx(means.mean() + shrink * (means - means.mean()))
    assert known.center[5] == pytest.approx(means.mean())
    # known group: prediction variance of Robinson (1991), with the mean estimated
    of_mean = (between + residual / 4) / 5
    own = between * (1 - shrink) + (1 - shrink) ** 2 * of_mean
    assert known.standard_errors[0] ** 2 == pytest.approx(residual + own)
    assert known.standard_errors[5] ** 2 == pytest.approx(residual + between + of_mean)
    lower, upper = known.ends(0.9)
    factor = scipy.stats.t.ppf(0.95, known.degrees_of_freedom)
    assert (upper - lower) / 2 == pytest.approx(known.standard_errors * factor)
