"""D105: an input that cannot be distinguished from the day, the machine or the operator."""

from collections.abc import Iterator, Mapping
from typing import Final

import numpy as np
import polars as pl

from electrodoe.arrays import Booleans, Floats, Integers
from electrodoe.dataset.dataset import CONFIGURATION, Dataset
from electrodoe.findings import Finding, Severity, found

_FULLY: Final = 0.9  # chosen: from here on hardly anything is left to distinguish
_PARTLY: Final = 0.4
"""Fractions of an input's variance that a context column explains."""


def confounding(dataset: Dataset) -> list[Finding]:
    """Return one finding per factor and context column that go together in modeled samples."""
    rows = {factor: dataset.rows_with(factor) for factor in dataset.study.factors}
    return [
        _finding(dataset.frame.filter(rows[factor]), factor, context, fraction)
        for factor, context, fraction in _pairs(dataset, rows)
    ]


def confounded_factors(
    dataset: Dataset, scenario: str | None = None
) -> tuple[tuple[str, str], ...]:
    """Return the factors that cannot be distinguished from a circumstance, with its column.

    Parameters
    ----------
    dataset : Dataset
        Samples and their study.
    scenario : str or None
        Looks at its rows alone; without it, at the samples of all scenarios that see a factor.

    Returns
    -------
    tuple of (str, str)
        Factor and context column.
    """
    rows = {
        factor: dataset.rows_with(factor) if scenario is None else dataset.rows(scenario)
        for factor in dataset.study.factors
    }
    return tuple(
        (factor, context)
        for factor, context, fraction in _pairs(dataset, rows)
        if fraction >= _FULLY
    )


def _pairs(dataset: Dataset, rows: Mapping[str, Booleans]) -> Iterator[tuple[str, str, float]]:
    """Yield factor, context column and explained fraction where the two go together."""
    for context in dataset.study.measurements.context:
        named = dataset.frame[context].fill_null("(empty)").to_numpy()
        for factor, own in rows.items():
            _, levels = np.unique(named[own], return_inverse=True)
            n_levels = int(levels.max(initial=-1)) + 1
            n_configurations = dataset.frame.filter(own)[CONFIGURATION].n_unique()
            has_levels = 2 <= n_levels < n_configurations / 2 + 1
            if not has_levels or dataset.is_two_valued_measurement(context, own):
                continue
            fraction = explained_fraction(dataset.values(factor)[own], levels)
            if fraction >= _PARTLY:
                yield factor, context, fraction


def explained_fraction(values: Floats, levels: Integers) -> float:
    r"""Return the fraction of a variable's variance that lies between the levels of another.

    Kelley's :math:`\epsilon^2`, the correlation ratio less what chance alone explains: from 0 (or
    slightly below) to 1.

    References
    ----------
    .. [1] Kelley, PNAS 21 (1935) 554.

    Examples
    --------
    >>> round(explained_fraction(np.array([85.0, 85, 120, 120]), np.array([0, 0, 1, 1])), 6)
    1.0
    """
    known = ~np.isnan(values)
    if not known.any():
        return 0.0
    y, group = values[known], levels[known]
    counts = np.bincount(group)
    sums = np.bincount(group, weights=y)
    means = np.divide(sums, counts, out=np.zeros_like(sums), where=counts > 0)
    total = float(np.sum((y - y.mean()) ** 2))
    within = float(np.sum((y - means[group]) ** 2))
    n_levels = int(np.sum(counts > 0))
    if total == 0.0 or len(y) <= n_levels:
        return 0.0
    return 1.0 - (within / (len(y) - n_levels)) / (total / (len(y) - 1))


def _finding(rows: pl.DataFrame, factor: str, context: str, fraction: float) -> Finding:
    """Return the finding about one pair of columns."""
    examples = (
        rows.group_by(context)
        .agg(low=pl.col(factor).min(), high=pl.col(factor).max())
        .sort(context, nulls_last=True)
    )
    reported = "; ".join(
        f"{name}: {low:.4g}" if low == high else f"{name}: {low:.4g} to {high:.4g}"
        for name, low, high in examples.head(6).iter_rows()
    )
    is_full = fraction >= _FULLY
    return found(
        "D105",
        f"'{context}' explains {100 * fraction:.0f} % of the variance of '{factor}' ({reported})",
        f"columns '{factor}' and '{context}'",
        severity=Severity.WARNING if is_full else Severity.NOTE,
        title="Input confounded with circumstances" if is_full else "Input partly confounded",
        fix=f"an effect of '{factor}' may be one of '{context}': repeat some settings under"
        " other circumstances before acting on it",
    )
