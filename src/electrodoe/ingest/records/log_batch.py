"""Some rows of a sensor log, in the order in which they were written."""

from dataclasses import dataclass
from pathlib import Path

import numpy as np
import polars as pl
from numpy.typing import NDArray

from electrodoe.findings import Finding


@dataclass(frozen=True, kw_only=True, eq=False)
class LogBatch:
    """Some rows of a sensor log, small enough for memory.

    Attributes
    ----------
    path : Path
        The file.
    lines : array of shape (n_rows,), int
        Line of each row, counted from 1; in a Parquet file its row.
    frame : polars.DataFrame
        The declared columns under the log's own headers: numbers as ``Float64`` (missing as
        null), names as ``String``, the clock as it is written.
    time_s : array of shape (n_rows,), s
        The clock; empty until it is read. NaN where a row has none.
    findings : tuple of Finding
        Of a last line that may be cut.
    """

    path: Path
    lines: NDArray[np.int64]
    frame: pl.DataFrame
    time_s: NDArray[np.float64]
    findings: tuple[Finding, ...] = ()

    def place(self, row: int) -> str:
        """Return where a row stands, for a message."""
        word = "row" if self.path.suffix.lower() in {".parquet", ".pq"} else "line"
        return f"{self.path}, {word} {int(self.lines[row])}"

    def numbers(self, column: str) -> NDArray[np.float64]:
        """Return a column's numbers, NaN where one is missing."""
        return self.frame[column].to_numpy()

    def where(self, is_kept: NDArray[np.bool_]) -> "LogBatch":
        """Return some of the rows."""
        return LogBatch(
            path=self.path,
            lines=self.lines[is_kept],
            frame=self.frame.filter(pl.Series(is_kept)),
            time_s=self.time_s[is_kept],
            findings=self.findings,
        )


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
