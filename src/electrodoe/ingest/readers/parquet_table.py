"""Parquet files."""

from collections.abc import Collection
from pathlib import Path

import polars as pl

from electrodoe.errors import IngestError
from electrodoe.ingest.checks import check_header
from electrodoe.ingest.laid_out import mark_of
from electrodoe.ingest.records import RawTable
from electrodoe.study import Measurements
from electrodoe.tables import heading_of


def is_parquet_table(start: bytes) -> bool:
    """Return whether a file's first bytes are those of a Parquet file."""
    return start.startswith(b"PAR1")


def read_parquet_table(
    path: Path,
    measurements: Measurements,
    wanted: Collection[str] = (),  # noqa: ARG001 - readers share a signature
) -> RawTable:
    """Return a Parquet table with its own types."""
    try:
        frame = pl.read_parquet(path, glob=False)  # brackets in a name are letters, not a pattern
    except (pl.exceptions.PolarsError, pl.exceptions.PanicException, OSError) as error:
        raise IngestError(
            "a damaged Parquet file", where=str(path), fix="write the file anew"
        ) from error
    check_header(frame.columns, str(path))
    headings = {name: heading_of(name) for name in frame.columns}
    return RawTable(
        path=path,
        frame=frame.rename({name: heading.written for name, heading in headings.items()}),
        lines=tuple(range(1, frame.height + 1)),
        headings={heading.written: heading for heading in headings.values()},
        decimal=measurements.decimal or mark_of(frame),
        is_declared=measurements.decimal is not None,
    )
