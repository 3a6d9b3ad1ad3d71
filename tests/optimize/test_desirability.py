"""Desirability is that of Derringer and Suich."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from electrodoe.optimize import Goal, desirability, goal_of, overall_desirability
from electrodoe.optimize.desirability import shortfall
from electrodoe.study import Response


def test_it_rises_from_the_least_to_the_target_with_the_weight_as_exponent():
    """A weight of 2 makes halfway a quarter."""
    declared = Response(goal="maximize", lower=10.0, target=20.0, weight=2.0)
    goal = goal_of("y", declared, 0.0, 99.0)

    assert desirability(goal, np.array([9.9, 10.0, 15.0, 20.0, 30.0])).tolist() == pytest.approx(
        [0.0, 0.0, 0.25, 1.0, 1.0]
    )


def test_small_is_the_mirror_of_large():
    """Minimize is maximize of the negative."""
    values = np.linspace(-5, 25, 31)
    large = goal_of("y", Response(goal="maximize", lower=0.0, target=20.0), -9.0, 30.0)
    small = goal_of("y", Response(goal="minimize", upper=0.0, target=-20.0), -30.0, 9.0)

    np.testing.assert_allclose(desirability(large, values), desirability(small, -values))


def test_only_an_open_goal_goes_beyond_what_was_seen_and_only_where_that_is_asked():
    """Twice as far is twice as good; a declared target and a failed limit stay what they are."""
    values = np.array([5.0, 10.0, 20.0, 40.0])
    open_end = goal_of("y", Response(goal="maximize", upper=30.0), 0.0, 10.0)
    declared = goal_of("y", Response(goal="maximize", lower=0.0, target=10.0), 0.0, 10.0)

    beyond = [desirability(goal, values, is_beyond=True).tolist() for goal in (open_end, declared)]

    assert beyond == [[0.5, 1.0, 2.0, 0.0], [0.5, 1.0, 1.0, 1.0]]
    assert desirability(open_end, values).tolist() == [0.5, 1.0, 1.0, 0.0]
    assert overall_desirability([open_end], values[:, None], is_beyond=True)[2] == 2.0


def test_inside_a_range_all_is_well_and_outside_nothing():
    """A specification alone."""
    goal = goal_of("y", Response(goal="range", lower=1.0, upper=2.0), 0.0, 9.0)

    assert desirability(goal, np.array([0.5, 1.0, 1.5, 2.0, 2.5])).tolist() == [0, 1, 1, 1, 0]


def test_one_failed_goal_fails_all_and_importance_is_an_exponent():
    """The weighted geometric mean: (0.5³ · 1)^(1/4)."""
    first = Goal(response_name="a", kind="maximize", low=0, high=1, target=1, importance=3.0)
    second = Goal(response_name="b", kind="maximize", low=0, high=1, target=1)

    found = overall_desirability([first, second], np.array([[0.5, 1.0], [0.9, -1.0]]))

    assert found.tolist() == pytest.approx([0.125**0.25, 0.0])


@given(
    kind=st.sampled_from(["maximize", "minimize", "target", "range"]),
    values=st.lists(st.floats(-1e6, 1e6), min_size=1, max_size=20),
    weight=st.floats(0.1, 10),
)
def test_it_is_a_fraction_and_what_is_good_misses_nothing(kind, values, weight):
    """Between 0 and 1; above 0 only where the shortfall is 0."""
    target = 3.0 if kind == "target" else None
    declared = Response(goal=kind, lower=0.0, upper=10.0, target=target, weight=weight)
    goal = goal_of("y", declared, -100.0, 100.0)
    y = np.array(values)

    d, missed = desirability(goal, y), shortfall([goal], y[:, None])

    assert np.all((d >= 0) & (d <= 1))
    assert np.all(missed[d > 0] <= 1e-6)
