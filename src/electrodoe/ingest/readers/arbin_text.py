"""Arbin's CSV: one header line with units in parentheses, often behind a byte-order mark."""

from pathlib import Path
from typing import Final

from electrodoe.ingest.checks import check_header
from electrodoe.ingest.column_map import Column, map_columns
from electrodoe.ingest.cycling import assemble_record, first_lines, read_cells, separator_of
from electrodoe.ingest.decoding import read_text
from electrodoe.ingest.records import CyclerRecord

FORMAT: Final = "Arbin CSV"
_TIME_UNITS: Final = {"s": 1.0, "min": 60.0, "h": 3600.0}


def _timed(name: str) -> dict[str, float]:
    """Return the headers of a time in any of its units."""
    return {rf"{name}[ _]time ?\({unit}\)": factor for unit, factor in _TIME_UNITS.items()}


def _amount(name: str, unit: str) -> dict[str, float]:
    """Return the headers of an amount in a unit and in its thousandth."""
    return {rf"{name} ?\({unit}\)": 1.0, rf"{name} ?\(m{unit}\)": 1e-3}


_COLUMNS: Final = (
    Column(name="test_time_second", headers=_timed("test")),
    Column(name="voltage_volt", headers=_amount("voltage", "v")),
    Column(name="current_ampere", headers=_amount("current", "a")),
    Column(name="cycle_count", headers={"cycle[ _]index": 1.0}, is_required=False),
    Column(name="step_index", headers={"step[ _]index": 1.0}, is_required=False),
    Column(name="step_time_second", headers=_timed("step"), is_required=False),
    Column(
        name="charging_capacity_ah",
        headers=_amount("charge[ _]capacity", "ah"),
        is_required=False,
    ),
    Column(
        name="discharging_capacity_ah",
        headers=_amount("discharge[ _]capacity", "ah"),
        is_required=False,
    ),
)


def is_arbin_text(start: bytes) -> bool:
    """Return whether a file's first line names a test time and a current in parentheses."""
    lines = [line for line in first_lines(start) if line.strip()]
    first = lines[0].lower().replace("_", " ").replace(" (", "(") if lines else ""
    return "test time(" in first and "current(" in first


def read_arbin_text(path: Path) -> CyclerRecord:
    """Return an Arbin CSV.

    Parameters
    ----------
    path : Path
        The file.

    Returns
    -------
    CyclerRecord
        All columns of the file.

    Raises
    ------
    IngestError
        If a column is missing or a row is damaged.
    """
    file = read_text(path)
    line = next(number for number, each in enumerate(file.head, start=1) if each.strip())
    header = file.head[line - 1]
    separator = separator_of(header)
    headers = [cell.strip(' "') for cell in header.split(separator)]
    headers = headers[:-1] if headers[-1] == "" else headers
    place = file.place(line)
    check_header(headers, place)
    found = map_columns(headers, _COLUMNS, place)
    numeric = [headers[at.index] for at in found.values()]
    block = read_cells(file, line + 1, headers, separator, numeric=numeric)
    return assemble_record(path, FORMAT, block.frame, found, block.lines, findings=block.findings)
