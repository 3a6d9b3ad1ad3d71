"""Which terms of a linear model can be distinguished from zero."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import scipy.stats

from electrodoe.arrays import Floats
from electrodoe.errors import EvaluationError
from electrodoe.evaluate.residual_parts import Part
from electrodoe.models.least_squares import least_squares


@dataclass(frozen=True, kw_only=True)
class CoefficientTests:
    """Coefficients of a linear model with their t tests.

    Attributes
    ----------
    term_names : tuple of str
        Columns of the model matrix.
    estimates, standard_errors, t, p : array of shape (n_terms,)
        Estimates and standard errors in the response's unit per unit of each column.
    degrees_of_freedom : int
        Of the error that they are tested against.
    """

    term_names: tuple[str, ...]
    estimates: Floats
    standard_errors: Floats
    t: Floats
    p: Floats
    degrees_of_freedom: int


def coefficient_tests(
    X: Floats, y: Floats, term_names: Sequence[str], error: Part | None = None
) -> CoefficientTests:
    r"""Return the t test of every coefficient of a linear model.

    Give it one row per *run*, the mean of its samples. With one row per sample, samples count as if
    each had been set anew: tests of second-order terms then reject a true null in a third of all
    studies instead of one in twenty, as soon as runs differ by more than their inputs.

    Parameters
    ----------
    X : array of shape (n_rows, n_terms)
        Model matrix, with a column of ones where an intercept is meant.
    y : array of shape (n_rows,)
        Response.
    term_names : sequence of str
        Names of the columns.
    error : Part or None
        What the coefficients are tested against, such as the pure error of the rows; None for the
        residual, with ``n_rows - n_terms`` degrees of freedom.

    Returns
    -------
    CoefficientTests
        Two-sided tests.

    Raises
    ------
    EvaluationError
        If there are as many terms as rows, or the residual is exactly zero.
    ModelError
        If the data do not determine the model.

    Notes
    -----
    .. math:: t_j = \hat\beta_j / \sqrt{s^2 [(X^T X)^{-1}]_{jj}}

    References
    ----------
    .. [1] Kutner, Nachtsheim, Neter, Li, Applied Linear Statistical Models (2005), ch. 6.
    """
    estimates = least_squares(X, y, term_names)
    if error is None:
        error = Part(float(np.sum((y - X @ estimates) ** 2)), len(y) - X.shape[1])
    variance, degrees = error.mean_square, error.degrees_of_freedom
    if variance == 0.0:
        raise EvaluationError(
            f"{len(y)} configurations leave nothing over to judge {X.shape[1]} terms by",
            where=f"model with the terms {', '.join(term_names)}",
            fix="measure more configurations, or test a model with fewer terms",
        )
    inverse = np.linalg.inv(np.linalg.qr(X, mode="r"))
    standard_errors = np.sqrt(variance * np.sum(inverse**2, axis=1))
    t = estimates / standard_errors
    return CoefficientTests(
        term_names=tuple(term_names),
        estimates=estimates,
        standard_errors=standard_errors,
        t=t,
        p=2.0 * scipy.stats.t.sf(np.abs(t), degrees),
        degrees_of_freedom=degrees,
    )
