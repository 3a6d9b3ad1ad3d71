"""D108: rows that are equal in every measured number more often than their resolution explains."""

import math
from typing import Final

import numpy as np
import polars as pl

from electrodoe.arrays import Floats, Integers
from electrodoe.dataset.dataset import CONFIGURATION, SAMPLE, Dataset
from electrodoe.findings import Finding, found
from electrodoe.findings.wording import listed

_UNLIKELY: Final = 0.01
"""Chance below which equal rows are no coincidence of rounded readings."""
_MOST_DECIMALS: Final = 9
"""Readings with more are taken as unrounded."""


def duplicated_rows(dataset: Dataset) -> list[Finding]:
    """Return one finding that lists rows equal in all factors and responses.

    Replicates of a coarse scale agree by chance; cells that are empty agree on nothing.
    """
    responses = dataset.study.responses
    if all(response.measured_per == "configuration" for response in responses.values()):
        return []
    declared = [CONFIGURATION, *(dataset.study.factors | responses)]
    repeated = dataset.frame.filter(dataset.frame.select(declared).is_duplicated())
    measured = [column for column in declared[1:] if repeated[column].null_count() == 0]
    if repeated.is_empty() or not set(measured) & set(responses):
        return []
    if _chance(dataset, repeated, measured) > _UNLIKELY:
        return []
    return [
        found(
            "D108",
            f"equal in every number: {listed(repeated[SAMPLE].to_list())}",
            f"lines {listed([str(line) for line in sorted(repeated['line'])])}",
        )
    ]


def _chance(dataset: Dataset, repeated: pl.DataFrame, measured: list[str]) -> float:
    """Return the chance of at least as many equal pairs among replicates, were none a copy."""
    from scipy.stats import poisson

    rows = np.flatnonzero(~np.isnan(dataset.frame.select(measured).to_numpy()).any(axis=1))
    groups = dataset.configuration_numbers()[rows]
    agree = [_chance_to_agree(dataset.values(column)[rows], groups) for column in measured]
    sizes = np.bincount(groups)
    expected = float(np.prod(agree, axis=0) @ (sizes * (sizes - 1) / 2))
    copies = repeated.group_by(CONFIGURATION, *measured).len()["len"].to_numpy()
    n_pairs = int(np.sum(copies * (copies - 1) // 2))
    return float(poisson.sf(n_pairs - 1, expected))


def _chance_to_agree(values: Floats, groups: Integers) -> Floats:
    """Return how often two replicates of each configuration agree after rounding; 1 without spread.

    Their spread is the smaller of the pooled one and the pooled relative one, so that readings of a
    spread that grows with the mean are not accused where they are small.
    """
    sizes = np.maximum(np.bincount(groups), 1)
    means = np.bincount(groups, weights=values) / sizes
    residuals = values - means[groups]
    freedom = len(values) - int(np.count_nonzero(np.bincount(groups)))
    relative = np.divide(
        residuals, means[groups], out=np.zeros_like(values), where=means[groups] != 0
    )
    pooled, share = (
        math.sqrt(float(np.sum(each**2)) / freedom) if freedom > 0 else 0.0
        for each in (residuals, relative)
    )
    spread = np.minimum(pooled, share * np.abs(means))
    nothing = 1e-12 * float(np.max(np.abs(values), initial=0.0))
    chance = _resolution(values) / (2.0 * math.sqrt(math.pi) * np.maximum(spread, 1e-300))
    return np.where(spread <= nothing, 1.0, np.minimum(chance, 1.0))


def _resolution(values: Floats) -> float:
    """Return the step that readings were rounded to: of decimals, or what all distances hold."""
    gaps = np.diff(np.unique(values))
    step = float(gaps.min())
    if np.allclose(gaps / step, np.round(gaps / step), atol=1e-3):
        return step
    for decimals in range(-3, _MOST_DECIMALS + 1):
        if np.allclose(values, np.round(values, decimals), rtol=0.0, atol=1e-9 * 10.0**-decimals):
            return float(10.0**-decimals)
    return float(10.0**-_MOST_DECIMALS)
