"""Sensor logs: which reader reads which file, and many files in sequence."""

from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Final

import numpy as np

from electrodoe.errors import IngestError
from electrodoe.ingest.readers.parquet_log import is_parquet_log, read_parquet_log
from electrodoe.ingest.readers.text_log import is_text_log, read_text_log
from electrodoe.ingest.records import LogBatch, LogColumns, LogRows
from electrodoe.ingest.registry.log_clock import with_clock
from electrodoe.ingest.registry.readers import read_with
from electrodoe.study.protocols import SensorLog

BATCH_ROWS: Final = 262_144
"""Rows that are held at once, about."""

LogReader = tuple[
    Callable[[bytes], bool], Callable[[Path, LogColumns, SensorLog, int], Iterator[LogRows]]
]

SENSOR_LOG_READERS: Final[dict[str, LogReader]] = {
    "Parquet": (is_parquet_log, read_parquet_log),
    "text with a header": (is_text_log, read_text_log),
}
"""Readers in the order in which they are asked."""


def read_sensor_log(
    paths: Sequence[Path], columns: LogColumns, layout: SensorLog, batch_rows: int = BATCH_ROWS
) -> Iterator[LogBatch]:
    """Yield a log that may lie in many files.

    Parameters
    ----------
    paths : sequence of Path
        CSV or Parquet files in any order; they are read by the first time in each.
    columns : LogColumns
        What is asked for, under the log's own headers.
    layout : SensorLog
        How the log is written.
    batch_rows : int
        Rows that are held at once, about.

    Yields
    ------
    LogBatch
        At least one row, its clock read.

    Raises
    ------
    IngestError
        If a file is missing, empty, in no known format, or holds something else than what is
        asked for; with its line.
    """
    for path in in_order(paths, columns, layout):
        yield from _one_file(path, columns, layout, batch_rows)


def in_order(paths: Sequence[Path], columns: LogColumns, layout: SensorLog) -> list[Path]:
    """Return a log's files by the first time in each; one file stays where it is."""
    if len(paths) < 2:
        return list(paths)
    clock = LogColumns(time=columns.time, numbers=())
    return sorted(paths, key=lambda path: (_first_time(path, clock, layout), path.name))


def _first_time(path: Path, clock: LogColumns, layout: SensorLog) -> float:
    """Return the first time in a file, infinity where it has none."""
    for batch in _one_file(path, clock, layout, BATCH_ROWS // 64):
        known = batch.time_s[np.isfinite(batch.time_s)]
        if known.size:
            return float(known[0])
    return float("inf")


def _one_file(
    path: Path, columns: LogColumns, layout: SensorLog, batch_rows: int
) -> Iterator[LogBatch]:
    """Yield one file's batches, its clock read; a file without rows is refused."""
    readers = {
        name: (is_format, lambda found, read=read: read(found, columns, layout, batch_rows))
        for name, (is_format, read) in SENSOR_LOG_READERS.items()
    }
    n_rows = 0
    for rows in read_with(readers, path, "sensor log"):
        if rows.frame.height:
            n_rows += rows.frame.height
            yield with_clock(rows, layout)
    if n_rows == 0:
        raise IngestError(
            "no rows below the header",
            where=str(path),
            fix="leave the file out, or export it once the line has run",
        )
