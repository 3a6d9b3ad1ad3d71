"""The Battery Data Format as text, under its machine names or its labels."""

from pathlib import Path
from typing import Final

from electrodoe.ingest.battery_data_columns import BATTERY_DATA_COLUMNS, names_battery_data
from electrodoe.ingest.checks import check_header
from electrodoe.ingest.column_map import map_columns
from electrodoe.ingest.cycling import assemble_record, first_lines, read_cells, separator_of
from electrodoe.ingest.decoding import read_text
from electrodoe.ingest.records import CyclerRecord

FORMAT: Final = "Battery Data Format CSV"


def is_battery_data_text(start: bytes) -> bool:
    """Return whether a file's first line names columns of the Battery Data Format."""
    lines = [line for line in first_lines(start) if line.strip()]
    return bool(lines) and names_battery_data(_cells(lines[0]))


def read_battery_data_text(path: Path) -> CyclerRecord:
    """Return a text file of the Battery Data Format.

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
    headers = _cells(file.head[line - 1])
    place = file.place(line)
    check_header(headers, place)
    found = map_columns(headers, BATTERY_DATA_COLUMNS, place)
    separator = separator_of(file.head[line - 1])
    numeric = [headers[at.index] for at in found.values()]
    block = read_cells(file, line + 1, headers, separator, numeric=numeric)
    return assemble_record(path, FORMAT, block.frame, found, block.lines, findings=block.findings)


def _cells(line: str) -> list[str]:
    """Return the names in a header line."""
    return [cell.strip(' "') for cell in line.split(separator_of(line))]
