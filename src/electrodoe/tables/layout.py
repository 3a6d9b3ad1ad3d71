"""Where in a sheet of cells the table is: its header, its units, its rows, what is beside it."""

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

from electrodoe.errors import IngestError
from electrodoe.quantities import parse_unit
from electrodoe.tables.headings import folded, heading_of
from electrodoe.tables.numbers import is_missing
from electrodoe.tables.other_rows import without_others
from electrodoe.tables.sheet_cells import (
    Row,
    cell_text,
    is_blank,
    is_number_at,
    is_numeric,
    used_columns,
)
from electrodoe.tables.sheet_columns import SAMPLED, table_columns
from electrodoe.tables.written_once import filled_down_cells, merged_cells

_LOOKED_AT: Final = 60
"""Lines among which a header is looked for: a form above a table is not longer; chosen."""


@dataclass(frozen=True, kw_only=True)
class Layout:
    """Which rows and columns of a sheet are the table; all numbers count from 0.

    Attributes
    ----------
    header : int
        Row of the names.
    units : int or None
        Row of the units.
    columns : tuple of int
        Columns of the table.
    unnamed : tuple of int
        Those of them that hold words and have no name.
    left_out : tuple of int
        Columns without a name that count the rows, or stand beside the table.
    rows : tuple of int
        Rows with samples.
    above, below, totals, repeated : tuple of int
        Filled rows that are not: titles, notes, computed rows, the header once more.
    groups : mapping of int to str
        By column: what a second row of names above the header says.
    filled_down : mapping of int to tuple of int
        By column: rows whose empty cell stands for the filled one above it.
    """

    header: int
    units: int | None
    columns: tuple[int, ...]
    rows: tuple[int, ...]
    unnamed: tuple[int, ...] = ()
    left_out: tuple[int, ...] = ()
    above: tuple[int, ...] = ()
    below: tuple[int, ...] = ()
    totals: tuple[int, ...] = ()
    repeated: tuple[int, ...] = ()
    groups: Mapping[int, str] = field(default_factory=dict)
    filled_down: Mapping[int, tuple[int, ...]] = field(default_factory=dict)


def find_layout(
    rows: Sequence[Row],
    *,
    header: int | None = None,
    units: int | None = None,
    wanted: Collection[str] = (),
    merged: Sequence[tuple[int, int, int, int]] = (),
) -> Layout:
    """Return where the table is in a sheet's cells.

    Parameters
    ----------
    rows : sequence of rows
        All lines of the sheet, empty ones too; rows may differ in length.
    header, units : int or None
        Rows of the names and of the units, counted from 0, where a person has declared them.
    wanted : collection of str
        Names that the header is expected to have; a row with more of them comes first.
    merged : sequence of (int, int, int, int)
        First and last row, first and last column of cells that a spreadsheet shows as one.

    Returns
    -------
    Layout
        At least a header; without a row that looks like one it is the first filled row.

    Raises
    ------
    IngestError
        If no row is filled, or a declared row is empty.

    Examples
    --------
    >>> sheet = [["Study 12"], [], ["run", "gap"], ["", "µm"], ["R01", "60"], ["Mean", "60"]]
    >>> found = find_layout(sheet)
    >>> found.header, found.units, found.rows, found.totals
    (2, 3, (4,), (5,))
    """
    filled = [index for index, row in enumerate(rows) if any(not is_blank(cell) for cell in row)]
    if not filled:
        raise IngestError("nothing is filled in", where="the table", fix="write a header and rows")
    if header is None:
        header = _header(rows, filled, {folded(name) for name in wanted})
    below = [index for index in filled if index > header]
    if units is None:
        is_units = bool(below) and below[0] - header <= 1 and _is_units(rows[below[0]])
        units = below[0] if is_units and len(below) > 1 else None
    body = [index for index in below if index != units and index > (units or header)]
    groups = _groups(rows, header)
    columns, unnamed, left_out, body = table_columns(rows, header, body, set(groups))
    body, totals, notes, repeated = without_others(rows, header, columns, body)
    return Layout(
        header=header,
        units=units,
        columns=columns,
        unnamed=unnamed,
        left_out=left_out,
        rows=tuple(body),
        above=tuple(index for index in filled if index < header),
        below=tuple(notes),
        totals=tuple(totals),
        repeated=tuple(repeated),
        groups={column: name for column, name in groups.items() if column in columns},
        filled_down=filled_down_cells(rows, _headings(rows, header, groups), columns, body)
        | merged_cells(merged, columns, body),
    )


