"""The door for every table that a person brings: declared columns under their names and units."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Final

import numpy as np
import polars as pl

from electrodoe.arrays import Floats
from electrodoe.errors import IngestError
from electrodoe.findings import Finding, found
from electrodoe.findings.wording import counted, listed
from electrodoe.ingest.checks import names, number_column
from electrodoe.ingest.records import RawTable
from electrodoe.quantities import conversion, is_fraction, parse_unit, unit_of
from electrodoe.tables import Heading, ReadColumn, Wanted, is_numeric, matched, plain_name

_LISTED: Final = 6
"""Cells or columns that a sentence lists: chosen, more make no sentence."""
_TOLD: Final = 20
"""Different remarks that are repeated: chosen, a report's paragraph."""
_SHOWN: Final = 80
"""Letters of a remark that are repeated."""
_FRACTION: Final = 1.5
"""Up to it the numbers under a percent sign are fractions, as a workbook keeps them."""
_PERCENT: Final = 0.01
"""One percent."""
_OUTCOMES: Final = 2
"""Words of a response that is either."""
_CATEGORIES: Final = 12
"""Different words that a category may have: chosen; more are names."""
_REMARKS: Final = re.compile(
    r".*(remark|comment|note|notiz|bemerk|kommentar|anmerk|hinweis|beobacht|observ|auffällig).*"
    r"|column \d+",
    re.IGNORECASE,
)
_NAMES: Final = re.compile(
    r".*(run|lauf|sample|probe|name|id|nr|no|operator|bediener|date|datum|time|zeit|file|datei).*",
    re.IGNORECASE,
)
"""Headings of words that are neither remarks nor categories."""


def declared_table(table: RawTable, wanted: Sequence[Wanted]) -> RawTable:
    """Return a table whose declared columns have their declared names, numbers in their units.

    Parameters
    ----------
    table : RawTable
        As :func:`electrodoe.ingest.read_table` hands it on.
    wanted : sequence of Wanted
        The columns that somebody needs. One that is not there is left to whoever needs it.

    Returns
    -------
    RawTable
        Declared columns of numbers are numbers, in the unit of their name; other columns stay as
        they are. Findings say what was taken as what.

    Raises
    ------
    IngestError
        If a cell of a declared column is no number, or the column's unit is no unit of it.
    """
    places = matched([_heading(table, name) for name in table.frame.columns], wanted)
    headers = {name: table.frame.columns[place] for name, place in places.items()}
    frame, headings = table.frame, dict(table.headings)
    findings: list[Finding] = []
    shown: dict[str, ReadColumn] = {}
    for column in wanted:
        if column.name not in headers:
            continue
        header = headers[column.name]
        heading = _heading(table, header)
        headings[column.name] = Heading(
            written=column.name, words=heading.words, unit=column.own_unit or heading.unit
        )
        if column.is_number:
            read, values, sentences = _numbers(table, header, column)
            shown[header] = read
            if read.unit:
                headings[column.name] = replace(headings[column.name], unit=read.unit)
            frame = frame.with_columns(pl.Series(header, values).fill_nan(None))
            findings += sentences
    renamed = {header: name for name, header in headers.items()}
    findings = [
        *_taken(table, headers, {column.name: column for column in wanted}),
        *_marks(table, shown),
        *findings,
        *_words(table, set(renamed)),
    ]
    return replace(
        table,
        frame=frame.rename(renamed),
        headings=headings,
        findings=(*table.findings, *findings),
    )


def _heading(table: RawTable, name: str) -> Heading:
    """Return the heading of a column."""
    return table.headings.get(name, Heading(written=name, words=name))


