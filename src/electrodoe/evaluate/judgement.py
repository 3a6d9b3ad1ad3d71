"""What the scores mean: can it be predicted, and how much does a random split flatter."""

from collections.abc import Mapping
from enum import StrEnum
from typing import Any, Final

import numpy as np
import polars as pl

from electrodoe.arrays import Floats, Integers
from electrodoe.findings import Finding, found
from electrodoe.ties import first_largest

_LIMITS: Final = {"well": 0.8, "fairly": 0.5, "weakly": 0.2}
"""Min pooled R² on new configurations for each word; below the last: not at all."""


LIKELY: Final = 0.8
"""Confidence that R² is above 0 without which nothing is recommended: over nothing it is reached in
at most 5 % of studies (benchmarks/honesty.py; decision 0037)."""
_DRAWS: Final = 1000
"""Of a bootstrap: the bound's own error is then a hundredth."""


class Predictability(StrEnum):
    """How well new configurations are predicted, in a word."""

    WELL = "well"
    FAIRLY = "fairly"
    WEAKLY = "weakly"
    NOT = "not"


def predictability(r2_loco: float) -> Predictability:
    """Return the word for a pooled R² on left-out configurations.

    Parameters
    ----------
    r2_loco : float
        Pooled R² of leaving one configuration out.

    Returns
    -------
    Predictability
        ``well`` from 0.8, ``fairly`` from 0.5, ``weakly`` from 0.2, else ``not``.

    Examples
    --------
    >>> predictability(0.57).value, predictability(-0.05).value
    ('fairly', 'not')
    """
    for word, limit in _LIMITS.items():
        if r2_loco >= limit:
            return Predictability(word)
    return Predictability.NOT


def r2_lower(
    observed: Floats, predicted: Floats, configurations: Integers, confidence: float = 0.9
) -> float:
    """Return a lower bound of R² on new configurations, by a bootstrap of configurations.

    Parameters
    ----------
    observed, predicted : array of shape (n_samples,)
        Each predicted by a model that saw nothing of its configuration.
    configurations : array of shape (n_samples,), int
        Configuration of each sample; its whole plot or setting where these are left out together.
    confidence : float
        In what fraction of studies R² is to be above the bound.

    Returns
    -------
    float
        The 1 - confidence quantile of 1000 draws; the same for the same data.

    Examples
    --------
    >>> rows = np.arange(12.0)
    >>> r2_lower(rows, rows, np.arange(12))
    1.0
    """
    _, group = np.unique(configurations, return_inverse=True)
    n = int(group.max()) + 1
    powers = ((observed - predicted) ** 2, observed**2, observed, np.ones_like(observed))
    of_group = np.array([np.bincount(group, power) for power in powers])
    rng = np.random.default_rng(0)
    drawn = [of_group[:, rng.integers(0, n, n)].sum(axis=1) for _ in range(_DRAWS)]
    squares, totals, sums, counts = np.transpose(drawn)
    around = totals - sums**2 / counts
    known = around > 1e-12 * np.maximum(totals, 1e-300)
    scores = 1.0 - squares[known] / around[known]
    return float(np.quantile(scores, 1.0 - confidence))


def judged_r2(row: Mapping[str, Any]) -> float:
    """Return the R² on left-out configurations that a family is judged by.

    Parameters
    ----------
    row : mapping
        Of the table ``EVALUATION_SCHEMA``.

    Returns
    -------
    float
        On the scale of the response's transform, where it has one: in its own unit a few large
        values would decide alone, and a median is no estimate of the mean. Else in its unit.

    Examples
    --------
    >>> judged_r2({"r2_loco": 0.3}), judged_r2({"r2_loco": 0.3, "r2_loco_on_scale": 0.9})
    (0.3, 0.9)
    """
    scaled = row.get("r2_loco_on_scale")
    return float(row["r2_loco"] if scaled is None else scaled)


def judged_scores(rows: pl.DataFrame) -> Floats:
    """Return :func:`judged_r2` of every row, shape (n_rows,)."""
    return np.array([judged_r2(row) for row in rows.iter_rows(named=True)], dtype=np.float64)


def _which(row: Mapping[str, Any]) -> str:
    """Return on which scale a family is judged, where it is not the response's own."""
    return "" if row.get("r2_loco_on_scale") is None else " (on the scale of its transform)"


