"""Some rows of a sensor log, in the order in which they were written."""

from dataclasses import dataclass, replace
from pathlib import Path

import polars as pl

from electrodoe.arrays import Booleans, Floats, Integers
from electrodoe.findings import Finding


@dataclass(frozen=True, kw_only=True, eq=False)
class LogRows:
    """Some rows of a sensor log as a reader hands them on: the clock stands as it is written.

    Attributes
    ----------
    path : Path
        The file.
    lines : array of shape (n_rows,), int
        Line of each row, counted from 1; in a Parquet file its row.
    frame : polars.DataFrame
        The declared columns under the log's own headers: numbers as ``Float64`` (missing as
        null), names as ``String``, the clock as it is written.
    findings : tuple of Finding
        Of a last line that may be cut.
    """

    path: Path
    lines: Integers
    frame: pl.DataFrame
    findings: tuple[Finding, ...] = ()

    def place(self, row: int) -> str:
        """Return where a row stands, for a message."""
        word = "row" if self.path.suffix.lower() in {".parquet", ".pq"} else "line"
        return f"{self.path}, {word} {int(self.lines[row])}"


@dataclass(frozen=True, kw_only=True, eq=False)
class LogBatch:
    """Some rows of a sensor log whose clock is read, small enough for memory.

    Attributes
    ----------
    rows : LogRows
        As they stand in the file.
    time_s : array of shape (n_rows,), s
        The clock; NaN where a row has none.
    """

    rows: LogRows
    time_s: Floats

    @property
    def path(self) -> Path:
        """Return the file."""
        return self.rows.path

    @property
    def frame(self) -> pl.DataFrame:
        """Return the columns."""
        return self.rows.frame

    def place(self, row: int) -> str:
        """Return where a row stands, for a message."""
        return self.rows.place(row)

    def numbers(self, column: str) -> Floats:
        """Return a column's numbers, NaN where one is missing."""
        return self.frame[column].to_numpy()

    def where(self, is_kept: Booleans) -> "LogBatch":
        """Return some of the rows."""
        kept = replace(
            self.rows, lines=self.rows.lines[is_kept], frame=self.frame.filter(pl.Series(is_kept))
        )
        return LogBatch(rows=kept, time_s=self.time_s[is_kept])


@dataclass(frozen=True, kw_only=True)
class LogColumns:
    """Which columns of a log are asked for, under its own headers.

    Attributes
    ----------
    time : str
        The clock's.
    numbers : tuple of str
        Speed, readings, places across the web.
    names : tuple of str
        Such as the run.
    """

    time: str
    numbers: tuple[str, ...]
    names: tuple[str, ...] = ()

    @property
    def all(self) -> tuple[str, ...]:
        """Return every header once."""
        return tuple(dict.fromkeys((self.time, *self.numbers, *self.names)))
