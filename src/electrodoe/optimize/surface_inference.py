"""How well runs know a second-degree surface: its stationary point, its curvatures, its ridge."""

from dataclasses import dataclass
from typing import Final

import numpy as np
from scipy.special import fdtri

from electrodoe.arrays import Booleans, Floats
from electrodoe.models.intervals import LEVEL
from electrodoe.optimize.canonical import second_degree

_MOST_POINTS: Final = 2**15
"""Places all over the region that are asked; as many lie around the stationary point."""
_FEWEST_LEVELS: Final = 5
"""Of a grid: a coarser one has hardly an inside, and places are drawn."""
_HALVINGS: Final = 16
"""Sizes of neighborhoods around it, each half of the one before: a narrow region has places too."""
_FEWEST: Final = 2
"""Degrees of freedom of the error below which nothing is said."""
_RADII: Final = 5
"""Steps of the ridge from the center to the faces of the region."""
_NO_SLOPE: Final = 1e-9
"""Of the largest coefficient: less is rounding, and gives no direction."""
_BISECTIONS: Final = 100
"""Of a multiplier: a double has 52 bits."""


@dataclass(frozen=True, kw_only=True)
class SurfaceInference:
    """What runs know of a surface's shape.

    Attributes
    ----------
    eigenvalue_errors : array of shape (n_factors,)
        Standard errors of the curvatures, in their order.
    degrees_of_freedom : int
        Of the error.
    lower, upper : array of shape (n_factors,)
        Ends of the stationary point's region between the ends of the factors, coded; NaN where it
        lies outside altogether.
    """

    eigenvalue_errors: Floats
    degrees_of_freedom: int
    lower: Floats
    upper: Floats


def surface_inference(
    X: Floats, y: Floats, coefficients: Floats, quadratic: Booleans, n_taken: int = 0
) -> SurfaceInference | None:
    r"""Return how well some runs know their surface.

    Parameters
    ----------
    X : array of shape (n_runs, n_terms)
        ``quadratic_matrix`` in coded units.
    y : array of shape (n_runs,)
        Means of runs.
    coefficients : array of shape (n_terms,)
        Least squares.
    quadratic : array of shape (n_factors,), bool
        Which factors have their square.
    n_taken : int
        Degrees of freedom that blocks have taken besides.

    Returns
    -------
    SurfaceInference or None
        None with fewer than two degrees of freedom, or an exact fit.

    Notes
    -----
    The region holds all x whose gradient may be zero (Box, Hunter 1954): with k factors and the
    gradient's covariance V(x)

    .. math:: (b + 2Bx)^T V(x)^{-1} (b + 2Bx) \le k F_{k, \nu}

    which is exact for independent normal errors. Of it the part inside the region of the factors is
    described by its ends. An eigenvalue with direction v is v'Bv, linear in the coefficients while
    v is held; its error follows to first order (Carter, Chinchilli, Campbell 1990).

    References
    ----------
    .. [1] Box, Hunter, Biometrika 41 (1954) 190, 10.1093/biomet/41.1-2.190.
    .. [2] Carter, Chinchilli, Campbell, J. Qual. Technol. 22 (1990) 137.
    """
    degrees = len(y) - X.shape[1] - n_taken
    squares = float(np.sum((y - X @ coefficients) ** 2))
    if degrees < _FEWEST or squares <= 1e-20 * float(np.sum(y**2)):
        return None
    covariance = squares / degrees * np.linalg.inv(X.T @ X)
    b, B = second_degree(coefficients, quadratic)
    vectors = np.linalg.eigh(B)[1][:, ::-1]
    along = np.stack([_curvature_terms(own, quadratic) for own in vectors.T])
    errors = np.sqrt(np.einsum("ij,jk,ik->i", along, covariance, along))
    points = _points(np.asarray(np.linalg.solve(-2.0 * B, b), dtype=np.float64))
    inside = points[_may_be_level(points, coefficients, covariance, quadratic, degrees)]
    missing = np.full(len(quadratic), np.nan)
    return SurfaceInference(
        eigenvalue_errors=errors,
        degrees_of_freedom=degrees,
        lower=inside.min(axis=0) if len(inside) else missing,
        upper=inside.max(axis=0) if len(inside) else missing,
    )


def _curvature_terms(v: Floats, quadratic: Booleans) -> Floats:
    """Return the derivative of v'Bv by each coefficient."""
    rows, columns = np.triu_indices(len(v), 1)
    return np.concatenate([np.zeros(1 + len(v)), v[rows] * v[columns], v[quadratic] ** 2])


