"""Wished numbers of different settings: counted, kept by the search, and best among their kind."""

from dataclasses import replace
from itertools import combinations_with_replacement

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.design.problems import problem_of

from electrodoe.design.search.distinct import (
    PRICE,
    distinct_count,
    price,
    price_of_exchange,
)
from electrodoe.design.search.problem import SearchProblem
from electrodoe.design.search.search import search


def wishing(problem: SearchProblem, *wishes: tuple[list[int], int]) -> SearchProblem:
    """Return a problem with wished numbers of settings of some factors."""
    axes = problem.region.axes
    return replace(problem, distinct=tuple(distinct_count(axes, *wish) for wish in wishes))


@given(st.integers(0, 10_000))
def test_an_exchange_pays_the_difference_of_two_plans(seed: int):
    """Candidate by candidate, counted anew with Python's sets."""
    rng = np.random.default_rng(seed)
    problem = wishing(problem_of([3, 4, 2], 7), ([0, 1], 5), ([0, 1, 2], 7))
    designs = problem.random_designs(3, rng)
    run = int(rng.integers(7))
    tried = np.broadcast_to(problem.region.grid(3)[None], (3, 24, 3))

    change = price_of_exchange(problem.distinct, designs, run, tried)

    for number, design in enumerate(designs):
        for candidate, point in enumerate(tried[number]):
            after = design.copy()
            after[run] = point
            missed = [
                abs(len({tuple(row[list(wish.numbers)]) for row in runs}) - wish.count)
                for runs in (after, design)
                for wish in problem.distinct
            ]
            assert change[number, candidate] == PRICE * (sum(missed[:2]) - sum(missed[2:]))


@pytest.mark.parametrize("count", [3, 4, 5])
def test_the_plan_is_the_best_of_all_with_as_many_settings(count: int):
    """All 1,287 plans of five runs on a grid of nine, for a model of three terms, by hand."""
    problem = problem_of([3, 3], 5, model="linear", over="grid")
    grid = problem.region.grid(3)
    every = np.array(list(combinations_with_replacement(range(9), 5)))
    fitting = every[[len(set(rows)) == count for rows in every.tolist()]]
    values = problem.information(grid[fitting]).value

    found = search(wishing(problem, ([0, 1], count)), seed=1)

    assert found.value == pytest.approx(values.min(), rel=1e-9)
    assert len(np.unique(found.design, axis=0)) == count


@settings(max_examples=4, deadline=None)
@given(st.integers(0, 1000), st.integers(6, 12), st.sampled_from([(), ("a + b <= 1.1",)]))
def test_wishes_are_kept_with_limits_and_groups(seed: int, count: int, limits: tuple[str, ...]):
    """Blocks of six; distinct settings of two factors, and of all three."""
    problem = problem_of([4, 4, 4], 12, sizes=[6, 6], constraints=limits)

    found = search(wishing(problem, ([0, 1], count), ([0, 1, 2], 12)), seed, n_starts=12)

    assert len(np.unique(found.design[:, :2], axis=0)) == count
    assert len(np.unique(found.design, axis=0)) == 12
    assert found.value < PRICE


def test_whole_plots_keep_a_wish():
    """A hard-to-change factor is reset with all runs of its whole plot, the count in view."""
    problem = problem_of([4, 4, 4], 16, hard=[0], sizes=[4] * 4)

    found = search(wishing(problem, ([0, 1], 10)), 1, n_starts=30)

    assert len(np.unique(found.design[:, :2], axis=0)) == 10
    assert all(np.ptp(found.design[first : first + 4, 0]) == 0.0 for first in range(0, 16, 4))


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_the_last_bits_of_the_goal_choose_no_other_plan(seed: int):
    """Seeds, and weights that differ by 1e-13 of themselves, give one plan."""
    problem = wishing(problem_of([4, 4, 4], 17), ([0, 1], 13), ([0, 1, 2], 17))
    noise = 1.0 + 1e-13 * np.random.default_rng(seed).standard_normal((10, 10))
    weights = problem.goal.weights * (noise + noise.T) / 2.0
    other = replace(problem, goal=replace(problem.goal, weights=weights))

    first, second = search(problem, 2023), search(other, seed)

    np.testing.assert_allclose(second.design, first.design, atol=1e-9)


def test_what_is_missed_is_paid_for():
    """Two settings too few, twice the price; met, nothing."""
    problem = problem_of([3, 3], 4)
    wish = (distinct_count(problem.region.axes, [0], 3),)
    designs = np.array([[[-1.0, 0.0]] * 4, [[-1.0, 0.0], [0.0, 0.0], [1.0, 0.0], [1.0, 1.0]]])

    assert price(wish, designs).tolist() == [2.0 * PRICE, 0.0]
