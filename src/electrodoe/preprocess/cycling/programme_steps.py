"""A record cut into the steps of its programme, each with its charge."""

from typing import Final

import numpy as np
import polars as pl

from electrodoe.arrays import Floats, Integers
from electrodoe.findings import Finding, found
from electrodoe.ingest import CyclerRecord
from electrodoe.preprocess.cycling.integration import (
    charge_before_first_row,
    charge_within,
    main_current,
)

_QUIET: Final = 1e-4
"""A current below this fraction of the record's largest is none, where only the current tells."""
_PULSE: Final = 0.005
"""A step with less charge than this fraction of the largest is a pulse, unless it met its limit."""
_NEAR_V: Final = 0.05
"""Distance from the voltage limit within which a step met it, as for D505; chosen."""
_PROGRAMME: Final = ("step_count", "step_index")


def segment_steps(record: CyclerRecord) -> tuple[pl.DataFrame, tuple[Finding, ...]]:
    """Return the steps of a record's programme.

    Parameters
    ----------
    record : CyclerRecord
        Time that never falls; current positive on charge.

    Returns
    -------
    polars.DataFrame
        One row per step: ``step`` from 1, ``kind`` (charge, discharge, pulse, rest),
        ``step_index`` and ``cycle_count`` of the programme, ``first_row``, ``last_row``,
        ``first_line``, ``last_line``, ``current_a`` (size of the main current),
        ``first_current_a``, ``last_current_a``, ``charge_mah``, ``discharge_mah``, ``missed_mah``
        (at most, before the first row), ``start_voltage_v``, ``end_voltage_v``.
    tuple of Finding
        D501 where the file tells no programme.

    Notes
    -----
    A step begins where the programme's line changes or the time of the step starts anew; the sign
    of the current alone decides only where the file holds neither.
    """
    starts, findings = _starts(record)
    frame = record.frame
    ends = np.append(starts[1:], frame.height) - 1
    time_s, current_a = (frame[name].to_numpy() for name in ("test_time_second", "current_ampere"))
    went_in, came_out = charge_within(time_s, current_a, starts)
    known, missed = charge_before_first_row(time_s, current_a, starts, _step_time(frame))
    steps = pl.DataFrame(
        {
            "step": np.arange(1, len(starts) + 1),
            "step_index": _at(frame, "step_index", starts),
            "cycle_count": _at(frame, "cycle_count", starts),
            "first_row": starts,
            "last_row": ends,
            "first_line": record.lines[starts],
            "last_line": record.lines[ends],
            "current_a": [
                main_current(time_s[first : last + 1], current_a[first : last + 1])
                for first, last in zip(starts, ends, strict=True)
            ],
            "first_current_a": current_a[starts],
            "last_current_a": current_a[ends],
            "charge_mah": went_in + np.maximum(known, 0.0),
            "discharge_mah": came_out + np.maximum(-known, 0.0),
            "missed_mah": missed,
            "start_voltage_v": frame["voltage_volt"].to_numpy()[starts],
            "end_voltage_v": frame["voltage_volt"].to_numpy()[ends],
        }
    )
    return steps.with_columns(kind=_kinds(steps)), findings


def _starts(record: CyclerRecord) -> tuple[Integers, tuple[Finding, ...]]:
    """Return the first row of each step, and a finding where only the current tells it."""
    frame = record.frame
    # where the time of the step falls back, a step begins
    step_time = _step_time(frame)
    is_start = np.zeros(frame.height, dtype=bool)
    is_start[0] = True
    if step_time is not None:
        is_start[1:] |= np.diff(step_time) < 0.0
    # where the programme's line changes, too, with the cycle if lines repeat
    named = next((name for name in _PROGRAMME if _is_reported(frame, name)), None)
    if named:
        counted = (
            [named] if step_time is not None or named == "step_count" else [named, "cycle_count"]
        )
        for name in counted:
            if _is_reported(frame, name):
                is_start[1:] |= np.diff(frame[name].to_numpy()) != 0.0
        return np.flatnonzero(is_start), ()
    # without any of these: where the current changes its sign or stops
    current = frame["current_ampere"].to_numpy()
    state = np.sign(np.where(np.abs(current) < _QUIET * np.abs(current).max(), 0.0, current))
    is_start[1:] |= np.diff(state) != 0.0
    return np.flatnonzero(is_start), (_no_programme(record),)


def _step_time(frame: pl.DataFrame) -> Floats | None:
    """Return the time since each step began, where the file tells it."""
    name = "step_time_second"
    return frame[name].cast(pl.Float64).to_numpy() if _is_reported(frame, name) else None


def _is_reported(frame: pl.DataFrame, name: str) -> bool:
    """Return whether a column is there and filled."""
    return name in frame.columns and frame[name].null_count() == 0


def _at(frame: pl.DataFrame, name: str, rows: Integers) -> pl.Series:
    """Return a column at some rows; empty where the file has none."""
    if name not in frame.columns:
        return pl.Series([None] * len(rows), dtype=pl.Int64)
    return frame[name][rows].cast(pl.Int64, strict=False)


def _kinds(steps: pl.DataFrame) -> pl.Series:
    """Return what each step did."""
    went_in, came_out = steps["charge_mah"].to_numpy(), steps["discharge_mah"].to_numpy()
    end_v = steps["end_voltage_v"].to_numpy()
    kinds = np.full(steps.height, "rest", dtype=object)
    for name, amount, other, down in (
        ("charge", went_in, came_out, 1.0),
        ("discharge", came_out, went_in, -1.0),
    ):
        flows = amount > other
        largest = amount.max(initial=0.0)
        large = flows & (amount >= _PULSE * largest)
        limit_v = float(np.median(end_v[large])) if large.any() else 0.0
        met_limit = down * (end_v - limit_v) >= -_NEAR_V
        kinds[flows] = "pulse"
        kinds[large | (flows & met_limit & (amount > 0.0))] = name
    return pl.Series("kind", kinds.tolist(), dtype=pl.String)


def _no_programme(record: CyclerRecord) -> Finding:
    """Return the finding about a file without programme lines."""
    return found(
        "D501",
        "the file holds no programme line; a step ends where the current changes its sign or"
        " stops, and two discharges in a row are taken for one",
        str(record.path),
    )
