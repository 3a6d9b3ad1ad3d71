"""Feasible points from which random designs are drawn."""

from typing import Final

import numpy as np
from numpy.typing import NDArray

from electrodoe.design.polytope import inner_point, polytope_corners
from electrodoe.design.region import DesignRegion, infeasible
from electrodoe.errors import DesignError

_MOST_LISTED: Final = 20_000
_N_DRAWN: Final = 4_000
_MOST_AXES_WITH_CORNERS: Final = 6


def feasible_pool(region: DesignRegion, coarse: int) -> NDArray[np.float64]:
    """Return feasible settings: the grid and the corners where they can be listed.

    Parameters
    ----------
    region : DesignRegion
        Factors with their limits.
    coarse : int
        Settings of a factor that may lie anywhere between its ends.

    Returns
    -------
    array of shape (n_points, n_factors)
        Coded; at least one.

    Raises
    ------
    DesignError
        If nothing is feasible.
    """
    parts = [_corners(region)]
    if region.n_grid(coarse) <= _MOST_LISTED:
        parts.append(region.grid(coarse))
    else:
        parts.append(_random_settings(region, coarse))
    if any(axis.levels is None for axis in region.axes):
        parts.append(_between_the_ends(region))
    pool = np.concatenate(parts)
    if not len(pool):
        raise infeasible(region)
    return np.unique(pool, axis=0)


def _between_the_ends(region: DesignRegion) -> NDArray[np.float64]:
    """Return random points, so that a start need not stand on the grid."""
    try:
        return region.sample(_N_DRAWN, np.random.default_rng(0))
    except DesignError:
        return _walk(region, np.random.default_rng(0))


def _corners(region: DesignRegion) -> NDArray[np.float64]:
    """Return the corners that linear limits cut, where all factors are free between their ends."""
    linear = [limit for limit in region.inequalities if limit.coefficients is not None]
    k = len(region.axes)
    is_free = all(axis.levels is None for axis in region.axes)
    if not linear or not is_free or k > _MOST_AXES_WITH_CORNERS:
        return np.empty((0, k))
    matrix = np.array([limit.coefficients for limit in linear])
    corners = polytope_corners(matrix, np.array([limit.bound for limit in linear]))
    if corners is None:
        raise infeasible(region)
    return corners[region.is_feasible(corners)]


def _random_settings(region: DesignRegion, coarse: int) -> NDArray[np.float64]:
    """Return random combinations of settings where the grid is too large to list."""
    rng = np.random.default_rng(0)
    settings = [axis.settings(coarse) for axis in region.axes]
    drawn = np.column_stack([rng.choice(values, 40 * _N_DRAWN) for values in settings])
    return np.asarray(drawn[region.is_feasible(drawn)][:_N_DRAWN])


def _walk(region: DesignRegion, rng: np.random.Generator) -> NDArray[np.float64]:
    """Return points of a random walk inside tight limits (hit and run) from a feasible corner."""
    linear = [limit for limit in region.inequalities if limit.coefficients is not None]
    is_free = all(axis.levels is None for axis in region.axes)
    if not is_free or len(linear) < len(region.inequalities) or not linear:
        raise infeasible(region)
    k = len(region.axes)
    limits = np.array([limit.coefficients for limit in linear], dtype=np.float64)
    A = np.vstack([limits, np.eye(k), -np.eye(k)])
    b = np.concatenate([[limit.bound for limit in linear], np.ones(2 * k)])
    point = inner_point(A, b)
    if point is None:
        raise infeasible(region)
    found = np.empty((_N_DRAWN, k))
    for number in range(_N_DRAWN):
        direction = rng.normal(size=k)
        rate, room = A @ direction, b - A @ point
        reach = room / np.where(rate == 0.0, np.inf, rate)
        ahead, behind = reach[rate > 0.0].min(), reach[rate < 0.0].max()
        ends = (ahead, behind, rng.uniform(behind, ahead))
        found[number] = point + ends[number % 3] * direction
        point = point + ends[2] * direction
    return found[region.is_feasible(found)]
