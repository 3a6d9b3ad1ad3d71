"""D105: an input that cannot be distinguished from the day, the machine or the operator."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Final

import numpy as np
import polars as pl

from electrodoe.arrays import Booleans, Floats, Integers
from electrodoe.dataset.dataset import CONFIGURATION, Dataset
from electrodoe.findings import Finding, Severity, found

_PARTLY: Final = 0.4
"""Fraction of an input's variance that a context column explains, from which it is remarked."""
_HARDLY_LEFT: Final = 0.7
"""From here on too little varies within a day to tell the two apart; by chance in 1 of 100 pairs
of a factor of 9 to 20 runs and two to four days (simulated, tests/dataset)."""
_OVERLAP: Final = 0.1
"""Fraction of an input's range by which days may overlap though the runs were sorted into them."""


@dataclass(frozen=True)
class _Pair:
    """A factor and a context column that go together, and how much."""

    factor: str
    context: str
    fraction: float
    is_sorted: bool

    @property
    def is_full(self) -> bool:
        """Return whether the two cannot be distinguished."""
        return self.is_sorted or self.fraction >= _HARDLY_LEFT


def confounding(dataset: Dataset) -> list[Finding]:
    """Return one finding per factor and context column that go together in modeled samples."""
    rows = {factor: dataset.rows_with(factor) for factor in dataset.study.factors}
    return [
        _finding(dataset.named_frame.filter(rows[pair.factor]), pair)
        for pair in _pairs(dataset, rows)
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
    return tuple((pair.factor, pair.context) for pair in _pairs(dataset, rows) if pair.is_full)


def _pairs(dataset: Dataset, rows: Mapping[str, Booleans]) -> Iterator[_Pair]:
    """Yield factor and context column where the two go together, judged run by run."""
    plots = dataset.whole_plots_found
    for context in dataset.study.measurements.context:
        if plots is not None and context == plots.column:
            continue  # by the plan it goes together with what is hard to change
        for factor, own in rows.items():
            if dataset.is_two_valued_measurement(context, own):
                continue
            runs = (
                dataset.frame.filter(own)
                .with_columns(pl.col(context).fill_null("(empty)"))
                .group_by(CONFIGURATION, context)
                .agg(pl.col(factor).median())
                .drop_nulls()
                .sort(CONFIGURATION, context)
            )
            _, levels = np.unique(runs[context].to_numpy(), return_inverse=True)
            n_levels = int(levels.max(initial=-1)) + 1
            if not 2 <= n_levels < runs[CONFIGURATION].n_unique() / 2 + 1:
                continue
            values = runs[factor].to_numpy()
            if factor in dataset.study.levels:
                yield from _with_levels(factor, context, values, levels)
                continue
            fraction = explained_fraction(values, levels)
            if fraction >= _PARTLY:
                yield _Pair(factor, context, fraction, _is_sorted(values, levels))


def _with_levels(factor: str, context: str, values: Floats, levels: Integers) -> Iterator[_Pair]:
    """Yield a category that goes together with a context column: the level that does so most."""
    found = [explained_fraction((values == own).astype(float), levels) for own in np.unique(values)]
    fraction = max(found)
    if fraction >= _PARTLY:
        pure = [len(np.unique(values[levels == level])) == 1 for level in np.unique(levels)]
        yield _Pair(factor, context, fraction, all(pure))


def _is_sorted(values: Floats, levels: Integers) -> bool:
    """Return whether the ranges of a factor hardly overlap between the levels of a context."""
    lowest, highest = np.full((2, levels.max() + 1), np.inf) * [[1.0], [-1.0]]
    np.minimum.at(lowest, levels, values)
    np.maximum.at(highest, levels, values)
    order = np.lexsort((highest, lowest))
    overlap = highest[order][:-1] - lowest[order][1:]
    return bool(np.all(overlap <= _OVERLAP * np.ptp(values)))


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


def _finding(rows: pl.DataFrame, pair: _Pair) -> Finding:
    """Return the finding about one pair of columns."""
    factor, context = pair.factor, pair.context
    reported = _levels_of(rows, pair) if rows[factor].dtype == pl.String else _ranges_of(rows, pair)
    return found(
        "D105",
        f"'{context}' explains {100 * pair.fraction:.0f} % of the variance of '{factor}'"
        f" ({reported})"
        + (f"; the runs were sorted by it into '{context}'" if pair.is_sorted else ""),
        f"columns '{factor}' and '{context}'",
        severity=Severity.WARNING if pair.is_full else Severity.NOTE,
        title="Input confounded with circumstances" if pair.is_full else "Input partly confounded",
        fix=f"an effect of '{factor}' may be one of '{context}': repeat some settings under"
        " other circumstances before acting on it",
    )


def _ranges_of(rows: pl.DataFrame, pair: _Pair) -> str:
    """Return the range of a number within each level of a context, in words."""
    examples = (
        rows.group_by(pair.context)
        .agg(low=pl.col(pair.factor).min(), high=pl.col(pair.factor).max())
        .sort(pair.context, nulls_last=True)
    )
    return "; ".join(
        f"{name}: {low:.4g}" if low == high else f"{name}: {low:.4g} to {high:.4g}"
        for name, low, high in examples.head(6).iter_rows()
    )


def _levels_of(rows: pl.DataFrame, pair: _Pair) -> str:
    """Return the levels of a category within each level of a context, in words."""
    examples = (
        rows.group_by(pair.context)
        .agg(pl.col(pair.factor).drop_nulls().unique().sort())
        .sort(pair.context, nulls_last=True)
    )
    return "; ".join(f"{name}: {', '.join(own)}" for name, own in examples.head(6).iter_rows())
