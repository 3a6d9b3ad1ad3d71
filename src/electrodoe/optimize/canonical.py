"""The shape of a second-degree surface: stationary point and curvatures."""

from dataclasses import dataclass
from typing import Final

import numpy as np

from electrodoe.arrays import Booleans, Floats
from electrodoe.errors import RecommendationError

_FLAT: Final = 1e-10
"""Curvature, as a fraction of the largest, below which a surface has no stationary point."""


@dataclass(frozen=True, kw_only=True)
class CanonicalAnalysis:
    """A surface in its own axes.

    Attributes
    ----------
    stationary_point : array of shape (n_factors,)
        Where the surface is level, coded.
    eigenvalues : array of shape (n_factors,)
        Curvatures, the largest first: all negative for a maximum, all positive for a minimum.
    eigenvectors : array of shape (n_factors, n_factors)
        Directions of the curvatures, in columns.
    """

    stationary_point: Floats
    eigenvalues: Floats
    eigenvectors: Floats

    @property
    def kind(self) -> str:
        """Return ``maximum``, ``minimum`` or ``saddle``."""
        if np.all(self.eigenvalues < 0.0):
            return "maximum"
        return "minimum" if np.all(self.eigenvalues > 0.0) else "saddle"


def canonical_analysis(b: Floats, B: Floats) -> CanonicalAnalysis:
    r"""Return the canonical analysis of ``b0 + b x + x' B x``.

    Parameters
    ----------
    b : array of shape (n_factors,)
        Linear coefficients.
    B : array of shape (n_factors, n_factors)
        Symmetric: squares on the diagonal, half of each interaction beside it.

    Returns
    -------
    CanonicalAnalysis
        In the units of the coefficients' factors.

    Raises
    ------
    RecommendationError
        If the surface is flat in some direction and has no single stationary point.

    Notes
    -----
    .. math:: x_s = -\tfrac{1}{2} B^{-1} b

    References
    ----------
    .. [1] Box, Wilson, J. R. Stat. Soc. B 13 (1951) 1.
    .. [2] Lenth, Journal of Statistical Software 32 (2009) 7, 10.18637/jss.v032.i07.

    Examples
    --------
    >>> found = canonical_analysis(np.array([2.0, 4.0]), np.diag([-1.0, -2.0]))
    >>> found.stationary_point, found.kind
    (array([1., 1.]), 'maximum')
    """
    values, vectors = np.linalg.eigh(B)
    if np.min(np.abs(values)) <= _FLAT * max(float(np.max(np.abs(values))), _FLAT):
        raise RecommendationError(
            "the surface is flat in some direction: it has no single stationary point",
            where="second-degree surface",
            fix="follow the path of steepest ascent instead",
        )
    return CanonicalAnalysis(
        stationary_point=np.asarray(np.linalg.solve(-2.0 * B, b), dtype=np.float64),
        eigenvalues=values[::-1],
        eigenvectors=vectors[:, ::-1],
    )


def second_degree(coefficients: Floats, quadratic: Booleans) -> tuple[Floats, Floats]:
    """Return b and B from the coefficients of ``quadratic_matrix``.

    Parameters
    ----------
    coefficients : array of shape (n_terms,)
        One, inputs, two-factor interactions, squares.
    quadratic : array of shape (n_factors,), bool
        Which inputs have their square.

    Returns
    -------
    b : array of shape (n_factors,)
    B : array of shape (n_factors, n_factors)

    Examples
    --------
    >>> second_degree(np.array([9.0, 1, 2, 6, 4, 5]), np.array([True, True]))
    (array([1., 2.]), array([[4., 3.],
           [3., 5.]]))
    """
    n = len(quadratic)
    B = np.zeros((n, n))
    rows, columns = np.triu_indices(n, 1)
    n_crossed = len(rows)
    B[rows, columns] = B[columns, rows] = coefficients[1 + n : 1 + n + n_crossed] / 2.0
    B[quadratic, quadratic] = coefficients[1 + n + n_crossed :]
    return coefficients[1 : 1 + n], B
