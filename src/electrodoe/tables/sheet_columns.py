"""Columns of a table in a sheet: named, nameless with words, counters, numbers beside it."""

from collections.abc import Sequence
from typing import Final

from electrodoe.tables.sheet_cells import (
    Row,
    cell_text,
    is_blank,
    is_number_at,
    is_numeric,
    used_columns,
)

SAMPLED: Final = 40
"""Rows below a header that tell which columns hold numbers; chosen."""


def table_columns(
    rows: Sequence[Row], header: int, body: Sequence[int], above: set[int]
) -> tuple[tuple[int, ...], tuple[int, ...], tuple[int, ...], list[int]]:
    """Return the table's columns, nameless ones with words, nameless ones left out, its rows."""
    named = {column for column, cell in enumerate(rows[header]) if not is_blank(cell)} | above
    if len(named) == max(len(rows[index]) for index in (header, *body)):
        return tuple(sorted(named)), (), (), list(body)
    used = used_columns(rows, body)
    used = {column for column in used if column < len(rows[header])}  # others are cells too many
    nameless = sorted(used - named)
    counters = [column for column in nameless if _is_counter(rows, body, column)]
    words = [
        column
        for column in nameless
        if not any(is_number_at(rows[index], column) for index in body)
    ]
    left_out = {*counters, *_beside(named, used, words)}
    columns = tuple(sorted((named | used) - left_out))
    rest = [index for index in body if any(cell_text(rows[index], column) for column in columns)]
    return columns, tuple(words), tuple(sorted(left_out)), rest


def _beside(named: set[int], used: set[int], words: Sequence[int]) -> set[int]:
    """Return the nameless columns of numbers that an empty one parts from the table."""
    beside: set[int] = set()
    for column in sorted(used - named - set(words)):
        if column - 1 in beside or (column > 0 and column - 1 not in named | used):
            beside.add(column)
    return beside


def _is_counter(rows: Sequence[Row], body: Sequence[int], column: int) -> bool:
    """Return whether a first column without a name counts the rows, as pandas writes it."""
    if column != min(used_columns(rows, body), default=-1) or len(body) < 2:
        return False
    cells = [text for index in body if (text := cell_text(rows[index], column))]
    counts = [int(cell) if cell.isdigit() else -1 for cell in cells]
    is_full = len(cells) * 2 > len(body)  # rows that are no samples may have none
    return is_full and counts in (list(range(len(counts))), list(range(1, len(counts) + 1)))


def number_columns(rows: Sequence[Row], columns: Sequence[int], body: Sequence[int]) -> set[int]:
    """Return the columns of which at least half of the filled cells are numbers."""
    found = set()
    for column in columns:
        cells = [
            rows[index][column]
            for index in body[:SAMPLED]
            if column < len(rows[index]) and not is_blank(rows[index][column])
        ]
        if cells and sum(map(is_numeric, cells)) * 2 >= len(cells):
            found.add(column)
    return found
