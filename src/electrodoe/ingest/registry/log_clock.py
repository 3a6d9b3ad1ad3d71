"""The clock of a sensor log as seconds, whatever it is written in."""

from contextlib import suppress

import polars as pl

from electrodoe.arrays import Floats
from electrodoe.errors import IngestError
from electrodoe.ingest.records import LogBatch, LogRows
from electrodoe.study.protocols import SECONDS_PER, SensorLog
from electrodoe.tables import DecimalMark, number_of

_US_PER_S = 1e6
"""Microseconds in a second."""


def with_clock(rows: LogRows, layout: SensorLog) -> LogBatch:
    """Return rows with their clock.

    ``time_s`` on the clock of the log that holds the speed: seconds since 1970 of a clock with
    dates. NaN where a row has no time.
    """
    column = rows.frame[layout.time]
    if column.dtype.is_numeric():
        time_s = column.cast(pl.Float64).fill_null(float("nan")).to_numpy()
        time_s = time_s * SECONDS_PER[layout.time_unit]
    else:
        time_s = _from_dates(rows, column, layout)
    return LogBatch(rows=rows, time_s=time_s - layout.clock_ahead_s)


def clock_seconds(written: str | float, layout: SensorLog, where: str) -> float:
    """Return one time that a person has written as the log's clock writes it.

    Parameters
    ----------
    written : str or float
        A number in the clock's unit, or text in its format.
    layout : SensorLog
        How the clock writes.
    where : str
        For a message.

    Returns
    -------
    float, s
        On the log's clock.

    Raises
    ------
    IngestError
        If it is not written so.
    """
    if isinstance(written, str) and layout.time_format is None:
        with suppress(IngestError):
            mark: DecimalMark = "," if "," in written else "."
            return number_of(written, where, mark) * SECONDS_PER[layout.time_unit]
    elif not isinstance(written, str):
        return written * SECONDS_PER[layout.time_unit]
    column = pl.Series(layout.time, [written], dtype=pl.String)
    found = _instants(column, layout)
    if found.null_count():
        raise IngestError(
            f"'{written}' is not a time as the log writes it",
            where=where,
            fix=f"write it in the format {layout.time_format or '2026-11-26 21:00:00'}",
        )
    return float(_seconds(found)[0])


def _from_dates(rows: LogRows, column: pl.Series, layout: SensorLog) -> Floats:
    """Return dates as seconds, or say which one cannot be read."""
    if column.dtype == pl.String:
        plain = column.str.strip_chars(' "')
        column = plain.set(plain == "", None)
    elif column.dtype != pl.Null and not column.dtype.is_temporal():
        raise IngestError(
            f"the clock holds {column.dtype}",
            where=f"{rows.path}, column '{layout.time}'",
            fix="write it as a number, a date with time, or text",
        )
    found = _instants(column, layout)
    is_bad = found.is_null() & column.is_not_null()
    if is_bad.any():
        row = int(is_bad.arg_max() or 0)
        how = f"in the format {layout.time_format}" if layout.time_format else "of ISO 8601"
        zone = f", once in {layout.time_zone}" if layout.time_zone else ""
        raise IngestError(
            f"'{column[row]}' where a time {how} is meant{zone}",
            where=f"{rows.place(row)}, column '{layout.time}'",
            fix="correct time_format, or log in UTC where summer time makes an hour twice",
        )
    return _seconds(found)


def _instants(column: pl.Series, layout: SensorLog) -> pl.Series:
    """Return dates in their zone, null where a text is none or an hour comes twice or never."""
    if column.dtype == pl.String:
        found = column.str.to_datetime(
            layout.time_format, strict=False, time_unit="us", ambiguous="null"
        )
    else:
        found = column.cast(pl.Datetime("us", getattr(column.dtype, "time_zone", None)))
    if layout.time_zone is not None and getattr(found.dtype, "time_zone", None) is None:
        found = found.dt.replace_time_zone(layout.time_zone, ambiguous="null", non_existent="null")
    return found


def _seconds(instants: pl.Series) -> Floats:
    """Return dates as seconds since 1970, NaN where there is none."""
    return instants.dt.epoch("us").cast(pl.Float64).fill_null(float("nan")).to_numpy() / _US_PER_S
