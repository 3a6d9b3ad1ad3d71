"""Where in a sheet of cells the table is: its header, its units, its rows, what is beside it."""

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

from electrodoe.errors import IngestError
from electrodoe.quantities import parse_unit
from electrodoe.tables.headings import folded, heading_of
from electrodoe.tables.numbers import is_missing, limit_of, plain_text, written_number

Row = Sequence[object]

_LOOKED_AT: Final = 60
"""Lines among which a header is looked for: a form above a table is not longer; chosen."""
_NAMED: Final = 3
"""Cells of words at the left of a row that may say it is computed: run, sample and one more."""
_LEFT: Final = 6
"""Columns at the left of a table among which these are; chosen."""
_SAMPLED: Final = 40
"""Rows below a header that tell which columns hold numbers; chosen."""
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


_FORMULA_ERROR: Final = re.compile(r"#[A-Z][A-Z0-9/_]*[!?]")
"""Where a number is meant and none came out: ``#DIV/0!``."""
_NAMES: Final = re.compile(
    r"(?:run|lauf|versuch|experiment|trial|configuration|konfiguration|batch|charge|coil|sample"
    r"|probe|muster|group|gruppe|sheet|blatt|nr|no|id|name|code)s?\.?"
    r"(?:[ -]?(?:nr|no|id|name|code|#))?\.?"
)
"""Headings of columns that say which run a row is of, also where their cells are numbers."""


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
    columns, unnamed, left_out, body = _columns(rows, header, body, set(groups))
    body, totals, notes, repeated = _without_others(rows, header, columns, body)
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
        filled_down=_filled_down(rows, _headings(rows, header, groups), columns, body)
        | _merged(merged, columns, body),
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
        n_numbers = sum(_is_number_at(first, column) for column in names)
        n_wanted = sum(bool(_spellings(row[column]) & set(wanted)) for column in names)
        if not (n_numbers or n_wanted):
            continue
        used = _used_columns(rows, following[:_SAMPLED])
        score = (n_wanted, len(set(names) & used))
        if score > best_score:
            best, best_score = index, score
    return best


def _spellings(cell: object) -> set[str]:
    """Return the texts by which a heading may be known."""
    heading = heading_of(str(cell))
    return {folded(heading.written), folded(heading.words)}


def _is_number_at(row: Row, column: int) -> bool:
    """Return whether a row has a number in a column."""
    return column < len(row) and is_numeric(row[column])


def _used_columns(rows: Sequence[Row], body: Sequence[int]) -> set[int]:
    """Return the columns that are filled in some rows."""
    return {
        column for index in body for column, cell in enumerate(rows[index]) if not is_blank(cell)
    }


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


def _columns(
    rows: Sequence[Row], header: int, body: Sequence[int], above: set[int]
) -> tuple[tuple[int, ...], tuple[int, ...], tuple[int, ...], list[int]]:
    """Return the table's columns, nameless ones with words, nameless ones left out, its rows."""
    named = {column for column, cell in enumerate(rows[header]) if not is_blank(cell)} | above
    if len(named) == max(len(rows[index]) for index in (header, *body)):
        return tuple(sorted(named)), (), (), list(body)
    used = _used_columns(rows, body)
    used = {column for column in used if column < len(rows[header])}  # others are cells too many
    nameless = sorted(used - named)
    counters = [column for column in nameless if _is_counter(rows, body, column)]
    words = [
        column
        for column in nameless
        if not any(_is_number_at(rows[index], column) for index in body)
    ]
    left_out = {*counters, *_beside(named, used, words)}
    columns = tuple(sorted((named | used) - left_out))
    rest = [index for index in body if any(_cell(rows[index], column) for column in columns)]
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
    if column != min(_used_columns(rows, body), default=-1) or len(body) < 2:
        return False
    cells = [text for index in body if (text := _cell(rows[index], column))]
    counts = [int(cell) if cell.isdigit() else -1 for cell in cells]
    is_full = len(cells) * 2 > len(body)  # rows that are no samples may have none
    return is_full and counts in (list(range(len(counts))), list(range(1, len(counts) + 1)))


def _without_others(
    rows: Sequence[Row], header: int, columns: Sequence[int], body: Sequence[int]
) -> tuple[list[int], list[int], list[int], list[int]]:
    """Return samples, computed rows, notes, and repetitions of the header, apart."""
    names = [str(cell).strip() for cell in rows[header] if not is_blank(cell)]
    first = next(cell for cell in rows[header] if not is_blank(cell))
    repeated = [
        index
        for index in body
        if first in rows[index]
        and [text for column in columns if (text := _cell(rows[index], column))] == names
    ]
    kept = [index for index in body if index not in set(repeated)]
    numbers = _number_columns(rows, columns, kept)
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


