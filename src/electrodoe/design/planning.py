"""From a declared study to a plan of runs."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import Final

import numpy as np

from electrodoe.arrays import Floats, Integers
from electrodoe.design.model.formula import model_terms
from electrodoe.design.model.moments import Moments, moments
from electrodoe.design.model.terms import ModelTerms
from electrodoe.design.region.region import DesignRegion, design_region
from electrodoe.design.request import require_estimable, search_problem
from electrodoe.design.run_plan import EXISTING, PURPOSE, RunPlan
from electrodoe.design.search.problem import SearchProblem
from electrodoe.design.search.search import SearchResult, search
from electrodoe.design.search.settable import settable_plan
from electrodoe.design.structure.distinct_settings import (
    DistinctSettings,
    is_met,
    require_met,
    require_possible,
)
from electrodoe.design.structure.existing_runs import ExistingRuns
from electrodoe.design.structure.extra_runs import with_lack_of_fit_runs, with_replicates
from electrodoe.design.structure.growing_plan import GrowingPlan, with_whole_plots_repeated
from electrodoe.design.structure.run_allocation import RunAllocation, allocate_runs
from electrodoe.design.structure.run_order import originals_first, run_order, run_plan
from electrodoe.errors import DesignError
from electrodoe.study import PlanRequest, Study

_OPTIMAL_ONLY: Final = (
    "replicate_runs",
    "lack_of_fit_runs",
    "replicate_whole_plots",
    "whole_plots",
    "blocks",
    "existing_runs",
    "distinct_settings",
)
"""Keys of a request that classical designs do not know."""


@dataclass(frozen=True, kw_only=True)
class Planned:
    """A plan with what it was made from.

    Attributes
    ----------
    plan : RunPlan
        Runs in the order of making.
    design : array of shape (n_runs, n_factors)
        The same, coded.
    region : DesignRegion
        Factors and limits.
    terms : ModelTerms
        The model, without potential terms.
    groups : array of shape (n_runs,), int, or None
        Whole plots or blocks, in the order of making.
    variance_ratio : float
        Variance between groups over variance within them.
    moments : Moments
        What I was computed with.
    result : SearchResult or None
        None for a classical design.
    costs : dict
        The goal without center, replicate and lack-of-fit runs, where some were asked for.
    distinct : DistinctSettings or None
        Wished numbers of different settings with their cost; None where none were wished.
    """

    plan: RunPlan
    design: Floats
    region: DesignRegion
    terms: ModelTerms
    groups: Integers | None
    variance_ratio: float
    moments: Moments
    result: SearchResult | None = None
    costs: dict[str, float] = field(default_factory=dict)
    distinct: DistinctSettings | None = None

    @property
    def existing(self) -> Floats | None:
        """Return the existing runs, coded, which lead the design; None where there are none."""
        n_existing = int((self.plan.frame[PURPOSE] == EXISTING).sum())
        return self.design[:n_existing] if n_existing else None


def plan_runs(study: Study, existing: ExistingRuns | None = None) -> Planned:
    """Return the plan that a study asks for.

    Parameters
    ----------
    study : Study
        With factors that have a region or levels, and a ``[plan]``.
    existing : ExistingRuns or None
        Existing runs; the plan adds to them.

    Returns
    -------
    Planned
        The plan and its making.

    Raises
    ------
    DesignError
        If what is asked for cannot be: too few runs, no feasible setting, terms that the region
        cannot distinguish.
    """
    request = study.plan
    if request is None:
        raise DesignError(
            "no plan is asked for", where="study.toml", fix="add [plan] with runs = ..."
        )
    region = design_region(study)
    terms = model_terms(request.model, region.axes)
    if request.design != "optimal":
        return _classical(study, request, region, terms)
    problem = search_problem(request, region, terms, existing)
    require_estimable(problem, terms)
    result, distinct = _searched(study, request, problem, terms)
    problem = replace(problem, distinct=())
    allocation = allocate_runs(request, region, terms, existing)
    grown = _with_extra_runs(request, problem, allocation, result.design)
    planned = _in_order(study, request, region, terms, grown.design, grown.purposes, grown.groups)
    costs = _costs(study, request, grown)
    return replace(planned, result=result, costs=costs, distinct=distinct)


def _searched(
    study: Study, request: PlanRequest, problem: SearchProblem, terms: ModelTerms
) -> tuple[SearchResult, DistinctSettings | None]:
    """Return the best plan, with the wished numbers of settings, and what these cost.

    The best plan without the wishes is searched first: where it has the settings already, it is the
    plan, and they cost nothing.
    """
    free = replace(problem, distinct=())
    seed, n_starts = study.settings.seed, request.starts
    require_possible(problem, terms)
    best = _settable(free, search(free, seed, n_starts))
    result = best
    if not problem.distinct:
        return result, None
    if not is_met(problem.distinct, best.design):
        result = _settable(problem, search(problem, seed, n_starts))
        require_met(problem, terms, result.design)
    names = [axis.name for axis in problem.region.axes]
    wishes = tuple((wish.factors or tuple(names), wish.count) for wish in request.distinct_settings)
    return result, DistinctSettings(
        wishes=wishes,
        criterion=request.criterion,
        goal_with=result.value,
        goal_without=best.value,
    )


def _settable(problem: SearchProblem, result: SearchResult) -> SearchResult:
    """Return what the search has found in settings that a person can set, and its goal there."""
    design = settable_plan(problem, result.design)
    value = float(problem.information(design[None], ridge=0.0).value[0])
    return replace(result, design=design, value=value)


def _with_extra_runs(
    request: PlanRequest, problem: SearchProblem, allocation: RunAllocation, design: Floats
) -> GrowingPlan:
    """Return what the search has found, with the runs that it was not asked for."""
    n_fixed, n_center = len(problem.fixed), request.center_runs
    plan = GrowingPlan(
        problem=problem,
        design=design,
        purposes=(
            *[EXISTING] * (n_fixed - n_center),
            *["center"] * n_center,
            *["planned"] * (len(design) - n_fixed),
        ),
        groups=allocation.searched,
        sizes=allocation.sizes_without_repeats,
    )
    plan = with_replicates(plan, request.replicate_runs)
    plan = with_lack_of_fit_runs(plan, request.lack_of_fit_runs)
    return with_whole_plots_repeated(replace(plan, sizes=allocation.sizes), allocation.repeats)


def _classical(
    study: Study, request: PlanRequest, region: DesignRegion, terms: ModelTerms
) -> Planned:
    """Return a design from a textbook, in random order."""
    from electrodoe.design.classical import classical_design

    for key in _OPTIMAL_ONLY:
        if getattr(request, key):
            raise DesignError(
                f"'{key}' is asked for in a {request.design} design",
                where=f"[plan], keys 'design' and '{key}'",
                fix=f"use design = \"optimal\", or leave '{key}' out",
            )
    design, purposes = classical_design(
        request.design,
        region,
        n_runs=request.runs,
        center_runs=request.center_runs,
        is_quadratic=terms.degree > 1,
        rng=np.random.default_rng(study.settings.seed),
    )
    return _in_order(study, request, region, terms, design, purposes, None)


def _in_order(
    study: Study,
    request: PlanRequest,
    region: DesignRegion,
    terms: ModelTerms,
    design: Floats,
    purposes: Sequence[str],
    groups: Integers | None,
) -> Planned:
    """Return a design in the order of making."""
    design = region.as_set(design)
    has_blocks = request.blocks is not None
    n_existing = purposes.count(EXISTING)
    order = run_order(
        groups, n_existing, len(design), has_blocks=has_blocks, seed=study.settings.seed
    )
    order = originals_first(order, design, purposes, groups)
    ordered = None if groups is None else groups[order]
    named = [purposes[position] for position in order]
    return Planned(
        plan=run_plan(region, design[order], named, ordered, has_blocks=has_blocks),
        design=design[order],
        region=region,
        terms=terms,
        groups=ordered,
        variance_ratio=request.variance_ratio,
        moments=moments(terms, region, request.region),
    )


def _costs(study: Study, request: PlanRequest, plan: GrowingPlan) -> dict[str, float]:
    """Return the goal with all runs, and that of the best plan of as many in the same groups."""
    n_runs, n_existing = len(plan.design), plan.purposes.count(EXISTING)
    if plan.purposes.count("planned") + n_existing == n_runs:
        return {}
    groups = plan.groups
    if groups is not None:
        groups = np.concatenate([groups[:n_existing], np.sort(groups[n_existing:])])
    asked = replace(plan.problem, n_runs=n_runs, groups=plan.groups)
    free = replace(asked, fixed=plan.design[:n_existing], groups=groups)
    return {
        "goal_with_extra_runs": float(asked.information(plan.design[None], ridge=0.0).value[0]),
        "goal_without_extra_runs": search(free, study.settings.seed, request.starts).value,
    }
