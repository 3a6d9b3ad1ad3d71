"""BaSyTec text: a preamble behind ``~``, then tabs; time in seconds, hours or as a clock."""

from pathlib import Path
from typing import Final

import polars as pl

from electrodoe.errors import IngestError
from electrodoe.ingest.checks import check_header
from electrodoe.ingest.column_map import Column, map_columns
from electrodoe.ingest.cycling import assemble_record, elapsed_seconds, first_lines, read_cells
from electrodoe.ingest.decoding import TextFile, read_text
from electrodoe.ingest.records import CyclerRecord

FORMAT: Final = "BaSyTec text"
_MARK: Final = "~"
_CLOCK: Final = "Time[h:min:s]"
_COMMAND: Final = "Command"
_COLUMNS: Final = (
    Column(
        name="test_time_second",
        headers={
            r"time\[s\]": 1.0,
            r"time\[min\]": 60.0,
            r"time\[h\]": 3600.0,
            r"time\[h:min:s\]": 1.0,
        },
    ),
    Column(name="voltage_volt", headers={r"u\[v\]": 1.0, r"u\[mv\]": 1e-3}),
    Column(name="current_ampere", headers={r"i\[a\]": 1.0, r"i\[ma\]": 1e-3}),
    Column(name="cycle_count", headers={"cyc-count": 1.0}, is_required=False),
    Column(name="step_index", headers={"line": 1.0}, is_required=False),
    Column(
        name="step_time_second",
        headers={r"t-step\[s\]": 1.0, r"t-step\[min\]": 60.0, r"t-step\[h\]": 3600.0},
        is_required=False,
    ),
    Column(
        name="net_capacity_ah",
        headers={r"ah\[ah\]": 1.0, r"ah\[mah\]": 1e-3},
        is_required=False,
    ),
)


def is_basytec_text(start: bytes) -> bool:
    """Return whether a file's first bytes are a BaSyTec preamble and its header."""
    lines = first_lines(start)
    return bool(lines) and lines[0].startswith(_MARK) and any(map(_is_header, lines))


def read_basytec_text(path: Path) -> CyclerRecord:
    """Return a BaSyTec text file.

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
        If there is no header, a column is missing, or a row is damaged.
    """
    file = read_text(path)
    line = _header_line(file)
    headers = [cell.strip() for cell in file.head[line - 1].removeprefix(_MARK).split("\t")]
    headers = headers[:-1] if headers[-1] == "" else headers
    place = file.place(line)
    check_header(headers, place)
    found = map_columns(headers, _COLUMNS, place)
    time = headers[found["test_time_second"].index]
    numeric = [headers[at.index] for at in found.values()]
    texts = [name for name in (_COMMAND, _CLOCK) if name in headers]
    block = read_cells(
        file,
        line + 1,
        headers,
        "\t",
        numeric=[name for name in numeric if name not in texts],
        text=texts,
    )
    cells = block.frame
    if time == _CLOCK:
        cells = cells.with_columns(elapsed_seconds(cells[time]))
    commanded = _commanded(cells) if _COMMAND in headers else None
    return assemble_record(
        path,
        FORMAT,
        cells,
        found,
        block.lines,
        charges=None if commanded is None else commanded["charge"].to_numpy(),
        discharges=None if commanded is None else commanded["discharge"].to_numpy(),
        findings=block.findings,
    )


def _commanded(cells: pl.DataFrame) -> pl.DataFrame:
    """Return which rows were commanded to charge, and which to discharge."""
    command = pl.col(_COMMAND).str.strip_chars().str.to_lowercase()
    return cells.select(charge=command == "charge", discharge=command == "discharge")


def _is_header(line: str) -> bool:
    """Return whether a line names the columns."""
    return line.lower().startswith(f"{_MARK}time[")


def _header_line(file: TextFile) -> int:
    """Return the line that names the columns."""
    for number, line in enumerate(file.head, start=1):
        if _is_header(line):
            return number
        if not line.startswith(_MARK):
            break
    raise IngestError(
        "no line '~Time[...]' that names the columns",
        where=file.place(1),
        fix="export the file anew, with the header",
    )
