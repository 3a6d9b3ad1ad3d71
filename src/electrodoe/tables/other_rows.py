"""Rows of a sheet that are no samples: computed ones, notes, the header once more."""

import re
from collections.abc import Sequence
from typing import Final

from electrodoe.tables.numbers import MARKS, may_be_thousands, plain_text, written_number
from electrodoe.tables.sheet_cells import Row, cell_text, has_number, is_blank
from electrodoe.tables.sheet_columns import number_columns

_NAMED: Final = 3
"""Cells of words at the left of a row that may say it is computed: run, sample and one more."""
_LEFT: Final = 6
"""Columns at the left of a table among which these are; chosen."""
_SLACK: Final = 0.01
"""Of its size: by what a rounded mean may leave the range of its samples; chosen."""
_MOST: Final = 0.8
"""Of the rows called Mean that have to lie within their samples, for all to be means; chosen."""
_INSIDE: Final = 0.66
"""Of a mean's numbers that have to lie within those of its samples: two of three; chosen."""
_AVERAGES: Final = "mean|average|avg|mittelwert|mittel|durchschnitt|ø"
_SPREADS: Final = (
    "|sd|std|stdev|stddev|stabw|std.? ?dev(?:iation)?|standard ?deviation|standardabweichung"
    "|std.? ?abw|standardabw|σ"
)
_SUMS: Final = (
    "|sum|summe|total|grand total|gesamt|ergebnis|gesamtergebnis|median|varianc?e|varianz"
)
_ENDS: Final = "|se|sem|s|n|min|max|minimum|maximum|count|anzahl|range|spannweite|rsd|cv|vk"
"""Words that also name samples and methods: they count beside another of the words only."""
_BEHIND: Final = r"\.?(?:\s*[:=(\[±].*|\s+(?:values?|of|von|der|gesamt|aller)\b.*)?"
_AVERAGE: Final = re.compile(rf"(?:{_AVERAGES}){_BEHIND}", re.IGNORECASE)
_MEAN: Final = re.compile(rf"(?:{_AVERAGES}{_SPREADS}){_BEHIND}", re.IGNORECASE)
_SUM: Final = re.compile(rf"(?:{_AVERAGES}{_SPREADS}{_SUMS}){_BEHIND}", re.IGNORECASE)
_TOTAL: Final = re.compile(rf"(?:{_AVERAGES}{_SPREADS}{_SUMS}{_ENDS}){_BEHIND}", re.IGNORECASE)
"""What a person calls a row that is computed from the others, in English and German."""
_INITIALS: Final = frozenset("madøsσgetrvcnMADØSΣGETRVCN")
"""With which these words begin, so that most rows need no second look."""


def without_others(
    rows: Sequence[Row], header: int, columns: Sequence[int], body: Sequence[int]
) -> tuple[list[int], list[int], list[int], list[int]]:
    """Return samples, computed rows, notes, and repetitions of the header, apart."""
    names = [str(cell).strip() for cell in rows[header] if not is_blank(cell)]
    first = next(cell for cell in rows[header] if not is_blank(cell))
    repeated = [
        index
        for index in body
        if first in rows[index]
        and [text for column in columns if (text := cell_text(rows[index], column))] == names
    ]
    kept = [index for index in body if index not in set(repeated)]
    numbers = number_columns(rows, columns, kept)
    kept, totals, notes = _without_end(rows, columns, numbers, kept)
    lone = [
        index
        for index in kept
        if numbers and len(columns) > 2 and _is_lone(rows[index], columns, numbers)
    ]
    kept = [index for index in kept if index not in set(lone)]
    between = _between(rows, columns, numbers, kept)
    kept = [index for index in kept if index not in set(between)]
    return kept, sorted(totals + between), sorted(notes + lone), repeated


def _without_end(
    rows: Sequence[Row], columns: Sequence[int], numbers: set[int], body: Sequence[int]
) -> tuple[list[int], list[int], list[int]]:
    """Return the samples without the computed rows and the notes below them, and these."""
    kept, totals, notes = list(body), list[int](), list[int]()
    while kept:
        if _computed_name(_within(rows[kept[-1]], columns), _TOTAL, n_named=1):
            totals.append(kept.pop())
        elif _is_note(rows, columns, numbers, kept):
            notes.append(kept.pop())
        else:
            break
    found = [_computed_name(_within(rows[index], columns), _TOTAL, n_named=1) for index in totals]
    others = {_first_name(_within(rows[index], columns)) for index in kept}
    is_category = any(name in others for name in found)  # one that stands among samples too
    if is_category or not any(_SUM.fullmatch(name) for name in found):
        return sorted([*kept, *totals]), [], notes
    return kept, totals, notes


