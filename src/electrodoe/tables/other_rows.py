"""Rows of a sheet that are no samples: computed ones, notes, the header once more."""

import re
from collections.abc import Sequence
from typing import Final

from electrodoe.tables.sheet_cells import Row, cell_text, has_number, is_blank
from electrodoe.tables.sheet_columns import number_columns

_NAMED: Final = 3
"""Cells of words at the left of a row that may say it is computed: run, sample and one more."""
_LEFT: Final = 6
"""Columns at the left of a table among which these are; chosen."""
_MEANS: Final = (
    "mean|average|avg|mittelwert|mittel|durchschnitt|ø|sd|std|stdev|stddev|stabw"
    "|std.? ?dev(?:iation)?|standard ?deviation|standardabweichung|std.? ?abw|standardabw|σ"
)
_SUMS: Final = (
    "|sum|summe|total|grand total|gesamt|ergebnis|gesamtergebnis|median|sem|rsd|cv|vk|variance"
    "|varianz"
)
_ENDS: Final = "|se|s|n|min|max|minimum|maximum|count|anzahl|range|spannweite"
"""Words that also name samples: they count beside another of the words only."""
_BEHIND: Final = r"\.?(?:\s*[:=(\[±].*|\s+(?:values?|of|von|der|gesamt|aller)\b.*)?"
_MEAN: Final = re.compile(rf"(?:{_MEANS}){_BEHIND}", re.IGNORECASE)
_SUM: Final = re.compile(rf"(?:{_MEANS}{_SUMS}){_BEHIND}", re.IGNORECASE)
_TOTAL: Final = re.compile(rf"(?:{_MEANS}{_SUMS}{_ENDS}){_BEHIND}", re.IGNORECASE)
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
    notes: list[int] = []
    totals: list[int] = []
    while kept:
        if _is_total(_within(rows[kept[-1]], columns), _TOTAL):
            totals.append(kept.pop())
        elif _is_note(rows, columns, numbers, kept):
            notes.append(kept.pop())
        else:
            break
    if not any(_is_total(_within(rows[index], columns), _SUM) for index in totals):
        kept, totals = [*kept, *sorted(totals)], []
    lone = [
        index
        for index in kept
        if numbers and len(columns) > 2 and _is_lone(rows[index], columns, numbers)
    ]
    notes += lone
    kept = [index for index in kept if index not in set(lone)]
    between = [index for index in kept if _is_total(_within(rows[index], columns), _MEAN)]
    if 0 < len(between) <= len(kept) / 2:
        totals += between
        kept = [index for index in kept if index not in set(between)]
    return kept, sorted(totals), sorted(notes), repeated


def _within(row: Row, columns: Sequence[int]) -> list[object]:
    """Return the cells of a row in the table's columns."""
    return [row[column] for column in columns if column < len(row)]


def _is_total(row: Row, words: re.Pattern[str]) -> bool:
    """Return whether a row is named as one that is computed from others."""
    named = [cell.strip() for cell in row[:_LEFT] if isinstance(cell, str) and cell.strip()]
    if not any(cell[0] in _INITIALS and words.fullmatch(cell) for cell in named[:_NAMED]):
        return False
    first = next((cell for cell in row if not is_blank(cell)), None)
    return isinstance(first, str) or words.fullmatch(named[0]) is not None


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
