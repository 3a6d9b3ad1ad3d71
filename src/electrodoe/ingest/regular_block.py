"""Rows of numbers without any oddity, read in one go; what is odd is left to a closer look."""

import io
import re
from collections.abc import Collection, Sequence
from typing import Final

import numpy as np
import polars as pl
import polars.selectors as cs
from polars.exceptions import ComputeError, SchemaError

from electrodoe.arrays import Floats

_COMMA_NUMBER: Final = re.compile(
    r"^[^\S\n]*[+-]?\d*,\d+(?:[eE][+-]?\d+)?[^\S\n]*$", flags=re.MULTILINE
)
_POINT_NUMBER: Final = re.compile(
    r"^[^\S\n]*[+-]?\d*\.\d+(?:[eE][+-]?\d+)?[^\S\n]*$", flags=re.MULTILINE
)
_LINES_FOR_THE_MARK: Final = 200
"""From which decimal point or comma is recognized; chosen."""
_LETTERS_FOR_THE_MARK: Final = 500_000
"""Bound on what is split for it: 200 lines of 2,500 characters."""
_FEW_CELLS: Final = 2_000
"""Up to as many, Python's own split is quicker than to set up a parser (measured: 0.2 beside 0.6 ms
for 51 rows of 11 columns, 1.0 beside 0.8 ms for 1400 of 3)."""
_FEW_NUMBERS: Final = 10_000
"""Up to as many, NumPy's reader of numbers alone is quicker still (0.4 ms for 1400 rows of 3)."""
_BLANK_ROW: Final = re.compile(r"(?:\A|\n)[\t ]+(?:\n|\Z)")
_NO_PLAIN_NUMBER: Final = re.compile(r"[^0-9+\-.eE]")


def read_regular_block(
    content: str,
    headers: Sequence[str],
    separator: str,
    text: Collection[str] = (),
    decimal: str | None = None,
) -> pl.DataFrame | None:
    """Return rows of numbers, or None where anything asks for a closer look.

    Exactly what a cell-by-cell reading gives; None if a row is blank or has more or fewer cells
    than the header, or a cell is no plain number. Rows may all end in a separator.

    Notes
    -----
    The parser refuses a row that is too long and fills up one that is too short or blank. So if no
    row is refused and the separators are as many as they should be, every row has its width.
    """
    n_rows = content.count("\n") + (not content.endswith("\n"))
    n_separators = content.count(separator)
    if n_separators == n_rows * len(headers) == content.count(f"{separator}\n"):
        content = content.replace(f"{separator}\n", "\n")
        n_separators -= n_rows
    if len(headers) < 2 or n_separators != n_rows * (len(headers) - 1):
        return None
    if separator.isspace() and _BLANK_ROW.search(content):
        return None  # a row of separators alone looks blank, and is passed over
    mark = decimal or _mark_of(content, headers, separator, text)
    if mark == "," and "." in content:
        return None
    n_cells = n_rows * len(headers)
    few = None
    if not text and n_cells <= _FEW_NUMBERS:
        few = _rows_of_numbers(content, headers, separator, mark)
    elif n_cells <= _FEW_CELLS:
        few = _few_rows(content, headers, separator, text, mark)
    return _many_rows(content, headers, separator, text, mark, n_rows) if few is None else few


def _rows_of_numbers(
    content: str, headers: Sequence[str], separator: str, mark: str
) -> pl.DataFrame | None:
    """Return rows whose cells are all filled with plain numbers."""
    plain = content.replace(",", ".") if mark == "," else content
    if plain.encode().translate(None, f"0123456789+-.eE\n{separator}".encode()):
        return None
    rows = plain.removesuffix("\n").split("\n")
    try:
        numbers = np.loadtxt(rows, delimiter=separator, comments=None, ndmin=2)
    except ValueError:
        return None
    if numbers.shape != (len(rows), len(headers)) or not np.isfinite(numbers).all():
        return None
    return pl.DataFrame(np.asfortranarray(numbers), schema=list(headers), orient="row")


def _few_rows(
    content: str, headers: Sequence[str], separator: str, text: Collection[str], mark: str
) -> pl.DataFrame | None:
    """Return rows whose cells are plain numbers, empty or text."""
    rows = [row.split(separator) for row in content.removesuffix("\n").split("\n")]
    try:
        columns = zip(headers, zip(*rows, strict=True), strict=True)
        return pl.DataFrame(
            [
                pl.Series(name, cells, dtype=pl.String)
                if name in text
                else pl.Series(name, _plain_numbers(cells, mark), nan_to_null=True)
                for name, cells in columns
            ]
        )
    except ValueError:
        return None


def _plain_numbers(cells: Sequence[str], mark: str) -> Floats:
    """Return numbers, NaN where a cell is empty; raise a ValueError where one is anything else."""
    joined = "\n".join(cells)
    plain = joined.replace(",", ".") if mark == "," else joined
    if _NO_PLAIN_NUMBER.search(plain.replace("\n", "")):
        raise ValueError
    values = np.array([float(cell or "nan") for cell in plain.split("\n")])
    if np.isinf(values).any():
        raise ValueError
    return values


def _many_rows(
    content: str,
    headers: Sequence[str],
    separator: str,
    text: Collection[str],
    mark: str,
    n_rows: int,
) -> pl.DataFrame | None:
    """Return rows as the parser of CSV reads them, unless it refuses one."""
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
    sizes = [column.to_numpy() for column in frame.get_columns() if column.dtype == pl.Float64]
    if frame.height != n_rows or any(np.isinf(values).any() for values in sizes):
        return None
    if any(frame.null_count().row(0)) or any(np.isnan(values).any() for values in sizes):
        return frame.with_columns(cs.float().fill_nan(None), cs.string().fill_null(""))
    return frame


def _mark_of(content: str, headers: Sequence[str], separator: str, text: Collection[str]) -> str:
    """Return the decimal mark of some rows; without any comma among them it is the point."""
    if separator == "," or "," not in content:
        return "."
    numeric = [name for name in headers if name not in text]
    return decimal_mark(_first_cells(content, headers, separator), numeric, separator)


def decimal_mark(cells: pl.DataFrame, names: Sequence[str], separator: str) -> str:
    """Return the mark that the first rows of numbers use."""
    if separator == ",":
        return "."
    sample = "\n".join(cell for name in names for cell in cells[name].head(_LINES_FOR_THE_MARK))
    if "," not in sample:
        return "."
    n_comma, n_point = len(_COMMA_NUMBER.findall(sample)), len(_POINT_NUMBER.findall(sample))
    return "," if n_comma > n_point else "."


def _first_cells(content: str, headers: Sequence[str], separator: str) -> pl.DataFrame:
    """Return the cells of the first rows as text."""
    rows = content[:_LETTERS_FOR_THE_MARK].split("\n")[:_LINES_FOR_THE_MARK]
    whole = [row for row in (each.split(separator) for each in rows) if len(row) == len(headers)]
    return pl.DataFrame(whole, schema=dict.fromkeys(headers, pl.String), orient="row")
