"""Empty cells that belong to the filled one above: merged, or written once for several rows."""

import re
from collections.abc import Mapping, Sequence
from typing import Final

from electrodoe.tables.headings import folded
from electrodoe.tables.sheet_cells import Row, cell_text, is_numeric

_NAMES: Final = re.compile(
    r"(?:run|lauf|versuch|experiment|trial|configuration|konfiguration|batch|charge|coil|sample"
    r"|probe|muster|group|gruppe|sheet|blatt|nr|no|id|name|code)s?\.?"
    r"(?:[ -]?(?:nr|no|id|name|code|#))?\.?"
)
"""Headings of columns that say which run a row is of, also where their cells are numbers."""


def filled_down_cells(
    rows: Sequence[Row], headings: Mapping[int, str], columns: Sequence[int], body: Sequence[int]
) -> dict[int, tuple[int, ...]]:
    """Return the empty cells of rows that go on with the run of the row above.

    A run's name that is written once, beside settings that are written once: in all rows without
    the name those cells are empty, and in all rows with it they are filled.
    """
    found: dict[int, tuple[int, ...]] = {}
    for column in columns:
        going_on = tuple(index for index in body if not cell_text(rows[index], column))
        if column in found or len(going_on) == len(body):
            continue
        is_name = bool(going_on) and _is_name(rows, headings, column, body)
        down = _written_once(rows, columns, body, column) if is_name else []
        if not down:
            break  # names stand at the left; an empty cell further right is a missing value
        found |= dict.fromkeys(down, going_on)
    return found


def _is_name(
    rows: Sequence[Row], headings: Mapping[int, str], column: int, body: Sequence[int]
) -> bool:
    """Return whether a column names rows, by its cells or by its heading."""
    cells = [rows[index][column] for index in body if cell_text(rows[index], column)]
    heading = folded(headings.get(column, "")).replace("_", " ")
    return not any(map(is_numeric, cells)) or _NAMES.fullmatch(heading) is not None


def _written_once(
    rows: Sequence[Row], columns: Sequence[int], body: Sequence[int], first: int
) -> list[int]:
    """Return the columns that are filled in just the rows in which a first one is."""
    starting = [index for index in body if cell_text(rows[index], first)]
    going_on = [index for index in body if not cell_text(rows[index], first)]
    names = [cell_text(rows[index], first) for index in starting]
    if starting[0] != body[0] or len(starting) < 2 or len(set(names)) < len(names):
        return []
    down = [
        column
        for column in columns
        if all(cell_text(rows[index], column) for index in starting)
        and not any(cell_text(rows[index], column) for index in going_on)
    ]
    rest = [column for column in columns if column not in down]
    has_values = all(any(cell_text(rows[index], column) for column in rest) for index in going_on)
    n_times = len(going_on) / len(starting)
    is_systematic = len(down) > 1 or n_times >= 2.0 or (n_times >= 1.0 and len(starting) > 2)
    return down if has_values and is_systematic else []


def merged_cells(
    regions: Sequence[tuple[int, int, int, int]], columns: Sequence[int], body: Sequence[int]
) -> dict[int, tuple[int, ...]]:
    """Return, by column, the rows whose cell is a part of one that begins above them."""
    found: dict[int, tuple[int, ...]] = {}
    for first, last, left, right in regions:
        rows = tuple(index for index in body if first < index <= last)
        for column in range(left, right + 1):
            if rows and column in columns:
                found[column] = (*found.get(column, ()), *rows)
    return found
