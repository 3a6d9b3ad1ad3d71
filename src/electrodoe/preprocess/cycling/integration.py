"""Charge by integrating the current, beside the cycler's own counter."""

import math
from typing import Final

import numpy as np
import polars as pl

from electrodoe.arrays import Booleans, Floats, Integers
from electrodoe.ingest import CyclerRecord

_MAH_PER_AS = 1.0 / 3.6
"""An ampere-second is 1000/3600 mAh."""
_ROUNDING = 1.01
"""Times that a step may be longer than its gap: files round both; chosen."""
_FALLING = 0.98
"""A current that falls by less from row to row is held."""


def charge_within(time_s: Floats, current_a: Floats, starts: Integers) -> tuple[Floats, Floats]:
    """Return the charge that went in and the charge that came out, step by step.

    Examples
    --------
    >>> time, current = np.array([0.0, 3600.0, 3600.0, 7200.0]), np.array([1.0, 1.0, -0.5, -0.5])
    >>> charge_within(time, current, np.array([0, 2]))
    (array([1000.,    0.]), array([  0., 500.]))
    """
    pieces = np.zeros(len(time_s))
    pieces[1:] = 0.5 * (current_a[1:] + current_a[:-1]) * np.diff(time_s) * _MAH_PER_AS
    pieces[starts] = 0.0
    went_in = np.add.reduceat(np.maximum(pieces, 0.0), starts)
    came_out = np.add.reduceat(np.maximum(-pieces, 0.0), starts)
    return went_in, came_out


def charge_before_first_row(
    time_s: Floats,
    current_a: Floats,
    starts: Integers,
    step_time_s: Floats | None,
) -> tuple[Floats, Floats]:
    """Return what passed between a step's start and its first row: known, and at most missed.

    What the step time tells, with the sign of the current; and, where it tells nothing, what may
    have passed since the row before.

    Notes
    -----
    The current of the first row is taken to have flowed since the step began. Where it falls from
    the row before and goes on falling, a voltage is held: then the logarithmic mean of both is
    taken, as of a current that decays exponentially.
    """
    before = np.maximum(starts - 1, 0)
    gap_s = np.where(starts > 0, time_s[starts] - time_s[before], time_s[starts])
    at_most = np.abs(current_a[starts]) * gap_s * _MAH_PER_AS
    if step_time_s is None:
        return np.zeros(len(starts)), at_most
    since_s = np.nan_to_num(step_time_s[starts], nan=-1.0)
    is_known = (since_s >= 0.0) & (since_s <= _ROUNDING * gap_s + 1e-3)
    mean_a = np.where(
        _decays(current_a, starts),
        _logarithmic_mean(current_a[before], current_a[starts]),
        current_a[starts],
    )
    known = np.where(is_known, mean_a * since_s * _MAH_PER_AS, 0.0)
    return known, np.where(is_known, 0.0, at_most)


def _decays(current_a: Floats, starts: Integers) -> Booleans:
    """Return the steps whose current falls from the row before, and on within the step."""
    size = np.abs(current_a)
    before, after = np.maximum(starts - 1, 0), np.minimum(starts + 1, len(current_a) - 1)
    goes_on = ~np.isin(after, starts) & (after > starts)
    same_sign = current_a[before] * current_a[starts] > 0.0
    falls = (size[before] > size[starts]) & (_FALLING * size[starts] > size[after])
    return np.asarray(goes_on & same_sign & falls)


def _logarithmic_mean(first: Floats, second: Floats) -> Floats:
    """Return the mean of an exponential between two values of one sign; else the second."""
    is_apart = (first * second > 0.0) & (np.abs(first - second) > 1e-9 * np.abs(second))
    ratio = np.where(is_apart, first / np.where(second == 0.0, 1.0, second), math.e)
    return np.where(is_apart, (first - second) / np.log(ratio), second)


def main_current(time_s: Floats, current_a: Floats) -> float:
    """Return the size of the current below which half of a step's charge passed.

    Of a step that first holds the current and then the voltage it is the held current.

    Examples
    --------
    >>> main_current(np.array([0.0, 80.0, 90.0, 100.0]), np.array([2.0, 2.0, 1.0, 0.1]))
    2.0
    """
    if len(time_s) < 2:
        return float(np.abs(current_a).max(initial=0.0))
    size = np.abs(current_a)
    weight = np.zeros(len(size))
    half = 0.5 * np.diff(time_s)
    weight[1:] += half
    weight[:-1] += half
    order = np.argsort(size)
    passed = np.cumsum((size * weight)[order])
    if passed[-1] <= 0.0:
        return float(size.max())
    return float(size[order][np.searchsorted(passed, 0.5 * passed[-1])])


_COUNTERS: Final = (
    ("charging_capacity_ah", "discharging_capacity_ah"),
    ("net_capacity_ah",),
    ("step_capacity_ah",),
)
"""Alternatives, in the order in which they are trusted."""
_LARGE: Final = 0.05
"""Only steps with this fraction of the largest step's charge or more are compared."""
_SHORT: Final = 20
"""Rows below which a single interval is too much of a step."""


def counted_mah(record: CyclerRecord, steps: pl.DataFrame) -> Floats | None:
    """Return by how much the cycler's own counter moved from each step's first row to its last.

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


def integrated_mah(record: CyclerRecord, steps: pl.DataFrame) -> Floats:
    """Return the charge by integration from each step's first row to its last, without sign."""
    time_s = record.frame["test_time_second"].to_numpy()
    current_a = record.frame["current_ampere"].to_numpy()
    pieces = np.append(0.0, 0.5 * (current_a[1:] + current_a[:-1]) * np.diff(time_s) / 3.6)
    sums = np.cumsum(pieces)
    first, last = steps["first_row"].to_numpy(), steps["last_row"].to_numpy()
    return np.asarray(np.abs(sums[last] - sums[first]), dtype=np.float64)


def disagreement(record: CyclerRecord, steps: pl.DataFrame) -> tuple[float, int] | None:
    """Return the largest relative disagreement, and the row of its step in the table.

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
