"""Runs beside the optimal ones: at the center, repeated, far from all others."""

from typing import Final

import numpy as np

from electrodoe.arrays import Floats
from electrodoe.design.region.points import feasible_pool
from electrodoe.design.region.region import DesignRegion
from electrodoe.design.structure.growing_plan import GrowingPlan
from electrodoe.errors import DesignError
from electrodoe.ties import first_smallest

_FINE: Final = 9
"""Settings of a continuous factor among which a lack-of-fit run is chosen."""
_SAME: Final = 1e-9
"""Distances, in coded units, that differ by less are equal."""
_Choices = tuple[int | None, Floats]
"""A group, or None, and runs that may join it, shape (n_choices, n_factors)."""


def center_point(region: DesignRegion) -> Floats:
    """Return the coded setting nearest to the middle of every number; the first category.

    Examples
    --------
    >>> from electrodoe.design.region.axes import FactorAxis
    >>> from electrodoe.design.region.region import region_of
    >>> center_point(region_of([FactorAxis(name="a", low=0.0, high=4.0)]))
    array([0.])
    """
    point = np.array(
        [
            0.0
            if axis.is_categorical or axis.levels is None
            else axis.levels[first_smallest(np.abs(axis.levels), scale=1.0)]
            for axis in region.axes
        ]
    )
    if not region.is_feasible(point[None])[0]:
        raise DesignError(
            "the center of the region is not feasible",
            where="[plan], key 'center_runs'",
            fix="leave center runs out and ask for replicate_runs instead",
        )
    return point


def with_replicates(plan: GrowingPlan, n: int) -> GrowingPlan:
    """Return a plan with some of its runs repeated, those that help the goal most.

    The repeats stand last, each in the whole plot or block of the run that it repeats.
    """
    repeated = set[tuple[float, ...]]()
    for _ in range(n):
        waiting = _waiting(plan, repeated)
        if not waiting:
            repeated.clear()
            waiting = _waiting(plan, repeated)
        group, run = _min_costly(plan, waiting)
        repeated.add(_key(group, run))
        plan = plan.grown(run[None], group, "replicate")
    return plan


def _waiting(plan: GrowingPlan, repeated: set[tuple[float, ...]]) -> list[_Choices]:
    """Return for each group with room its runs that have not been repeated."""
    found = []
    for group in plan.open_groups:
        distinct = np.unique(plan.members(group), axis=0)
        runs = distinct[[_key(group, run) not in repeated for run in distinct]]
        if len(runs):
            found.append((group, runs))
    return found


def _key(group: int | None, run: Floats) -> tuple[float, ...]:
    """Return what tells a run of one group from all others."""
    return (-1.0 if group is None else float(group), *run.tolist())


def with_lack_of_fit_runs(plan: GrowingPlan, n: int) -> GrowingPlan:
    """Return a plan with runs where it has none: each as far from all others as can be.

    The new runs stand last; those of a whole plot share its hard-to-change settings.
    """
    pool = feasible_pool(plan.problem.region, _FINE)
    for _ in range(n):
        group, point = _min_costly(plan, _farthest(plan, pool))
        plan = plan.grown(point[None], group, "lack_of_fit")
    return plan


def _farthest(plan: GrowingPlan, pool: Floats) -> list[_Choices]:
    """Return for each group with room its settings that are farthest from all runs."""
    allowed = [(group, _allowed(plan, pool, group)) for group in plan.open_groups]
    distances = [_distance(plan.problem.region, points, plan.design) for _, points in allowed]
    farthest = max((float(distance.max(initial=0.0)) for distance in distances), default=0.0)
    if farthest <= _SAME:
        raise DesignError(
            "every possible setting is in the plan already"
            if plan.groups is None
            else "every setting that the groups with room allow is in the plan already",
            where="[plan], key 'lack_of_fit_runs'",
            fix="ask for replicate_runs instead, or declare more levels",
        )
    found = [
        (group, points[distance >= farthest - _SAME])
        for (group, points), distance in zip(allowed, distances, strict=True)
    ]
    return [(group, points) for group, points in found if len(points)]


def _allowed(plan: GrowingPlan, pool: Floats, group: int | None) -> Floats:
    """Return the settings that a group allows: a whole plot its own hard-to-change ones alone."""
    hard = list(plan.problem.hard)
    if group is None or not hard:
        return pool
    points = pool.copy()
    points[:, hard] = plan.members(group)[0, hard]
    points = np.unique(points, axis=0)
    return np.asarray(points[plan.problem.region.is_feasible(points)])


def _min_costly(plan: GrowingPlan, choices: list[_Choices]) -> tuple[int | None, Floats]:
    """Return the run, and its group, that leaves the goal least."""
    values = [plan.values(points[:, None], group) for group, points in choices]
    best = int(first_smallest(np.array([np.min(own) for own in values])))
    group, points = choices[best]
    return group, points[first_smallest(values[best])]


def _distance(region: DesignRegion, pool: Floats, design: Floats) -> Floats:
    """Return how far each point is from the nearest run; another category is a range away."""
    squared = np.zeros((len(pool), len(design)))
    for number, axis in enumerate(region.axes):
        apart = pool[:, None, number] - design[None, :, number]
        squared += 4.0 * (apart != 0.0) if axis.is_categorical else apart**2
    return np.asarray(np.sqrt(squared.min(axis=1)))
