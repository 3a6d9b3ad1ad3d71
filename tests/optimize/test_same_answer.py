"""What is recommended does not see the last bits of what was measured."""

from collections.abc import Callable
from dataclasses import replace
from functools import cache
from typing import TypeVar

import numpy as np
import pytest
from numpy.typing import NDArray
from tests.optimize.conftest import decide, hill, study_of

from electrodoe.dataset import TrainingData
from electrodoe.models import fit, predictive, tune
from electrodoe.optimize import Decision, best_set_point, decision, operating_window
from electrodoe.optimize.next_runs.exploration_runs import exploration_runs
from electrodoe.optimize.next_runs.improvement import exploitation_runs
from electrodoe.optimize.pareto import pareto_set
from electrodoe.optimize.set_points import SetPoint
from electrodoe.optimize.window import OperatingWindow

T = TypeVar("T")
RESPONSES = {
    "y": {"goal": "maximize", "lower": -30.0},
    "z": {"goal": "minimize", "upper": 60.0},
}
SURFACES = [hill(3, 6), lambda x: 2.0 * x[:, 0] + 3.0 * x[:, 1]]


def _shaken(data: TrainingData, rng: np.random.Generator) -> TrainingData:
    """Return data with other last bits."""

    def noise(shape):
        return 1.0 + 1e-12 * rng.uniform(-1.0, 1.0, shape)

    return replace(
        data,
        inputs=data.inputs * noise(data.inputs.shape),
        response=data.response * noise(data.response.shape),
    )


@cache
def _learned(seed: int | None) -> Decision:
    """Return a decision over fitted models, of data with other last bits unless seed is None."""
    study = study_of(RESPONSES)
    known = decide(study, SURFACES)
    data = known.data
    if seed is not None:
        rng = np.random.default_rng(seed)
        data = tuple(_shaken(own, rng) for own in data)
    models = [
        fit(own, "ridge_quadratic", tune(own, "ridge_quadratic", width=1, seed=1), seed=1)
        for own in data
    ]
    found = tuple(predictive(own, model) for own, model in zip(data, models, strict=True))
    return decision(study, known.region, found, data)


@cache
def _plain(answer: Callable[[Decision], T]) -> T:
    """Return what data as they are answer; made once, for every test compares with it."""
    return answer(_learned(None))


@pytest.fixture(params=[1, 2, 3])
def shaken(request: pytest.FixtureRequest) -> Decision:
    """Return the decision over data with other last bits."""
    return _learned(request.param)


def _set_point(own: Decision) -> SetPoint:
    return best_set_point(own, 1)


def _window(own: Decision) -> OperatingWindow | None:
    return operating_window(own, 0.9).window


def _efficient(own: Decision) -> NDArray[np.float64]:
    return pareto_set(own, 1).points


def _improving(own: Decision) -> NDArray[np.float64]:
    return exploitation_runs(own, 3, 1).points


def _learning(own: Decision) -> NDArray[np.float64]:
    return exploration_runs(own, 3, None)


def test_the_set_point_is_the_same(shaken: Decision):
    """To the last digit: it stands on steps."""
    first, other = _plain(_set_point), _set_point(shaken)

    assert list(first.settings.values()) == list(other.settings.values())
    assert first.desirability == pytest.approx(other.desirability, rel=1e-6)


def test_the_window_is_the_same(shaken: Decision):
    """To six digits."""
    first, other = _plain(_window), _window(shaken)

    assert first is not None
    assert other is not None
    np.testing.assert_allclose(first.low, other.low, atol=1e-6)
    np.testing.assert_allclose(first.high, other.high, atol=1e-6)


def test_what_can_be_had_at_once_is_the_same(shaken: Decision):
    """Every setting of the Pareto set."""
    np.testing.assert_allclose(_plain(_efficient), _efficient(shaken), atol=1e-9)


def test_next_runs_are_the_same(shaken: Decision):
    """To improve and to learn, run by run."""
    for chosen in (_improving, _learning):
        np.testing.assert_allclose(_plain(chosen), chosen(shaken), atol=1e-9)
