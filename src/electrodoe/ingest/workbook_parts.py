"""What an XLSX keeps beside the values of a sheet: how far it reaches, what is hidden or merged."""

import posixpath
import re
import zipfile
from dataclasses import dataclass, field
from functools import reduce
from pathlib import Path
from typing import Final
from xml.etree import ElementTree as ET

from electrodoe.errors import IngestError

MAX_CELLS: Final = 50_000_000
"""Cells of the rectangle that a sheet spans: 500 MB as numbers in text; more is no table."""
MAX_PART_BYTES: Final = 2_000_000_000
"""XML of a sheet; a ZIP file may promise more than a machine has."""
_NOT_AVAILABLE: Final = "#N/A"
"""The one error that says what an empty cell says."""
_PERCENT_IDS: Final = frozenset({9, 10})
"""Built-in number formats 0 % and 0.00 % (ECMA-376, part 1, 18.8.30)."""
_REFERENCE: Final = re.compile(rb"""<(?:\w+:)?c\s[^>]*?\br=["']([A-Z]{1,3})(\d{1,7})["']""")
_MERGED: Final = re.compile(
    rb"""<(?:\w+:)?mergeCell\s[^>]*?\bref=["']([A-Z]+)(\d+):([A-Z]+)(\d+)"""
)
_HIDDEN: Final = re.compile(rb"""<(?:\w+:)?row\s[^>]*?\bhidden=["'](?:1|true)["'][^>]*""")
_ROW: Final = re.compile(rb"""\br=["'](\d+)""")
_MAYBE_ERRORS: Final = re.compile(rb"""\bt\s*=\s*["']e["']""")
Cells = dict[int, dict[int, str]]
"""Texts by column and row of a sheet, both from 0."""


@dataclass(frozen=True, kw_only=True)
class SheetParts:
    """What stands beside the values of a sheet; rows and columns count from 0.

    Attributes
    ----------
    errors : dict of int to dict of int to str
        Error values but ``#N/A``, by column and row.
    percents : dict of int to dict of int to str
        Numbers that the sheet shows in percent, as they are shown: ``26 %``.
    merged : tuple of (int, int, int, int)
        First and last row, first and last column of cells that are shown as one.
    hidden : frozenset of int
        Lines that are not shown, counted from 1.
    """

    errors: Cells = field(default_factory=dict)
    percents: Cells = field(default_factory=dict)
    merged: tuple[tuple[int, int, int, int], ...] = ()
    hidden: frozenset[int] = frozenset()


def sheet_parts(path: Path, sheet: str) -> SheetParts:
    """Return what stands beside the values of an XLSX's sheet; nothing of other workbooks.

    Raises
    ------
    IngestError
        If the sheet's filled cells span more than a table can have.
    """
    if not zipfile.is_zipfile(path):
        return SheetParts()
    with zipfile.ZipFile(path) as archive:
        part = _part(archive, sheet)
        if part not in archive.namelist():
            return SheetParts()
        size = archive.getinfo(part).file_size
        if size > MAX_PART_BYTES:
            raise too_large(f"{size / 1e6:.0f} MB of XML", f"{path}, sheet '{sheet}'")
        xml = archive.read(part)
        styles = _percent_styles(archive)
    _require_small(xml, f"{path}, sheet '{sheet}'")
    found = SheetParts(
        merged=tuple(
            (int(top) - 1, int(bottom) - 1, column_of(left), column_of(right))
            for left, top, right, bottom in _MERGED.findall(xml)
        ),
        hidden=frozenset(
            int(row[1]) for match in _HIDDEN.finditer(xml) if (row := _ROW.search(match[0]))
        ),
    )
    if not (styles or _MAYBE_ERRORS.search(xml)):
        return found
    errors, percents = _odd_cells(xml, styles)
    return SheetParts(errors=errors, percents=percents, merged=found.merged, hidden=found.hidden)


