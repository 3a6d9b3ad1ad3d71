"""Settings that a person can set."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.design.problems import problem_of
from tests.design.test_planning import study_of

from electrodoe.design.planning import plan_runs
from electrodoe.design.region.axes import FactorAxis
from electrodoe.design.search.settable import settable_plan, settable_points


@pytest.mark.parametrize(
    ("low", "high", "step"),
    [
        (50.0, 65.0, 0.05),
        (0.25, 0.40, 0.0005),
        (0.0, 20.0, 0.1),
        (0.0, 1.0, 0.005),
        (-1e-9, 3e-9, 2e-11),
    ],
)
def test_a_step_is_a_round_number_of_at_most_a_two_hundredth(low, high, step):
    """1, 2 or 5 times a power of ten."""
    assert FactorAxis(name="a", low=low, high=high).step == pytest.approx(step)


@given(st.floats(-1.0, 1.0), st.floats(1e-3, 1e4), st.floats(-1e3, 1e3))
def test_settings_move_by_half_a_step_at_most(coded, span, low):
    """And stay between the ends."""
    axis = FactorAxis(name="a", low=low, high=low + span)

    moved = axis.on_steps(np.array([coded]))[0]

    assert abs(moved) <= 1.0
    assert (
        abs(axis.decoded(moved) - axis.decoded(np.array(coded))) <= 0.5001 * axis.step + 1e-9 * span
    )


def test_levels_are_settings_already():
    """However odd they are."""
    axis = FactorAxis(name="a", low=0.0, high=1.0, levels=np.array([-1.0, 0.12345, 1.0]))

    assert axis.on_steps(np.array([0.12345])).tolist() == [0.12345]


def test_a_run_on_a_limit_goes_to_the_steps_inside():
    """Where the nearest step is over it; where no step is inside, it stays."""
    problem = problem_of([None, None], 6, constraints=["a + b <= 0.0047"])
    points = np.array([[0.9, -0.8953], [0.0, 0.0047]])

    moved = settable_points(problem.region, points)

    assert problem.region.is_feasible(moved).all()
    assert np.abs(moved - points).max() <= 0.01 + 1e-12
    np.testing.assert_allclose(moved / 0.01, np.round(moved / 0.01), atol=1e-9)
    band = problem_of([None, None], 6, constraints=["0.00201 <= a + b <= 0.00202"])
    inside = np.array([[0.3333, 0.002015 - 0.3333]])
    np.testing.assert_array_equal(settable_points(band.region, inside), inside)


def test_whole_plots_keep_one_setting():
    """Rounded together."""
    problem = problem_of([None, None], 6, hard=[0], sizes=[3, 3])
    design = problem.random_designs(1, np.random.default_rng(2))[0] * 0.987

    moved = settable_plan(problem, design)

    for group in range(2):
        assert len(np.unique(moved[problem.groups == group, 0])) == 1


def test_a_plan_asks_for_no_setting_between_steps():
    """Three factors from 20 to 60, set in steps of .2."""
    factors = {name: {"region": [20.0, 60.0]} for name in "abc"}
    planned = plan_runs(study_of({"runs": 13}, factors))

    settings = planned.plan.settings.to_numpy()

    np.testing.assert_allclose(settings * 5.0, np.round(settings * 5.0), atol=1e-9)
