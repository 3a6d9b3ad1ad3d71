"""Capacities by integration held against those that the cycler itself counted."""

from typing import Final

import numpy as np
import polars as pl
from numpy.typing import NDArray

from electrodoe.ingest import CyclerRecord

_COUNTERS: Final = (
    ("charging_capacity_ah", "discharging_capacity_ah"),
    ("net_capacity_ah",),
    ("step_capacity_ah",),
)
"""Alternatives, in the order in which they are believed."""
_LARGE: Final = 0.05
"""Only steps with this share of the largest step's charge or more are compared."""
_SHORT: Final = 20
"""Rows below which a single interval is too much of a step."""


def counted_mah(record: CyclerRecord, steps: pl.DataFrame) -> NDArray[np.float64] | None:
    """Return by how much the cycler's own counter moved from each step's first row to its last.

    Parameters
    ----------
    record : CyclerRecord
        One cell's.
    steps : polars.DataFrame
        Its steps.

    Returns
    -------
    array of shape (n_steps,), mAh, or None
        Sizes without sign; None where the file counts nothing.
    """
    frame = record.frame
    names = next((each for each in _COUNTERS if all(name in frame.columns for name in each)), None)
    if names is None:
        return None
    first, last = steps["first_row"].to_numpy(), steps["last_row"].to_numpy()
    moved = np.zeros(steps.height)
    for name in names:
        counter = frame[name].to_numpy()
        moved = np.maximum(moved, np.abs(counter[last] - counter[first]))
    return moved * 1e3


def integrated_mah(record: CyclerRecord, steps: pl.DataFrame) -> NDArray[np.float64]:
    """Return the charge by integration from each step's first row to its last, without sign.

    Parameters
    ----------
    record : CyclerRecord
        One cell's.
    steps : polars.DataFrame
        Its steps.

    Returns
    -------
    array of shape (n_steps,), mAh
        Without what passed before the first row.
    """
    time_s = record.frame["test_time_second"].to_numpy()
    current_a = record.frame["current_ampere"].to_numpy()
    pieces = np.append(0.0, 0.5 * (current_a[1:] + current_a[:-1]) * np.diff(time_s) / 3.6)
    sums = np.cumsum(pieces)
    first, last = steps["first_row"].to_numpy(), steps["last_row"].to_numpy()
    return np.asarray(np.abs(sums[last] - sums[first]), dtype=np.float64)


def disagreement(record: CyclerRecord, steps: pl.DataFrame) -> tuple[float, int] | None:
    """Return the largest relative disagreement, and the row of its step in the table.

    Parameters
    ----------
    record : CyclerRecord
        One cell's.
    steps : polars.DataFrame
        Its steps.

    Returns
    -------
    tuple of float and int, or None
        None where no step is long and large enough to compare.
    """
    counted = counted_mah(record, steps)
    if counted is None:
        return None
    own = integrated_mah(record, steps)
    n_rows = (steps["last_row"] - steps["first_row"]).to_numpy() + 1
    largest = np.maximum(own, counted)
    compared = (largest >= _LARGE * largest.max(initial=0.0)) & (n_rows >= _SHORT) & (largest > 0.0)
    if not compared.any() or np.isnan(counted[compared]).any():
        return None
    relative = np.where(compared, np.abs(own - counted) / np.where(compared, largest, 1.0), 0.0)
    worst = int(np.argmax(relative))
    return float(relative[worst]), worst