def _first_name(row: Row) -> str:
    """Return the first word of a row, empty without one."""
    return next((cell.strip() for cell in row if isinstance(cell, str) and cell.strip()), "")


def _between(
    rows: Sequence[Row], columns: Sequence[int], numbers: set[int], body: Sequence[int]
) -> list[int]:
    """Return the computed rows between samples: means within their samples, spreads below them.

    A category may be called std; its numbers are not those of a mean.
    """
    found, block, before, n_right, n_means = list[int](), list[int](), False, 0, 0
    for index in body:
        row = _within(rows[index], columns)
        is_mean = bool(_computed_name(row, _AVERAGE))
        if not (is_mean or (before and _computed_name(row, _MEAN))):
            block = [index] if before else [*block, index]
            before = False
            continue
        if is_mean:
            n_means += 1
            n_right += _is_within(rows, numbers, block, index)
        found.append(index)
        before = True
    is_right = n_means > 0 and n_right >= _MOST * n_means and 2 * len(found) <= len(body)
    return found if is_right else []


def _is_within(rows: Sequence[Row], numbers: set[int], block: Sequence[int], index: int) -> bool:
    """Return whether most numbers of a row lie within those of the samples above it."""
    n_within, n_asked = 0, 0
    for column in numbers:
        value = _number(rows[index], column)
        others = [other for each in block if (other := _number(rows[each], column)) is not None]
        if value is None or not others:
            continue
        slack = _SLACK * max(map(abs, others))
        n_asked += 1
        n_within += min(others) - slack <= value <= max(others) + slack
    return n_asked > 0 and n_within >= _INSIDE * n_asked


def _number(row: Row, column: int) -> float | None:
    """Return a cell's number; None where it has none, or one that has two readings."""
    cell = row[column] if column < len(row) else None
    if isinstance(cell, int | float):
        return float(cell)
    text = plain_text(cell).removesuffix("%").rstrip() if cell is not None else ""
    if may_be_thousands(text):
        return None
    values = [written_number(text, mark) for mark in MARKS]
    return next((value for value in values if value is not None), None)


def _within(row: Row, columns: Sequence[int]) -> list[object]:
    """Return the cells of a row in the table's columns."""
    return [row[column] for column in columns if column < len(row)]


def _computed_name(row: Row, words: re.Pattern[str], n_named: int = _NAMED) -> str:
    """Return the word at the left of a row that says it is computed, empty without one."""
    named = [cell.strip() for cell in row[:_LEFT] if isinstance(cell, str) and cell.strip()]
    found = (cell for cell in named[:n_named] if cell[0] in _INITIALS and words.fullmatch(cell))
    return next(found, "")


def _is_note(
    rows: Sequence[Row], columns: Sequence[int], numbers: set[int], body: Sequence[int]
) -> bool:
    """Return whether the last row holds words only, and fewer than a sample would, or apart."""
    if not numbers or has_number(rows[body[-1]], numbers):
        return False
    n_filled = sum(not is_blank(cell) for cell in rows[body[-1]])
    return n_filled * 2 <= len(columns) or _is_apart(rows, numbers, body)


def _is_lone(row: Row, columns: Sequence[int], numbers: set[int]) -> bool:
    """Return whether a row between samples holds some words at its left and nothing else."""
    if " " not in cell_text(row, columns[0]):  # a name alone is a sample that was not measured
        return False
    filled = [cell for cell in _within(row, columns) if not is_blank(cell)]
    return len(filled) == 1 and not has_number(row, numbers)


def _is_apart(rows: Sequence[Row], numbers: set[int], body: Sequence[int]) -> bool:
    """Return whether an empty row parts the last rows of words from the samples above them."""
    for last, before in zip(body[::-1], body[-2::-1], strict=False):
        if last - before > 1:
            return True
        if has_number(rows[before], numbers):
            return False
    return True
