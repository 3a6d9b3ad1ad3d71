"""A cellpy file: an archive that holds what the cycler wrote as Parquet."""

import io
import json
import zipfile
from pathlib import Path
from typing import Final

import numpy as np
import polars as pl
from polars.exceptions import PolarsError

from electrodoe.errors import IngestError
from electrodoe.ingest.column_map import FileColumn, map_columns
from electrodoe.ingest.cycling import assemble_record
from electrodoe.ingest.records import CyclerRecord

FORMAT: Final = "cellpy file"
_ZIP: Final = b"PK\x03\x04"
_ROWS: Final = "raw.parquet"
_UNITS: Final = {"time": "sec", "voltage": "V", "current": "A", "charge": "Ah"}
_MAX_BYTES: Final = 2_000_000_000
"""Bound against archives that unpack to more than the memory (2 GB)."""
_COLUMNS: Final = (
    FileColumn(name="test_time_second", headers={"test_time": 1.0}),
    FileColumn(name="voltage_volt", headers={"potential": 1.0}),
    FileColumn(name="current_ampere", headers={"current": 1.0}),
    FileColumn(name="cycle_count", headers={"cycle_num": 1.0}, is_required=False),
    FileColumn(name="step_index", headers={"step_num": 1.0}, is_required=False),
    FileColumn(name="step_time_second", headers={"step_time": 1.0}, is_required=False),
    FileColumn(
        name="charging_capacity_ah",
        headers={"cumulative_charge_capacity": 1.0},
        is_required=False,
    ),
    FileColumn(
        name="discharging_capacity_ah",
        headers={"cumulative_discharge_capacity": 1.0},
        is_required=False,
    ),
)


def is_cellpy_archive(start: bytes) -> bool:
    """Return whether a file's first bytes are an archive with cellpy's parts."""
    return start.startswith(_ZIP) and b"meta.json" in start[:200] and _ROWS.encode() in start


def read_cellpy_archive(path: Path) -> CyclerRecord:
    """Return the cycler's rows in a cellpy file of version 9.

    All columns of its raw table; a row's line is its number.
    """
    try:
        with zipfile.ZipFile(path) as archive:
            too_large = archive.getinfo(_ROWS).file_size > _MAX_BYTES
            units = json.loads(archive.read("meta.json")).get("raw_units", {})
            cells = None if too_large else pl.read_parquet(io.BytesIO(archive.read(_ROWS)))
    except (zipfile.BadZipFile, KeyError, ValueError, PolarsError, OSError) as error:
        raise IngestError(
            "a cellpy file that cannot be opened: it is damaged or cut",
            where=str(path),
            fix="copy it anew, or export its raw table as CSV",
        ) from error
    if cells is None or any(units.get(key) != unit for key, unit in _UNITS.items()):
        raise IngestError(
            f"rows in other units than {', '.join(_UNITS.values())}, or too many of them",
            where=f"{path}, meta.json",
            fix="export its raw table as CSV in the Battery Data Format",
        )
    found = map_columns(cells.columns, _COLUMNS, f"{path}, {_ROWS}")
    return assemble_record(path, FORMAT, cells, found, np.arange(1, cells.height + 1))