def _header(rows: Sequence[Row], filled: Sequence[int], wanted: Collection[str]) -> int:
    """Return the row of the names: the one that names most columns of numbers below it."""
    best, best_score = filled[0], (0, 0)
    for position, index in enumerate(filled[:_LOOKED_AT]):
        row = rows[index]
        names = [column for column, cell in enumerate(row) if not is_blank(cell)]
        if any(is_numeric(row[column]) for column in names):
            continue
        following = filled[position + 1 :]
        if following and _is_units(rows[following[0]]):
            following = following[1:]
        if not following:
            continue
        first = rows[following[0]]
        n_numbers = sum(is_number_at(first, column) for column in names)
        n_wanted = sum(bool(_spellings(row[column]) & set(wanted)) for column in names)
        if not (n_numbers or n_wanted):
            continue
        used = used_columns(rows, following[:SAMPLED])
        score = (n_wanted, len(set(names) & used))
        if score > best_score:
            best, best_score = index, score
    return best


def _spellings(cell: object) -> set[str]:
    """Return the texts by which a heading may be known."""
    heading = heading_of(str(cell))
    return {folded(heading.written), folded(heading.words)}


def _is_units(row: Row) -> bool:
    """Return whether the filled cells of a row are units; among several, some may be words."""
    cells = [str(cell).strip() for cell in row if not is_blank(cell)]
    bare = [re.sub(r"^[\[(](.*)[\])]$", r"\1", cell).strip() for cell in cells]
    if not bare or any(is_numeric(cell) and not is_missing(str(cell)) for cell in row):
        return False
    known = [parse_unit(text) for text in bare]
    n_real = sum(
        unit is not None and not is_numeric(text) for text, unit in zip(bare, known, strict=True)
    )
    is_marked = [text != cell for text, cell in zip(bare, cells, strict=True)]
    n_fitting = sum(
        unit is not None or marked for unit, marked in zip(known, is_marked, strict=True)
    )
    is_most = n_real > 1 and n_fitting * 5 >= len(bare) * 4
    return is_most or (n_real > 0 and n_fitting == len(bare))


def _groups(rows: Sequence[Row], header: int) -> dict[int, str]:
    """Return what the row above says of columns that have no name, or one that stands twice."""
    if not header or any(map(is_numeric, rows[header - 1])):
        return {}
    above, names = rows[header - 1], rows[header]
    texts = [cell_text(names, column) for column in range(max(len(above), len(names)))]
    group, found = "", dict[int, str]()
    for column, text in enumerate(texts):
        own = cell_text(above, column)
        group = own or group
        if (text and group and texts.count(text) > 1) or (own and not text):
            found[column] = group
    n_names = sum(map(bool, texts))
    return found if len(_filled_cells(above)) > 1 or len(found) < n_names else {}


def _filled_cells(row: Row) -> list[int]:
    """Return the positions of a row's filled cells."""
    return [column for column, cell in enumerate(row) if not is_blank(cell)]


def _headings(rows: Sequence[Row], header: int, groups: Mapping[int, str]) -> dict[int, str]:
    """Return what each column is headed with, by both rows of a header."""
    own = {column: cell_text(rows[header], column) for column in range(len(rows[header]))}
    return own | {column: f"{text} {own.get(column, '')}" for column, text in groups.items()}
