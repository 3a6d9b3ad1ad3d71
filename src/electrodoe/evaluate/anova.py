"""Analysis of variance: what each group of terms adds, one after the other."""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import scipy.stats

from electrodoe.arrays import Floats, Integers
from electrodoe.evaluate.residual_parts import Part, ResidualParts, residual_parts


@dataclass(frozen=True, kw_only=True)
class AnovaRow:
    """One source of variation.

    Attributes
    ----------
    source : str
        A group of terms, ``residual``, ``lack of fit``, ``pure error``, ``samples`` or
        ``total``.
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
    runs: Integers | None = None,
    *,
    error: Part | None = None,
) -> tuple[AnovaRow, ...]:
    """Return the sequential analysis of variance of a linear model with an intercept.

    Parameters
    ----------
    terms : mapping of str to array of shape (n_samples, n_terms_of_the_group)
        Groups of terms in the order in which they enter; the intercept is not among them.
    y : array of shape (n_samples,)
        Response.
    configurations : array of shape (n_samples,), int
        Configuration (setting) of each sample, for pure error.
    runs : array of shape (n_samples,), int, or None
        Run of each sample; None where every row is a run of its own.
    error : Part or None
        What groups are tested against; None for all of the residual. Terms are set once per run,
        so where runs have several samples, the residual with all of them is too small a yardstick
        and the tests reject far too often. Without degrees of freedom nothing is tested.

    Returns
    -------
    tuple of AnovaRow
        The groups, ``residual``, its parts (``lack of fit``, ``pure error`` between runs of one
        setting, ``samples`` within runs) where something repeats, ``total`` around the mean.

    Raises
    ------
    ModelError
        If the data do not determine the model.

    References
    ----------
    .. [1] Myers, Montgomery, Anderson-Cook, Response Surface Methodology (2016), ch. 2.
    """
    X = np.column_stack([np.ones(len(y)), *terms.values()])
    parts = residual_parts(X, y, configurations, np.arange(len(y)) if runs is None else runs)
    return (
        *_group_rows(terms, X, y, parts.residual if error is None else error),
        _row("residual", parts.residual),
        *_part_rows(parts),
        AnovaRow(
            source="total",
            degrees_of_freedom=len(y) - 1,
            sum_of_squares=float(np.sum((y - y.mean()) ** 2)),
        ),
    )


def _group_rows(terms: Mapping[str, Floats], X: Floats, y: Floats, error: Part) -> list[AnovaRow]:
    """Return what each group adds to those before it, tested against a sum of squares."""
    effects = np.linalg.qr(X)[0].T @ y
    rows, start = [], 1
    for source, group in terms.items():
        stop = start + group.shape[1]
        added = Part(float(np.sum(effects[start:stop] ** 2)), stop - start)
        rows.append(_row(source, added, _test(added, error)))
        start = stop
    return rows


def _test(added: Part, error: Part) -> tuple[float, float] | None:
    """Return F and p, or nothing where no variation is left to test against."""
    if error.mean_square == 0.0:
        return None
    f = added.mean_square / error.mean_square
    return f, float(scipy.stats.f.sf(f, added.degrees_of_freedom, error.degrees_of_freedom))


def _part_rows(parts: ResidualParts) -> list[AnovaRow]:
    """Return the parts of the residual where it has more than one, or is nothing but runs."""
    rows = {
        "lack of fit": parts.lack_of_fit,
        "pure error": parts.pure_error,
        "samples": parts.samples,
    }
    if not any(rows[name].degrees_of_freedom for name in ("pure error", "samples")):
        return []
    test = parts.lack_of_fit_test
    return [
        _row(name, part, test if name == "lack of fit" else None)
        for name, part in rows.items()
        if part.degrees_of_freedom
    ]


def _row(source: str, part: Part, test: tuple[float, float] | None = None) -> AnovaRow:
    """Return the row of one sum of squares."""
    f, p = (None, None) if test is None else test
    return AnovaRow(
        source=source,
        degrees_of_freedom=part.degrees_of_freedom,
        sum_of_squares=part.sum_of_squares,
        f=f,
        p=p,
    )
