"""What a battery cycler recorded of one cell."""

from dataclasses import dataclass
from pathlib import Path

import polars as pl

from electrodoe.arrays import Integers
from electrodoe.findings import Finding


@dataclass(frozen=True, kw_only=True, eq=False)
class CyclerRecord:
    """One cell's record, columns under the names of the Battery Data Format.

    Attributes
    ----------
    path : Path
        The file.
    format : str
        What the reader calls it: ``BaSyTec text``.
    frame : polars.DataFrame
        At least ``test_time_second``, ``voltage_volt``, ``current_ampere`` (positive on charge);
        where the file has them ``cycle_count``, ``step_index``, ``step_time_second`` and others of
        the format; every other column of the file under its own header. No row is left out.
    lines : array of shape (n_rows,), int
        Line of each row, counted from 1; the row's number from 1 in a file without lines.
    findings : tuple of Finding
        What the reader remarked: a clock that jumps back, a last line that may be cut.
    """

    path: Path
    format: str
    frame: pl.DataFrame
    lines: Integers
    findings: tuple[Finding, ...] = ()
