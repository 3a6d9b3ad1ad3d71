"""Points that lie in a design region: evenly, the same ones every time, or at random."""

from typing import Final

import numpy as np

from electrodoe.arrays import Floats
from electrodoe.design.region.polytope import inner_point, polytope_corners
from electrodoe.design.region.region import DesignRegion, infeasible
from electrodoe.errors import DesignError


def low_discrepancy(n: int, n_axes: int) -> Floats:
    r"""Return Roberts' additive recurrence in the unit cube, shape (n, n_axes).

    Notes
    -----
    .. math:: x_i = (1/2 + i \, (\varphi^{-1}, \varphi^{-2}, \ldots)) \bmod 1,
        \quad \varphi^{d+1} = \varphi + 1

    References
    ----------
    .. [1] M. Roberts, The unreasonable effectiveness of quasirandom sequences (2018).

    Examples
    --------
    >>> low_discrepancy(3, 1).ravel().round(4)
    array([0.118 , 0.7361, 0.3541])
    """
    ratio = 2.0
    for _ in range(60):
        ratio = (1.0 + ratio) ** (1.0 / (n_axes + 1.0))
    steps = ratio ** -np.arange(1.0, n_axes + 1.0)
    return np.asarray((0.5 + np.arange(1, n + 1)[:, None] * steps) % 1.0)


_N_POINTS: Final = 2**16
"""Points of one block: Sobol's sequence is balanced at powers of two only."""
_ENOUGH: Final = 20_000
"""Feasible points that describe a region: fractions of it are then known to 0.4 %; chosen."""
_MOST_BLOCKS: Final = 32
"""Bound on time: 2 million points; regions below 1 % of the box are walked through instead."""
_N_WALKS: Final = 500
"""Walks side by side: with 200 kept steps each, 100,000 points; chosen."""
_N_STEPS: Final = 240
"""Steps of each walk, the first 40 of which are dropped; chosen."""
_N_SETTLING: Final = 40
"""Steps of a walk before it has forgotten where it began."""


def region_points(region: DesignRegion) -> Floats:
    """Return points that fill a region evenly, factors with levels taken as continuous.

    Parameters
    ----------
    region : DesignRegion
        Factors and limits.

    Returns
    -------
    array of shape (n_points, n_factors)
        Coded and feasible: 65,536 points of Sobol's sequence, at least 20,000 where limits cut
        the box. Where limits leave hardly any of the box, the points of random walks between the
        linear ones.

    Raises
    ------
    DesignError
        If no point is feasible.

    References
    ----------
    .. [1] Sobol, USSR Computational Mathematics and Mathematical Physics 7 (1967) 86.
    """
    from scipy.stats import qmc

    sequence = qmc.Sobol(len(region.axes), scramble=False)
    found: list[Floats] = []
    n_found = 0
    for _ in range(_MOST_BLOCKS):
        drawn = _in_units(region, sequence.random(_N_POINTS))
        kept = drawn[region.is_feasible(drawn)]
        found.append(kept)
        n_found += len(kept)
        if n_found >= _ENOUGH:
            break
    if n_found < _ENOUGH:
        walked = _walked(region)
        found = [walked] if len(walked) > n_found else found
    points = np.concatenate(found)
    if not len(points):
        raise infeasible(region)
    return points


def _in_units(region: DesignRegion, fractions: Floats) -> Floats:
    """Return points of the unit cube as coded settings of the box, limits left aside."""
    points = 2.0 * fractions - 1.0
    for number, axis in enumerate(region.axes):
        if axis.is_categorical:
            points[:, number] = np.floor(fractions[:, number] * len(axis.categories))
    return points


def _walked(region: DesignRegion) -> Floats:
    """Return the points of random walks between the linear limits that keep the others too.

    Each step goes to a random place on a random line through the point (hit and run), which
    visits the whole polytope evenly.
    """
    rng = np.random.default_rng(0)
    numeric = [n for n, axis in enumerate(region.axes) if not axis.is_categorical]
    linear = [own for own in region.inequalities if own.coefficients is not None]
    limits = np.array([own.coefficients for own in linear]).reshape(len(linear), len(region.axes))
    unit = np.eye(len(numeric))
    A = np.vstack([limits[:, numeric], unit, -unit])
    b = np.concatenate([[own.bound for own in linear], np.ones(2 * len(numeric))])
    start = inner_point(A, b)
    if start is None:
        return np.empty((0, len(region.axes)))
    inside, visited = np.tile(start, (_N_WALKS, 1)), []
    for step in range(_N_STEPS):
        inside = _stepped(inside, A, b, rng)
        if step >= _N_SETTLING:
            visited.append(inside)
    points = np.empty((len(visited) * _N_WALKS, len(region.axes)))
    points[:, numeric] = np.concatenate(visited)
    for number, axis in enumerate(region.axes):
        if axis.is_categorical:
            points[:, number] = rng.integers(len(axis.categories), size=len(points))
    return np.asarray(points[region.is_feasible(points)])


def _stepped(points: Floats, A: Floats, b: Floats, rng: np.random.Generator) -> Floats:
    """Return each point moved along a random line that stays in ``A @ x <= b``."""
    direction = rng.normal(size=points.shape)
    rate, room = direction @ A.T, np.maximum(b - points @ A.T, 0.0)
    with np.errstate(divide="ignore", invalid="ignore"):
        reach = room / rate
    ahead = np.where(rate > 0.0, reach, np.inf).min(axis=1)
    behind = np.where(rate < 0.0, reach, -np.inf).max(axis=1)
    return np.asarray(points + rng.uniform(behind, ahead)[:, None] * direction)


_MOST_LISTED: Final = 20_000
"""Settings of a grid that is listed whole: bound on time and memory, chosen."""
_N_DRAWN: Final = 4_000
"""Settings drawn where the grid is too large, or beside it: chosen."""
_MOST_AXES_WITH_CORNERS: Final = 6
"""The number of corners grows exponentially with the factors; bound on time, chosen."""


def feasible_pool(region: DesignRegion, coarse: int) -> Floats:
    """Return feasible settings: the grid and the corners where they can be listed."""
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


def _between_the_ends(region: DesignRegion) -> Floats:
    """Return random points, so that a start need not stand on the grid."""
    try:
        return region.sample(_N_DRAWN, np.random.default_rng(0))
    except DesignError:
        return _walk(region, np.random.default_rng(0))


def _corners(region: DesignRegion) -> Floats:
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


def _random_settings(region: DesignRegion, coarse: int) -> Floats:
    """Return random combinations of settings where the grid is too large to list."""
    rng = np.random.default_rng(0)
    settings = [axis.settings(coarse) for axis in region.axes]
    drawn = np.column_stack([rng.choice(values, 40 * _N_DRAWN) for values in settings])
    return np.asarray(drawn[region.is_feasible(drawn)][:_N_DRAWN])


def _walk(region: DesignRegion, rng: np.random.Generator) -> Floats:
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
