"""A column of cells that a person wrote, read as numbers: each cell in the light of the others."""

import math
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Final

import numpy as np

from electrodoe.arrays import Floats
from electrodoe.errors import IngestError
from electrodoe.quantities import conversion, is_fraction, parse_unit, unit_of
from electrodoe.tables.numbers import (
    MARKS,
    DecimalMark,
    is_missing,
    limit_of,
    may_be_thousands,
    numbers_of,
    plain_text,
    written_number,
)

_NEAR: Final = 0.5
"""Decades from the other values within which a reading fits: a factor of three, chosen."""
_FAR: Final = 1.5
"""Decades from which on it does not: half of the three that thousands and decimals differ by."""
_WITH_UNIT: Final = re.compile(r"(?P<number>[-+]?\d[\d.,\s]*)(?<!\s)\s*(?P<unit>[^\W\d_].*|[°%].*)")
_PLAIN: Final = re.compile(r"[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?|nan", re.ASCII)
_MARKED: Final = re.compile(
    r"(?P<number>[-+]?\d[\d.,]*(?:[eE][-+]?\d+)?)(?:\s*(?:±|\+/-|\+-)\s*\d[\d.,]*|\s*[*†‡]+)"
)
"""A number with its standard deviation, or with the mark of a footnote."""


@dataclass(frozen=True, kw_only=True, eq=False)
class ReadColumn:
    """The numbers of a column, and what was made of cells that are not plainly numbers.

    Attributes
    ----------
    values : array of shape (n_rows,)
        NaN where a cell is empty or tells a limit only.
    limits : dict of int to str
        By row: cells such as ``<50``, which hold no number.
    grouped : dict of int to str
        By row: cells whose mark is taken to part thousands, such as ``1.030`` beside 874.
    marked : dict of int to str
        By row: cells with more behind their number, ``524 ± 3`` or ``524*``, which is left out.
    decimal : {".", ","} or None
        The decimal mark that the column itself shows.
    unit : str
        Behind the number in every filled cell, where the name says no unit: ``%``, ``kPa``.
    """

    values: Floats
    limits: dict[int, str] = field(default_factory=dict)
    grouped: dict[int, str] = field(default_factory=dict)
    marked: dict[int, str] = field(default_factory=dict)
    decimal: DecimalMark | None = None
    unit: str = ""


def read_column(
    cells: Floats | Sequence[object],
    place: Callable[[int], str],
    *,
    column: str = "",
    decimal: DecimalMark | None = None,
    is_declared: bool = False,
) -> ReadColumn:
    """Return a column of cells as numbers.

    Parameters
    ----------
    cells : array of float, or sequence of str, number or None
        As a reader handed them on.
    place : callable
        From a row, counted from 0, to where it stands.
    column : str
        The column's name; it may end in a unit.
    decimal : {".", ","} or None
        The table's decimal mark, where it is known. The column's own cells come first.
    is_declared : bool
        Whether a person has declared that mark: the other one is then refused.

    Returns
    -------
    ReadColumn
        Numbers in the column's unit.

    Raises
    ------
    IngestError
        At the first cell that is no number, that has another decimal mark than its column, or
        whose one mark may part thousands or decimals and no other cell tells which.

    Notes
    -----
    ``1.030`` is 1030 where the other values lie within a factor of three of 1030 and none near
    1.03, and the column shows no decimal point elsewhere; 1.03 where the column's or the table's
    decimal mark is the point and the other values allow it; otherwise it is refused.

    Examples
    --------
    >>> read_column(["874", "907", "1.030"], lambda row: f"line {row + 2}").values
    array([ 874.,  907., 1030.])
    >>> read_column(["0,4", "<0,1"], lambda row: f"line {row + 2}").limits
    {1: '<0,1'}
    """
    if isinstance(cells, np.ndarray):
        return ReadColumn(values=numbers_of(cells, place, ".", column))
    plain = _plain(cells, decimal, column, is_declared=is_declared)
    if plain is not None:
        return plain
    texts = {
        row: plain_text(cell) for row, cell in enumerate(cells) if isinstance(cell, str) and cell
    }
    texts = {row: text for row, text in texts.items() if not is_missing(text)}
    limits = {row: text for row, text in texts.items() if limit_of(text) is not None}
    read: list[object] = [None if row in limits else cell for row, cell in enumerate(cells)]
    texts = {row: text for row, text in texts.items() if row not in limits}
    marked = {row: text for row, text in texts.items() if _MARKED.fullmatch(text)}
    texts = {row: _bare(_MARKED.sub(r"\g<number>", text), column) for row, text in texts.items()}
    unit = _shared_unit(texts, read, column)
    if unit:
        texts = {row: text.removesuffix(unit).rstrip() for row, text in texts.items()}
    own = _own_mark(texts, place)
    if is_declared and own not in (None, decimal):
        own = decimal
    grouped = _thousands(texts, read, own or decimal, own, place, is_declared=is_declared)
    for row, text in texts.items():
        read[row] = _ungrouped(text) if row in grouped else text
    values = numbers_of(read, place, own or decimal or ".", column)
    return ReadColumn(
        values=values,
        limits=limits,
        grouped={row: texts[row] for row in sorted(grouped)},
        marked=marked,
        decimal=own,
        unit=unit,
    )