def _require_small(xml: bytes, place: str) -> None:
    """Raise where filled cells lie so far apart that what they span does not fit the memory."""
    columns: dict[bytes, int] = {}
    last = 0
    for letters, row in _REFERENCE.findall(xml):
        last = max(last, int(row))
        columns.setdefault(letters, int(row))
    if not columns:
        return
    furthest = max(columns, key=column_of)
    n_cells = last * (column_of(furthest) + 1)
    if n_cells > MAX_CELLS:
        raise too_large(
            f"a filled cell in column {furthest.decode()} and one in line {last}:"
            f" {n_cells:.2g} cells",
            f"{place}, cell {furthest.decode()}{columns[furthest]}",
        )


def too_large(what: str, place: str) -> IngestError:
    """Return why a sheet is not read."""
    return IngestError(
        f"{what}, where at most {MAX_CELLS:.2g} cells are read",
        where=place,
        fix="delete the stray cell, or all rows and columns beyond the table, and save it anew",
    )


def column_of(letters: bytes | str) -> int:
    """Return the column of a cell's reference, from 0: A1 is 0, AA1 is 26."""
    text = letters.decode() if isinstance(letters, bytes) else letters
    text = text.rstrip("0123456789")
    return reduce(lambda number, letter: 26 * number + ord(letter) - 64, text, 0) - 1


def _part(archive: zipfile.ZipFile, sheet: str) -> str:
    """Return the file that holds a sheet inside an XLSX, or no name where there is none."""
    book, links = "xl/workbook.xml", "xl/_rels/workbook.xml.rels"
    if not {book, links} <= set(archive.namelist()):
        return ""
    sheets = {
        each.get("name"): next((value for key, value in each.items() if key.endswith("}id")), None)
        for each in parsed(archive.read(book)).iterfind("{*}sheets/{*}sheet")
    }
    targets = {link.get("Id"): link.get("Target", "") for link in parsed(archive.read(links))}
    return posixpath.join("/xl", targets.get(sheets.get(sheet), ""))[1:]


def _percent_styles(archive: zipfile.ZipFile) -> frozenset[int]:
    """Return the numbers of the cell styles that show a value in percent."""
    if "xl/styles.xml" not in archive.namelist():
        return frozenset()
    root = parsed(archive.read("xl/styles.xml"))
    own = {
        int(form.get("numFmtId", -1))
        for form in root.iterfind("{*}numFmts/{*}numFmt")
        if "%" in re.sub(r'"[^"]*"|\\.', "", form.get("formatCode", ""))
    }
    return frozenset(
        number
        for number, style in enumerate(root.iterfind("{*}cellXfs/{*}xf"))
        if int(style.get("numFmtId", 0)) in own | _PERCENT_IDS
    )


def _odd_cells(xml: bytes, percent_styles: frozenset[int]) -> tuple[Cells, Cells]:
    """Return error values and percentages; cells without a reference follow their like."""
    errors: Cells = {}
    percents: Cells = {}
    row = -1
    for line in parsed(xml).iterfind("{*}sheetData/{*}row"):
        row, column = int(line.get("r", row + 2)) - 1, -1
        for cell in line.iterfind("{*}c"):
            column = column_of(cell.get("r", "")) if cell.get("r") else column + 1
            value = cell.findtext("{*}v")
            if cell.get("t") == "e" and (value or "#ERROR!") != _NOT_AVAILABLE:
                errors.setdefault(column, {})[row] = value or "#ERROR!"
            elif int(cell.get("s", -1)) in percent_styles and cell.get("t", "n") == "n" and value:
                percents.setdefault(column, {})[row] = f"{100.0 * float(value):.12g} %"
    return errors, percents


def parsed(xml: bytes) -> ET.Element:
    """Return the root of a part of a workbook."""
    try:
        return ET.fromstring(xml)  # noqa: S314 - expat itself stops entities that swell
    except (LookupError, ValueError) as error:  # an encoding that is not known
        raise ET.ParseError(str(error)) from error
