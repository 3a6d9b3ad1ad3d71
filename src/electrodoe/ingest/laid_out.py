"""A table out of a sheet's rows: names from its header, its samples, and what was left beside."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import polars as pl

from electrodoe.errors import IngestError
from electrodoe.findings import Finding, found
from electrodoe.ingest.checks import check_header
from electrodoe.ingest.records import RawTable
from electrodoe.tables import (
    DecimalMark,
    Heading,
    Layout,
    find_layout,
    heading_of,
    is_blank,
    is_numeric,
    mark_shown,
    plain_name,
)

Rows = Sequence[Sequence[object]]
_LISTED: Final = 6
"""Lines or words that a sentence lists: chosen, more make no sentence."""
_SHOWN: Final = 60
"""Letters of a cell that a sentence repeats."""
_MARKED: Final = 2000
"""Cells of a column that are asked for the decimal mark: chosen, a table has one."""


@dataclass(frozen=True, kw_only=True)
class WrittenSheet:
    """All lines of a file or of one sheet of a workbook.

    Attributes
    ----------
    path : Path
        The file.
    place : str
        File, and sheet where there are several, for messages.
    rows : sequence of rows
        Cells of every line, empty lines too.
    lines : sequence of int
        Where each row begins, counted from 1.
    merged : sequence of (int, int, int, int)
        Cells that are shown as one, see :func:`electrodoe.tables.find_layout`.
    hidden : collection of int
        Lines that a spreadsheet does not show.
    """

    path: Path
    place: str
    rows: Rows
    lines: Sequence[int]
    merged: Sequence[tuple[int, int, int, int]] = ()
    hidden: Collection[int] = ()


def layout_of(
    sheet: WrittenSheet, header_row: int | None, units_row: int | None, wanted: Collection[str] = ()
) -> Layout:
    """Return where the table is in a sheet, by its cells or as a person has declared.

    Raises
    ------
    IngestError
        If a declared row is not there, or the header names a column twice or not at all.
    """
    layout = find_layout(
        sheet.rows,
        header=_row_of(sheet, header_row, "header_row"),
        units=_row_of(sheet, units_row, "units_row"),
        wanted=wanted,
        merged=sheet.merged,
    )
    if units_row is not None and layout.units is not None:
        _require_units(sheet, layout.units, units_row)
    check_header(
        [_name(sheet, layout, column) for column in layout.columns],
        f"{sheet.place}, line {sheet.lines[layout.header]}",
        [column + 1 for column in layout.columns],
    )
    return layout


def headings_of(sheet: WrittenSheet, layout: Layout) -> list[Heading]:
    """Return the heading of every column of a table, in order."""
    headings = []
    for column in layout.columns:
        unit = "" if layout.units is None else _cell(sheet.rows[layout.units], column)
        unit = unit[1:-1].strip() if unit[:1] + unit[-1:] in ("[]", "()") else unit
        heading = heading_of(_name(sheet, layout, column), unit)
        headings.append(heading)
    return headings


def _name(sheet: WrittenSheet, layout: Layout, column: int) -> str:
    """Return what a column is called; a group's name comes before names that stand twice."""
    name = plain_name(_cell(sheet.rows[layout.header], column))
    if column in layout.unnamed:
        return f"column {column + 1}"
    return f"{layout.groups.get(column, '')} {name}".strip()


def _cell(row: Sequence[object], column: int) -> str:
    """Return a cell as text."""
    return "" if column >= len(row) or is_blank(row[column]) else str(row[column])


def _row_of(sheet: WrittenSheet, line: int | None, key: str) -> int | None:
    """Return the row that begins in a line, or say that none does."""
    if line is None:
        return None
    if line not in sheet.lines or all(map(is_blank, sheet.rows[sheet.lines.index(line)])):
        raise IngestError(
            f"no filled row begins in line {line}",
            where=f"{sheet.place}; {key} = {line} in [measurements]",
            fix="give the line as an editor or a spreadsheet counts it",
        )
    return sheet.lines.index(line)


def _require_units(sheet: WrittenSheet, row: int, line: int) -> None:
    """Raise where a declared row of units holds numbers: a sample would be lost."""
    numbers = [str(cell) for cell in sheet.rows[row] if not is_blank(cell) and is_numeric(cell)]
    if numbers:
        raise IngestError(
            f"'{numbers[0]}' where a unit is meant: line {line} holds numbers",
            where=f"{sheet.place}; units_row = {line} in [measurements]",
            fix="give the line of the units, as an editor or a spreadsheet counts it",
        )


def laid_out_table(
    sheet: WrittenSheet,
    layout: Layout,
    frame: pl.DataFrame,
    *,
    decimal: DecimalMark | None,
    separator: str = "",
) -> RawTable:
    """Return the table of a sheet.

    Parameters
    ----------
    sheet, layout
        The sheet, and where the table is in it.
    frame : polars.DataFrame
        Cells of the layout's rows and columns, in order; its own names do not count.
    decimal : {".", ","} or None
        As a person has declared.
    separator : str
        Between the cells of a text; beside commas the decimal mark is the point.

    Returns
    -------
    RawTable
        With a finding for everything that is not plain about its layout.
    """
    headings = headings_of(sheet, layout)
    names = [heading.written for heading in headings]
    frame = frame.rename(dict(zip(frame.columns, names, strict=True)))
    frame = _filled(frame, layout, dict(zip(layout.columns, names, strict=True)))
    return RawTable(
        path=sheet.path,
        frame=frame,
        lines=tuple(sheet.lines[row] for row in layout.rows),
        header_line=sheet.lines[layout.header],
        headings=dict(zip(names, headings, strict=True)),
        decimal=decimal or mark_of(frame, separator),
        is_declared=decimal is not None,
        findings=layout_findings(sheet, layout),
    )


