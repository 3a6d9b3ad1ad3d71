"""Improving runs go where something better may be."""

from dataclasses import replace

import numpy as np
from tests.optimize.conftest import decide, hill, study_of

from electrodoe.optimize import exploitation_runs, overall_desirability


def half_measured(**declared):
    """Return the search on a slope of which only the lower half was measured, and is predicted."""
    study = study_of({"y": {"goal": "maximize", **declared}})
    slope = decide(study, [lambda x: np.minimum(x[:, 0], 5.0)])
    data = decide(study, [lambda x: x[:, 0]]).data[0]
    return replace(slope, data=(data.take(data.inputs[:, 0] < 5.0),))


def test_better_than_all_that_was_seen_counts():
    """The first run goes to the far end, and promises more than the whole of what was seen."""
    found = exploitation_runs(half_measured(), 3, seed=1)

    assert found.points[0, 0] > 0.9
    assert found.gains[0] > 0.5


def test_beyond_a_declared_target_nothing_is_gained():
    """A target that runs have reached leaves next to no improvement."""
    found = exploitation_runs(half_measured(target=3.0), 3, seed=1)

    assert found.gains.max() < 0.1


def test_a_corner_that_no_run_has_tried_is_proposed():
    """The top of a hill that lies there is met exactly."""
    existing = decide(study_of({"y": {"goal": "maximize"}}), [hill(10, 0)])
    data = existing.data[0]
    is_near = (data.inputs[:, 0] > 5.0) & (data.inputs[:, 1] < 5.0)

    found = exploitation_runs(replace(existing, data=(data.take(~is_near),)), 3, seed=1)

    assert np.any(np.all(found.points == [1.0, -1.0], axis=1))


def test_two_goals_are_improved_together():
    """The first run is truly more desirable than the best run made."""
    study = study_of(
        {
            "up": {"goal": "maximize", "lower": -60.0, "target": 0.0},
            "held": {"goal": "target", "lower": -60.0, "target": -8.0, "upper": 0.0},
        }
    )
    existing = decide(study, [hill(2, 8), hill(5, 5)])

    found = exploitation_runs(existing, 3, seed=1)

    truth = [
        overall_desirability(existing.goals, existing.predictions(points))
        for points in (existing.existing_runs, found.points)
    ]
    assert truth[1][0] > truth[0].max()