def best_rows(evaluation: pl.DataFrame) -> pl.DataFrame:
    """Return, for each target and scenario, the row of the family with the largest R² LOCO.

    On the scale of its transform where a response has one; see :func:`judged_r2`.

    Parameters
    ----------
    evaluation : polars.DataFrame
        Table with the columns of ``EVALUATION_SCHEMA``.

    Returns
    -------
    polars.DataFrame
        One row per target and scenario, in the table's order.
    """
    known = evaluation.drop_nulls("r2_loco")
    if known.is_empty():
        return known
    cases = known.partition_by("target", "scenario", maintain_order=True)
    return pl.concat([case[_first_best(judged_scores(case))] for case in cases])


def deciding_rows(evaluation: pl.DataFrame, default: str) -> pl.DataFrame:
    """Return, for each target and scenario, the row of the family that decides.

    It is chosen before its scores are seen: the best of eight, taken afterwards, promises more
    than it keeps.

    Parameters
    ----------
    evaluation : polars.DataFrame
        Table with the columns of ``EVALUATION_SCHEMA``.
    default : str
        The family that decides wherever it was fitted; elsewhere the first that was.

    Returns
    -------
    polars.DataFrame
        One row per target and scenario, in the table's order.

    Examples
    --------
    >>> rows = {"target": "t", "scenario": "s", "family": ["mlr", "svm"], "r2_loco": [0.1, 0.9]}
    >>> deciding_rows(pl.DataFrame(rows), "ensemble")["family"].to_list()
    ['mlr']
    >>> deciding_rows(pl.DataFrame(rows), "svm")["family"].to_list()
    ['svm']
    """
    known = evaluation.drop_nulls("r2_loco")
    if known.is_empty():
        return known
    cases = known.partition_by("target", "scenario", maintain_order=True)
    own = [case.filter(family=default) for case in cases]
    return pl.concat([(a if a.height else b).head(1) for a, b in zip(own, cases, strict=True)])


def _first_best(scores: Floats) -> int:
    """Return the row of the largest score: of equal ones, but for rounding, the first."""
    return int(first_largest(scores, scale=1.0))


def judge(evaluation: pl.DataFrame, default: str) -> list[Finding]:
    """Return what a reader of the model table must know.

    Parameters
    ----------
    evaluation : polars.DataFrame
        Table with the columns of ``EVALUATION_SCHEMA``.
    default : str
        The family that is used where nobody chooses one.

    Returns
    -------
    list of Finding
        ``S202`` for each response that the family that decides does not predict, ``S203`` for
        what the random split hides.
    """
    known = evaluation.drop_nulls("r2_loco")
    return [*_unpredictable(known, default), *_flattering(known)]


def _unpredictable(known: pl.DataFrame, default: str) -> list[Finding]:
    """Return one finding per target and scenario that the deciding family does not predict."""
    rows = zip(
        deciding_rows(known, default).iter_rows(named=True),
        best_rows(known).iter_rows(named=True),
        strict=True,
    )
    return [
        found(
            "S202",
            f"the family that decides ({row['family']}) reaches R² = {judged_r2(row):.2f}"
            f"{_which(row)} on left-out configurations; at least {_LIMITS['weakly']:g} is asked"
            f" for{_beside(row, best)}",
            f"response '{row['target']}', scenario '{row['scenario']}'",
        )
        for row, best in rows
        if predictability(judged_r2(row)) is Predictability.NOT
    ]


def _beside(row: Mapping[str, Any], best: Mapping[str, Any]) -> str:
    """Return what the best family reaches, where that is another."""
    if best["family"] == row["family"]:
        return ""
    reached = f"; {best['family']} reaches {judged_r2(best):.2f}"
    is_enough = predictability(judged_r2(best)) is not Predictability.NOT
    return f"{reached}, which may be chance, being the best of several" if is_enough else reached


def _flattering(evaluation: pl.DataFrame) -> list[Finding]:
    """Return the row in which the random split says most more than new configurations bear out."""
    gaps = evaluation.with_columns(gap=pl.col("r2_test") - pl.col("r2_loco"))
    flattered = gaps.filter(pl.col("gap") > 0.1, pl.col("r2_loco") > -1.0)
    if flattered.is_empty():
        return []
    worst = flattered.row(_first_best(flattered["gap"].to_numpy()), named=True)
    return [
        found(
            "S203",
            f"in {flattered.height} of {evaluation.height} rows R² on new replicates of known"
            f" configurations is more than 0.1 above R² on new configurations; at most for"
            f" '{worst['target']}', {worst['family']}: {worst['r2_test']:.2f} (5 to 95 % of"
            f" repeats: {worst['r2_test_p05']:.2f} to {worst['r2_test_p95']:.2f}) against"
            f" {worst['r2_loco']:.2f}",
            "evaluation.csv, columns r2_test and r2_loco",
        )
    ]
