"""Recommended settings are where closed forms say they are."""

import numpy as np
import pytest
from tests.optimize.conftest import decide, grid_data, hill, study_of

from electrodoe.errors import RecommendationError
from electrodoe.optimize import best_set_point, distance, possible_settings, settings_for


def values(set_point):
    return list(set_point.settings.values())


def test_the_top_of_a_hill_is_found(round_hill):
    """To a thousandth of the range, by more than one start."""
    found = best_set_point(round_hill, seed=1)

    assert values(found) == pytest.approx([3.0, 6.0], abs=0.01)
    assert found.searches.reached > 1
    assert found.responses[0].predicted == pytest.approx(0.0, abs=1e-3)


def test_the_same_seed_recommends_the_same(round_hill):
    """To the last bit."""
    assert best_set_point(round_hill, 5).settings == best_set_point(round_hill, 5).settings


@pytest.mark.parametrize("limit", ["a + b <= 10", "a*b <= 25"])
def test_a_limit_is_kept_and_used_up(limit: str):
    """From a hill at (8, 8) down to (5, 5), where the limit touches, linear or not."""
    study = study_of({"y": {"goal": "maximize"}}, plan={"runs": 12, "constraints": [limit]})

    found = best_set_point(decide(study, [hill(8, 8)]), seed=1)

    assert values(found) == pytest.approx([5.0, 5.0], abs=0.05)
    assert eval(limit.replace("<=", "<= 1e-6 +"), {}, found.settings)  # noqa: S307 - our own text


def test_goals_out_of_reach_give_the_nearest_miss():
    """With desirability 0, so that nobody takes it for a solution."""
    study = study_of({"y": {"goal": "maximize", "lower": 5.0}})

    found = best_set_point(decide(study, [hill(3, 6)]), 1)

    assert found.desirability == 0.0
    assert values(found) == pytest.approx([3.0, 6.0], abs=0.05)


def test_wanted_values_lead_to_their_settings():
    """Two planes, two wanted values, one solution."""
    study = study_of({"y": {"goal": "maximize"}, "z": {"goal": "minimize"}})
    made = decide(study, [lambda x: x[:, 0] + x[:, 1], lambda x: x[:, 0] - x[:, 1]])

    found = settings_for(made, {"y": 9.0, "z": 3.0}, 1)

    assert values(found) == pytest.approx([6.0, 3.0], abs=0.01)


def test_a_wanted_value_of_an_unknown_response_is_refused(round_hill):
    """With the name that is meant."""
    with pytest.raises(RecommendationError, match="no goal is declared for 'yy'"):
        settings_for(round_hill, {"yy": 1.0}, 1)


def test_every_promise_has_both_intervals_by_name(round_hill):
    """One for these settings, one for a replicate of the nearest run."""
    promise = best_set_point(round_hill, 1).responses[0]

    assert promise.lower < promise.predicted < promise.upper
    assert promise.replicate_lower < promise.replicate_upper


def test_extrapolation_is_announced():
    """Outside a range by name, outside the hull by its distance."""
    data = grid_data(hill(3, 6)).take(np.arange(32) < 28)  # without the corner at (10, 10)
    study = study_of({"y": {"goal": "maximize"}})
    region = possible_settings(study, data).region

    inside = distance(region, data, np.array([5.0, 5.0]))
    beyond = distance(region, data, np.array([10.0, 10.0]))
    far = distance(region, data, np.array([12.0, 5.0]))

    assert inside.is_inside
    assert beyond.hull > 0.0
    assert not beyond.outside
    assert far.outside == ("a",)
    assert far.hull == pytest.approx(0.2, abs=1e-3)


def test_undeclared_ends_are_the_measured_ones_and_foreign_limits_are_named():
    """Both are remarks, not errors."""
    factors = {"a": {}, "b": {"region": [0.0, 20.0]}, "c": {"region": [0.0, 1.0]}}
    study = study_of(
        {"y": {}},
        factors,
        plan={"runs": 12, "constraints": ["a + b <= 15", "b + c <= 9"]},
        scenarios={"all": {"inputs": ["a", "b"]}},
    )

    found = possible_settings(study, grid_data(hill(3, 6)))

    assert [(axis.low, axis.high) for axis in found.region.axes] == [(0.0, 10.0), (0.0, 20.0)]
    assert found.ends_from_data == ("a",)
    assert found.limits_left_out == ("b + c <= 9",)
    assert [limit.text for limit in found.region.inequalities] == ["a + b <= 15"]


def test_measured_ends_are_those_that_every_goal_has():
    """A response that was measured on fewer settings is known between them; 20/3 is set as 6.66."""
    study = study_of({"y": {}, "z": {}}, {"a": {}, "b": {}})
    whole = grid_data(hill(3, 6))
    part = grid_data(hill(3, 6), "z").take(whole.inputs[:, 0] < 7.0)
    rest = grid_data(hill(3, 6), "z").take(whole.inputs[:, 0] > 7.0)

    found = possible_settings(study, whole, [part])

    assert [(axis.low, axis.high) for axis in found.region.axes] == [(0.0, 6.66), (0.0, 10.0)]
    with pytest.raises(RecommendationError, match="at no common 'a'"):
        possible_settings(study, part, [rest])


def test_limits_without_room_are_refused():
    """With the limits named as what to relax."""
    study = study_of({"y": {"goal": "maximize"}}, plan={"runs": 12, "constraints": ["a >= 11"]})

    with pytest.raises(RecommendationError, match="no setting keeps every limit"):
        decide(study, [hill(3, 6)])


def test_a_promise_stays_within_what_can_be_measured():
    """A strength below zero is not waited for, whatever the errors say."""
    study = study_of({"pull_off_strength_kpa": {"goal": "minimize"}})

    (promise,) = best_set_point(decide(study, [lambda x: 0.5 + 0.1 * x[:, 0]]), 1).responses

    assert promise.lower == 0.0
    assert promise.upper == pytest.approx(0.5 + 1.645, abs=1e-3)
