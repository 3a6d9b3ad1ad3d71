"""Points that fill a design region evenly, limits and categories included."""

from typing import Final

import numpy as np
from numpy.typing import NDArray

from electrodoe.design.polytope import inner_point
from electrodoe.design.region import DesignRegion, infeasible

Floats = NDArray[np.float64]
_N_POINTS: Final = 2**16
_ENOUGH: Final = 20_000
_MOST_BLOCKS: Final = 32
_N_WALKS: Final = 500
_N_STEPS: Final = 240
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


def _in_units(region: DesignRegion, shares: Floats) -> Floats:
    """Return points of the unit cube as coded settings of the box, limits left aside."""
    points = 2.0 * shares - 1.0
    for number, axis in enumerate(region.axes):
        if axis.is_categorical:
            points[:, number] = np.floor(shares[:, number] * len(axis.categories))
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
