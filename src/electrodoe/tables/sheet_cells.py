"""Cells of a sheet: what they hold, whatever table they belong to."""

import re
from collections.abc import Sequence
from typing import Final

from electrodoe.tables.numbers import is_missing, limit_of, plain_text, written_number

Row = Sequence[object]
_FORMULA_ERROR: Final = re.compile(r"#[A-Z][A-Z0-9/_]*[!?]")
"""Where a number is meant and none came out: ``#DIV/0!``."""


def is_blank(cell: object) -> bool:
    """Return whether a cell holds nothing."""
    return cell is None or (isinstance(cell, str) and not cell.strip())


def is_numeric(cell: object) -> bool:
    """Return whether a cell holds a number, a limit, or a word for a missing number.

    Examples
    --------
    >>> is_numeric("3,5"), is_numeric("n.a."), is_numeric("<50"), is_numeric("Operator")
    (True, True, True, False)
    """
    if isinstance(cell, bool) or is_blank(cell):
        return False
    if isinstance(cell, int | float):
        return True
    text = plain_text(cell)
    text = text[:-1].rstrip() if len(text) > 1 and text.endswith("%") else text
    is_number = _FORMULA_ERROR.fullmatch(text) is not None
    is_number = is_number or any(written_number(text, mark) is not None for mark in (".", ","))
    return is_number or is_missing(text) or limit_of(text) is not None


def cell_text(row: Row, column: int) -> str:
    """Return a cell as text, empty where the row is shorter."""
    return "" if column >= len(row) or is_blank(row[column]) else str(row[column]).strip()


def is_number_at(row: Row, column: int) -> bool:
    """Return whether a row has a number in a column."""
    return column < len(row) and is_numeric(row[column])


def has_number(row: Row, columns: set[int]) -> bool:
    """Return whether a row has a number in one of some columns."""
    return any(is_number_at(row, column) for column in columns)


def used_columns(rows: Sequence[Row], body: Sequence[int]) -> set[int]:
    """Return the columns that are filled in some rows."""
    return {
        column for index in body for column, cell in enumerate(rows[index]) if not is_blank(cell)
    }
