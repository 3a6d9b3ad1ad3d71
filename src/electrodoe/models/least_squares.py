"""Least squares by QR that says when its terms cannot be distinguished."""

from collections.abc import Sequence
from typing import Final

import numpy as np
import scipy.linalg

from electrodoe.arrays import Floats
from electrodoe.errors import ModelError

_RANK_TOLERANCE: Final = 1e-13
"""Relative size of a pivot, in columns of unit length, below which a term is dependent."""

_DEPENDENT: Final = 1e-10
"""Length of what is left of a column of unit length that is rounding: some hundred times 1e-13."""


def least_squares(X: Floats, y: Floats, term_names: Sequence[str]) -> Floats:
    """Return the coefficients that minimize the sum of squared residuals.

    Columns are brought to unit length, factored by QR with pivoting, and the solution is refined
    once on its residual; scikit-learn's ``LinearRegression`` drops terms silently where a column
    is 1e6 times shorter than another.

    Parameters
    ----------
    X : array of shape (n_samples, n_terms)
        Model matrix, including a column of ones where an intercept is meant.
    y : array of shape (n_samples,)
        Response.
    term_names : sequence of str
        Names of the columns, for messages.

    Returns
    -------
    array of shape (n_terms,)
        Coefficients in the units of ``y`` per unit of each column.

    Raises
    ------
    ModelError
        If there are fewer samples than terms, or a term follows from the others.

    References
    ----------
    .. [1] Golub, Van Loan, Matrix Computations (2013), ch. 5.

    Examples
    --------
    >>> X = np.column_stack([np.ones(4), [1.0, 2, 3, 4]])
    >>> least_squares(X, np.array([3.0, 5, 7, 9]), ["1", "x"]).round(12)
    array([1., 2.])
    """
    n_samples, n_terms = X.shape
    if n_samples < n_terms:
        raise ModelError(
            f"{n_samples} samples for {n_terms} terms",
            where=f"model with the terms {', '.join(term_names)}",
            fix="measure more configurations, or choose a model with fewer terms",
        )
    length = np.linalg.norm(X, axis=0)
    scaled = X / np.where(length == 0.0, 1.0, length)
    Q, R, order = scipy.linalg.qr(scaled, mode="economic", pivoting=True)
    pivots = np.abs(np.diag(R))
    if np.any(pivots <= _RANK_TOLERANCE * pivots[0]):
        raise ModelError(
            f"the term '{term_names[_first_dependent(scaled)]}' follows from the others",
            where=f"model with the terms {', '.join(term_names)}",
            fix="measure more levels of its factor, or choose a model without the term",
        )
    solution = np.zeros(n_terms)
    for _ in range(2):
        residual = y - scaled @ solution
        solution[order] += scipy.linalg.solve_triangular(R, Q.T @ residual)
    return np.asarray(solution / length)


def _first_dependent(scaled: Floats) -> int:
    """Return the first column that those before it make up: a pivoted order hangs on last bits."""
    rest = np.abs(np.diag(scipy.linalg.qr(scaled, mode="r")[0]))
    return int(np.argmax(rest <= max(_DEPENDENT, float(rest.min()))))
