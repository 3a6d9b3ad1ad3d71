"""Recommended settings lie inside the window that is guaranteed; bolder ones stand beside them."""

import numpy as np
import pytest
from tests.optimize.conftest import KnownSurface, grid_data, study_of

from electrodoe.optimize import Decision, Learned, decision, optimize_settings, possible_settings
from electrodoe.optimize.search import best_inside
from electrodoe.study import RecommendRequest

GOALS = {"y": {"goal": "maximize"}, "z": {"goal": "range", "lower": 2.0, "upper": 99.0}}


def _surfaces():
    """Return one that rises along a, and one that falls from its limit at a = 8."""
    return (lambda x: x[:, 0] + 0.0 * x[:, 1], lambda x: 10.0 - x[:, 0])


def _optimized(**factors):
    """Return what is found of both surfaces, each known to a scatter of 0.5."""
    declared = factors or {"region": [0.0, 10.0]}
    study = study_of(GOALS, dict.fromkeys("ab", declared))
    data = tuple(grid_data(own, name) for own, name in zip(_surfaces(), "yz", strict=True))
    possible = possible_settings(study, data[0])
    known = tuple(KnownSurface(own, sd=0.5) for own in _surfaces())
    decided = decision(study, possible.region, known, data)
    learned = tuple(Learned(response_name=name, family="mlr", r2_loco=0.9) for name in "yz")
    request = RecommendRequest(runs=2, confirmation_runs=2)
    return optimize_settings(decided, possible, learned, request, seed=1)


def test_the_best_of_what_is_guaranteed_is_recommended():
    """Z keeps 2 with 90 % up to a = 8 - 0.5 x 1.2816 = 7.36; predicted it does up to 8."""
    found = _optimized()

    assert found.bolder.settings["a"] == pytest.approx(8.0, abs=0.06)
    assert 7.0 < found.set_point.settings["a"] <= 7.36
    assert found.window.holds(found.point)
    assert found.set_point.probability_of_all_specifications > 0.9
    confirmed = found.next_runs.frame.filter(purpose="confirmation")["a"].to_list()
    assert set(confirmed) == {found.set_point.settings["a"]}


def test_on_levels_too():
    """Whole numbers: 7 is guaranteed, 8 is not."""
    found = _optimized(levels=[float(level) for level in range(11)])

    assert found.set_point.settings["a"] == 7.0
    assert found.bolder.settings["a"] == 8.0


def test_what_is_guaranteed_already_stays_as_it_is(monkeypatch):
    """One goal that rises everywhere: its top lies in the window."""
    monkeypatch.setitem(GOALS, "z", {"goal": "range", "lower": -99.0, "upper": 99.0})

    found = _optimized()

    assert found.bolder is None
    assert found.set_point.settings["a"] == 10.0


def test_the_best_of_a_box_lies_in_it_and_on_steps():
    """At its upper end in a, but for less than a step; b has nothing to choose."""
    decided: Decision = _optimized().decision
    low, high = np.array([-0.5, 0.2]), np.array([0.3333, 0.2])

    found = best_inside(decided.region, lambda points: points[:, 0], low, high, seed=0)

    assert np.all((found.point >= low) & (found.point <= high))
    assert found.point[0] == pytest.approx(0.3333, abs=0.011)
    assert found.point[1] == 0.2
