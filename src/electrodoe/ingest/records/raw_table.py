"""What a reader hands on: cells as they stand in the file, each with its line."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

import polars as pl

from electrodoe.findings import Finding
from electrodoe.tables import DecimalMark, Heading


@dataclass(frozen=True, kw_only=True)
class RawTable:
    """A table as its file holds it, before any value is interpreted.

    Attributes
    ----------
    path : Path
        The file.
    frame : polars.DataFrame
        Columns by their header; text where the format has no types.
    lines : tuple of int, shape (n_rows,)
        Where each row begins, counted from 1 as an editor or a spreadsheet counts.
    header_line : int or None
        Where the columns are named; None in a format that has no lines.
    headings : mapping of str to Heading
        By column, where its header says more than its name: a unit, a tool's words.
    decimal : {".", ","} or None
        Decimal mark of cells that are text: declared, or shown by the table's own cells; None where
        nothing tells.
    is_declared : bool
        Whether a person has declared the decimal mark.
    findings : tuple of Finding
        What was taken as what.
    """

    path: Path
    frame: pl.DataFrame
    lines: tuple[int, ...]
    header_line: int | None = None
    headings: Mapping[str, Heading] = field(default_factory=dict)
    decimal: DecimalMark | None = None
    is_declared: bool = False
    findings: tuple[Finding, ...] = ()

    @classmethod
    def as_written(cls, path: Path, frame: pl.DataFrame) -> "RawTable":
        """Return a table that this package writes as CSV: a header, then a row a line."""
        lines = tuple(range(2, frame.height + 2))
        return cls(path=path, frame=frame, lines=lines, header_line=1, decimal=".")

    @property
    def header_place(self) -> str:
        """Return where the columns are named, for a message."""
        return f"{self.path}, line {self.header_line}" if self.header_line else str(self.path)

    def place(self, row: int, column: str | None = None) -> str:
        """Return where a cell stands, for a message."""
        place = f"{self.path}, line {self.lines[row]}"
        return f"{place}, column '{column}'" if column else place
