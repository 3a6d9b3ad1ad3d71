"""The one parser of a number that a person wrote into a table cell."""

import math
import re
from collections.abc import Callable, Iterable
from typing import Final, Literal

import numpy as np

from electrodoe.arrays import Floats
from electrodoe.errors import IngestError
from electrodoe.quantities import is_fraction, unit_of

DecimalMark = Literal[".", ","]
MARKS: Final[tuple[DecimalMark, DecimalMark]] = (".", ",")
"""Both decimal marks."""

MISSING: Final = frozenset({
    *("", "na", "n/a", "n.a.", "n.a", "nan", "null", "none", "-", "--", "---", "–", "—", "−"),
    *("#n/a", "#na", "#nv", "n/d", "nd", "n.d.", "n.d", "n.m.", "n/m", "*", "?", "./.", "-/-"),
    *("k.a.", "k.a", "ka", "k/a", "n.b.", "n.b", "nb", "n.v.", "n.n.", "n.n"),
    *("not measured", "missing", "nicht gemessen", "nicht bestimmt", "keine angabe", "fehlt"),
})  # fmt: skip
"""Texts that mean an empty cell, in lower case; German tables write k.A., n.b. and #NV."""

_EXPONENT: Final = r"([eE][+-]?\d+)?"
_SPACE: Final = "[ \u00a0\u2009\u202f'’]"
"""What may stand between groups of three digits in any language: blanks, or a Swiss apostrophe."""
_WRITTEN: Final = {
    ".": re.compile(
        rf"[+-]?(\d+\.?\d*|\.\d+|\d{{1,3}}(,\d{{3}}){{2,}}(\.\d*)?|\d{{1,3}}(,\d{{3}})+\.\d+"
        rf"|[1-9]\d{{0,2}}({_SPACE}\d{{3}})+(\.\d+)?){_EXPONENT}"
    ),
    ",": re.compile(
        rf"[+-]?(\d+(,\d*)?|,\d+|\d{{1,3}}(\.\d{{3}}){{2,}}(,\d*)?|\d{{1,3}}(\.\d{{3}})+,\d+"
        rf"|[1-9]\d{{0,2}}({_SPACE}\d{{3}})+(,\d+)?){_EXPONENT}"
    ),
}
"""The other mark parts thousands where the decimal mark follows, or where it stands twice."""
_THOUSANDS: Final = re.compile(r"[+-]?[1-9]\d{0,2}[.,]\d{3}")
"""What may be thousands or three decimals: the cells beside it tell, see ``columns.py``."""
_UNGROUPED: Final = str.maketrans("", "", " \u00a0\u2009\u202f'’")
_LIMIT: Final = re.compile(
    r"(?:[<>]\s?=?|[≤≥]|unter|über|below|above)\s*(?P<value>\S.*)", re.IGNORECASE
)
_LARGEST_FRACTION: Final = 1.5
"""A fraction above it was meant in percent; a measured porosity or compaction scatters less."""


def number_of(cell: object, where: str, decimal: DecimalMark = ".", column: str = "") -> float:
    """Return a table cell as a number, NaN where it is empty.

    Parameters
    ----------
    cell : str, number or None
        As a reader handed it on.
    where : str
        File, line and column, for messages.
    decimal : {".", ","}
        Decimal mark of cells that are text.
    column : str
        Name of the cell's column. One that holds a fraction (:func:`electrodoe.quantities.is_fraction`) or percent by its
        name may have cells with a percent sign; a fraction above 1.5 is refused.

    Returns
    -------
    float
        In the column's unit.

    Raises
    ------
    IngestError
        If the cell is no number, is infinite, has the other decimal mark, or is a fraction
        written in percent; with the place.

    Examples
    --------
    >>> number_of(" 9,8 ", "runs.csv, line 3", ",")
    9.8
    >>> number_of("26 %", "runs.csv, line 3", column="porosity")
    0.26
    >>> number_of("1.500", "runs.csv, line 3, column 'gap'", ",")
    Traceback (most recent call last):
    electrodoe.errors.IngestError: decimal point: '1.500' where a number with a decimal comma is meant
      where: runs.csv, line 3, column 'gap'
      fix:   write 1500 or 1,500, or say decimal = "." in [measurements] of study.toml (--decimal . on the command line)
    """  # noqa: E501 - the message as it is shown
    return float(numbers_of([cell], lambda _: where, decimal, column)[0])


def numbers_of(
    cells: Floats | Iterable[object],
    place: Callable[[int], str],
    decimal: DecimalMark = ".",
    column: str = "",
) -> Floats:
    """Return the cells of a column as numbers, each as :func:`number_of`.

    Parameters
    ----------
    cells : array of float, or iterable of str, number or None
        As a reader handed them on; an array holds no text, and is looked at all at once.
    place : callable
        From a row, counted from 0, to where it stands.
    decimal, column
        As in :func:`number_of`.

    Returns
    -------
    array of shape (n_rows,)
        NaN where a cell is empty.

    Raises
    ------
    IngestError
        At the first cell that is no number.

    Examples
    --------
    >>> numbers_of(["1,5", None, "2"], lambda row: f"line {row + 2}", ",")
    array([1.5, nan, 2. ])
    """
    has_fraction = is_fraction(column)
    largest = _LARGEST_FRACTION if has_fraction else math.inf
    if isinstance(cells, np.ndarray):
        is_wrong = np.isinf(cells) | (cells > largest)
        if is_wrong.any():
            row = int(is_wrong.argmax())
            raise _refused(cells[row], float(cells[row]), place(row), decimal, column)
        return cells
    may_have_percent = has_fraction or unit_of(column) == "%"
    values = []
    for row, cell in enumerate(cells):
        value = _value(cell, decimal, may_have_percent=may_have_percent, has_fraction=has_fraction)
        if value is None or value > largest or math.isinf(value):
            raise _refused(cell, value, place(row), decimal, column)
        values.append(value)
    return np.array(values, dtype=np.float64)


