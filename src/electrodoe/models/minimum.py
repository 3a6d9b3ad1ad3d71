"""The minimum of a smooth function between bounds, to the last digits that its gradient has."""

from collections.abc import Callable
from typing import Final

import numpy as np
import scipy.optimize
from numpy.typing import NDArray

from electrodoe.arrays import Floats

Objective = Callable[[Floats], tuple[float, Floats]]
"""From a point to value and gradient."""
_NEAR: Final = 1e-6
"""Relative change of the value at which Newton's steps take over."""
_MOST_STEPS: Final = 200
"""Of L-BFGS-B; 20 to 80 are usual."""
_DIFFERENCE: Final = 1e-4
"""Step in a logarithm over which gradients are compared: the curvature is then known to about 1e-4,
so that each of Newton's steps leaves a thousandth of the way or less."""
_NEWTON_STEPS: Final = 60
"""At most; three or four are usual, more where a quasi-Newton search stopped on a saddle."""
_SLOW: Final = 0.1
"""Fraction of the step before that asks for a new curvature; the same one serves until then."""
_STILL: Final = 1e-9
"""Step in any coordinate that ends the search."""
_LONGEST: Final = 0.5
"""Step in a logarithm that a quadratic approximation is trusted for."""


def minimum(objective: Objective, start: Floats, bounds: Floats) -> Floats:
    """Return the minimum that one start leads to.

    Coordinates that a bound stops are at it exactly.

    Notes
    -----
    A quasi-Newton search ends where its path led it, some 1e-3 from the minimum; the last bits of
    a sum lead it elsewhere. Newton's method [1]_ ends at the minimum from all of these places.

    References
    ----------
    .. [1] Nocedal, Wright, Numerical Optimization (2006), ch. 3 and 7.

    Examples
    --------
    >>> def bowl(x):
    ...     return float(np.sum((x - [1.0, 5.0]) ** 4 + x**2)), 4 * (x - [1.0, 5.0]) ** 3 + 2 * x
    >>> minimum(bowl, np.zeros(2), np.array([[-9.0, 9.0], [-9.0, 3.0]])).round(9)
    array([0.41024549, 3.        ])
    """
    # near the minimum: a quasi-Newton search between the bounds
    found = scipy.optimize.minimize(
        objective,
        start,
        jac=True,
        method="L-BFGS-B",
        bounds=bounds,
        options={"maxiter": _MOST_STEPS, "ftol": _NEAR},
    )
    point = np.clip(found.x, bounds[:, 0], bounds[:, 1])
    value, gradient = objective(point)
    curvature, moved = None, np.inf
    for _ in range(_NEWTON_STEPS):
        # Newton's steps in the parameters that no bound holds, until they stand still
        free = _free(point, gradient, bounds)
        if curvature is None or len(curvature) != len(free):
            curvature = _curvature(objective, point, gradient, free)
        step = np.zeros_like(point)
        step[free] = _newton_step(curvature, gradient[free])
        next_point = np.clip(point + step, bounds[:, 0], bounds[:, 1])
        next_value, next_gradient = objective(next_point)
        # a step that climbs is rounding; a slow one asks for the curvature anew
        if next_value > value + _NEAR * abs(value):
            break
        before, moved = moved, float(np.max(np.abs(next_point - point)))
        point, value, gradient = next_point, next_value, next_gradient
        if moved < _STILL:
            break
        if moved > _SLOW * before:
            curvature = None
    return np.asarray(point)


def _free(point: Floats, gradient: Floats, bounds: Floats) -> NDArray[np.intp]:
    """Return the coordinates that no bound holds."""
    is_low = (point <= bounds[:, 0]) & (gradient > 0.0)
    is_high = (point >= bounds[:, 1]) & (gradient < 0.0)
    return np.flatnonzero(~(is_low | is_high))


def _newton_step(curvature: Floats, gradient: Floats) -> Floats:
    """Return the step to the minimum of a quadratic; of a saddle, away from its ridge."""
    values, vectors = np.linalg.eigh(curvature)
    sizes = np.maximum(np.abs(values), np.finfo(np.float64).tiny)
    along = np.clip(vectors.T @ -gradient / sizes, -_LONGEST, _LONGEST)
    return np.asarray(vectors @ along)


def _curvature(
    objective: Objective, point: Floats, gradient: Floats, free: NDArray[np.intp]
) -> Floats:
    """Return the second derivatives along some coordinates, from differences of gradients."""
    rows = np.empty((len(free), len(free)))
    for row, index in enumerate(free):
        ahead = point.copy()
        ahead[index] += _DIFFERENCE
        rows[row] = (objective(ahead)[1] - gradient)[free] / _DIFFERENCE
    return np.asarray(0.5 * (rows + rows.T))