def _numbers(
    table: RawTable, header: str, column: Wanted
) -> tuple[ReadColumn, Floats, list[Finding]]:
    """Return a column as it was read, its numbers in the declared unit, and what to say of it."""
    _require_no_words(table, header, column)
    unit = _heading(table, header).unit
    source, target = parse_unit(unit), parse_unit(column.own_unit)
    if is_fraction(column.name) and source is not None and source.factor == _PERCENT:
        read, values = _from_percent(table, header)
        return read, values, _odd_cells(table, header, read)
    factors = (1.0, 0.0)
    if source is not None and target is not None and unit.strip() not in {"-", "–", "1"}:
        factors = conversion(source, target) or _refuse(table, header, column, unit)
    is_same = factors == (1.0, 0.0)
    read = number_column(table, header, name=column.name if is_same else f"x [{unit}]")
    findings = _odd_cells(table, header, read)
    if is_same:
        return read, read.values, findings
    what = f"'{header}' is converted once, from {unit} to {column.own_unit}"
    findings.append(found("D257", what, table.header_place))
    return read, _converted(read.values, *factors), findings


def _converted(values: Floats, factor: float, offset: float) -> Floats:
    """Return values in another unit, without the last bits that the factor has left."""
    return np.array([float(f"{factor * value + offset:.12g}") for value in values])


def _from_percent(table: RawTable, header: str) -> tuple[ReadColumn, Floats]:
    """Return a fraction that stands under a percent sign; small numbers are fractions already."""
    read = number_column(table, header, name="x_pct")
    cells = table.frame[header].to_list()
    has_sign = np.array([isinstance(cell, str) and cell.strip().endswith("%") for cell in cells])
    is_small = np.abs(read.values) <= _FRACTION
    unclear = ~has_sign & is_small & (read.values != 0.0)
    if has_sign.any() and unclear.any():
        row = int(unclear.argmax())
        raise IngestError(
            f"{read.values[row]:g} among cells with a percent sign: a fraction, or percent?",
            where=table.place(row, header),
            fix=f"write {100.0 * read.values[row]:g} % or {read.values[row]:g} %",
        )
    is_fraction_already = bool(np.all(is_small | np.isnan(read.values))) and not has_sign.any()
    return read, read.values if is_fraction_already else _converted(read.values, 0.01, 0.0)


def _refuse(table: RawTable, header: str, column: Wanted, unit: str) -> tuple[float, float]:
    """Raise: the numbers of a column are of another quantity than is declared."""
    raise IngestError(
        f"'{header}' is in {unit} where {column.own_unit} is meant",
        where=table.header_place,
        fix="correct the unit in the table, or declare the column under a name in its unit",
    )


def _require_no_words(table: RawTable, header: str, column: Wanted) -> None:
    """Raise where a column of numbers holds words only: a category."""
    series = table.frame[header]
    if series.dtype != pl.String:
        return
    words = [cell.strip() for cell in series.drop_nulls().to_list() if cell.strip()]
    distinct = list(dict.fromkeys(words))
    if not 2 <= len(distinct) <= min(_CATEGORIES, len(words) - 1) or any(map(is_numeric, words)):
        return
    levels = ", ".join(f'"{word}"' for word in distinct)
    outcome = f', as two outcomes, kind = "binary" in [responses.{column.name}]'
    raise IngestError(
        f"'{distinct[0]}' where a number is meant: '{header}' holds {len(distinct)} words",
        where=table.place(0, header),
        fix=f"declare it as a category, levels = [{levels}] in [factors.{column.name}]"
        f"{outcome if len(distinct) == _OUTCOMES else ''}, or leave it out of the inputs",
    )


def _odd_cells(table: RawTable, header: str, read: ReadColumn) -> list[Finding]:
    """Return what was made of cells that are no plain numbers."""
    findings = []
    if read.limits:
        cells = [f"{text} in line {table.lines[row]}" for row, text in read.limits.items()]
        tell, are = ("tells", "is") if len(cells) == 1 else ("tell", "are")
        what = f"{counted(len(cells), 'cell')} of '{header}' {tell} a limit and no number"
        what += f", and {are} read as missing: {listed(cells, _LISTED)}"
        findings.append(found("D251", what, table.header_place))
    if read.grouped:
        first, text = next(iter(read.grouped.items()))
        what = (
            f"the mark of {text} in '{header}', line {table.lines[first]}, parts thousands, as the"
            f" values beside it show: {read.values[first]:g}"
        )
        more = f" (and {len(read.grouped) - 1} more)" if len(read.grouped) > 1 else ""
        findings.append(found("D250", f"{what}{more}", table.header_place))
    signs = [cell for cell in table.frame[header].to_list() if str(cell).rstrip().endswith("%")]
    if signs and not read.unit:
        what = f"{counted(len(signs), 'cell')} of '{header}' with a percent sign"
        verb = "is" if len(signs) == 1 else "are"
        told = f"{what}, such as {signs[0].strip()}, {verb} read in percent"
        findings.append(found("D250", told, table.header_place))
    if read.unit:
        what = f"all cells of '{header}' are in {read.unit}, and their numbers are taken"
        findings.append(found("D250", what, table.header_place))
    if read.marked:
        cells = [f"{text} in line {table.lines[row]}" for row, text in read.marked.items()]
        what = f"what stands behind the number in {counted(len(cells), 'cell')} of '{header}'"
        what += f" is left out: {listed(cells, _LISTED)}"
        findings.append(found("D250", what, table.header_place))
    return findings