def _plain(
    cells: Sequence[object], decimal: DecimalMark | None, column: str, *, is_declared: bool
) -> ReadColumn | None:
    """Return a column of texts with decimal points only, or None where a cell needs a look."""
    if is_declared and decimal == ",":
        return None
    texts = ["nan" if cell is None else cell for cell in cells]
    has_point = False
    for text in texts:
        if not isinstance(text, str) or not _PLAIN.fullmatch(text) or may_be_thousands(text):
            return None
        has_point = has_point or "." in text
    values = np.array(texts, dtype=np.float64)
    is_odd = np.isinf(values) | (is_fraction(column) & (values > 1.0))
    return None if is_odd.any() else ReadColumn(values=values, decimal="." if has_point else None)


def _bare(text: str, column: str) -> str:
    """Return a cell without the column's own unit behind its number: ``12 µm`` in ``gap_um``."""
    match = _WITH_UNIT.fullmatch(text)
    own = parse_unit(unit_of(column)) if match else None
    found = parse_unit(match["unit"]) if match and own else None
    if match is None or own is None or found is None:
        return text
    return match["number"] if conversion(found, own) == (1.0, 0.0) else text


def _shared_unit(texts: dict[int, str], cells: Sequence[object], column: str) -> str:
    """Return the unit that stands behind all filled cells, under a name without unit."""
    if is_fraction(column) or unit_of(column) or not texts:
        return ""
    if any(isinstance(cell, int | float) for cell in cells):
        return ""
    matches = [_WITH_UNIT.fullmatch(text) for text in texts.values()]
    units = {match["unit"] if match else "" for match in matches}
    unit = units.pop() if len(units) == 1 else ""
    return unit if unit and parse_unit(unit) is not None else ""


def mark_shown(text: str) -> DecimalMark | None:
    """Return the decimal mark that a text shows beyond doubt, None where it shows none.

    Examples
    --------
    >>> mark_shown("0,5"), mark_shown("1.234,5"), mark_shown("1.030"), mark_shown("12")
    (',', ',', None, None)
    """
    text = text.removesuffix("%").rstrip()
    if may_be_thousands(text) or not ("." in text or "," in text):
        return None
    readings = [mark for mark in MARKS if written_number(text, mark) is not None]
    return readings[0] if len(readings) == 1 else None


def _own_mark(texts: dict[int, str], place: Callable[[int], str]) -> DecimalMark | None:
    """Return the decimal mark that a column shows, or say that it shows both."""
    first: dict[DecimalMark, int] = {}
    for row, text in texts.items():
        mark = mark_shown(text)
        if mark is not None:
            first.setdefault(mark, row)
    if len(first) == 2:
        rows = sorted(first.values())
        raise IngestError(
            f"two decimal marks in one column: '{texts[rows[0]]}' and '{texts[rows[1]]}'",
            where=f"{place(rows[0])}, and {place(rows[1])}",
            fix="write all numbers of the column with one decimal mark",
        )
    return next(iter(first), None)


