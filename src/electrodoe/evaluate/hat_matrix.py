"""What each row does to a least-squares fit: leverage, studentized residual, Cook's distance."""

from dataclasses import dataclass
from functools import cached_property
from typing import Final

import numpy as np

from electrodoe.arrays import Booleans, Floats

_DEPENDENT: Final = 1e-9
"""Singular value, over the largest of columns of unit length, below which a direction is none."""
_FIXED: Final = 1e-9
"""Of 1 - leverage: below it the fit runs through the row, and there is no residual."""
_EXACT: Final = 1e-20
"""Of the sum of squares of the response: what is left of less is rounding."""


@dataclass(frozen=True, kw_only=True)
class FittedRows:
    """A least-squares fit, row by row.

    Attributes
    ----------
    Q : array of shape (n_rows, n_parameters)
        Orthonormal columns that span the terms.
    y : array of shape (n_rows,)
        Response.
    """

    Q: Floats
    y: Floats

    @property
    def degrees_of_freedom(self) -> int:
        """Return rows less parameters."""
        return len(self.y) - int(self.Q.shape[1])

    @cached_property
    def fitted(self) -> Floats:
        """Return the fitted values."""
        return np.asarray(self.Q @ (self.Q.T @ self.y))

    @cached_property
    def residuals(self) -> Floats:
        """Return what the fit leaves."""
        return np.asarray(self.y - self.fitted)

    @cached_property
    def leverages(self) -> Floats:
        """Return the diagonal of the hat matrix."""
        return np.asarray(np.minimum(np.sum(self.Q**2, axis=1), 1.0))

    @cached_property
    def is_free(self) -> Booleans:
        """Return which rows have a residual: the fit does not run through them by force."""
        return np.asarray(1.0 - self.leverages > _FIXED)

    @cached_property
    def variance(self) -> float:
        """Return the residual mean square; 0 where nothing is left over."""
        squares = float(np.sum(self.residuals**2))
        if self.degrees_of_freedom < 1 or squares <= _EXACT * float(np.sum(self.y**2)):
            return 0.0
        return squares / self.degrees_of_freedom

    @cached_property
    def left_out(self) -> Floats:
        """Return what a fit without each row misses there; NaN where the others do not tell."""
        room = np.where(self.is_free, 1.0 - self.leverages, np.nan)
        return np.asarray(self.residuals / room)

    @cached_property
    def studentized(self) -> Floats:
        """Return residuals over their standard errors (internally studentized); NaN where none."""
        spread = np.sqrt(self.variance * (1.0 - self.leverages))
        known = self.is_free & (spread > 0.0)
        return np.where(known, self.residuals / np.where(known, spread, 1.0), np.nan)

    @cached_property
    def externally_studentized(self) -> Floats:
        """Return what each misses a fit without it by, over its standard error (t); NaN if none."""
        r, degrees = self.studentized, self.degrees_of_freedom
        room = np.maximum(degrees - r**2, 0.0)
        with np.errstate(divide="ignore", invalid="ignore"):
            t = r * np.sqrt((degrees - 1.0) / room)
        return np.asarray(np.where(np.isfinite(t), t, np.nan))

    @cached_property
    def cooks_distances(self) -> Floats:
        """Return how far each row moves all fitted values, over the error of the terms."""
        odds = self.leverages / np.where(self.is_free, 1.0 - self.leverages, np.nan)
        return np.asarray(self.studentized**2 * odds / self.Q.shape[1])


def fitted_rows(X: Floats, y: Floats) -> FittedRows:
    """Return a least-squares fit, row by row; terms may follow from one another.

    Parameters
    ----------
    X : array of shape (n_rows, n_columns)
        Model matrix, with a column of ones where an intercept is meant.
    y : array of shape (n_rows,)
        Response.

    Returns
    -------
    FittedRows
        Without tests of its own.

    References
    ----------
    .. [1] Cook, Technometrics 19 (1977) 15, 10.1080/00401706.1977.10489493.
    .. [2] Montgomery, Peck, Vining, Introduction to Linear Regression Analysis (2012), ch. 4, 6.

    Examples
    --------
    >>> x = np.array([0.0, 1.0, 2.0, 3.0])
    >>> fitted_rows(np.column_stack([np.ones(4), x]), x**2).leverages.round(3)
    array([0.7, 0.3, 0.3, 0.7])
    """
    length = np.linalg.norm(X, axis=0)
    U, sizes, _ = np.linalg.svd(X / np.where(length > 0.0, length, 1.0), full_matrices=False)
    return FittedRows(Q=U[:, sizes > _DEPENDENT * sizes.max(initial=0.0)], y=y)
