"""The Battery Data Format as Parquet, under its machine names or its labels."""

from pathlib import Path
from typing import Final

import numpy as np
import polars as pl
from polars.exceptions import PolarsError

from electrodoe.errors import IngestError
from electrodoe.ingest.battery_data_columns import BATTERY_DATA_COLUMNS
from electrodoe.ingest.column_map import map_columns
from electrodoe.ingest.cycling import assemble_record
from electrodoe.ingest.records import CyclerRecord

FORMAT: Final = "Battery Data Format Parquet"
_MARK: Final = b"PAR1"


def is_battery_data_parquet(start: bytes) -> bool:
    """Return whether a file's first bytes are Parquet's."""
    return start.startswith(_MARK)


def read_battery_data_parquet(path: Path) -> CyclerRecord:
    """Return a Parquet file of the Battery Data Format.

    All columns of the file; a row's line is its number.
    """
    try:
        cells = pl.read_parquet(path)
    except (PolarsError, OSError) as error:
        raise IngestError(
            "a Parquet file that cannot be opened: it is damaged or cut",
            where=str(path),
            fix="copy or export it anew",
        ) from error
    if cells.is_empty():
        raise IngestError("the table has no rows", where=str(path), fix="export it anew")
    found = map_columns(cells.columns, BATTERY_DATA_COLUMNS, str(path))
    for at in found.values():
        column = cells.to_series(at.index)
        if not column.dtype.is_numeric() or column.cast(pl.Float64).is_infinite().any():
            raise IngestError(
                f"'{column.name}' holds something else than finite numbers",
                where=str(path),
                fix="export the column as numbers",
            )
    lines = np.arange(1, cells.height + 1)
    return assemble_record(path, FORMAT, cells, found, lines)
