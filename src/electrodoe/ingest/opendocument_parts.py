"""What an ODS keeps beside the values of its sheets: as `workbook_parts.py` says of an XLSX."""

import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Final
from xml.etree import ElementTree as ET

from electrodoe.ingest.workbook_parts import (
    MAX_CELLS,
    MAX_PART_BYTES,
    Cells,
    SheetParts,
    parsed,
    too_large,
)

_CONTENT: Final = "content.xml"
_TABLE: Final = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"
_OFFICE: Final = "{urn:oasis:names:tc:opendocument:xmlns:office:1.0}"
_TEXT: Final = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"
_CALC: Final = "{urn:org:documentfoundation:names:experimental:calc:xmlns:calcext:1.0}"
"""OpenDocument 1.3, part 3; LibreOffice marks its error values in a namespace of its own."""
_CELLS: Final = frozenset({f"{_TABLE}table-cell", f"{_TABLE}covered-table-cell"})


def is_opendocument(path: Path) -> bool:
    """Return whether a workbook is an ODS."""
    if not zipfile.is_zipfile(path):
        return False
    with zipfile.ZipFile(path) as archive:
        return _CONTENT in archive.namelist()


def opendocument_parts(path: Path) -> dict[str, SheetParts]:
    """Return what stands beside the values of each sheet of an ODS, by the sheet's name.

    Raises
    ------
    IngestError
        If the filled cells of a sheet span more than a table can have. The whole file is read when
        it is opened, so every sheet counts.
    """
    with zipfile.ZipFile(path) as archive:
        size = archive.getinfo(_CONTENT).file_size
        if size > MAX_PART_BYTES:
            raise too_large(f"{size / 1e6:.0f} MB of XML", str(path))
        root = parsed(archive.read(_CONTENT))
    tables = root.iterfind(f"{_OFFICE}body/{_OFFICE}spreadsheet/{_TABLE}table")
    named = {table.get(f"{_TABLE}name", ""): table for table in tables}
    return {name: _parts(table, f"{path}, sheet '{name}'") for name, table in named.items()}


def _parts(table: ET.Element, place: str) -> SheetParts:
    """Return the parts of one sheet."""
    _require_small(table, place)
    errors: Cells = {}
    percents: Cells = {}
    merged: list[tuple[int, int, int, int]] = []
    hidden: list[int] = []
    last = max((row + n for row, n, line in _rows(table) if _is_filled_row(line)), default=0)
    for row, n_rows, line in _rows(table):
        rows = range(row, min(row + n_rows, last))
        if line.get(f"{_TABLE}visibility", "visible") != "visible":
            hidden += [each + 1 for each in rows]
        for column, n_columns, cell in _filled(line):
            for into, text in ((errors, _error(cell)), (percents, _percent(cell))):
                for each in range(column, column + n_columns) if text else ():
                    into.setdefault(each, {}).update(dict.fromkeys(rows, text))
            down, right = (
                int(cell.get(f"{_TABLE}number-{way}-spanned", 1)) for way in ("rows", "columns")
            )
            if down > 1 or right > 1:
                merged.append((row, row + down - 1, column, column + right - 1))
    return SheetParts(
        errors=errors, percents=percents, merged=tuple(merged), hidden=frozenset(hidden)
    )


def _rows(table: ET.Element) -> Iterator[tuple[int, int, ET.Element]]:
    """Yield each row, from 0, how often it is repeated, and its element."""
    row = 0
    for line in table.iter(f"{_TABLE}table-row"):
        n_rows = int(line.get(f"{_TABLE}number-rows-repeated", 1))
        yield row, n_rows, line
        row += n_rows


def _filled(line: ET.Element) -> Iterator[tuple[int, int, ET.Element]]:
    """Yield each filled cell of a row with its column, from 0, and how often it is repeated."""
    column = 0
    for cell in line:
        if cell.tag not in _CELLS:
            continue
        n_columns = int(cell.get(f"{_TABLE}number-columns-repeated", 1))
        if cell.get(f"{_OFFICE}value-type"):
            yield column, n_columns, cell
        column += n_columns


def _is_filled_row(line: ET.Element) -> bool:
    """Return whether a row holds a value."""
    return next(_filled(line), None) is not None


def _require_small(table: ET.Element, place: str) -> None:
    """Raise where filled cells lie so far apart that what they span does not fit the memory."""
    last = furthest = 0
    for row, n_rows, line in _rows(table):
        for column, n_columns, _ in _filled(line):
            last, furthest = max(last, row + n_rows), max(furthest, column + n_columns)
    if last * furthest > MAX_CELLS:
        what = f"a filled cell in column {furthest} and one in line {last}"
        raise too_large(f"{what}: {last * furthest:.2g} cells", place)


def _percent(cell: ET.Element) -> str:
    """Return a number that is shown in percent as it is shown, else nothing."""
    if cell.get(f"{_OFFICE}value-type") != "percentage":
        return ""
    return f"{100.0 * float(cell.get(f'{_OFFICE}value', 'nan')):.12g} %"


def _error(cell: ET.Element) -> str:
    """Return an error value as it is shown, else nothing."""
    if cell.get(f"{_CALC}value-type") != "error":
        return ""
    shown = cell.find(f"{_TEXT}p")
    return "#ERROR!" if shown is None else "".join(shown.itertext())
