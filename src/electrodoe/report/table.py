"""A table for people: texts only, already rounded, with the words around them."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import ClassVar


@dataclass(frozen=True, kw_only=True)
class TableColumn:
    """Head of a column.

    Attributes
    ----------
    title : str
        Words and unit.
    is_number : bool
        Whether the cells stand at the right.
    """

    title: str
    is_number: bool = False


@dataclass(frozen=True, kw_only=True)
class Table:
    """A table for people: texts only, already rounded, with the words around them.

    Attributes
    ----------
    caption : str
        Sentence above the table.
    columns : tuple of TableColumn
        Heads.
    rows : tuple of tuple of str
        One text per column.
    groups : tuple of (str, int)
        Heads above the heads with the number of columns each spans; may be empty.
    strong_rows : frozenset of int
        Rows printed bold.
    first_rows : frozenset of int
        Rows above which a line begins a new block.
    headings : mapping of int to str
        Words in a line of their own above some rows.
    look : str
        ``wide``, ``long`` and the like, for screens.
    """

    kind: ClassVar[str] = "table"
    caption: str
    columns: tuple[TableColumn, ...]
    rows: tuple[tuple[str, ...], ...]
    groups: tuple[tuple[str, int], ...] = ()
    strong_rows: frozenset[int] = frozenset()
    first_rows: frozenset[int] = frozenset()
    headings: Mapping[int, str] = field(default_factory=dict)
    look: str = ""


def text(*titles: str) -> tuple[TableColumn, ...]:
    """Return columns of words."""
    return tuple(TableColumn(title=title) for title in titles)


def numbers(*titles: str) -> tuple[TableColumn, ...]:
    """Return columns of numbers."""
    return tuple(TableColumn(title=title, is_number=True) for title in titles)


def present(*tables: Table | None, look: str = "") -> tuple[Table, ...]:
    """Return the tables that there are, in a look."""
    return tuple(replace(table, look=look) for table in tables if table is not None and table.rows)
