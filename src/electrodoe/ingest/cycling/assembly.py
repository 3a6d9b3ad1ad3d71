"""From a file's cells to one cycler record under the names of the Battery Data Format."""

from collections.abc import Mapping
from pathlib import Path
from typing import Final

import numpy as np
import polars as pl

from electrodoe.arrays import Booleans, Integers
from electrodoe.errors import IngestError
from electrodoe.findings import Finding, found
from electrodoe.ingest.column_map import FoundColumn
from electrodoe.ingest.cycling.clock import clock_findings, repair_clock
from electrodoe.ingest.cycling.direction import growing, turned_current
from electrodoe.ingest.records import CyclerRecord

_TIME: Final = "test_time_second"
_CURRENT: Final = "current_ampere"
_NEEDED: Final = (_TIME, "voltage_volt", _CURRENT)
_RECORDED: Final = "test_time_second as recorded"
_MAX_V: Final = 20.0
"""No single cell has more; a battery of several cells is no electrode test."""


def assemble_record(
    path: Path,
    format_name: str,
    cells: pl.DataFrame,
    found: Mapping[str, FoundColumn],
    lines: Integers,
    *,
    charges: Booleans | None = None,
    discharges: Booleans | None = None,
    findings: tuple[Finding, ...] = (),
) -> CyclerRecord:
    """Return a record with our columns first and every other column under its own header.

    Parameters
    ----------
    path : Path
        The file.
    format_name : str
        What the reader calls it.
    cells : polars.DataFrame of n_rows
        All columns of the file, those in ``found`` as numbers in the file's units.
    found : mapping of str to FoundColumn
        Where our columns are, and their factors; time, voltage and current among them.
    lines : array of shape (n_rows,), int
        Line of each row.
    charges, discharges : array of shape (n_rows,), bool, or None
        Rows that the file calls so; without them, rows in which its own capacities grow.
    findings : tuple of Finding
        What the reader remarked.

    Returns
    -------
    CyclerRecord
        With a clock that never falls and a current that is positive on charge.

    Raises
    ------
    IngestError
        If a time, a voltage or a current is missing in a row.
    """
    ours = pl.DataFrame(
        [(cells.to_series(at.index) * at.factor).alias(name) for name, at in found.items()]
    )
    _require_numbers(path, ours, cells, found, lines)
    taken = {at.index for at in found.values()}
    others = [cells.to_series(index) for index in range(cells.width) if index not in taken]
    _require_own_names(path, ours, others)
    clock = repair_clock(ours[_TIME].to_numpy())
    current, about_sign = turned_current(
        path,
        ours[_CURRENT].to_numpy(),
        growing(ours, "charging_capacity_ah") if charges is None else charges,
        growing(ours, "discharging_capacity_ah") if discharges is None else discharges,
    )
    about_clock = clock_findings(path, clock, lines)
    if about_clock:
        others = [*others, ours[_TIME].alias(_RECORDED)]
    right = {_TIME: pl.Series(_TIME, clock.time_s), _CURRENT: pl.Series(_CURRENT, current)}
    mended = pl.DataFrame([right.get(column.name, column) for column in ours])
    return CyclerRecord(
        path=path,
        format=format_name,
        frame=mended.hstack(others),
        lines=lines,
        findings=(*findings, *about_clock, *about_sign, *_voltage_findings(path, mended, lines)),
    )


def _require_numbers(
    path: Path,
    ours: pl.DataFrame,
    cells: pl.DataFrame,
    found: Mapping[str, FoundColumn],
    lines: Integers,
) -> None:
    """Raise where a needed value is missing."""
    for name in _NEEDED:
        is_missing = np.isnan(ours[name].to_numpy().astype(np.float64))
        if is_missing.any():
            line = int(lines[is_missing.argmax()])
            raise IngestError(
                f"no number for {name}",
                where=f"{path}, line {line}, column '{cells.columns[found[name].index]}'",
                fix="fill in the cell, delete the row, or export the file anew",
            )


def _require_own_names(path: Path, ours: pl.DataFrame, others: list[pl.Series]) -> None:
    """Raise where a column of the file has the name of one of ours."""
    clash = [column.name for column in others if column.name in {*ours.columns, _RECORDED}]
    if clash:
        raise IngestError(
            f"'{clash[0]}' is named twice",
            where=str(path),
            fix="rename or delete one of the two columns",
        )


def _voltage_findings(path: Path, ours: pl.DataFrame, lines: Integers) -> tuple[Finding, ...]:
    """Return the finding about a voltage that no cell has."""
    size = np.abs(ours["voltage_volt"].to_numpy())
    row = int(size.argmax())
    if size[row] <= _MAX_V:
        return ()
    finding = found(
        "D222",
        f"{ours['voltage_volt'][row]:g} V; a cell has at most {_MAX_V:g} V",
        f"{path}, line {lines[row]}",
    )
    return (finding,)