def _filled(frame: pl.DataFrame, layout: Layout, names: Mapping[int, str]) -> pl.DataFrame:
    """Return a frame whose cells below a merged one have its value."""
    position = {row: index for index, row in enumerate(layout.rows)}
    filled = []
    for column, rows in layout.filled_down.items():
        values = frame[names[column]].to_list()
        for row in sorted(set(rows)):
            values[position[row]] = values[position[row] - 1]
        filled.append(pl.Series(names[column], values, dtype=frame[names[column]].dtype))
    return frame.with_columns(filled)


def mark_of(frame: pl.DataFrame, separator: str = "") -> DecimalMark | None:
    """Return the decimal mark that a table's cells show, None where they show none or both.

    Examples
    --------
    >>> mark_of(pl.DataFrame({"a": ["0,5", "12"], "b": ["1.030", "x"]}))
    ','
    """
    shown: set[DecimalMark] = set()
    for column in frame.iter_columns():
        if column.dtype == pl.String:
            cells = column.drop_nulls().head(_MARKED).to_list()
            marks = {mark for cell in cells if (mark := mark_shown(cell.strip())) is not None}
            shown |= marks if len(marks) == 1 else set()
    if len(shown) == 1:
        return next(iter(shown))
    return "." if separator == "," else None


def layout_findings(sheet: WrittenSheet, layout: Layout) -> tuple[Finding, ...]:
    """Return what was taken as what, where a table is not a header and its rows."""
    lines = [sheet.lines[row] for row in layout.rows]
    hidden = [line for line in lines if line in set(sheet.hidden)]
    sentences = (
        _header_sentence(sheet, layout),
        _about(sheet, _after(layout), "below the table {is} left out"),
        _about(sheet, _between(layout), "between samples {is} left out"),
        _left_out_sentence(layout),
        _about(sheet, layout.repeated, "{repeats} the header and {is} left out"),
        _down_sentence(sheet, layout),
    )
    findings = [found("D250", sentence, sheet.place) for sentence in sentences if sentence]
    if layout.totals:
        what = _about(sheet, layout.totals, "{is} computed from the others, and left out")
        findings.append(found("D252", what, sheet.place))
    if hidden:
        what = f"{_lines(hidden)} of the workbook {_is(hidden)} hidden, and {_is(hidden)} read"
        findings.append(found("D253", what, sheet.place))
    return tuple(findings)


def _between(layout: Layout) -> list[int]:
    """Return the rows of words that stand between samples."""
    last = layout.rows[-1] if layout.rows else 0
    return [row for row in layout.below if row < last]


def _after(layout: Layout) -> list[int]:
    """Return the rows of words that stand below all samples."""
    between = set(_between(layout))
    return [row for row in layout.below if row not in between]


def _header_sentence(sheet: WrittenSheet, layout: Layout) -> str:
    """Return where the names and units stand, nothing where that is the first line."""
    parts = []
    if layout.above:
        above = [row for row in layout.above if row != layout.header - 1 or not layout.groups]
        parts.append(f"the names stand in line {sheet.lines[layout.header]}")
        if above:
            parts.append(_about(sheet, above, "above them {is} left out"))
        if layout.groups:
            parts.append(f"line {sheet.lines[layout.header - 1]} adds to them")
    if layout.units is not None:
        parts.append(f"line {sheet.lines[layout.units]} holds units")
    return "; ".join(parts)


def _left_out_sentence(layout: Layout) -> str:
    """Return which columns without a name are no part of the table."""
    numbers = [str(column + 1) for column in layout.left_out]
    if not numbers:
        return ""
    word = "column" if len(numbers) == 1 else "columns"
    return f"{word} {', '.join(numbers)} without a name {_is(layout.left_out)} left out"


def _down_sentence(sheet: WrittenSheet, layout: Layout) -> str:
    """Return which cells have the value of the one above them."""
    if not layout.filled_down:
        return ""
    names = [_name(sheet, layout, column) for column in layout.filled_down]
    n_cells = sum(len(set(rows)) for rows in layout.filled_down.values())
    return (
        f"{n_cells} empty cells of {', '.join(names[:_LISTED])} belong to the filled one above and"
        " have its value"
    )


def _about(sheet: WrittenSheet, rows: Sequence[int], what: str) -> str:
    """Return a sentence about some lines with the first words of each."""
    if not rows:
        return ""
    lines = [sheet.lines[row] for row in rows]
    words = [_words(sheet.rows[row]) for row in rows[:_LISTED]]
    more = " …" if len(rows) > _LISTED else ""
    told = what.format(**{"is": _is(lines), "repeats": "repeats" if len(lines) == 1 else "repeat"})
    return f"{_lines(lines)} {told}: {', '.join(words)}{more}"


def _words(row: Sequence[object]) -> str:
    """Return the filled cells of a row, cut after some letters."""
    text = " ".join(str(cell).strip() for cell in row if not is_blank(cell))
    return f"'{text if len(text) <= _SHOWN else text[:_SHOWN] + '…'}'"


def _is(lines: Sequence[int]) -> str:
    """Return the verb that agrees with a number of lines."""
    return "is" if len(lines) == 1 else "are"


def _lines(lines: Sequence[int]) -> str:
    """Return lines in words."""
    if len(lines) == 1:
        return f"line {lines[0]}"
    if list(lines) == list(range(lines[0], lines[-1] + 1)):
        return f"lines {lines[0]} to {lines[-1]}"
    shown = ", ".join(map(str, lines[:_LISTED]))
    return f"lines {shown}{' …' if len(lines) > _LISTED else ''}"