def _number_columns(rows: Sequence[Row], columns: Sequence[int], body: Sequence[int]) -> set[int]:
    """Return the columns of which at least half of the filled cells are numbers."""
    found = set()
    for column in columns:
        cells = [
            rows[index][column]
            for index in body[:_SAMPLED]
            if column < len(rows[index]) and not is_blank(rows[index][column])
        ]
        if cells and sum(map(is_numeric, cells)) * 2 >= len(cells):
            found.add(column)
    return found


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
    if not numbers or _has_number(rows[body[-1]], numbers):
        return False
    n_filled = sum(not is_blank(cell) for cell in rows[body[-1]])
    return n_filled * 2 <= len(columns) or _is_apart(rows, numbers, body)


def _is_lone(row: Row, columns: Sequence[int], numbers: set[int]) -> bool:
    """Return whether a row between samples holds some words at its left and nothing else."""
    if " " not in _cell(row, columns[0]):  # a name alone is a sample that was not measured
        return False
    filled = [cell for cell in _within(row, columns) if not is_blank(cell)]
    return len(filled) == 1 and not _has_number(row, numbers)


def _is_apart(rows: Sequence[Row], numbers: set[int], body: Sequence[int]) -> bool:
    """Return whether an empty row parts the last rows of words from the samples above them."""
    for last, before in zip(body[::-1], body[-2::-1], strict=False):
        if last - before > 1:
            return True
        if _has_number(rows[before], numbers):
            return False
    return True


def _has_number(row: Row, columns: set[int]) -> bool:
    """Return whether a row has a number in one of some columns."""
    return any(_is_number_at(row, column) for column in columns)


def _groups(rows: Sequence[Row], header: int) -> dict[int, str]:
    """Return what the row above says of columns that have no name, or one that stands twice."""
    if not header or any(map(is_numeric, rows[header - 1])):
        return {}
    above, names = rows[header - 1], rows[header]
    texts = [_cell(names, column) for column in range(max(len(above), len(names)))]
    group, found = "", dict[int, str]()
    for column, text in enumerate(texts):
        own = _cell(above, column)
        group = own or group
        if (text and group and texts.count(text) > 1) or (own and not text):
            found[column] = group
    n_names = sum(map(bool, texts))
    return found if len(_filled_cells(above)) > 1 or len(found) < n_names else {}


def _filled_cells(row: Row) -> list[int]:
    """Return the positions of a row's filled cells."""
    return [column for column, cell in enumerate(row) if not is_blank(cell)]


def _cell(row: Row, column: int) -> str:
    """Return a cell as text, empty where the row is shorter."""
    return "" if column >= len(row) or is_blank(row[column]) else str(row[column]).strip()


def _headings(rows: Sequence[Row], header: int, groups: Mapping[int, str]) -> dict[int, str]:
    """Return what each column is headed with, by both rows of a header."""
    own = {column: _cell(rows[header], column) for column in range(len(rows[header]))}
    return own | {column: f"{text} {own.get(column, '')}" for column, text in groups.items()}


def _filled_down(
    rows: Sequence[Row], headings: Mapping[int, str], columns: Sequence[int], body: Sequence[int]
) -> dict[int, tuple[int, ...]]:
    """Return the empty cells of rows that go on with the run of the row above.

    A run's name that is written once, beside settings that are written once: in all rows without
    the name those cells are empty, and in all rows with it they are filled.
    """
    found: dict[int, tuple[int, ...]] = {}
    for column in columns:
        going_on = tuple(index for index in body if not _cell(rows[index], column))
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
    cells = [rows[index][column] for index in body if _cell(rows[index], column)]
    heading = folded(headings.get(column, "")).replace("_", " ")
    return not any(map(is_numeric, cells)) or _NAMES.fullmatch(heading) is not None


def _written_once(
    rows: Sequence[Row], columns: Sequence[int], body: Sequence[int], first: int
) -> list[int]:
    """Return the columns that are filled in just the rows in which a first one is."""
    starting = [index for index in body if _cell(rows[index], first)]
    going_on = [index for index in body if not _cell(rows[index], first)]
    names = [_cell(rows[index], first) for index in starting]
    if starting[0] != body[0] or len(starting) < 2 or len(set(names)) < len(names):
        return []
    down = [
        column
        for column in columns
        if all(_cell(rows[index], column) for index in starting)
        and not any(_cell(rows[index], column) for index in going_on)
    ]
    rest = [column for column in columns if column not in down]
    has_values = all(any(_cell(rows[index], column) for column in rest) for index in going_on)
    n_times = len(going_on) / len(starting)
    is_systematic = len(down) > 1 or n_times >= 2.0 or (n_times >= 1.0 and len(starting) > 2)
    return down if has_values and is_systematic else []


def _merged(
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