def _thousands(
    texts: dict[int, str],
    cells: Sequence[object],
    mark: DecimalMark | None,
    own: DecimalMark | None,
    place: Callable[[int], str],
    *,
    is_declared: bool,
) -> set[int]:
    """Return the rows whose one mark parts thousands; refuse those that nobody can tell."""
    unclear = {row: text for row, text in texts.items() if may_be_thousands(text)}
    if not unclear:
        return set()
    others = [float(cell) for cell in cells if isinstance(cell, int | float)]
    others += [
        value
        for row, text in texts.items()
        if row not in unclear
        and (value := written_number(text.removesuffix("%").rstrip(), own or mark or "."))
        is not None
    ]
    sizes = [abs(value) for value in others if value != 0.0 and math.isfinite(value)]
    ends = (min(sizes), max(sizes)) if sizes else None
    told: dict[int, bool | None] = {}
    is_new = True
    while is_new:  # what is told tells more: 500 and 1.000, then 2.000
        is_new = False
        for row, text in unclear.items():
            if told.get(row):
                continue
            told[row] = _is_thousands(text, ends, mark, own, is_declared=is_declared)
            if told[row] and ends is not None:
                size = abs(_ungrouped(text))
                is_new = is_new or not ends[0] <= size <= ends[1]
                ends = min(ends[0], size), max(ends[1], size)
    if own is not None and False in told.values():  # 870.413 beside it: three decimals are usual
        told = {row: is_thousands or False for row, is_thousands in told.items()}
    for row, is_thousands in told.items():
        if is_thousands is None:
            raise _question(unclear[row], own, place(row))
    return {row for row, is_thousands in told.items() if is_thousands}


def _is_thousands(
    text: str,
    ends: tuple[float, float] | None,
    mark: DecimalMark | None,
    own: DecimalMark | None,
    *,
    is_declared: bool,
) -> bool | None:
    """Return whether a text's mark parts thousands, None where that cannot be told."""
    is_mark = ("." if "." in text else ",") == mark
    if ends is None:
        return False if is_mark else None
    whole = abs(_ungrouped(text))
    as_whole, as_decimal = (_distance(value, *ends) for value in (whole, whole / 1000.0))
    fits_whole = as_whole <= _NEAR and as_decimal >= _FAR
    fits_decimal = as_decimal <= _NEAR and as_whole >= _FAR
    if own is not None and is_mark:  # 1.030 where 874.5 stands beside it
        return None if fits_whole and not is_declared else False
    if fits_whole:
        return True
    return False if is_mark and (fits_decimal or is_declared) else None


def _ungrouped(text: str) -> float:
    """Return a number without the marks between its digits."""
    return float(text.replace(".", "").replace(",", ""))


def _distance(value: float, low: float, high: float) -> float:
    """Return how many decades a size lies outside of others."""
    return max(0.0, math.log10(low / value), math.log10(value / high))


def _question(text: str, own: DecimalMark | None, where: str) -> IngestError:
    """Return the question whether a mark parts thousands or decimals; its answers end it."""
    whole = text.replace(".", "").replace(",", "")
    decimals = f"{float(whole) / 1000.0:g}"
    found, mark = ("point", ".") if "." in text else ("comma", ",")
    if own is None or own == mark:
        fix = (
            f'write {whole} where it is that; else say decimal = "{mark}" in [measurements] of'
            f" study.toml (--decimal {mark} on the command line)"
        )
    else:
        fix = f"write {whole} or {decimals.replace('.', own)}"
    return IngestError(
        f"decimal {found}, or thousands: '{text}' is {whole} or {decimals}, and nothing beside it"
        " tells which",
        where=where,
        fix=fix,
    )