def _taken(
    table: RawTable, headers: Mapping[str, str], wanted: Mapping[str, Wanted]
) -> list[Finding]:
    """Return which columns stand under another heading than their name."""
    pairs = []
    for name, header in headers.items():
        if plain_name(name) == header:
            continue
        heading, unit = _heading(table, header), wanted[name].own_unit
        is_silent = wanted[name].is_number and unit and not heading.unit and not unit_of(header)
        pairs.append(f"'{header}' as {name}{f', in {unit}' if is_silent else ''}")
    if not pairs:
        return []
    return [found("D250", f"taken by their headings: {'; '.join(pairs)}", table.header_place)]


def _marks(table: RawTable, read: Mapping[str, ReadColumn]) -> list[Finding]:
    """Return that the decimal mark is the comma, where nobody has declared it."""
    if table.is_declared:
        return []
    comma = [header for header, one in read.items() if one.decimal == ","]
    point = [header for header, one in read.items() if one.decimal == "."]
    if not comma:
        return []
    which = f" of {listed(comma, _LISTED)}" if point else ""
    return [found("D250", f"the decimal mark{which} is the comma", table.header_place)]


def _words(table: RawTable, taken: set[str]) -> list[Finding]:
    """Return the remarks of a table, and columns that may be a category nobody declared."""
    findings = []
    for header in table.frame.columns:
        if header in taken or table.frame[header].dtype != pl.String:
            continue
        cells = {row: cell for row, cell in enumerate(names(table, header)) if cell}
        if not cells or any(map(is_numeric, cells.values())):
            continue
        distinct = list(dict.fromkeys(cells.values()))
        is_filled = len(cells) * 2 > table.frame.height
        if _REMARKS.fullmatch(header) or not (is_filled or _NAMES.fullmatch(header)):
            findings.append(_remark(table, header, cells))
        elif (
            is_filled
            and not _NAMES.fullmatch(header)
            and 2 <= len(distinct) <= min(_CATEGORIES, len(cells) // 2)
        ):
            what = f"'{header}' holds words, {listed(distinct, _LISTED)}, and nobody declares it"
            findings.append(found("D255", what, table.header_place))
    return findings


def said_of_all(column: str, remark: str) -> str:
    """Return that a column says one thing in every row: a fact of the table, not of a sample."""
    return f"'{column}' says '{remark}' in all rows"


def _remark(table: RawTable, header: str, cells: Mapping[int, str]) -> Finding:
    """Return what a column of remarks says: of samples, or the same of all."""
    if len(cells) == table.frame.height > 1 and len(set(cells.values())) == 1:
        what = said_of_all(header, cells[0][:_SHOWN])
        fix = "nothing; it holds for the whole table"
        return found("D254", what, str(table.path), title="Remark on the whole table", fix=fix)
    return found("D254", f"'{header}' says {_remarks(table, cells)}", str(table.path))


def _remarks(table: RawTable, cells: Mapping[int, str]) -> str:
    """Return what is remarked, each remark once with its lines."""
    lines: dict[str, list[str]] = {}
    for row, cell in cells.items():
        lines.setdefault(cell[:_SHOWN], []).append(str(table.lines[row]))
    told = [
        f"'{remark}' in line{'' if len(places) == 1 else 's'} {listed(places, _LISTED)}"
        for remark, places in lines.items()
    ]
    return listed(told, _TOLD)
