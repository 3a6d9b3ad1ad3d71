"""Tables of samples: which reader reads which file."""

from collections.abc import Callable
from pathlib import Path
from typing import Final

from electrodoe.errors import IngestError
from electrodoe.ingest.checks import require_rows
from electrodoe.ingest.readers.delimited_table import is_delimited_table, read_delimited_table
from electrodoe.ingest.readers.excel_table import is_excel_table, read_excel_table
from electrodoe.ingest.readers.parquet_table import is_parquet_table, read_parquet_table
from electrodoe.ingest.records import RawTable
from electrodoe.study import Measurements

MAX_TABLE_BYTES: Final = 500_000_000
"""A table of samples larger than this is a log, and belongs to another reader."""

TableReader = tuple[Callable[[bytes], bool], Callable[[Path, Measurements], RawTable]]

TABLE_READERS: Final[dict[str, TableReader]] = {
    "Parquet": (is_parquet_table, read_parquet_table),
    "Excel workbook": (is_excel_table, read_excel_table),
    "text table": (is_delimited_table, read_delimited_table),
}
"""Readers in the order in which they are asked."""


def read_table(path: Path, measurements: Measurements) -> RawTable:
    """Return the table of measurements that a file holds.

    Parameters
    ----------
    path : Path
        A CSV, XLSX or Parquet file.
    measurements : Measurements
        How it is written.

    Returns
    -------
    RawTable
        At least one row, each with its line.

    Raises
    ------
    IngestError
        If the file is missing, too large, empty, or in no known format.
    """
    if not path.is_file():
        raise IngestError("no such table", where=str(path), fix="correct the path of the table")
    size = path.stat().st_size
    if size > MAX_TABLE_BYTES:
        raise IngestError(
            f"{size / 1e6:.0f} MB where at most {MAX_TABLE_BYTES / 1e6:.0f} MB are read",
            where=str(path),
            fix="give one row per sample, not the raw log",
        )
    with path.open("rb") as file:
        start = file.read(4096)
    for is_format, read in TABLE_READERS.values():
        if is_format(start):
            table = read(path, measurements)
            require_rows(table)
            return table
    raise IngestError(
        "not a table in a known format", where=str(path), fix="save it as CSV, XLSX or Parquet"
    )
