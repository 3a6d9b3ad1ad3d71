"""How much a search tries, by what one trial costs."""

from dataclasses import dataclass
from typing import Final

import numpy as np

from electrodoe.design.search.free_settings import free_settings
from electrodoe.design.search.linear_limits import room_of
from electrodoe.design.search.problem import SearchProblem

_WORK: Final = 4e9
"""Multiplications that the starts may cost in the first sweeps."""
_N_STARTS: Final = (32, 500)
"""Bounds; with 500 all of 100 seeds find the paper case's best known plan (benchmarks)."""
_DEAR: Final = 5e5
"""Multiplications of one evaluation, with its slopes, above which a search tries less at once."""
_N_CHAINS: Final = 24
"""Best plans that are perturbed side by side; chosen."""
_N_CHAINS_DEAR: Final = 6
"""Where it is dear; with decision 0006's other limits nine factors took 2.7 times less CPU."""
_PERTURBED_FRACTION: Final = 0.1
"""Of the runs, perturbed at once where it is dear (decision 0006)."""


@dataclass(frozen=True, kw_only=True)
class SearchEffort:
    """What a search spends.

    Attributes
    ----------
    n_starts : int
        Random starts.
    n_sweeps : int
        Most sweeps of exchange from each of them.
    n_chains : int
        Plans that are perturbed side by side.
    n_perturbations : int
        Most runs perturbed at once.
    n_rounds : int
        Most rounds of perturbation.
    patience : int
        Rounds without a better plan after which the search ends.
    n_refined : int
        Leading plans that are refined locally to the last digit.
    enough : int
        Starts or chains that end at the same best value after which nobody looks further.
    is_led_by_descent : bool
        Whether a descent moves every setting, so that exchange may leave runs alone.
    """

    n_starts: int
    n_sweeps: int = 60
    n_chains: int = _N_CHAINS
    n_perturbations: int = 3
    n_rounds: int = 60
    patience: int = 12
    n_refined: int = 10
    enough: int = 4
    is_led_by_descent: bool = False


def search_effort(problem: SearchProblem) -> SearchEffort:
    """Return what a search should spend on a problem.

    Notes
    -----
    Where every setting is free and one evaluation is dear (nine factors, 55 terms), a descent
    improves a plan more than sweeps of exchange do, and few chains that go far more than many that
    do not: two sweeps, six chains, larger perturbations.
    """
    n_starts, p = _default_starts(problem), len(problem.prior)
    if problem.goal.evaluation is not None:
        return _effort_for_worst(problem, n_starts)
    is_led, cost = _is_led_by_descent(problem), 4.0 * problem.n_runs * p**2 + 8.0 * p**3
    if cost < _DEAR:
        return SearchEffort(n_starts=n_starts, is_led_by_descent=is_led)
    if not is_led:
        return SearchEffort(n_starts=n_starts, n_chains=_N_CHAINS_DEAR, n_refined=3)
    return SearchEffort(
        n_starts=2 * _N_CHAINS_DEAR,
        n_sweeps=2,
        n_chains=_N_CHAINS_DEAR,
        n_perturbations=max(3, int(_PERTURBED_FRACTION * problem.n_runs)),
        n_rounds=100,
        patience=40,
        n_refined=2,
        is_led_by_descent=True,
    )


def _is_led_by_descent(problem: SearchProblem) -> bool:
    """Return whether local refinement can move every setting, between straight limits too."""
    has_room = not problem.region.is_limited or room_of(problem) is not None
    return free_settings(problem).are_all_free and has_room


def _effort_for_worst(problem: SearchProblem, n_starts: int) -> SearchEffort:
    """Return the effort for criterion G: descents alone where all settings are free."""
    if _is_led_by_descent(problem):
        return SearchEffort(
            n_starts=2 * _N_CHAINS,
            n_sweeps=0,
            n_chains=_N_CHAINS // 2,
            n_rounds=20,
            patience=4,
            n_refined=2,
            is_led_by_descent=True,
        )
    return SearchEffort(n_starts=min(n_starts, 100), n_refined=3, enough=_N_CHAINS // 2)


def _default_starts(problem: SearchProblem) -> int:
    """Return how many starts are worth their time."""
    p = len(problem.prior)
    if problem.listed is not None:
        n_tried = len(problem.listed)
    else:
        n_tried = sum(len(axis.settings(problem.coarse)) for axis in problem.region.axes)
    sweep = max(len(problem.free_runs), 1) * n_tried * 4.0 * p * p
    return int(np.clip(_WORK / (10.0 * sweep), *_N_STARTS))
