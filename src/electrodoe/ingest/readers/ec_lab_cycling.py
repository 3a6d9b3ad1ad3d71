"""BioLogic's EC-Lab and BT-Lab text of a cycled cell, with its preamble or without."""

import re
from collections.abc import Sequence
from pathlib import Path
from typing import Final

from electrodoe.errors import IngestError
from electrodoe.ingest.checks import check_header
from electrodoe.ingest.column_map import Column, map_columns
from electrodoe.ingest.cycling import assemble_record, first_lines, read_cells
from electrodoe.ingest.decoding import TextFile, read_text
from electrodoe.ingest.records import CyclerRecord

FORMAT: Final = "EC-Lab text"
_TITLES: Final = ("EC-Lab ASCII FILE", "BT-Lab ASCII FILE")
_COUNT: Final = re.compile(r"Nb header lines\s*:\s*(\d+)\s*")
_VOLTAGES: Final = (
    r"Ecell/(m?V)",
    r"Ewe-Ece/(m?V)",
    r"<Ecell>/(m?V)",
    r"Ewe/(m?V)",
    r"<Ewe>/(m?V)",
)
"""The whole cell before the working electrode alone."""
_CURRENTS: Final = (r"I/(m?A)", r"<I>/(m?A)")
_FACTORS: Final = {"V": 1.0, "mV": 1e-3, "A": 1.0, "mA": 1e-3}
_COLUMNS: Final = (
    Column(name="test_time_second", headers={"time/s": 1.0, "time/min": 60.0, "time/h": 3600.0}),
    Column(name="cycle_count", headers={"cycle number": 1.0}, is_required=False),
    Column(name="step_index", headers={"ns": 1.0}, is_required=False),
    Column(name="step_time_second", headers={"step time/s": 1.0}, is_required=False),
    Column(
        name="charging_capacity_ah",
        headers={r"q charge/ma\.h": 1e-3, r"q charge/a\.h": 1.0},
        is_required=False,
    ),
    Column(
        name="discharging_capacity_ah",
        headers={r"q discharge/ma\.h": 1e-3, r"q discharge/a\.h": 1.0},
        is_required=False,
    ),
    Column(
        name="net_capacity_ah",
        headers={r"\(q-qo\)/ma\.h": 1e-3, r"\(q-qo\)/a\.h": 1.0},
        is_required=False,
    ),
)


def is_ec_lab_cycling(start: bytes) -> bool:
    """Return whether a file's first bytes are EC-Lab text with time, voltage and current."""
    return any(_is_header(line) for line in first_lines(start))


def read_ec_lab_cycling(path: Path) -> CyclerRecord:
    """Return an EC-Lab or BT-Lab text file of a cycled cell.

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
        If the header is not where the file says, a column is missing, or a row is damaged.
    """
    file = read_text(path)
    line = _header_line(file)
    headers = [cell.strip() for cell in file.head[line - 1].split("\t")]
    headers = headers[:-1] if headers[-1] == "" else headers
    place = file.place(line)
    check_header(headers, place)
    columns = (
        *_COLUMNS,
        _first_of("voltage_volt", headers, _VOLTAGES),
        _first_of("current_ampere", headers, _CURRENTS),
    )
    found = map_columns(headers, columns, place)
    numeric = [headers[at.index] for at in found.values()]
    block = read_cells(file, line + 1, headers, "\t", numeric=numeric)
    return assemble_record(path, FORMAT, block.frame, found, block.lines, findings=block.findings)


def _is_header(line: str) -> bool:
    """Return whether a line names time, voltage and current."""
    names = [name.strip() for name in line.split("\t")]
    return (
        any(name.lower().startswith("time/") for name in names)
        and any(re.fullmatch(pattern, name) for pattern in _VOLTAGES for name in names)
        and any(re.fullmatch(pattern, name) for pattern in _CURRENTS for name in names)
    )


def _first_of(name: str, headers: Sequence[str], patterns: Sequence[str]) -> Column:
    """Return a column that takes the first of several headers that the file has."""
    for pattern in patterns:
        for header in headers:
            if match := re.fullmatch(pattern, header):
                return Column(name=name, headers={re.escape(header): _FACTORS[match[1]]})
    return Column(name=name, headers={})


def _header_line(file: TextFile) -> int:
    """Return the line that names the columns: the one the preamble counts to, or the first."""
    if file.head[0].strip() not in _TITLES:
        return next(n for n, line in enumerate(file.head, start=1) if _is_header(line))
    match = next((m for line in file.head[:5] if (m := _COUNT.fullmatch(line))), None)
    number = int(match[1]) if match else 0
    if not 1 <= number <= len(file.head) or not _is_header(file.head[number - 1]):
        raise IngestError(
            f"no column names in line {number}, where 'Nb header lines' says they are"
            if match
            else "the preamble does not say 'Nb header lines'",
            where=file.place(2),
            fix="export the file anew; lines were added or deleted",
        )
    return number
