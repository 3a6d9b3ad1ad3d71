"""Parquet files."""

from pathlib import Path

import polars as pl

from electrodoe.errors import IngestError
from electrodoe.ingest.checks import check_header
from electrodoe.ingest.records import RawTable
from electrodoe.study import Measurements


def is_parquet_table(start: bytes) -> bool:
    """Return whether a file's first bytes are those of a Parquet file."""
    return start.startswith(b"PAR1")


def read_parquet_table(path: Path, measurements: Measurements) -> RawTable:  # noqa: ARG001 - readers share a signature
    """Return a Parquet table with its own types."""
    try:
        frame = pl.read_parquet(path, glob=False)  # brackets in a name are letters, not a pattern
    except (pl.exceptions.PolarsError, pl.exceptions.PanicException, OSError) as error:
        raise IngestError(
            "a damaged Parquet file", where=str(path), fix="write the file anew"
        ) from error
    check_header(frame.columns, str(path))
    return RawTable(path=path, frame=frame, lines=tuple(range(1, frame.height + 1)))
