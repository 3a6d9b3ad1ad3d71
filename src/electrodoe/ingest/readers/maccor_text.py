"""Maccor text: keys and values above, states beside an unsigned current, time without a unit."""

from pathlib import Path
from typing import Final

import numpy as np
import polars as pl

from electrodoe.errors import IngestError
from electrodoe.findings import Finding, found
from electrodoe.ingest.checks import check_header
from electrodoe.ingest.column_map import Column, Found, map_columns
from electrodoe.ingest.cycling import assemble_record, elapsed_seconds, first_lines, read_cells
from electrodoe.ingest.decoding import TextFile, read_text
from electrodoe.ingest.records import CyclerRecord

FORMAT: Final = "Maccor text"
_DATES: Final = ("%m/%d/%Y %I:%M:%S %p", "%m/%d/%Y %H:%M:%S", "%d-%b-%y %I:%M:%S %p")
_UNITS: Final = {1.0: "seconds", 60.0: "minutes", 3600.0: "hours"}
_CLOSE: Final = 0.02
_CAPACITY: Final = r"(cap\.|capacity)"
_COLUMNS: Final = (
    Column(
        name="test_time_second",
        headers={
            r"test ?time": 1.0,
            r"test( time)? ?\(sec\)": 1.0,
            r"test( time)? ?\(min\)": 60.0,
            r"test( time)? ?\(hr?\)": 3600.0,
        },
    ),
    Column(name="voltage_volt", headers={r"(voltage|volts)( [\[(]v[\])])?": 1.0}),
    Column(
        name="current_ampere",
        headers={r"(current|amps)( [\[(]a[\])])?": 1.0, r"current [\[(]ma[\])]": 1e-3},
    ),
    Column(name="state", headers={"md|state": 1.0}),
    Column(name="cycle_count", headers={"cycle c|cyc#|cycle": 1.0}, is_required=False),
    Column(name="step_index", headers={"step": 1.0}, is_required=False),
    Column(
        name="step_time_second",
        headers={
            r"step ?time": 1.0,
            r"step( time)? ?\(sec\)": 1.0,
            r"step( time)? ?\(min\)": 60.0,
            r"step( time)? ?\(hr?\)": 3600.0,
        },
        is_required=False,
    ),
    Column(
        name="step_capacity_ah",
        headers={rf"{_CAPACITY}( [\[(]ah[\])])?|amp-hr": 1.0, rf"{_CAPACITY} [\[(]mah[\])]": 1e-3},
        is_required=False,
    ),
)
_DATE: Final = Column(name="date", headers={"dpt ?time": 1.0}, is_required=False)
_TIMES: Final[tuple[str, ...]] = ("test_time_second", "step_time_second")


def is_maccor_text(start: bytes) -> bool:
    """Return whether a line among a file's first bytes names record, step and state."""
    return any(_is_header(line) for line in first_lines(start))


def read_maccor_text(path: Path) -> CyclerRecord:
    """Return a Maccor text file.

    Parameters
    ----------
    path : Path
        The file.

    Returns
    -------
    CyclerRecord
        All columns of the file; the current is positive in state C and negative in state D.

    Raises
    ------
    IngestError
        If a column is missing, a row is damaged, or the unit of time cannot be told.
    """
    file = read_text(path)
    line = next(number for number, each in enumerate(file.head, start=1) if _is_header(each))
    headers = [cell.strip() for cell in file.head[line - 1].split("\t")]
    headers = headers[:-1] if headers[-1] == "" else headers
    place = file.place(line)
    check_header(headers, place)
    found = map_columns(headers, (*_COLUMNS, _DATE), place)
    state, date = headers[found.pop("state").index], found.pop("date", None)
    dates = [headers[date.index]] if date else []
    numeric = [headers[at.index] for name, at in found.items() if name not in _TIMES]
    times = {name: found[name] for name in _TIMES if name in found}
    texts = [state, *dates, *(headers[at.index] for at in times.values())]
    block = read_cells(file, line + 1, headers, "\t", numeric=numeric, text=texts)
    cells, factor, findings = _with_times(file, block.frame, times, dates, block.lines)
    states = cells[state].str.strip_chars().str.to_uppercase()
    scaled = {
        name: Found(index=at.index, factor=at.factor * factor) if name in times else at
        for name, at in found.items()
    }
    return assemble_record(
        path,
        FORMAT,
        cells,
        scaled,
        block.lines,
        charges=(states == "C").to_numpy(),
        discharges=(states == "D").to_numpy(),
        findings=(*block.findings, *findings),
    )


def _is_header(line: str) -> bool:
    """Return whether a line names record, step and state."""
    names = {name.strip().lower() for name in line.split("\t")}
    return bool(names & {"rec", "rec#"}) and "step" in names and bool(names & {"md", "state"})


def _with_times(
    file: TextFile,
    cells: pl.DataFrame,
    times: dict[str, Found],
    dates: list[str],
    lines: np.ndarray,
) -> tuple[pl.DataFrame, float, tuple[Finding, ...]]:
    """Return the cells with times as numbers, their factor to seconds, and how it was told."""
    is_clock = ":" in cells.to_series(times["test_time_second"].index)[0]
    for at in times.values():
        column = cells.to_series(at.index)
        plain = column.str.replace(",", ".", literal=True).cast(pl.Float64, strict=False)
        cells = cells.with_columns(plain.fill_null(elapsed_seconds(column)))
    name = cells.columns[times["test_time_second"].index]
    if is_clock or "(" in name:
        return cells, 1.0, ()
    factor = _factor_by_date(file, cells, name, dates)
    finding = found(
        "D223",
        f"'{name}' has no unit; beside the dates it counts {_UNITS[factor]}",
        file.place(int(lines[0])),
    )
    return cells, factor, (finding,)


def _factor_by_date(file: TextFile, cells: pl.DataFrame, name: str, dates: list[str]) -> float:
    """Return the factor to seconds by which times agree with dates, or say that none does."""
    for form in _DATES if dates else ():
        parsed = cells[dates[0]].str.strip_chars().str.to_datetime(form, strict=False)
        pair = pl.DataFrame({"time": cells[name], "date": parsed.dt.epoch("s")}).drop_nulls()
        if pair.height < cells.height / 2 or pair.height < 2:
            continue
        steps = np.diff(pair.to_numpy(), axis=0)
        moves = steps[:, 0] > 0
        ratio = float(np.median(steps[moves, 1] / steps[moves, 0])) if moves.any() else 0.0
        for factor in _UNITS:
            if abs(ratio / factor - 1.0) < _CLOSE:
                return factor
    raise IngestError(
        f"'{name}' has no unit, and no dates tell it",
        where=str(file.path),
        fix="export the column 'DPT Time' too, or a time with its unit: Test Time (sec)",
    )
