"""Analysis of variance: what each group of terms adds, one after the other."""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import scipy.stats

from electrodoe.arrays import Floats, Integers
from electrodoe.errors import EvaluationError
from electrodoe.evaluate.lack_of_fit import LackOfFit, lack_of_fit
from electrodoe.models.least_squares import least_squares


@dataclass(frozen=True, kw_only=True)
class AnovaRow:
    """One source of variation.

    Attributes
    ----------
    source : str
        A group of terms, ``residual``, ``lack of fit``, ``pure error`` or ``total``.
    degrees_of_freedom : int
        Number of independent comparisons.
    sum_of_squares : float
        In the response's unit, squared.
    f, p : float or None
        None where nothing is tested, or nothing is left to test against.
    """

    source: str
    degrees_of_freedom: int
    sum_of_squares: float
    f: float | None = None
    p: float | None = None

    @property
    def mean_square(self) -> float | None:
        """Return the sum of squares per degree of freedom."""
        return self.sum_of_squares / self.degrees_of_freedom if self.degrees_of_freedom else None


def analysis_of_variance(
    terms: Mapping[str, Floats],
    y: Floats,
    configurations: Integers,
    *,
    is_tested_between_configurations: bool = False,
) -> tuple[AnovaRow, ...]:
    """Return the sequential analysis of variance of a linear model with an intercept.

    Parameters
    ----------
    terms : mapping of str to array of shape (n_samples, n_terms_of_the_group)
        Groups of terms in the order in which they enter; the intercept is not among them.
    y : array of shape (n_samples,)
        Response.
    configurations : array of shape (n_samples,), int
        Configuration of each sample, for pure error.
    is_tested_between_configurations : bool
        Test the groups against the lack of fit instead of the residual. Terms are set once per
        configuration, so where configurations differ by more than their inputs, the residual
        with its many replicates is too small a yardstick and the tests reject far too often.

    Returns
    -------
    tuple of AnovaRow
        The groups, ``residual``, ``lack of fit`` and ``pure error`` (both only where replicates
        and spare configurations allow the test), ``total`` around the mean.

    Raises
    ------
    ModelError
        If the data do not determine the model.

    References
    ----------
    .. [1] Myers, Montgomery, Anderson-Cook, Response Surface Methodology (2016), ch. 2.
    """
    X = np.column_stack([np.ones(len(y)), *terms.values()])
    names = ["1", *(name for name, group in terms.items() for _ in range(group.shape[1]))]
    residual = float(np.sum((y - X @ least_squares(X, y, names)) ** 2))
    degrees = len(y) - X.shape[1]
    parts = _lack_of_fit_or_none(X, y, configurations)
    has_replicates = len(np.unique(configurations)) < len(y)
    error = (residual, degrees)
    if is_tested_between_configurations and has_replicates:
        error = (parts.sum_of_squares, parts.degrees_of_freedom) if parts else (0.0, 0)
    return (
        *_group_rows(terms, X, y, error),
        AnovaRow(source="residual", degrees_of_freedom=degrees, sum_of_squares=residual),
        *_lack_of_fit_rows(parts),
        AnovaRow(
            source="total",
            degrees_of_freedom=len(y) - 1,
            sum_of_squares=float(np.sum((y - y.mean()) ** 2)),
        ),
    )


def _group_rows(
    terms: Mapping[str, Floats],
    X: Floats,
    y: Floats,
    error: tuple[float, int],
) -> list[AnovaRow]:
    """Return what each group adds to those before it, tested against a sum of squares."""
    effects = np.linalg.qr(X)[0].T @ y
    rows, start = [], 1
    for source, group in terms.items():
        stop = start + group.shape[1]
        added, degrees = float(np.sum(effects[start:stop] ** 2)), stop - start
        f, p = _test(added, degrees, *error)
        rows.append(
            AnovaRow(source=source, degrees_of_freedom=degrees, sum_of_squares=added, f=f, p=p)
        )
        start = stop
    return rows


def _test(
    added: float, degrees: int, error: float, error_degrees: int
) -> tuple[float | None, float | None]:
    """Return F and p, or nothing where no variation is left to test against."""
    if error_degrees == 0 or error == 0.0:
        return None, None
    f = (added / degrees) / (error / error_degrees)
    return f, float(scipy.stats.f.sf(f, degrees, error_degrees))


def _lack_of_fit_or_none(X: Floats, y: Floats, configurations: Integers) -> LackOfFit | None:
    """Return the test of lack of fit where replicates and spare configurations allow one."""
    try:
        return lack_of_fit(X, y, configurations)
    except EvaluationError:  # the table says so by having no such rows
        return None


def _lack_of_fit_rows(parts: LackOfFit | None) -> list[AnovaRow]:
    """Return the two parts of the residual."""
    if parts is None:
        return []
    return [
        AnovaRow(
            source="lack of fit",
            degrees_of_freedom=parts.degrees_of_freedom,
            sum_of_squares=parts.sum_of_squares,
            f=parts.f,
            p=parts.p,
        ),
        AnovaRow(
            source="pure error",
            degrees_of_freedom=parts.pure_error_degrees_of_freedom,
            sum_of_squares=parts.pure_error_sum_of_squares,
        ),
    ]
