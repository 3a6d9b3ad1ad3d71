"""The search for the best plan: many starts, perturbations of the best ones, the last digits."""

from dataclasses import dataclass, replace
from typing import Final

import numpy as np
from threadpoolctl import threadpool_limits

from electrodoe.arrays import Floats, Integers
from electrodoe.design.search.effort import SearchEffort, search_effort
from electrodoe.design.search.equal_plans import kind_of
from electrodoe.design.search.exchange import exchange
from electrodoe.design.search.free_settings import free_settings
from electrodoe.design.search.local_refinement import refine_locally
from electrodoe.design.search.minimax import converged
from electrodoe.design.search.problem import SearchProblem
from electrodoe.errors import DesignError
from electrodoe.ties import ascending

_BATCH_NUMBERS: Final = 2e7
"""Numbers that a batch of designs may hold at once."""
_MIN_ROUNDS: Final = 8
"""So that two chains that agree at once are not accepted; chosen."""
_MIN_EIGENVALUE: Final = 1e-9
"""Fraction of the largest eigenvalue of the information below which the smallest is rounding."""
_SAME: Final = 1e-7  # as below, where nothing limits the settings
_SAME_WITHIN_LIMITS: Final = 1e-3
"""Relative difference below which two values of the goal are the same optimum; between limits,
and where the worst point counts, a quick local refinement leaves a thousandth."""


@dataclass(frozen=True, kw_only=True)
class SearchResult:
    """The best plan found, and how sure one may be of it.

    Attributes
    ----------
    design : array of shape (n_runs, n_factors)
        Coded settings; existing runs first.
    value : float
        The goal.
    n_starts : int
        Random starts.
    n_reached : int
        Starts and chains of perturbations that ended at this value.
    n_rounds : int
        Rounds of perturbations.
    """

    design: Floats
    value: float
    n_starts: int
    n_reached: int
    n_rounds: int


def search(problem: SearchProblem, seed: int, n_starts: int | None = None) -> SearchResult:
    """Return the best plan that a seeded search finds.

    Parameters
    ----------
    problem : SearchProblem
        What is searched for.
    seed : int
        Start of every random choice; the same seed gives the same plan.
    n_starts : int or None
        Random starts; found from the problem's size where it is not given.

    Returns
    -------
    SearchResult
        The plan.

    Raises
    ------
    DesignError
        If every start stayed singular.

    Notes
    -----
    Exchange brings every start to its local optimum. The best of them are perturbed, one to three
    runs at a time, and improved again (iterated local search) until several chains agree or none
    gains. Settings that may lie anywhere are refined locally after every perturbation.

    References
    ----------
    .. [1] Goos, Jones, Optimal Design of Experiments (2011), ch. 2.
    .. [2] Lourenco, Martin, Stuetzle, Iterated local search (2003), 10.1007/0-306-48056-5_11.
    """
    rng = np.random.default_rng(seed)
    spent = search_effort(problem)
    if n_starts is not None:
        spent = replace(spent, n_starts=n_starts)
    with threadpool_limits(1):  # small matrices: threads only wait for one another
        designs, values = _from_random_starts(problem, spent, rng)
        n_reached, n_rounds = _n_best(problem, values), 0
        if n_reached < spent.enough or problem.listed is None or problem.has_free_ends:
            designs, values, n_rounds = _perturbed(problem, designs, values, spent, rng)
            n_reached = _n_best(problem, values)
        leading = refine_locally(
            problem, designs[_leading(problem, designs, values, spent.n_refined)]
        )
        problem, design = converged(problem, leading)
        if _is_singular(problem, design):
            raise _singular(problem)
        value = float(problem.information(design[None], ridge=0.0).value[0])
    return SearchResult(
        design=design,
        value=value,
        n_starts=spent.n_starts,
        n_reached=n_reached,
        n_rounds=n_rounds,
    )


