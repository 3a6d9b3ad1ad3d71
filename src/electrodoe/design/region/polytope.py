"""Exact integration of polynomials over a box that planes cut into."""

from itertools import combinations_with_replacement
from math import factorial

import numpy as np
import scipy.optimize
import scipy.spatial

from electrodoe.arrays import Floats


def polytope_cubature(
    coefficients: Floats, bounds: Floats, degree: int
) -> tuple[Floats, Floats] | None:
    """Return points and weights that integrate polynomials exactly, as a mean.

    Weights add up to one, some are negative; None where the region has no volume.

    Examples
    --------
    >>> points, weights = polytope_cubature(np.array([[1.0, 1.0]]), np.array([0.0]), 2)
    >>> np.round(weights @ points, 6)  # the centroid of the lower left triangle
    array([-0.333333, -0.333333])
    """
    corners = polytope_corners(coefficients, bounds)
    if corners is None:
        return None
    if corners.shape[1] == 1:
        simplices = np.array([[corners.min(axis=0), corners.max(axis=0)]])
    else:
        simplices = corners[scipy.spatial.Delaunay(corners).simplices]
    edges = simplices[:, 1:] - simplices[:, :1]
    volumes = np.abs(np.linalg.det(edges))
    fractions, weights = _simplex_rule(corners.shape[1], degree)
    points = np.einsum("qv,svd->sqd", fractions, simplices).reshape(-1, corners.shape[1])
    return points, np.outer(volumes / volumes.sum(), weights).ravel()


def polytope_corners(coefficients: Floats, bounds: Floats) -> Floats | None:
    """Return the corners of a box from -1 to 1 cut by planes; None where it has no volume."""
    n_axes = coefficients.shape[1]
    A = np.vstack([coefficients, np.eye(n_axes), -np.eye(n_axes)])
    b = np.concatenate([bounds, np.ones(2 * n_axes)])
    inside = inner_point(A, b)
    if inside is None:
        return None
    if n_axes == 1:
        normal = A[:, 0]
        return np.array(
            [
                [np.max(b[normal < 0] / normal[normal < 0])],
                [np.min(b[normal > 0] / normal[normal > 0])],
            ]
        )
    planes = np.column_stack([A, -b])
    found = scipy.spatial.HalfspaceIntersection(planes, inside).intersections
    return np.unique(np.round(found[np.isfinite(found).all(axis=1)], 12), axis=0)


def inner_point(A: Floats, b: Floats) -> Floats | None:
    """Return the center of the largest ball with ``A @ x <= b``, or None where none fits."""
    k = A.shape[1]
    found = scipy.optimize.linprog(
        np.r_[np.zeros(k), -1.0],
        A_ub=np.column_stack([A, np.linalg.norm(A, axis=1)]),
        b_ub=b,
        bounds=[(None, None)] * k + [(0.0, None)],
    )
    return np.asarray(found.x[:-1]) if found.success and found.x[-1] > 1e-9 else None


def _simplex_rule(n_axes: int, degree: int) -> tuple[Floats, Floats]:
    """Return Grundmann and Moeller's rule: barycentric points, and weights that add up to one."""
    s = degree // 2
    exact = 2 * s + 1
    points, weights = [], []
    for i in range(s + 1):
        base = exact + n_axes - 2 * i
        weight = (-1.0) ** i * 2.0 ** (-2 * s) * float(base) ** exact
        weight *= factorial(n_axes) / (factorial(i) * factorial(exact + n_axes - i))
        for chosen in combinations_with_replacement(range(n_axes + 1), s - i):
            counts = np.bincount(np.array(chosen, dtype=np.int64), minlength=n_axes + 1)
            points.append((2.0 * counts + 1.0) / base)
            weights.append(weight)
    return np.array(points), np.array(weights)
