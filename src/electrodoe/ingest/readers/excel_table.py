"""Excel workbooks: the first sheet, or the one that is named."""

import posixpath
import re
import zipfile
from functools import partial, reduce
from pathlib import Path
from typing import TYPE_CHECKING, Final
from xml.etree import ElementTree as ET

import polars as pl

from electrodoe.errors import IngestError
from electrodoe.ingest.checks import check_header
from electrodoe.ingest.records import RawTable
from electrodoe.study import Measurements, or_nearest

if TYPE_CHECKING:
    from fastexcel import DType, ExcelReader

_NOT_AVAILABLE: Final = "#N/A"
"""The one error that says what an empty cell says."""
_TRUTH_VALUES: Final = ("true", "false")
"""As fastexcel writes them in text."""
_MAYBE_ERRORS: Final = re.compile(rb"""\bt\s*=\s*["']e["']""")
Errors = dict[int, dict[int, str]]
"""Error values by column and row of a sheet, both from 0."""


def is_excel_table(start: bytes) -> bool:
    """Return whether a file's first bytes are those of a workbook (ZIP or OLE)."""
    return start.startswith((b"PK\x03\x04", b"\xd0\xcf\x11\xe0"))


def read_excel_table(path: Path, measurements: Measurements) -> RawTable:
    """Return one sheet of a workbook, its header in the first filled row.

    Typed columns; a column with text in it is text, and so is one with an error value (``#DIV/0!``)
    or with truth values among its numbers, which are then refused where a number or a name is
    meant. ``#N/A`` is an empty cell, as in a text table.

    Notes
    -----
    fastexcel hands error values on as empty cells, so they are looked up in the XML of an XLSX
    file. In the older XLS, in XLSB and in ODS this is not possible: there they stay empty cells.
    """
    import fastexcel

    try:
        workbook = fastexcel.read_excel(path)
        return _table(path, workbook, _sheet(path, workbook.sheet_names, measurements.sheet))
    except (fastexcel.FastExcelError, zipfile.BadZipFile, ET.ParseError) as error:
        raise IngestError(
            f"not a workbook that can be read: {str(error).splitlines()[0]}",
            where=str(path),
            fix="save it anew as XLSX or CSV",
        ) from error


def _table(path: Path, workbook: "ExcelReader", sheet: str) -> RawTable:
    """Return a sheet: read as text once, to find its header and filled rows, then with types."""
    loaded = workbook.load_sheet(
        sheet, header_row=None, skip_rows=0, dtypes="string", whitespace_as_null=True
    )
    columns = {column.absolute_index: column.name for column in loaded.available_columns()}
    errors = {columns[column]: found for column, found in _errors(path, sheet).items()}
    cells = _with_errors(loaded.to_polars(), errors, n_above=0)
    is_filled = [any(cell is not None for cell in row) for row in cells.iter_rows()]
    place = f"{path}, sheet '{sheet}'"
    if not any(is_filled):
        raise IngestError("the sheet is empty", where=place, fix="write a header and rows")
    first = is_filled.index(True) + 1
    header = [(name or "").strip() for name in cells.row(first - 1)]
    check_header(header, f"{place}, line {first}")
    texts = _empty_or_with_truth_values(cells[first:]) | errors.keys()
    frame = _typed(workbook, sheet, first, dict.fromkeys(sorted(texts), "string"))
    frame = _with_errors(frame, errors, n_above=first)
    frame = frame.rename(dict(zip(frame.columns, header, strict=True))).filter(is_filled[first:])
    lines = tuple(row + 1 for row in range(first, cells.height) if is_filled[row])
    return RawTable(path=path, frame=frame, lines=lines, header_line=first)


def _sheet(path: Path, sheets: list[str], wanted: str | None) -> str:
    """Return the name of the sheet to read."""
    if not sheets:
        raise IngestError("a workbook without sheets", where=str(path), fix="save it anew as CSV")
    if wanted is not None and wanted not in sheets:
        raise IngestError(f"no sheet '{wanted}'", where=str(path), fix=or_nearest(wanted, sheets))
    return wanted or sheets[0]


