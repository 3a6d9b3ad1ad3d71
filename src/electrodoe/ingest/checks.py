"""From raw cells to numbers and names, or to an error that names the cell."""

import math
import re
from collections.abc import Sequence
from datetime import datetime, time
from typing import Final

import polars as pl

from electrodoe.arrays import Floats
from electrodoe.errors import IngestError
from electrodoe.ingest.records import RawTable
from electrodoe.study import or_nearest
from electrodoe.tables import DecimalMark, numbers_of

_FORMULA_ERROR: Final = re.compile(r"#[A-Z][A-Z0-9/_]*[!?]")
"""What a spreadsheet writes where a formula has no result: #DIV/0!, #NAME?"""


def check_header(header: Sequence[str], place: str) -> None:
    """Raise where a header is empty or names a column twice."""
    for index, name in enumerate(header):
        if not name:
            raise IngestError(
                f"column {index + 1} has no name",
                where=place,
                fix="name every column, in the first line",
            )
        if name in header[:index]:
            raise IngestError(
                f"'{name}' names two columns, {header.index(name) + 1} and {index + 1}",
                where=place,
                fix="rename or delete one of the two",
            )


def require_columns(table: RawTable, columns: Sequence[str]) -> None:
    """Raise where a named column is not in the table, and offer the nearest one.

    Raises
    ------
    IngestError
        With the missing column and the most similar header.
    """
    for column in columns:
        if column not in table.frame.columns:
            raise IngestError(
                f"no column '{column}'",
                where=table.header_place,
                fix=or_nearest(column, table.frame.columns),
            )


def require_rows(table: RawTable) -> None:
    """Raise where a table has a header and nothing else."""
    if table.frame.height == 0:
        raise IngestError(
            "the table has no rows",
            where=str(table.path),
            fix="fill in one row per sample below the header",
        )


def names(table: RawTable, column: str) -> list[str | None]:
    """Return a column as names; an empty cell is None.

    Whole numbers read as floats by a spreadsheet are written without ``.0``, and its days without
    a time of day.

    Raises
    ------
    IngestError
        If a cell holds the error of a formula.
    """
    found = [_name(value) for value in table.frame[column].to_list()]
    for row, name in enumerate(found):
        if name and _FORMULA_ERROR.fullmatch(name):
            raise IngestError(
                f"'{name}' where a name is meant",
                where=table.place(row, column),
                fix="correct the formula or leave the cell empty",
            )
    return found


def numbers(table: RawTable, column: str, decimal: DecimalMark = ".") -> Floats:
    """Return a column as numbers; an empty cell is NaN.

    Parameters
    ----------
    table : RawTable
        As a reader handed it on.
    column : str
        One of its columns.
    decimal : {".", ","}
        Decimal mark of a text table.

    Returns
    -------
    array of shape (n_rows,)
        The column's values in the file's unit.

    Raises
    ------
    IngestError
        As :func:`electrodoe.tables.number_of`.
    """
    series = table.frame[column]
    cells = (
        series.cast(pl.Float64).fill_null(math.nan).to_numpy()
        if series.dtype.is_numeric()
        else series.to_list()
    )
    return numbers_of(cells, lambda row: table.place(row, column), decimal, column)


def _name(value: object) -> str | None:
    """Return one cell as a name."""
    if value is None or (isinstance(value, float) and math.isnan(value)):
        return None
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    if isinstance(value, datetime) and value.time() == time.min:
        return str(value.date())
    text = str(value).strip()
    return text or None
