"""The sign of the current: positive on charge, held against what else the file says."""

from pathlib import Path
from typing import Final

import numpy as np
import polars as pl

from electrodoe.arrays import Booleans, Floats
from electrodoe.findings import Finding, Severity, found

_MOST: Final = 0.9
"""Fraction of rows with current that has to agree before a sign is taken for granted."""
_FEWEST: Final = 5
"""Rows with current below which nothing is said of its sign; chosen."""


def turned_current(
    path: Path,
    current_a: Floats,
    is_charge: Booleans,
    is_discharge: Booleans,
) -> tuple[Floats, tuple[Finding, ...]]:
    """Return the current with positive sign on charge."""
    flows = current_a != 0.0
    up, down = is_charge & flows, is_discharge & flows
    if up.sum() + down.sum() < _FEWEST:
        return current_a, ()
    up_is_positive = _fraction(current_a[up] > 0.0)
    down_is_negative = _fraction(current_a[down] < 0.0)
    is_unsigned = bool((current_a >= 0.0).all())
    if is_unsigned and down.any():
        signed = np.where(is_discharge, -current_a, current_a)
        return signed, (_finding(path, "unsigned; it is negative now in every row of a discharge"),)
    if up_is_positive >= _MOST and down_is_negative >= _MOST:
        return current_a, ()
    wrong = 1.0 - np.array(
        [
            fraction
            for fraction, rows in ((up_is_positive, up), (down_is_negative, down))
            if rows.any()
        ]
    )
    if (wrong >= _MOST).all():
        return -current_a, (_finding(path, "negative on charge; its sign is turned"),)
    return current_a, (
        _finding(path, "of both signs within charges or within discharges", Severity.ERROR),
    )


def growing(frame: pl.DataFrame, column: str) -> Booleans:
    """Return the rows in which a column is greater than in the row before."""
    if column not in frame.columns:
        return np.zeros(frame.height, dtype=bool)
    return frame[column].diff().fill_null(0.0).to_numpy() > 0.0


def _fraction(is_so: Booleans) -> float:
    """Return how much of an array is true; all of it where it is empty."""
    return float(is_so.mean()) if is_so.size else 1.0


def _finding(path: Path, what: str, severity: Severity = Severity.NOTE) -> Finding:
    """Return the finding about a sign."""
    return found(
        "D221",
        f"by the file's own states and capacities the current is {what}",
        str(path),
        severity=severity,
    )
