"""Rows of numbers without any oddity, read in one go; what is odd is left to a closer look."""

import io
import re
from collections.abc import Collection, Sequence
from typing import Final

import polars as pl
import polars.selectors as cs
from polars.exceptions import ComputeError, SchemaError

_COMMA_NUMBER: Final = re.compile(r"\s*[+-]?\d*,\d+([eE][+-]?\d+)?\s*")
_POINT_NUMBER: Final = re.compile(r"\s*[+-]?\d*\.\d+([eE][+-]?\d+)?\s*")
_LINES_FOR_THE_MARK: Final = 200
_LETTERS_FOR_THE_MARK: Final = 500_000
_WORTH_IT: Final = 50
"""With fewer rows the closer look costs nothing."""


def read_regular_block(
    content: str,
    headers: Sequence[str],
    separator: str,
    text: Collection[str] = (),
    decimal: str | None = None,
) -> pl.DataFrame | None:
    """Return rows of numbers, or None where anything asks for a closer look.

    Parameters
    ----------
    content : str
        Lines, the last one with or without an end.
    headers : sequence of str
        One name per cell of a row, each once.
    separator : str
        One character.
    text : collection of str
        Columns that stay text.
    decimal : {".", ","} or None
        Decimal mark; found from the first rows where it is not given.

    Returns
    -------
    polars.DataFrame or None
        Exactly what a cell-by-cell reading gives; None if there are few rows, a row is blank or
        has more or fewer cells than the header, or a cell is no plain number.

    Notes
    -----
    The parser refuses a row that is too long and fills up one that is too short or blank. So if no
    row is refused and the separators are as many as they should be, every row has its width.
    """
    n_rows = content.count("\n") + (not content.endswith("\n"))
    is_odd = content.count(separator) != n_rows * (len(headers) - 1)
    if n_rows < _WORTH_IT or len(headers) < 2 or is_odd:
        return None
    numeric = [name for name in headers if name not in text]
    mark = decimal or decimal_mark(_first_cells(content, headers, separator), numeric, separator)
    if mark == "," and "." in content:
        return None
    try:
        frame = pl.read_csv(
            io.BytesIO(content.encode()),
            has_header=False,
            separator=separator,
            quote_char=None,
            decimal_comma=mark == ",",
            schema={name: pl.String if name in text else pl.Float64 for name in headers},
        )
    except (ComputeError, SchemaError):
        return None
    has_infinite = any(frame.select(cs.float().is_infinite().any()).rows()[0])
    if frame.height != n_rows or has_infinite:
        return None
    return frame.with_columns(cs.float().fill_nan(None), cs.string().fill_null(""))


def decimal_mark(cells: pl.DataFrame, names: Sequence[str], separator: str) -> str:
    """Return the mark that the first rows of numbers use."""
    if separator == ",":
        return "."
    sample = [cell for name in names for cell in cells[name].head(_LINES_FOR_THE_MARK)]
    n_comma = sum(_COMMA_NUMBER.fullmatch(cell) is not None for cell in sample)
    n_point = sum(_POINT_NUMBER.fullmatch(cell) is not None for cell in sample)
    return "," if n_comma > n_point else "."


def _first_cells(content: str, headers: Sequence[str], separator: str) -> pl.DataFrame:
    """Return the cells of the first rows as text."""
    rows = content[:_LETTERS_FOR_THE_MARK].split("\n")[:_LINES_FOR_THE_MARK]
    whole = [row for row in (each.split(separator) for each in rows) if len(row) == len(headers)]
    return pl.DataFrame(whole, schema=dict.fromkeys(headers, pl.String), orient="row")
