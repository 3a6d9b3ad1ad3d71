"""From a request for an optimal plan to the search behind it."""

from typing import Final

import numpy as np

from electrodoe.design.model.criterion import (
    OptimalityCriterion,
    mean_variance,
    volume,
    worst_variance,
)
from electrodoe.design.model.formula import formula_terms
from electrodoe.design.model.moments import moments
from electrodoe.design.model.terms import ModelTerms, hierarchical
from electrodoe.design.region.points import feasible_pool
from electrodoe.design.region.region import DesignRegion
from electrodoe.design.search.problem import SearchProblem
from electrodoe.design.search.worst_point import candidate_worst_points
from electrodoe.design.structure.distinct_settings import distinct_counts
from electrodoe.design.structure.existing_runs import ExistingRuns
from electrodoe.design.structure.extra_runs import center_point
from electrodoe.design.structure.run_allocation import allocate_runs
from electrodoe.errors import DesignError
from electrodoe.study import PlanRequest
from electrodoe.study.plan_request import Region

_COARSE: Final = 3  # as below, without limits; chosen
_COARSE_LIMITED: Final = 5
"""Settings tried between the ends of a continuous factor, without and with limits."""
_POTENTIAL_VARIANCE: Final = 1.0
"""Prior variance of a potential term over the residual variance, in coded units."""
_WORST_AMONG: Final = 800
"""Points among which criterion G looks first; the worst between them join later; chosen."""
_MOST_LISTED: Final = 2000
"""Settings up to which criterion G asks every one: bound on time, chosen."""


def search_problem(
    request: PlanRequest,
    region: DesignRegion,
    terms: ModelTerms,
    existing: ExistingRuns | None = None,
) -> SearchProblem:
    """Return the search behind a request for an optimal plan.

    Parameters
    ----------
    request : PlanRequest
        Runs, criterion, groups.
    region : DesignRegion
        Factors and limits.
    terms : ModelTerms
        The model.
    existing : ExistingRuns or None
        Existing runs.

    Returns
    -------
    SearchProblem
        Existing runs and center runs are fixed; replicate and lack-of-fit runs, and whole plots
        that repeat another, are left out.

    Raises
    ------
    DesignError
        If runs, groups and extra runs do not fit together.
    """
    n_runs = request.runs or 0
    fixed = np.empty((0, len(region.axes))) if existing is None else existing.design
    if len(fixed) >= n_runs:
        raise DesignError(
            f"{len(fixed)} runs are made already, and {n_runs} are asked for",
            where="[plan], key 'runs'",
            fix=f"count the existing runs: at least {len(fixed) + 1}",
        )
    allocation = allocate_runs(request, region, terms, existing)
    if request.center_runs:
        fixed = np.vstack([fixed, np.tile(center_point(region), (request.center_runs, 1))])
    potential = [
        power for term in request.potential_terms for power in formula_terms(term, region.axes)
    ]
    every = hierarchical([*terms.powers, *potential], region.axes)
    is_potential = np.array(
        [powers not in terms.powers for powers in every.powers for _ in every.columns_of(powers)]
    )
    return SearchProblem(
        region=region,
        terms=every,
        goal=_goal(request, region, every),
        n_runs=allocation.n_searched,
        fixed=fixed,
        groups=allocation.searched,
        variance_ratio=request.variance_ratio,
        prior=np.diag(is_potential / _POTENTIAL_VARIANCE),
        coarse=_COARSE_LIMITED if region.inequalities else max(_COARSE, every.degree + 1),
        distinct=distinct_counts(request, region),
    )


def _goal(request: PlanRequest, region: DesignRegion, terms: ModelTerms) -> OptimalityCriterion:
    """Return what the search makes small."""
    match request.criterion:
        case "I":
            return mean_variance(moments(terms, region, request.region).matrix)
        case "A":
            return mean_variance(np.eye(len(terms.column_index)))
        case "D":
            return volume()
        case _:
            return _worst_of(region, terms, request.region)


def _worst_of(region: DesignRegion, terms: ModelTerms, over: Region) -> OptimalityCriterion:
    """Return criterion G: over the levels alone where they are few, or between them too."""
    has_levels = all(axis.levels is not None for axis in region.axes)
    if over == "grid" and has_levels and region.n_grid(2) <= _MOST_LISTED:
        return worst_variance(terms.matrix(region.grid(2)))
    points = candidate_worst_points(region, _WORST_AMONG)
    if not len(points):
        points = feasible_pool(region, _COARSE_LIMITED)[:_WORST_AMONG]
    return worst_variance(terms.matrix(points), is_listed=False)


def require_estimable(problem: SearchProblem, terms: ModelTerms) -> None:
    """Raise where no plan of this size, or of any, can estimate the model.

    Parameters
    ----------
    problem : SearchProblem
        Without replicate and lack-of-fit runs, which add nothing here.
    terms : ModelTerms
        The model, without potential terms.

    Raises
    ------
    DesignError
        If runs are fewer than terms, or the feasible settings cannot tell two terms apart.
    """
    n_columns = len(terms.column_index)
    if problem.n_runs < n_columns:
        raise DesignError(
            f"{problem.n_runs} runs cannot estimate the {n_columns} terms of the model",
            where="[plan], keys 'runs' and 'model'",
            fix=f"plan at least {n_columns} runs, {n_columns + 3} or more to know the error,"
            " or name fewer terms",
        )
    matrix = terms.matrix(feasible_pool(problem.region, problem.coarse))
    _, R = np.linalg.qr(matrix / np.linalg.norm(matrix, axis=0))
    dependent = np.flatnonzero(np.abs(np.diag(R)) < 1e-9) if len(R) == n_columns else np.array([0])
    if len(dependent):
        raise DesignError(
            f"the feasible settings cannot tell the term '{terms.names[int(dependent[0])]}' from"
            " the others",
            where="[plan]: constraints, levels and model",
            fix="relax a constraint, declare more levels, or leave the term out of the model",
        )
