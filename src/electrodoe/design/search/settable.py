"""Settings that a person can set: 56.4 °C, not 56.379745 °C."""

from collections.abc import Sequence
from itertools import product
from typing import Final

import numpy as np

from electrodoe.arrays import Floats
from electrodoe.design.region.region import DesignRegion
from electrodoe.design.search.problem import SearchProblem
from electrodoe.ties import first_smallest

_MOST_MOVED: Final = 8
"""Factors of a run that are tried one step up or down at a limit: 3^8 combinations."""


def settable_points(
    region: DesignRegion, points: Floats, movable: Sequence[int] | None = None
) -> Floats:
    """Return feasible points moved to settings on steps, inside every limit.

    Parameters
    ----------
    region : DesignRegion
        Factors, with their steps, and limits.
    points : array of shape (n_points, n_factors)
        Coded, feasible.
    movable : sequence of int or None
        Factors that may go to another step than the nearest, to keep a limit; None for all.

    Returns
    -------
    array of shape (n_points, n_factors)
        Coded. A point that rounding would take over a limit goes to the nearest steps inside; where
        there are none, it stays as it was.

    Notes
    -----
    A step is at most 1/200 of a factor's range;
    see :attr:`electrodoe.design.region.axes.Axis.step`.

    Examples
    --------
    >>> from electrodoe.design.region.axes import FactorAxis
    >>> from electrodoe.design.region.region import region_of
    >>> region = region_of([FactorAxis(name="a", low=0.0, high=1.0)], ["a <= 0.5017"])
    >>> float(region.axes[0].decoded(settable_points(region, np.array([[0.0034]])))[0, 0])
    0.5
    """
    rounded = region.on_steps(points)
    if not region.is_limited:
        return rounded
    numbers = range(len(region.axes)) if movable is None else movable
    free = [number for number in numbers if region.axes[number].levels is None][:_MOST_MOVED]
    for row in np.flatnonzero(~region.is_feasible(rounded)):
        found = _nearest_inside(region, points[row], rounded[row], free)
        rounded[row] = points[row] if found is None else found
    return rounded


def _nearest_inside(
    region: DesignRegion, point: Floats, rounded: Floats, free: Sequence[int]
) -> Floats | None:
    """Return the feasible point on steps around a point that is nearest to it, if there is one."""
    axes = [region.axes[number] for number in free]
    steps = np.array([2.0 * axis.step / (axis.high - axis.low) for axis in axes])
    moves = np.array(list(product((0.0, -1.0, 1.0), repeat=len(free)))).reshape(-1, len(free))
    tried = np.repeat(rounded[None], len(moves), axis=0)
    tried[:, list(free)] += moves * steps
    tried = region.on_steps(tried)
    kept = tried[region.is_feasible(tried)]
    if not len(kept):
        return None
    return np.asarray(kept[first_smallest(np.sum((kept - point) ** 2, axis=1))])


def settable_plan(problem: SearchProblem, design: Floats) -> Floats:
    """Return a plan whose new runs have settings on steps; existing runs are not touched.

    Coded; see :func:`settable_points`. A whole plot whose runs would no longer share their
    hard-to-change settings stays as it was.
    """
    n_fixed = len(problem.fixed)
    points = settable_points(problem.region, design[n_fixed:], problem.easy)
    rounded = np.vstack([design[:n_fixed], points])
    if problem.hard and problem.groups is not None:
        for group in np.unique(problem.groups):
            members = np.flatnonzero(problem.groups == group)
            if np.ptp(rounded[members][:, list(problem.hard)], axis=0).any():
                rounded[members] = design[members]
    return rounded