def _points(stationary: Floats) -> Floats:
    """Return places all over the region and around a point of it, the same on every machine."""
    n = len(stationary)
    each = int(_MOST_POINTS ** (1.0 / n) + 1e-9)
    drawn = np.random.default_rng(0).uniform(-1.0, 1.0, (_MOST_POINTS, n))
    sizes = 0.5 ** (np.arange(_MOST_POINTS) % _HALVINGS)
    around = np.vstack([stationary, stationary + drawn * sizes[:, None]])
    if each >= _FEWEST_LEVELS:
        line = np.linspace(-1.0, 1.0, each - 1 + each % 2)
        drawn = np.stack(np.meshgrid(*[line] * n, indexing="ij"), axis=-1).reshape(-1, n)
    points = np.vstack([drawn, around])
    return np.asarray(points[np.all(np.abs(points) <= 1.0, axis=1)])


def _may_be_level(
    points: Floats, coefficients: Floats, covariance: Floats, quadratic: Booleans, degrees: int
) -> Booleans:
    """Return where the gradient is zero for all that the runs say."""
    slopes = gradient_terms(points, quadratic)
    gradient = slopes @ coefficients
    spread = slopes @ covariance @ slopes.transpose(0, 2, 1)
    distance = np.einsum("ij,ij->i", gradient, np.linalg.solve(spread, gradient[..., None])[..., 0])
    n = len(quadratic)
    return np.asarray(distance <= n * fdtri(n, degrees, LEVEL))


def gradient_terms(points: Floats, quadratic: Booleans) -> Floats:
    """Return the derivatives of a quadratic's terms by each factor.

    Parameters
    ----------
    points : array of shape (n_points, n_factors)
        Coded.
    quadratic : array of shape (n_factors,), bool
        Which factors have their square.

    Returns
    -------
    array of shape (n_points, n_factors, n_terms)

    Examples
    --------
    >>> gradient_terms(np.array([[2.0, 3.0]]), np.array([True, False]))
    array([[[0., 1., 0., 3., 4.],
            [0., 0., 1., 2., 0.]]])
    """
    n_points, n = points.shape
    rows, columns = np.triu_indices(n, 1)
    squares = np.flatnonzero(quadratic)
    found = np.zeros((n_points, n, 1 + n + len(rows) + len(squares)))
    found[:, range(n), range(1, 1 + n)] = 1.0
    for place, (i, j) in enumerate(zip(rows, columns, strict=True), start=1 + n):
        found[:, i, place], found[:, j, place] = points[:, j], points[:, i]
    for place, i in enumerate(squares, start=1 + n + len(rows)):
        found[:, i, place] = 2.0 * points[:, i]
    return found


def ridge(b: Floats, B: Floats, *, is_rising: bool) -> Floats:
    r"""Return the best points at growing distances from the center of the region.

    Parameters
    ----------
    b : array of shape (n_factors,)
    B : array of shape (n_factors, n_factors)
        The surface ``b0 + b x + x' B x``.
    is_rising : bool
        Whether more is better.

    Returns
    -------
    array of shape (n_steps + 1, n_factors)
        At distances 0, .2, ... 1 in coded units: the best of each sphere.

    Notes
    -----
    .. math:: (B - \mu I) x = -b/2, \quad \mu > \lambda_{max}

    with the multiplier that gives the distance (Draper 1963).

    Examples
    --------
    >>> ridge(np.array([1.0, 0.0]), np.zeros((2, 2)), is_rising=True)[-1].round(6)
    array([1., 0.])
    """
    if not is_rising:
        b, B = -b, -B
    values, vectors = np.linalg.eigh(B)
    vectors = vectors * np.sign(vectors[np.argmax(np.abs(vectors), axis=0), range(len(b))])
    own = vectors.T @ b / 2.0
    own = np.where(np.abs(own) > _NO_SLOPE * np.abs([*values, *own]).max(), own, 0.0)
    ways = [
        _on_sphere(own, values[-1] - values, float(radius))
        for radius in np.linspace(0.0, 1.0, _RADII + 1)[1:]
    ]
    return np.vstack([np.zeros(len(b)), *(vectors @ way for way in ways)])


def _on_sphere(own: Floats, room: Floats, radius: float) -> Floats:
    """Return the best point at a distance, in the axes of the surface, the steepest last."""
    tiny = np.finfo(np.float64).tiny
    low, high = 0.0, float(np.linalg.norm(own)) / radius
    for _ in range(_BISECTIONS):
        middle = 0.5 * (low + high)
        is_far = np.linalg.norm(own / np.maximum(middle + room, tiny)) > radius
        low, high = (middle, high) if is_far else (low, middle)
    point = own / np.maximum(high + room, tiny)
    missing = radius**2 - float(point @ point)
    if missing > _NO_SLOPE * radius**2:  # level along the last axis: both ways are as good
        point[-1] = np.sqrt(missing)
    return np.asarray(point)