def _from_random_starts(
    problem: SearchProblem, spent: SearchEffort, rng: np.random.Generator
) -> tuple[Floats, Floats]:
    """Return the best local optima of random starts, refined locally, and their values."""
    n_starts, p = spent.n_starts, len(problem.prior)
    size = int(np.clip(_BATCH_NUMBERS / (problem.n_runs * p + 4 * p * p), 1, n_starts))
    if not spent.n_sweeps:
        designs = refine_locally(problem, problem.random_designs(n_starts, rng), is_quick=True)
        return designs, problem.information(designs).value
    found = [
        exchange(
            problem,
            problem.random_designs(min(size, n_starts - first), rng),
            n_sweeps=spent.n_sweeps,
        )
        for first in range(0, n_starts, size)
    ]
    designs = np.concatenate([designs for designs, _ in found])
    values = np.concatenate([values for _, values in found])
    order = ascending(values)
    if not free_settings(problem).n:
        return designs[order], values[order]
    few = _leading(problem, designs, values, 2 * spent.n_chains)
    refined = refine_locally(problem, designs[few], is_quick=True)
    return refined, problem.information(refined).value


def _perturbed(
    problem: SearchProblem,
    designs: Floats,
    values: Floats,
    spent: SearchEffort,
    rng: np.random.Generator,
) -> tuple[Floats, Floats, int]:
    """Return chains of plans, each perturbed and improved until they agree or none gains."""
    chosen = ascending(values)[: spent.n_chains]
    designs, values = designs[chosen], values[chosen]
    n_idle, n_rounds = 0, 0
    while n_rounds < _MIN_ROUNDS or (
        n_rounds < spent.n_rounds
        and n_idle < spent.patience
        and _n_best(problem, values) < spent.enough
    ):
        tried = _tried(problem, designs, spent, rng)
        reached = problem.information(tried).value
        is_better = reached < values - _SAME * np.abs(values) * 0.1
        n_idle = 0 if np.min(reached) < np.min(values) - _SAME * abs(np.min(values)) else n_idle + 1
        designs[is_better], values[is_better] = tried[is_better], reached[is_better]
        n_rounds += 1
    return designs, values, n_rounds


def _tried(
    problem: SearchProblem, designs: Floats, spent: SearchEffort, rng: np.random.Generator
) -> Floats:
    """Return plans after a perturbation of some runs, each improved again."""
    free, tried = np.array(problem.free_runs), designs.copy()
    is_one_for_all = spent.is_led_by_descent and problem.region.is_limited
    for number, design in enumerate(tried):
        if number == 0 or not is_one_for_all:
            n_perturbations = min(int(rng.integers(1, spent.n_perturbations + 1)), len(free))
            runs = rng.choice(free, n_perturbations, replace=False)
        problem.randomize(design, runs, rng)
    if is_one_for_all:
        tried, _ = exchange(problem, tried, runs=runs.tolist(), n_sweeps=2)
    elif not spent.is_led_by_descent:
        tried, _ = exchange(problem, tried)
    return refine_locally(problem, tried, is_quick=True)


def _leading(problem: SearchProblem, designs: Floats, values: Floats, n: int) -> Integers:
    """Return the best designs; of those with one kind, images mostly, one."""
    order = ascending(values)
    _, first = np.unique(kind_of(problem, designs[order]), axis=0, return_index=True)
    return order[np.sort(first)][:n]


def _n_best(problem: SearchProblem, values: Floats) -> int:
    """Return how many values equal the best."""
    is_rough = problem.has_free_ends and (
        problem.region.inequalities or problem.goal.evaluation is not None
    )
    best = float(np.min(values))
    same = _SAME_WITHIN_LIMITS if is_rough else _SAME
    return int(np.sum(values <= best + same * abs(best)))


def _is_singular(problem: SearchProblem, design: Floats) -> bool:
    """Return whether a design leaves some combination of terms undetermined."""
    eigenvalues = np.linalg.eigvalsh(np.linalg.inv(problem.information(design[None]).inverse[0]))
    return bool(eigenvalues[0] < _MIN_EIGENVALUE * eigenvalues[-1])


def _singular(problem: SearchProblem) -> DesignError:
    """Return the complaint about a model that the region cannot carry."""
    return DesignError(
        f"no plan of {problem.n_runs} runs estimates all {len(problem.prior)} terms",
        where="[plan]",
        fix="add runs or levels, leave terms out, or relax a constraint",
    )
