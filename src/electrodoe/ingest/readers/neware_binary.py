"""Neware's nda and ndax, through the optional library fastnda."""

import struct
import zipfile
from pathlib import Path
from typing import Final
from xml.parsers.expat import ExpatError

import numpy as np
import polars as pl
from polars.exceptions import PolarsError

from electrodoe.errors import IngestError
from electrodoe.ingest.battery_data_columns import BATTERY_DATA_COLUMNS
from electrodoe.ingest.column_map import map_columns
from electrodoe.ingest.cycling import assemble_record
from electrodoe.ingest.records import CyclerRecord

FORMAT: Final = "Neware nda or ndax"
_NDA: Final = b"NEWARE"
_ZIP: Final = b"PK\x03\x04"
_FAULTS: Final = (
    AttributeError,
    ExpatError,
    LookupError,
    OSError,
    PolarsError,
    RuntimeError,
    TypeError,
    ValueError,
    struct.error,
    zipfile.BadZipFile,
)
"""What fastnda raises on damaged files and on versions that it does not know."""


def is_neware_binary(start: bytes) -> bool:
    """Return whether a file's first bytes are Neware's, alone or as an archive of its parts."""
    return start.startswith(_NDA) or (start.startswith(_ZIP) and b".ndc" in start)


def read_neware_binary(path: Path) -> CyclerRecord:
    """Return a Neware file.

    All columns that fastnda gives; a row's line is its number.
    """
    try:
        import fastnda
    except ImportError as error:
        raise IngestError(
            "Neware's own format needs the library fastnda, which is not installed",
            where=str(path),
            fix="pip install 'electrodoe[readers]', or export the file as CSV",
        ) from error
    with path.open("rb") as file:
        wanted = ".nda" if file.read(len(_NDA)) == _NDA else ".ndax"
    if path.suffix.lower() != wanted:
        raise IngestError(
            f"a Neware file that does not end in {wanted}, by which fastnda tells it",
            where=str(path),
            fix=f"rename it to {path.stem}{wanted}",
        )
    try:
        cells = fastnda.read(path, cycle_mode="raw", columns="bdf")
    except _FAULTS as error:
        raise IngestError(
            f"fastnda cannot read it: {str(error)[:80]}",
            where=str(path),
            fix="copy the file anew, or export it as CSV",
        ) from error
    plain = cells.with_columns(pl.col(pl.Categorical).cast(pl.String))
    found = map_columns(plain.columns, BATTERY_DATA_COLUMNS, str(path))
    return assemble_record(path, FORMAT, plain, found, np.arange(1, plain.height + 1))
