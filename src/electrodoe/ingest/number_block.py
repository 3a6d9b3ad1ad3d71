"""The rows of numbers below a file's header, all at once, with the line of what is no number."""

import io
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
import polars as pl

from electrodoe.arrays import Integers
from electrodoe.errors import IngestError
from electrodoe.findings import Finding, found
from electrodoe.ingest.decoding import TextFile
from electrodoe.ingest.regular_block import decimal_mark, read_regular_block
from electrodoe.tables import MISSING

_NEWLINE: Final = "\n"


@dataclass(frozen=True, kw_only=True, eq=False)
class NumberBlock:
    """Rows of numbers, and of text where text is meant.

    Attributes
    ----------
    frame : polars.DataFrame
        Columns in the file's order and units; an empty cell is null.
    lines : array of shape (n_rows,), int
        Line of each row, counted from 1.
    findings : tuple of Finding
        Of a last line that may be cut.
    """

    frame: pl.DataFrame
    lines: Integers
    findings: tuple[Finding, ...] = ()


def read_number_block(
    file: TextFile,
    first: int,
    headers: Sequence[str],
    separator: str,
    *,
    last: int | None = None,
    text: Collection[str] = (),
    decimal: str | None = None,
) -> NumberBlock:
    """Return the rows between two lines of a file."""
    regular = read_regular_block(_between(file, first, last), headers, separator, text, decimal)
    if regular is not None:
        lines = np.arange(first, first + regular.height)
        return NumberBlock(frame=regular, lines=lines, findings=_of_the_end(file, int(lines[-1])))
    until = len(file.lines) + 1 if last is None else last
    rows = pl.DataFrame(
        {"line": np.arange(first, until), "row": file.lines[first - 1 : until - 1]},
        schema={"line": pl.Int64, "row": pl.String},
    ).filter(pl.col("row").str.strip_chars() != "")
    if rows.is_empty():
        raise IngestError(
            "no rows of numbers below the header",
            where=file.place(first),
            fix="export the file anew, once the measurement has ended",
        )
    lines = rows["line"].to_numpy()
    cells = _cells(file, rows, headers, separator)
    mark = decimal or decimal_mark(cells, [name for name in headers if name not in text], separator)
    frame = _with_numbers(file, cells, text, lines, mark)
    return NumberBlock(frame=frame, lines=lines, findings=_of_the_end(file, int(lines[-1])))


def _cells(
    file: TextFile, rows: pl.DataFrame, headers: Sequence[str], separator: str
) -> pl.DataFrame:
    """Return every cell as text, or say which row has too many or too few."""
    n = len(headers)
    found = rows["row"].str.count_matches(separator, literal=True) + 1
    ends_open = rows["row"].str.ends_with(separator) & (found == n + 1)
    is_wrong = (found != n) & ~ends_open
    if is_wrong.any():
        row = int(is_wrong.arg_max() or 0)
        raise IngestError(
            f"{found[row]} cells where the header has {n} columns",
            where=file.place(int(rows["line"][row])),
            fix="complete the row, or delete it if the measurement broke off there",
        )
    whole = pl.select(
        pl.when(ends_open).then(rows["row"].str.head(-1)).otherwise(rows["row"])
    ).to_series()
    content = io.BytesIO(f"{whole.str.join(_NEWLINE)[0]}\n".encode())
    return pl.read_csv(
        content,
        has_header=False,
        separator=separator,
        quote_char=None,
        schema=dict.fromkeys(headers, pl.String),
    ).fill_null("")


def _between(file: TextFile, first: int, last: int | None) -> str:
    """Return the text of some lines, without blank ones below them."""
    if last is not None:
        return "\n".join(file.lines[first - 1 : last - 1]).rstrip("\n")
    content = file.after(first)
    return content.rstrip("\n") if content.endswith("\n\n") else content


def _with_numbers(
    file: TextFile,
    cells: pl.DataFrame,
    text: Collection[str],
    lines: Integers,
    mark: str,
) -> pl.DataFrame:
    """Return the columns that are no text as numbers, or say which cell is none."""
    asked = [index for index, name in enumerate(cells.columns) if name not in text]
    plain = [pl.nth(index).str.strip_chars(' "') for index in asked]
    if mark == ",":
        plain = [
            pl.when(column.str.contains(".", literal=True))
            .then(pl.lit("mixed marks"))
            .otherwise(column.str.replace(",", ".", literal=True))
            for column in plain
        ]
    numbers = [column.cast(pl.Float64, strict=False) for column in plain]
    is_wrong = [
        ~column.str.to_lowercase().is_in(list(MISSING)) & (number.is_null() | number.is_infinite())
        for column, number in zip(plain, numbers, strict=True)
    ]
    wrong = cells.select(each.alias(str(place)) for place, each in enumerate(is_wrong))
    for index, column in zip(asked, wrong, strict=True):
        if column.any():
            row = int(column.arg_max() or 0)
            raise _no_number(file, cells.to_series(index), row, int(lines[row]), mark)
    return cells.with_columns(
        number.fill_nan(None).alias(cells.columns[index])
        for index, number in zip(asked, numbers, strict=True)
    )


def _no_number(file: TextFile, cells: pl.Series, row: int, line: int, mark: str) -> IngestError:
    """Return the error about a cell that is no number."""
    return IngestError(
        f"'{cells[row].strip()[:40]}' where a number with a decimal"
        f" {'comma' if mark == ',' else 'point'} is meant",
        where=f"{file.place(line)}, column '{cells.name}'",
        fix="correct the cell, or export the file anew",
    )


def _of_the_end(file: TextFile, last_line: int) -> tuple[Finding, ...]:
    """Return the finding about a last line without an end, where a block has such a line."""
    if not file.is_open_ended or last_line < len(file.lines):
        return ()
    finding = found(
        "D201",
        "the file does not end with a line end; its last number may have lost digits",
        file.place(len(file.lines)),
    )
    return (finding,)
