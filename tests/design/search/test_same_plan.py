"""A plan does not see the last bits of what it is searched by: another machine ends at it too."""

from dataclasses import replace

import numpy as np
import pytest
from tests.design.problems import problem_of
from tests.design.test_planning import study_of

from electrodoe.design.model.criterion import mean_variance, volume
from electrodoe.design.planning import plan_runs
from electrodoe.design.search.problem import SearchProblem
from electrodoe.design.search.search import search

PROBLEMS = {
    "the paper's case": lambda: problem_of([4, 4, 4], 17),
    "its grid": lambda: problem_of([4, 4, 4], 17, over="grid"),
    "free": lambda: problem_of([None] * 3, 12),
    "limited": lambda: problem_of([5] * 3, 14, constraints=["a + b <= 0.8"]),
    "a category": lambda: problem_of([3, 3, ("p", "q", "r")], 15),
    "whole plots": lambda: problem_of([4] * 3, 17, hard=[1], sizes=[4, 4, 3, 3, 3]),
    "blocks": lambda: problem_of([3] * 3, 15, sizes=[5] * 3),
    "screening": lambda: problem_of([2] * 6, 12, goal=volume(), model="linear"),
}


def _shaken(problem: SearchProblem, seed: int) -> SearchProblem:
    """Return a problem whose moments and prior information have other last bits."""
    rng = np.random.default_rng(seed)
    p = len(problem.prior)
    noise = rng.uniform(-1.0, 1.0, (p, p))
    noise = (noise + noise.T) / 2.0
    tiny = problem.prior + 1e-12 * np.diag(rng.uniform(0.0, 1.0, p))
    weights = problem.goal.weights
    goal = problem.goal if weights is None else mean_variance(weights * (1.0 + 1e-12 * noise))
    return replace(problem, goal=goal, prior=tiny)


@pytest.mark.parametrize("name", PROBLEMS)
def test_noise_in_the_moments_leaves_the_plan_as_it_is(name: str) -> None:
    """Of 1e-12, a hundred times what kernels differ by; run by run."""
    problem = PROBLEMS[name]()
    plain = search(problem, 3)

    for seed in range(3):
        found = search(_shaken(problem, seed), 3)
        np.testing.assert_allclose(found.design, plain.design, atol=1e-5)
        assert found.value == pytest.approx(plain.value, rel=1e-9)


def test_a_range_with_other_last_bits_gives_the_same_sheet() -> None:
    """Ends that were computed, 0.1 + 0.2 instead of 0.3: settings and order as printed."""
    ends = ([0.3, 0.9], [0.1 + 0.2, 0.9 * (1.0 + 1e-15)])
    frames = [
        plan_runs(study_of({"runs": 12}, {name: {"region": own} for name in "abc"})).plan.frame
        for own in ends
    ]

    for name in "abc":
        np.testing.assert_allclose(frames[0][name], frames[1][name], rtol=1e-12)
