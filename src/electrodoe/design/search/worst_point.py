"""The maximum prediction variance of a plan over its region."""

from dataclasses import replace
from itertools import product
from typing import Any, Final

import numpy as np

from electrodoe.arrays import Floats, Integers
from electrodoe.design.model.plan_model import PlanModel, prediction_variance
from electrodoe.design.region.polytope import polytope_corners
from electrodoe.design.region.region import DesignRegion
from electrodoe.design.search.descent import descend
from electrodoe.ties import ascending, first_largest

_N_CLIMBS: Final = 24
"""Starts of a climb to the max, the best of the grid; chosen."""
_MOST_GRID: Final = 50_000
"""Points of the grid from which climbs begin: bound on time and memory, chosen."""
_MOST_AXES_WITH_CORNERS: Final = 12
"""The box has 2^12 = 4096 corners then; bound on time."""
_MOST_POLYTOPE: Final = 6
"""The number of cut corners grows exponentially with the factors; bound on time, chosen."""
_N_ROUNDS: Final = 40
"""With steps of 3/4 of those before they end 1e-5 as long as they began."""
_N_TRIALS: Final = 40
"""Random steps tried in each round from each point; chosen."""
_SHRINKAGE: Final = 0.75
"""Of a round's steps over those before; chosen."""


def max_variance(model: PlanModel, covariance: Floats, points: Floats) -> float:
    """Return the maximum prediction variance over the region.

    Over these points, a grid and the corners, also those that linear limits cut. The best of them
    climb on to their local maximum, each within its own category; where limits cut the box, by
    shrinking random steps.
    """
    return float(worst_points(model, covariance, points)[1].max())


def worst_points(
    model: PlanModel, covariance: Floats, points: Floats, n_climbs: int = _N_CLIMBS
) -> tuple[Floats, Floats]:
    """Return local maxima of the prediction variance over the region.

    Coded points, of which some may be the same, and their variance.
    """
    region = model.region
    points = np.vstack([points, _listed(region), _box_corners(region), _cut_corners(region)])
    variance = prediction_variance(model.terms, covariance, points)
    best = ascending(-variance)[:n_climbs]
    climb = _wander if region.is_limited else _ascend
    ends = np.vstack([points[best[:1]], climb(model, covariance, points[best])])
    return ends, prediction_variance(model.terms, covariance, ends)


def candidate_worst_points(region: DesignRegion, most: int) -> Floats:
    """Return where a prediction variance is often largest: a grid and the corners."""
    axes = [axis if axis.is_categorical else replace(axis, levels=None) for axis in region.axes]
    grid = _listed(replace(region, axes=tuple(axes)), most)
    return np.unique(np.vstack([grid, _box_corners(region), _cut_corners(region)]), axis=0)


def _listed(region: DesignRegion, most: int = _MOST_GRID) -> Floats:
    """Return a grid of the region, as fine as its size allows."""
    for coarse in (5, 3):
        if region.n_grid(coarse) <= most:
            return region.grid(coarse)
    return np.empty((0, len(region.axes)))


def _box_corners(region: DesignRegion) -> Floats:
    """Return the feasible corners of the box, where they are not too many."""
    n_numeric = sum(not axis.is_categorical for axis in region.axes)
    if n_numeric > _MOST_AXES_WITH_CORNERS:
        return np.empty((0, len(region.axes)))
    return _in_every_category(region, np.array(list(product((-1.0, 1.0), repeat=n_numeric))))


def _cut_corners(region: DesignRegion) -> Floats:
    """Return the corners that linear limits cut, where they are not too many."""
    numeric = [n for n, axis in enumerate(region.axes) if not axis.is_categorical]
    limits = [own for own in region.inequalities if own.coefficients is not None]
    if not limits or len(numeric) > _MOST_POLYTOPE:
        return np.empty((0, len(region.axes)))
    normals = np.array([own.coefficients for own in limits])[:, numeric]
    corners = polytope_corners(normals, np.array([own.bound for own in limits]))
    if corners is None:
        return np.empty((0, len(region.axes)))
    return _in_every_category(region, corners)


def _in_every_category(region: DesignRegion, numbers: Floats) -> Floats:
    """Return settings of the numbers beside every combination of categories, the feasible ones."""
    is_category = np.array([axis.is_categorical for axis in region.axes])
    names = [np.arange(float(len(axis.categories))) for axis in region.axes if axis.is_categorical]
    combinations = np.array(list(product(*names)), dtype=np.float64)
    points = np.empty((len(numbers) * len(combinations), len(region.axes)))
    points[:, ~is_category] = np.repeat(numbers, len(combinations), axis=0)
    points[:, is_category] = np.tile(combinations, (len(numbers), 1))
    return np.asarray(points[region.is_feasible(points)])


def _ascend(model: PlanModel, covariance: Floats, starts: Floats) -> Floats:
    """Return where climbs between the ends of the factors end."""
    terms = model.terms
    numeric = [n for n, axis in enumerate(model.region.axes) if not axis.is_categorical]
    if not numeric:
        return starts

    def objective(x: Floats, numbers: Integers) -> Any:  # noqa: ANN401 - as an Objective
        points = starts[numbers]
        points[:, numeric] = x
        F = terms.matrix(points)
        weighted = F @ covariance
        slopes = terms.gradient(points, -2.0 * weighted)[:, numeric]
        return -np.sum(weighted * F, axis=1), slopes

    ends = starts.copy()
    ends[:, numeric], _ = descend(objective, starts[:, numeric], 100, 1e-10)
    return ends


def _wander(model: PlanModel, covariance: Floats, starts: Floats) -> Floats:
    """Return where feasible random steps uphill, ever shorter ones, end."""
    region, rng = model.region, np.random.default_rng(0)
    is_number = np.array([not axis.is_categorical for axis in region.axes])
    best = prediction_variance(model.terms, covariance, starts)
    points, length = starts.copy(), 0.2
    for _ in range(_N_ROUNDS):
        # random steps from every point, categories kept, infeasible ones worth nothing
        steps = rng.normal(size=(_N_TRIALS, *points.shape)) * length * is_number
        tried = np.where(is_number, np.clip(points + steps, -1.0, 1.0), points)
        flat = tried.reshape(-1, points.shape[1])
        variance = prediction_variance(model.terms, covariance, flat)
        reached = np.where(region.is_feasible(flat), variance, 0.0).reshape(_N_TRIALS, -1)
        # each point moves to its best trial if that is better, and steps grow shorter
        winner = first_largest(reached.T)
        columns = np.arange(len(points))
        is_better = reached[winner, columns] > best
        points = np.where(is_better[:, None], tried[winner, columns], points)
        best = np.maximum(best, reached[winner, columns])
        length *= _SHRINKAGE
    return points
