"""Which reader reads which file, by its first bytes."""

from collections.abc import Callable, Collection, Mapping
from pathlib import Path
from typing import Final, TypeVar

from electrodoe.errors import IngestError
from electrodoe.ingest.checks import require_rows
from electrodoe.ingest.readers.battery_data_parquet import (
    is_battery_data_parquet,
    read_battery_data_parquet,
)
from electrodoe.ingest.readers.cellpy_archive import is_cellpy_archive, read_cellpy_archive
from electrodoe.ingest.readers.cycler_text import ARBIN, BASYTEC, BATTERY_DATA, EC_LAB, MACCOR
from electrodoe.ingest.readers.delimited_table import is_delimited_table, read_delimited_table
from electrodoe.ingest.readers.ec_lab_spectrum import is_ec_lab_spectrum, read_ec_lab_spectrum
from electrodoe.ingest.readers.excel_table import is_excel_table, read_excel_table
from electrodoe.ingest.readers.gamry_dta import is_gamry_dta, read_gamry_dta
from electrodoe.ingest.readers.neware_binary import is_neware_binary, read_neware_binary
from electrodoe.ingest.readers.parquet_table import is_parquet_table, read_parquet_table
from electrodoe.ingest.readers.pull_off.force_table import is_force_table, read_force_table
from electrodoe.ingest.readers.pull_off.testxpert import is_testxpert, read_testxpert
from electrodoe.ingest.readers.spectrum_table import is_spectrum_table, read_spectrum_table
from electrodoe.ingest.readers.zplot import is_zplot, read_zplot
from electrodoe.ingest.records import CyclerRecord, ImpedanceSpectrum, PullOffCurve, RawTable
from electrodoe.study import Measurements

Record = TypeVar("Record")
Readers = Mapping[str, tuple[Callable[[bytes], bool], Callable[[Path], Record]]]
"""By format: whether a file's first bytes are of it, and its reader."""

_SNIFFED: Final = 65_536
"""64 KiB by which the format is recognized, as the encoding is (`decoding/blocks.py`)."""


def read_with(readers: Readers[Record], path: Path, what: str) -> Record:
    """Return what the first reader that knows the file makes of it."""
    if not path.is_file():
        raise IngestError("no such file", where=str(path), fix="correct the path")
    with path.open("rb") as file:
        start = file.read(_SNIFFED)
    if not start.strip():
        raise IngestError("the file is empty", where=str(path), fix="export it anew")
    for is_format, read in readers.values():
        if is_format(start):
            return read(path)
    raise IngestError(
        f"not an {what} in a known format"
        if what[0] in "aeiou"
        else f"not a {what} in a known format",
        where=str(path),
        fix=f"export it as one of: {', '.join(readers)}",
    )


CYCLER_READERS: Final[Readers[CyclerRecord]] = {
    "Battery Data Format Parquet": (is_battery_data_parquet, read_battery_data_parquet),
    "cellpy file": (is_cellpy_archive, read_cellpy_archive),
    "Neware nda or ndax": (is_neware_binary, read_neware_binary),
    **{
        each.name: (each.is_format, each.read)
        for each in (BASYTEC, EC_LAB, MACCOR, ARBIN, BATTERY_DATA)
    },
}
"""Readers in the order in which they are asked."""


def read_cycler_record(path: Path) -> CyclerRecord:
    """Return what a cycler recorded of one cell.

    Parameters
    ----------
    path : Path
        A file in any format of :data:`CYCLER_READERS`.

    Returns
    -------
    CyclerRecord
        Every row and column of the file, current positive on charge, a clock that never falls.

    Raises
    ------
    IngestError
        If the file is missing, damaged or in no known format.
    """
    return read_with(CYCLER_READERS, path, "cycler record")


IMPEDANCE_READERS: Final[Readers[tuple[ImpedanceSpectrum, ...]]] = {
    "EC-Lab text": (is_ec_lab_spectrum, read_ec_lab_spectrum),
    "Gamry DTA": (is_gamry_dta, read_gamry_dta),
    "ZPlot": (is_zplot, read_zplot),
    "text table": (is_spectrum_table, read_spectrum_table),
}
"""Readers in the order in which they are asked."""


def read_spectra(path: Path) -> tuple[ImpedanceSpectrum, ...]:
    """Return the impedance spectra that a file holds.

    Parameters
    ----------
    path : Path
        A file of an impedance analyzer, in any of the known formats.

    Returns
    -------
    tuple of ImpedanceSpectrum
        At least one, in the file's order; each with its highest frequency first, and capacitive
        points negative.

    Raises
    ------
    IngestError
        If the file is missing or empty, in no known format, or cannot be read as what it is.
    """
    return read_with(IMPEDANCE_READERS, path, "impedance spectrum")


PullOffReader = tuple[
    Callable[[bytes], bool], Callable[[Path, float | None], tuple[PullOffCurve, ...]]
]

PULL_OFF_READERS: Final[dict[str, PullOffReader]] = {
    "testXpert export": (is_testxpert, read_testxpert),
    "force and time table": (is_force_table, read_force_table),
}
"""Readers in the order in which they are asked."""


def read_pull_off(path: Path, area_mm2: float | None = None) -> tuple[PullOffCurve, ...]:
    """Return every test that a file of a testing machine holds.

    Parameters
    ----------
    path : Path
        The file.
    area_mm2 : float or None, mm²
        By which a stress becomes a force, where the file does not say its own area.

    Returns
    -------
    tuple of PullOffCurve
        At least one; more where an export holds several specimens.

    Raises
    ------
    IngestError
        If the file is missing, empty, broken, or in no known format; with the line where one is
        at fault.
    """
    readers = {
        name: (is_format, _with_area(read, area_mm2))
        for name, (is_format, read) in PULL_OFF_READERS.items()
    }
    return read_with(readers, path, "pull-off test")


def _with_area(
    read: Callable[[Path, float | None], tuple[PullOffCurve, ...]], area_mm2: float | None
) -> Callable[[Path], tuple[PullOffCurve, ...]]:
    """Return a reader that knows the specimen's area."""
    return lambda path: read(path, area_mm2)


MAX_TABLE_BYTES: Final = 500_000_000
"""A table of samples larger than this is a log, and belongs to another reader."""

TableReader = tuple[
    Callable[[bytes], bool], Callable[[Path, Measurements, Collection[str]], RawTable]
]

TABLE_READERS: Final[dict[str, TableReader]] = {
    "Parquet": (is_parquet_table, read_parquet_table),
    "Excel workbook": (is_excel_table, read_excel_table),
    "text table": (is_delimited_table, read_delimited_table),
}
"""Readers in the order in which they are asked."""


def read_table(path: Path, measurements: Measurements, wanted: Collection[str] = ()) -> RawTable:
    """Return the table that a file holds.

    Parameters
    ----------
    path : Path
        A CSV, XLSX or Parquet file.
    measurements : Measurements
        How it is written; what it does not say is found in the file.
    wanted : collection of str
        Names that the table is expected to have: they help to find its sheet and its header.

    Returns
    -------
    RawTable
        At least one row, each with its line, and what was taken as what.

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
            table = read(path, measurements, wanted)
            require_rows(table)
            return table
    raise IngestError(
        "not a table in a known format", where=str(path), fix="save it as CSV, XLSX or Parquet"
    )
