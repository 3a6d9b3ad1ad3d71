"""Samples that seem to have changed places: each far from its own run, at home in the other's."""

from itertools import combinations
from typing import Final

import numpy as np
import polars as pl

from electrodoe.arrays import Floats, Integers
from electrodoe.findings import Finding, found
from electrodoe.ties import first_smallest

_FAR: Final = 4.0
"""Standard errors from which a sample is far from its run's others."""
_NEAR: Final = 2.5
"""Standard deviations within which it is at home in the other one."""
_MEDIAN_DIFFERENCE: Final = 0.9539
"""Median distance of two values of a normal distribution, in its standard deviations."""
_FEWEST_PAIRS: Final = 10
"""From which the median distance of replicates is known well enough; chosen."""


def exchanged_samples(table: pl.DataFrame, column: str, by: str) -> tuple[Finding, ...]:
    r"""Return the pairs of samples that would fit if they changed places.

    Parameters
    ----------
    table : polars.DataFrame
        One row per sample, with ``column``, ``by``, ``file`` and ``accepted``.
    column : str
        The value that is looked at.
    by : str
        The run's column.

    Returns
    -------
    tuple of Finding
        One warning (D723) per pair. Nothing is flagged or changed: a person has to look.

    Notes
    -----
    Replicates' standard deviation is the median distance of two samples of a run, over 0.954, so
    that a few exchanged samples do not widen it. Where all values are positive, it is that of the
    scale (own, root or logarithm) on which distances depend least on the run's level: on another,
    ordinary samples of weak runs would seem far, or strong ones. A sample counts where it lies more
    than 4 standard errors from the median of its run's others, and less than 2.5 standard
    deviations from that of the other run's. The standard error is that of a sample less the mean of
    n others, :math:`s \sqrt{1 + 1 / n}`. With replicates of one run alone nothing can be said.

    Examples
    --------
    >>> table = pl.DataFrame(
    ...     {
    ...         "run": ["1"] * 5 + ["2"] * 5,
    ...         "file": [f"{n}.mpt" for n in range(10)],
    ...         "accepted": [True] * 10,
    ...         "r": [100.0, 101.0, 99.0, 100.5, 300.0, 301.0, 299.0, 302.0, 300.0, 100.0],
    ...     }
    ... )
    >>> [finding.where for finding in exchanged_samples(table, "r", "run")]
    ['4.mpt and 9.mpt']
    """
    used = table.filter(
        pl.col("accepted") & pl.col(column).is_not_null() & pl.col(by).is_not_null()
    )
    runs = used[by].to_list()
    rows = {run: np.array([n for n, own in enumerate(runs) if own == run]) for run in set(runs)}
    values = _on_even_scale(used[column].cast(pl.Float64).to_numpy(), list(rows.values()))
    scale = _scale(values, list(rows.values()))
    if scale == 0.0:
        return ()
    middle = {n: _middle_of_others(values, rows[run], n) for n, run in enumerate(runs)}
    error = {run: scale * np.sqrt(1.0 + 1.0 / max(len(own) - 1, 1)) for run, own in rows.items()}
    far = [n for n, run in enumerate(runs) if abs(values[n] - middle[n]) > _FAR * error[run]]
    pairs = [
        (one, other)
        for one, other in combinations(far, 2)
        if runs[one] != runs[other]
        and abs(values[one] - middle[other]) < _NEAR * scale
        and abs(values[other] - middle[one]) < _NEAR * scale
    ]
    return tuple(_finding(used, column, by, *pair) for pair in pairs)


def _on_even_scale(values: Floats, groups: list[Integers]) -> Floats:
    """Return positive values on the scale on which replicates scatter most evenly."""
    pairs = np.array([pair for rows in groups for pair in combinations(rows, 2)], dtype=np.int64)
    if len(pairs) < _FEWEST_PAIRS or values.min() <= 0.0:
        return values
    scales = [np.log(values), np.sqrt(values), values]
    level = _ranks(values[pairs].sum(axis=1))
    spreads = [_ranks(np.abs(scale[pairs[:, 0]] - scale[pairs[:, 1]])) for scale in scales]
    if any(np.ptp(ranks) == 0.0 for ranks in (level, *spreads)):
        return scales[0]
    trends = np.array([abs(np.corrcoef(level, spread)[0, 1]) for spread in spreads])
    return scales[int(first_smallest(trends, scale=1.0))]


def _ranks(values: Floats) -> Floats:
    """Return ranks, equal values sharing theirs; SciPy's statistics take half a second to load."""
    return pl.Series(values).rank("average").to_numpy()


def _scale(values: Floats, groups: list[Integers]) -> float:
    """Return the standard deviation between replicates, or zero where it cannot be known."""
    distances = [
        abs(values[one] - values[other]) for rows in groups for one, other in combinations(rows, 2)
    ]
    return (
        float(np.median(distances)) / _MEDIAN_DIFFERENCE if len(distances) >= _FEWEST_PAIRS else 0.0
    )


def _middle_of_others(values: Floats, rows: Integers, own: int) -> float:
    """Return the median of a run without one sample; that sample itself where it is alone."""
    others = rows[rows != own]
    return float(np.median(values[others])) if others.size else float(values[own])


def _finding(used: pl.DataFrame, column: str, by: str, one: int, other: int) -> Finding:
    """Return the warning about a pair."""
    first, second = used.row(one, named=True), used.row(other, named=True)
    return found(
        "D723",
        f"{column} = {first[column]:.4g} in run {first[by]} and {second[column]:.4g} in run"
        f" {second[by]}: each is far from its own run and fits the other",
        f"{first['file']} and {second['file']}",
    )
