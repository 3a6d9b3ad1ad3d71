"""The search against the best-known plans: least values of 120,000 starts, textbooks, peers.

The numbers are those of ``design-of-experiments.md``: mean prediction variance over the
continuous cuboid, (a), or over the candidate grid, (b).
"""

from dataclasses import replace

import numpy as np
import pytest
from tests.design.problems import axes_of, problem_of

from electrodoe.design.region.region import region_of
from electrodoe.design.search.search import search
from electrodoe.errors import DesignError
from electrodoe.study.plan_request import Region

ROUNDED = 5e-7
"""Half of the last digit that a value is given with."""


@pytest.mark.parametrize("seed", [0, 1, 2])
@pytest.mark.parametrize(("over", "best"), [("continuous", 0.34999327), ("grid", 0.53802627)])
def test_the_papers_case_reaches_the_best_known_plan(over: Region, best: float, seed: int) -> None:
    """Three factors at four levels, the full quadratic, 17 runs."""
    assert search(problem_of([4, 4, 4], 17, over=over), seed).value <= best


@pytest.mark.parametrize(("over", "best"), [("continuous", 0.2927127), ("grid", 0.4513500)])
def test_twenty_runs_reach_the_best_known_plan(over: Region, best: float) -> None:
    """The same with three runs more."""
    assert search(problem_of([4, 4, 4], 20, over=over), 1).value <= best + ROUNDED


@pytest.mark.parametrize(
    ("n_runs", "best"),
    [
        *((10, 0.685568), (11, 0.550044), (12, 0.489687), (14, 0.409244)),  # Borkowski 2003
        *((15, 0.367593), (17, 0.322038), (18, 0.300522), (20, 0.266667)),
    ],
)
def test_continuous_factors_reach_the_best_known_plans(n_runs: int, best: float) -> None:
    """Three factors anywhere between their ends."""
    assert search(problem_of([None] * 3, n_runs), 1).value <= best + ROUNDED


@pytest.mark.parametrize(("n_levels", "best"), [(3, 0.4820870), (5, 0.4737648), (9, 0.4713862)])
def test_a_category_beside_numbers_reaches_the_best_known_plan(n_levels: int, best: float) -> None:
    """Goos and Jones, chapter 4: three numbers, one category of three, 24 runs; theirs .48233."""
    levels = [n_levels, n_levels, n_levels, ("p", "q", "r")]

    assert search(problem_of(levels, 24), 1).value <= best + 1e-7


@pytest.mark.parametrize(
    ("n_levels", "sizes", "best"),
    [
        (4, (4, 4, 4, 4, 4), 0.7703788),
        (5, (4, 4, 4, 4, 4), 0.744448),
        (4, (4, 4, 3, 3, 3), 0.8250308),
    ],
)
def test_temperature_as_whole_plot_reaches_the_best_known_plan(
    n_levels: int, sizes: tuple[int, ...], best: float
) -> None:
    """The drying temperature is reset five times only; whole plots may be unequal."""
    problem = problem_of([n_levels] * 3, sum(sizes), hard=[1], sizes=sizes)

    found = search(problem, 1)

    assert found.value <= best + ROUNDED
    assert problem.groups is not None
    for group in range(5):
        assert len(np.unique(found.design[problem.groups == group, 1])) == 1


def test_the_wind_tunnel_is_met() -> None:
    """Goos and Jones, chapter 10: two factors of four are hard to change, 10 x 5 runs."""
    problem = problem_of([None] * 4, 50, hard=[0, 1], sizes=[5] * 10)

    assert search(problem, 1).value <= 0.51180


def test_a_limited_region_is_met() -> None:
    """JMP's example, .2 <= a + b <= .8 on the cube: its plan has .34848, the best known .33958."""
    problem = problem_of([None] * 3, 16, constraints=["0.2 <= a + b <= 0.8"])

    found = search(problem, 2)

    assert found.value <= 0.3400
    assert problem.region.is_feasible(found.design).all()


def test_augmentation_reaches_the_exhaustive_optimum() -> None:
    """Three runs added to the best plan of 17, which stays as it is."""
    made = search(problem_of([4, 4, 4], 17), 1).design

    found = search(problem_of([4, 4, 4], 20, fixed=made), 1)

    assert found.value <= 0.29505339 + 1e-8
    np.testing.assert_array_equal(found.design[:17], made)


def test_six_factors_reach_what_no_peer_does() -> None:
    """34 runs of the full quadratic in six factors; process-improve reaches .40518."""
    assert search(problem_of([None] * 6, 34), 0).value <= 0.3850


def test_six_factors_at_three_levels_reach_the_best_known_plan() -> None:
    """The same 34 runs with settings at the ends and the middle only."""
    assert search(problem_of([3] * 6, 34), 1).value <= 0.3969293 + 1e-6


def test_the_documented_example_of_algdesign_is_beaten() -> None:
    """AlgDesign: 15 runs of a 5 x 5 x 5 grid, quadratic; its I, times the runs, is 8.096772."""
    assert 15 * search(problem_of([5, 5, 5], 15, over="grid"), 1).value <= 8.096772


def test_the_same_seed_gives_the_same_plan() -> None:
    """A plan is a function of its seed."""
    first, again = (search(problem_of([4, 4, 4], 17), 7) for _ in range(2))

    np.testing.assert_array_equal(first.design, again.design)


def test_a_model_that_the_levels_cannot_carry_is_refused() -> None:
    """Two levels give no square; the search says so instead of returning a singular plan."""
    problem = replace(problem_of([3, 3], 8), region=region_of(axes_of([2, 2])))

    with pytest.raises(DesignError, match="estimates all"):
        search(problem, 1)