def _value(
    cell: object, decimal: DecimalMark, *, may_have_percent: bool, has_fraction: bool
) -> float | None:
    """Return a cell as a number, NaN where it is empty, None where it is no number."""
    if cell is None:
        return math.nan
    if isinstance(cell, int | float) and not isinstance(cell, bool):
        return float(cell)
    text = plain_text(cell)
    if is_missing(text):
        return math.nan
    digits = text.removesuffix("%").rstrip() if may_have_percent else text
    value = written_number(digits, decimal)
    return value / 100.0 if value is not None and has_fraction and digits != text else value


def plain_text(cell: object) -> str:
    """Return a cell's text without blanks around it, its minus as a hyphen."""
    return str(cell).strip().replace("−", "-")


def is_missing(text: str) -> bool:
    """Return whether a text means an empty cell."""
    plain = text.strip().lower()
    return plain in MISSING or plain.replace(" ", "") in MISSING


def written_number(text: str, decimal: DecimalMark) -> float | None:
    """Return a text as a number by its decimal mark, None where it is none."""
    if not _WRITTEN[decimal].fullmatch(text):
        return None
    plain = text.translate(_UNGROUPED)
    other = "." if decimal == "," else ","
    return float(plain.replace(other, "").replace(",", "."))


def said_number(text: str, where: str) -> float:
    """Return a number that stands alone, with a decimal point or comma.

    Parameters
    ----------
    text : str
        As it was typed; no other cell tells which mark is the decimal one.
    where : str
        For messages.

    Returns
    -------
    float
        Finite.

    Raises
    ------
    IngestError
        If it is no finite number, or may be thousands as well as decimals.

    Examples
    --------
    >>> said_number("1,9", "--goal"), said_number("1.9", "--goal")
    (1.9, 1.9)
    >>> said_number("1.900", "--goal")
    Traceback (most recent call last):
    electrodoe.errors.IngestError: '1.900' may be 1900 or 1.9
      where: --goal
      fix:   write 1900 or 1.9
    """
    plain = plain_text(text)
    if may_be_thousands(plain):
        both = [re.sub("[.,]", "", plain), f"{float(plain.replace(',', '.')):g}"]
        raise IngestError(
            f"'{plain}' may be {' or '.join(both)}", where, f"write {' or '.join(both)}"
        )
    readings = {written_number(plain, mark) for mark in MARKS} - {None}
    value = next(iter(readings)) if len(readings) == 1 else None
    if value is None or math.isinf(value):
        raise IngestError(
            f"'{plain[:40]}' where a number is meant", where, "write a number such as 1.9 or 1,9"
        )
    return value


def may_be_thousands(text: str) -> bool:
    """Return whether a text's only mark parts thousands or decimals: ``1.030``, ``1,030``.

    Examples
    --------
    >>> may_be_thousands("1.030"), may_be_thousands("0.874"), may_be_thousands("1.03")
    (True, False, False)
    """
    return _THOUSANDS.fullmatch(text) is not None


def limit_of(text: str) -> str | None:
    """Return the number of a cell that says less or more than it, None for any other cell.

    Examples
    --------
    >>> limit_of("< 50"), limit_of(">= 1,5"), limit_of("50") is None
    ('50', '1,5', True)
    """
    match = _LIMIT.fullmatch(text.strip())
    found = match and match["value"]
    return found if found and any(_WRITTEN[mark].fullmatch(found) for mark in (".", ",")) else None


def _refused(
    cell: object, value: float | None, where: str, decimal: DecimalMark, column: str
) -> IngestError:
    """Return why a cell is not taken: infinite, percent for a fraction, other mark, no number."""
    if value is not None and math.isinf(value):
        what = "an infinite value where a measurement is meant"
        return IngestError(what, where, "correct the cell or leave it empty")
    if value is not None:
        return IngestError(
            f"{value:g} where a fraction from 0 to 1 is meant: percent?",
            where=where,
            fix=f"write {value / 100:g} or {value:g}%, or divide the column by 100, or call it"
            f" '{column}_pct'",
        )
    text = plain_text(cell)
    other: DecimalMark = "," if decimal == "." else "."
    if not _WRITTEN[other].fullmatch(text):
        return IngestError(
            f"'{text[:40]}' where a number is meant",
            where=where,
            fix=f"correct the cell or leave it empty; a number is written as 9{decimal}8, and words"
            " go into the remarks",
        )
    found, meant = ("comma", "point") if decimal == "." else ("point", "comma")
    written = text.replace(other, decimal)
    if _THOUSANDS.fullmatch(text):
        written = f"{text.replace(other, '')} or {written}"
    return IngestError(
        f"decimal {found}: '{text[:40]}' where a number with a decimal {meant} is meant",
        where=where,
        fix=f'write {written}, or say decimal = "{other}" in [measurements]'
        f" of study.toml (--decimal {other} on the command line)",
    )
