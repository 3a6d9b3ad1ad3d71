"""What a reader hands on: cells as they stand in the file, each with its line."""

from dataclasses import dataclass
from pathlib import Path

import polars as pl


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
    """

    path: Path
    frame: pl.DataFrame
    lines: tuple[int, ...]
    header_line: int | None = None

    @classmethod
    def as_written(cls, path: Path, frame: pl.DataFrame) -> "RawTable":
        """Return a table that this package writes as CSV: a header, then a row a line."""
        return cls(path=path, frame=frame, lines=tuple(range(2, frame.height + 2)), header_line=1)

    @property
    def header_place(self) -> str:
        """Return where the columns are named, for a message."""
        return f"{self.path}, line {self.header_line}" if self.header_line else str(self.path)

    def place(self, row: int, column: str | None = None) -> str:
        """Return where a cell stands, for a message."""
        place = f"{self.path}, line {self.lines[row]}"
        return f"{place}, column '{column}'" if column else place
