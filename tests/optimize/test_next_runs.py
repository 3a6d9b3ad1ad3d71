"""New runs teach, improve, and confirm."""

from dataclasses import replace

import numpy as np
import pytest
from tests.optimize.conftest import decide, hill, study_of

from electrodoe.errors import RecommendationError
from electrodoe.models.terms import quadratic_matrix
from electrodoe.optimize import (
    augmentation_runs,
    best_set_point,
    exploitation_runs,
    exploration_runs,
    operating_window,
    sheet_plan,
    verdicts,
)

BOTH = np.array([True, True])


def variance(runs, where):
    """Return the mean prediction variance of the quadratic, in units of the noise."""
    X, F = quadratic_matrix(runs, BOTH), quadratic_matrix(where, BOTH)
    return float(np.mean(np.sum((F @ np.linalg.inv(X.T @ X)) * F, axis=1)))


def windowed():
    study = study_of({"y": {"goal": "maximize", "lower": -4.0}})
    return decide(study, [hill(8, 8)], sd=0.1)


def test_teaching_runs_beat_random_ones(round_hill):
    """All of 50 random choices of three."""
    rng = np.random.default_rng(1)
    where = rng.uniform(-1, 1, (2000, 2))
    existing = round_hill.existing_runs

    ours = variance(np.vstack([existing, augmentation_runs(round_hill, 3, seed=1)]), where)

    others = [variance(np.vstack([existing, rng.uniform(-1, 1, (3, 2))]), where) for _ in range(50)]
    assert ours < min(others)


def test_learning_runs_leave_less_unknown_than_random_ones(round_hill):
    """Where runs say that it is a quadratic: than 45 of 50 random choices of three."""
    rng = np.random.default_rng(1)
    where = rng.uniform(-1, 1, (2000, 2))
    existing = round_hill.existing_runs

    ours = variance(np.vstack([existing, exploration_runs(round_hill, 3)]), where)

    others = [variance(np.vstack([existing, rng.uniform(-1, 1, (3, 2))]), where) for _ in range(50)]
    assert np.sum(ours < np.array(others)) >= 45


def test_learning_runs_go_where_no_run_was():
    """With half of the region measured, most of them to the other half."""
    existing = decide(study_of({"y": {"goal": "maximize"}}), [hill(3, 6)])
    left = existing.data[0].take(existing.data[0].inputs[:, 0] < 5.0)

    found = exploration_runs(replace(existing, data=(left,)), 4)

    assert np.sum(found[:, 0] > 0.0) >= 3


def test_runs_for_a_window_know_more_of_it_than_runs_for_the_region():
    """The variance inside is lower, wherever the runs are."""
    existing = windowed()
    window = operating_window(existing).window
    inside = np.random.default_rng(2).uniform(window.low, window.high, (2000, 2))

    for_region = variance(
        np.vstack([existing.existing_runs, augmentation_runs(existing, 3, 1)]), inside
    )
    for_window = variance(
        np.vstack([existing.existing_runs, augmentation_runs(existing, 3, 1, window)]), inside
    )

    assert for_window < for_region


def test_improving_runs_go_where_it_is_higher(round_hill):
    """Better than any run made, by their true height, and no two alike."""
    found = exploitation_runs(round_hill, 3, seed=1)

    heights = round_hill.predictions(found.points)[:, 0]
    assert heights[0] > round_hill.predictions(round_hill.existing_runs)[:, 0].max()
    assert len(np.unique(found.points, axis=0)) == 3
    assert np.all(np.diff(found.gains) >= -1e-12)


def test_limits_are_kept_by_every_new_run():
    """Of both kinds."""
    study = study_of({"y": {"goal": "maximize"}}, plan={"runs": 12, "constraints": ["a + b <= 12"]})
    existing = decide(study, [hill(8, 8)])

    learning = exploration_runs(existing, 3)
    for points in (
        learning,
        augmentation_runs(existing, 3, 1),
        exploitation_runs(existing, 3, 1).points,
    ):
        assert existing.region.is_feasible(points).all()


def test_too_few_runs_for_a_plane_are_refused(round_hill):
    """With the request named."""
    one = replace(round_hill, data=(round_hill.data[0].take(np.arange(2)),))

    with pytest.raises(RecommendationError, match="cannot estimate a plane"):
        augmentation_runs(one, 1, seed=1)


def test_a_run_sheets_plan_holds_every_run_with_its_purpose(round_hill):
    """In random order, in the factors' units."""
    groups = {"teach": np.array([[-1.0, 1.0]]), "confirm": np.zeros((2, 2))}

    frame = sheet_plan(round_hill.region, groups, seed=3).frame

    assert sorted(frame["purpose"]) == ["confirm", "confirm", "teach"]
    assert frame.filter(purpose="teach").select("a", "b").row(0) == (0.0, 10.0)
    assert frame["run"].to_list() == [1, 2, 3]


def test_a_promise_kept_is_confirmed_and_a_broken_one_is_not(round_hill):
    """By the mean, with the count of values inside beside it."""
    promises = best_set_point(round_hill, 1).responses

    (kept,) = verdicts(promises, {"y": np.array([0.5, -0.5, np.nan])})
    (broken,) = verdicts(promises, {"y": np.array([-5.0, -4.0])})

    assert kept.is_confirmed
    assert kept.n_inside == 2
    assert not broken.is_confirmed
    assert "not confirmed" in broken.sentence


def test_what_was_not_promised_cannot_be_confirmed(round_hill):
    """Nor can nothing."""
    promises = best_set_point(round_hill, 1).responses

    with pytest.raises(RecommendationError, match="nothing was promised of 'z'"):
        verdicts(promises, {"z": np.array([1.0])})
    with pytest.raises(RecommendationError, match="no value of any promised response"):
        verdicts(promises, {"y": np.array([np.nan])})
