"""From raw cells to numbers and names, or to an error that names the cell."""

import math
import re
from collections.abc import Sequence
from datetime import datetime, time
from typing import Final

import polars as pl

from electrodoe.arrays import Floats
from electrodoe.errors import DatasetError, IngestError
from electrodoe.ingest.records import RawTable
from electrodoe.study import or_nearest
from electrodoe.tables import (
    DecimalMark,
    ReadColumn,
    is_missing,
    is_numeric,
    plain_name,
    read_column,
)

_FORMULA_ERROR: Final = re.compile(r"#[A-Z][A-Z0-9/_]*[!?]")
"""What a spreadsheet writes where a formula has no result: #DIV/0!, #NAME?"""


def check_header(header: Sequence[str], place: str, positions: Sequence[int] | None = None) -> None:
    """Raise where a header is empty or names a column twice; columns are counted from 1."""
    where = positions or range(1, len(header) + 1)
    for index, (name, position) in enumerate(zip(header, where, strict=True)):
        if not name:
            raise IngestError(
                f"column {position} has no name",
                where=place,
                fix="name every column, in the line of the header",
            )
        if name in header[:index]:
            raise IngestError(
                f"'{name}' names two columns, {where[header.index(name)]} and {position}",
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


def filled_names(table: RawTable, column: str, what: str, fix: str) -> list[str]:
    """Return a column as names, none of them empty.

    Raises
    ------
    DatasetError
        If a row is without ``what``; ``fix`` says how to mend it.
    """
    found = names(table, column)
    for row, name in enumerate(found):
        if name is None:
            raise DatasetError(f"a row without {what}", where=table.place(row, column), fix=fix)
    return [name for name in found if name is not None]


def numbers(table: RawTable, column: str, decimal: DecimalMark | None = None) -> Floats:
    """Return a column as numbers; an empty cell is NaN, and so is one that tells a limit only.

    Parameters
    ----------
    table : RawTable
        As a reader handed it on.
    column : str
        One of its columns.
    decimal : {".", ","} or None
        Decimal mark of cells that are text, as a person has declared it; without it the table's.

    Returns
    -------
    array of shape (n_rows,)
        The column's values in the file's unit.

    Raises
    ------
    IngestError
        As :func:`electrodoe.tables.read_column`.
    """
    return number_column(table, column, decimal).values


def number_column(
    table: RawTable, column: str, decimal: DecimalMark | None = None, name: str | None = None
) -> ReadColumn:
    """Return a column as numbers, with what was made of its odd cells; as :func:`numbers`.

    ``name`` is what the column is called where that is not what its header says.
    """
    series = table.frame[column]
    cells = (
        series.cast(pl.Float64).fill_null(math.nan).to_numpy()
        if series.dtype.is_numeric()
        else series.to_list()
    )
    return read_column(
        cells,
        lambda row: table.place(row, column),
        column=column if name is None else name,
        decimal=decimal or table.decimal,
        is_declared=decimal is not None or table.is_declared,
    )


def number_columns(table: RawTable) -> list[str]:
    """Return the columns of which at least half of the filled cells are numbers."""
    found = []
    for name in table.frame.columns:
        series = table.frame[name]
        if series.dtype.is_numeric():
            found.append(name)
        elif series.dtype == pl.String:
            filled = [cell for cell in series.drop_nulls() if not is_missing(cell)]
            if filled and 2 * sum(map(is_numeric, filled)) >= len(filled):
                found.append(name)
    return found


def _name(value: object) -> str | None:
    """Return one cell as a name."""
    if value is None or (isinstance(value, float) and math.isnan(value)):
        return None
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    if isinstance(value, datetime) and value.time() == time.min:
        return str(value.date())
    return plain_name(str(value)) or None