def _empty_or_with_truth_values(cells: pl.DataFrame) -> set[str]:
    """Return the columns to read as text: fastexcel gives them no type, or takes TRUE for 1."""
    return {
        column.name
        for column in cells.iter_columns()
        if column.null_count() == cells.height or column.is_in(_TRUTH_VALUES).any()
    }


def _typed(
    workbook: "ExcelReader", sheet: str, n_above: int, dtypes: dict[str | int, "DType"]
) -> pl.DataFrame:
    """Return the rows below a header, typed by all of their cells, numbers to the last digit."""
    load = partial(
        workbook.load_sheet, sheet, header_row=None, skip_rows=n_above, schema_sample_rows=None
    )
    frame = load(dtypes=dtypes).to_polars()
    texts = [column for column in frame.columns if frame[column].dtype == pl.String]
    floats = load(dtypes=dict.fromkeys(texts, "float")).to_polars()
    return frame.with_columns(_unrounded(frame[column], floats[column]) for column in texts)


def _unrounded(text: pl.Series, numbers: pl.Series) -> pl.Series:
    """Return cells as text, with all digits of numbers that were rounded to stand beside text."""
    is_rounded = (text.cast(pl.Float64, strict=False) != numbers).fill_null(value=False)
    return numbers.cast(pl.String).zip_with(is_rounded, text).alias(text.name)


def _with_errors(
    frame: pl.DataFrame, errors: dict[str, dict[int, str]], n_above: int
) -> pl.DataFrame:
    """Return columns of text with the error values that stand in the rows below some others."""
    columns = []
    for column, found in errors.items():
        below = {row - n_above: error for row, error in found.items() if row >= n_above}
        columns.append(frame[column].scatter(list(below), list(below.values())))
    return frame.with_columns(columns)


def _errors(path: Path, sheet: str) -> Errors:
    """Return the error values of an XLSX sheet but ``#N/A``; nothing of other workbooks."""
    if not zipfile.is_zipfile(path):
        return {}
    with zipfile.ZipFile(path) as archive:
        part = _part(archive, sheet)
        xml = archive.read(part) if part in archive.namelist() else b""
    return _error_cells(xml) if _MAYBE_ERRORS.search(xml) else {}


def _part(archive: zipfile.ZipFile, sheet: str) -> str:
    """Return the file that holds a sheet inside an XLSX, or no name where there is none."""
    book, links = "xl/workbook.xml", "xl/_rels/workbook.xml.rels"
    if not {book, links} <= set(archive.namelist()):
        return ""
    sheets = {
        each.get("name"): next((value for key, value in each.items() if key.endswith("}id")), None)
        for each in _parsed(archive.read(book)).iterfind("{*}sheets/{*}sheet")
    }
    targets = {link.get("Id"): link.get("Target", "") for link in _parsed(archive.read(links))}
    return posixpath.join("/xl", targets.get(sheets.get(sheet), ""))[1:]


def _error_cells(xml: bytes) -> Errors:
    """Return the error values of a sheet; rows and cells without a reference follow their like."""
    found: Errors = {}
    row = -1
    for line in _parsed(xml).iterfind("{*}sheetData/{*}row"):
        row, column = int(line.get("r", row + 2)) - 1, -1
        for cell in line.iterfind("{*}c"):
            column = _column(cell.get("r", "")) if cell.get("r") else column + 1
            error = cell.findtext("{*}v") or "#ERROR!"
            if cell.get("t") == "e" and error != _NOT_AVAILABLE:
                found.setdefault(column, {})[row] = error
    return found


def _column(reference: str) -> int:
    """Return the column of a cell's reference, from 0: A1 is 0, AA1 is 26."""
    letters = reference.rstrip("0123456789")
    return reduce(lambda number, letter: 26 * number + ord(letter) - 64, letters, 0) - 1


def _parsed(xml: bytes) -> ET.Element:
    """Return the root of a part of a workbook."""
    try:
        return ET.fromstring(xml)  # noqa: S314 - fastexcel has read the same bytes before
    except (LookupError, ValueError) as error:  # an encoding that is not known
        raise ET.ParseError(str(error)) from error
