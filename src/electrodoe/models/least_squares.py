"""Least squares by QR that says when its terms cannot be distinguished."""

from collections.abc import Sequence
from typing import Final

import numpy as np
import scipy.linalg

from electrodoe.arrays import Floats
from electrodoe.errors import ModelError
from electrodoe.findings.wording import counted

_RANK_TOLERANCE: Final = 1e-13
"""Relative size of a pivot, in columns of unit length, below which a term is dependent."""

_SETTING_DECIMALS: Final = 9
"""Of each column's largest size: what differs by less is one setting, written in two units."""
_MOST_NAMES: Final = 10
"""Terms named in a message: a quadratic of three inputs."""

_DEPENDENT: Final = 1e-10
"""Length of what is left of a column of unit length that is rounding: some hundred times 1e-13."""


def least_squares(
    X: Floats,
    y: Floats,
    term_names: Sequence[str],
    *,
    fewer: str = "choose a model with fewer terms",
) -> Floats:
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
    fewer : str
        How to go on without more configurations, for messages.

    Returns
    -------
    array of shape (n_terms,)
        Coefficients in the units of ``y`` per unit of each column.

    Raises
    ------
    ModelError
        If there are fewer distinct settings than terms, or a term follows from the others.

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
        raise _undetermined(X, X, term_names, fewer)
    length = np.linalg.norm(X, axis=0)
    scaled = X / np.where(length == 0.0, 1.0, length)
    Q, R, order = scipy.linalg.qr(scaled, mode="economic", pivoting=True)
    pivots = np.abs(np.diag(R))
    if np.any(pivots <= _RANK_TOLERANCE * pivots[0]):
        raise _undetermined(X, scaled, term_names, fewer)
    solution = np.zeros(n_terms)
    for _ in range(2):
        residual = y - scaled @ solution
        solution[order] += scipy.linalg.solve_triangular(R, Q.T @ residual)
    return np.asarray(solution / length)


def _undetermined(X: Floats, scaled: Floats, term_names: Sequence[str], fewer: str) -> ModelError:
    """Return the error of more terms than settings, or of a term that the others make up."""
    n_terms, n_settings = X.shape[1], _n_settings(X)
    where = f"model with the terms {_listed(term_names)}"
    if n_settings < n_terms:
        return ModelError(
            f"{counted(n_terms, 'term')} for {counted(n_settings, 'distinct setting')}",
            where=where,
            fix=f"measure at least {counted(n_terms - n_settings, 'more setting')}, or {fewer}",
        )
    return ModelError(
        f"the term '{term_names[_first_dependent(scaled)]}' follows from the others",
        where=where,
        fix=f"measure more levels of its factor, or {fewer}",
    )


def _n_settings(X: Floats) -> int:
    """Return how many rows differ by more than rounding: replicates are one setting."""
    scale = np.abs(X).max(axis=0, initial=0.0)
    rows = np.round(X / np.where(scale > 0.0, scale, 1.0), _SETTING_DECIMALS)
    return len(np.unique(rows + 0.0, axis=0))  # no -0


def _listed(names: Sequence[str]) -> str:
    """Return names in a row, the end of a long one left out."""
    shown = (
        [*names[:_MOST_NAMES], f"… ({len(names)} in all)"] if len(names) > _MOST_NAMES else names
    )
    return ", ".join(shown)


def _first_dependent(scaled: Floats) -> int:
    """Return the first column that those before it make up: a pivoted order hangs on last bits."""
    rest = np.abs(np.diag(scipy.linalg.qr(scaled, mode="r")[0]))
    return int(np.argmax(rest <= max(_DEPENDENT, float(rest.min()))))
