"""Wishes for a number of different settings: whether they can be met, and what they cost."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np

from electrodoe.arrays import Floats
from electrodoe.design.model.terms import ModelTerms
from electrodoe.design.region.points import feasible_pool
from electrodoe.design.region.region import DesignRegion
from electrodoe.design.search.distinct import DistinctCount, distinct_count
from electrodoe.design.search.problem import SearchProblem
from electrodoe.errors import DesignError
from electrodoe.study import PlanRequest
from electrodoe.study.plan_request import Criterion

_WHERE: Final = "[plan], key 'distinct_settings'"


@dataclass(frozen=True, kw_only=True)
class DistinctSettings:
    """What a plan with the wished settings costs.

    Attributes
    ----------
    wishes : tuple of (tuple of str, int)
        Factors and number of their different settings.
    criterion : {"I", "D", "A", "G"}
        What the goal is.
    goal_with, goal_without : float
        The goal of the plan, before extra runs, and that of the best plan found without the wishes.
    """

    wishes: tuple[tuple[tuple[str, ...], int], ...]
    criterion: Criterion
    goal_with: float
    goal_without: float


def distinct_counts(request: PlanRequest, region: DesignRegion) -> tuple[DistinctCount, ...]:
    """Return the wishes of a request.

    Raises
    ------
    DesignError
        If a factor is not planned or has no levels, or lack-of-fit runs would add settings.
    """
    if request.distinct_settings and request.lack_of_fit_runs:
        raise DesignError(
            "lack-of-fit runs add settings of their own to a wished number of them",
            where="[plan], keys 'distinct_settings' and 'lack_of_fit_runs'",
            fix="leave lack_of_fit_runs out, and wish for as many settings more",
        )
    names = [axis.name for axis in region.axes]
    for wish in request.distinct_settings:
        for name in wish.factors or names:
            if name not in names or region.axes[names.index(name)].levels is None:
                raise DesignError(
                    f"different settings of '{name}' cannot be counted: it has no levels",
                    where=_WHERE,
                    fix=f"declare levels = [...] of '{name}', or name other factors",
                )
    return tuple(
        distinct_count(region.axes, [names.index(one) for one in wish.factors or names], wish.count)
        for wish in request.distinct_settings
    )


def require_possible(problem: SearchProblem, terms: ModelTerms) -> None:
    """Raise where runs, levels or the model's terms exclude a wished number of settings."""
    for wish in problem.distinct:
        lower, upper = _bounds(problem, terms, wish)
        if not lower <= wish.count <= upper:
            raise DesignError(
                f"{wish.count} different settings of {_names(problem, wish)} are not possible in"
                f" {problem.n_runs} runs",
                where=_WHERE,
                fix=_within(lower, upper),
            )


def require_met(problem: SearchProblem, terms: ModelTerms, design: Floats) -> None:
    """Raise where the search did not come to the wished numbers of settings."""
    for wish in problem.distinct:
        found = int(wish.n_distinct(design))
        if found != wish.count:
            raise DesignError(
                f"no plan was found with {wish.count} different settings of"
                f" {_names(problem, wish)} together with all else that is asked for; the nearest"
                f" has {found}",
                where=_WHERE,
                fix=f"wish for {found}, or {_within(*_bounds(problem, terms, wish))}",
            )


def is_met(wishes: Sequence[DistinctCount], design: Floats) -> bool:
    """Return whether a plan has the wished numbers of settings."""
    return all(int(wish.n_distinct(design)) == wish.count for wish in wishes)


def _bounds(problem: SearchProblem, terms: ModelTerms, wish: DistinctCount) -> tuple[int, int]:
    """Return the fewest and the most different settings that a plan may have.

    At least as many as the model has terms of these factors alone, the intercept counted; at most
    as there are feasible ones, or runs to have them.
    """
    other = [n for n in range(len(problem.region.axes)) if n not in wish.numbers]
    own = [powers for powers in terms.powers if not any(powers[n] for n in other)]
    n_terms = sum(len(terms.columns_of(powers)) for powers in own)
    n_fixed = int(wish.n_distinct(problem.fixed)) if len(problem.fixed) else 0
    pool = feasible_pool(problem.region, problem.coarse)
    n_feasible = len(np.unique(wish.keys(pool)))
    most = min(n_feasible, n_fixed + len(problem.free_runs))
    return max(n_terms, n_fixed), max(most, n_fixed)


def _within(lower: int, upper: int) -> str:
    """Return the instruction that names what could be."""
    if lower > upper:
        return f"plan more runs: the model needs {lower} of them, and {upper} are possible"
    return f"give a count from {lower} to {upper}" if lower < upper else f"give the count {lower}"


def _names(problem: SearchProblem, wish: DistinctCount) -> str:
    """Return the factors of a wish in words."""
    if len(wish.numbers) == len(problem.region.axes):
        return "all factors"
    return " and ".join(problem.region.axes[number].name for number in wish.numbers)
