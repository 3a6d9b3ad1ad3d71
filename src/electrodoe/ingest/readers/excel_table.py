"""Excel workbooks: the first sheet that holds a table, or the one that is named."""

import zipfile
from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Final
from xml.etree import ElementTree as ET

import polars as pl

from electrodoe.errors import IngestError
from electrodoe.findings import Finding, found
from electrodoe.ingest.laid_out import WrittenSheet, laid_out_table, layout_of
from electrodoe.ingest.opendocument_parts import is_opendocument, opendocument_parts
from electrodoe.ingest.records import RawTable
from electrodoe.ingest.workbook_parts import Cells, SheetParts, sheet_parts
from electrodoe.study import Measurements, or_nearest
from electrodoe.tables import find_layout, folded, heading_of, is_blank, is_numeric

if TYPE_CHECKING:
    from fastexcel import DType, ExcelReader

_BINARY_BOOK: Final = "xl/workbook.bin"
"""What an XLSB has in the place of XML."""
_TRUTH_VALUES: Final = ("true", "false")
"""As fastexcel writes them in text."""


def is_excel_table(start: bytes) -> bool:
    """Return whether a file's first bytes are those of a workbook (ZIP or OLE)."""
    return start.startswith((b"PK\x03\x04", b"\xd0\xcf\x11\xe0"))


def read_excel_table(
    path: Path, measurements: Measurements, wanted: Collection[str] = ()
) -> RawTable:
    """Return one sheet of a workbook; ``wanted`` names help to find it, and its header.

    Typed columns; a column with text in it is text, and so is one with an error value (``#DIV/0!``)
    or with truth values among its numbers, which are then refused where a number or a name is
    meant. ``#N/A`` is an empty cell, as in a text table; a number that is shown in percent is text
    with its percent sign.

    Notes
    -----
    fastexcel hands error values on as empty cells, and tells of no format, so they are looked up in
    the XML of an XLSX or ODS file. The older XLS and XLSB are binary: there errors stay empty
    cells, percentages are fractions, and hidden rows are not known, which a note says. An XLS spans
    at most 65,536 by 256 cells, which always fits.
    """
    import fastexcel

    try:
        if is_opendocument(path):
            opendocument_parts(path)  # says what is too large before all of it is opened
        table = _chosen(path, fastexcel.read_excel(path), measurements, wanted)
        return replace(table, findings=(*_unseen(path), *table.findings))
    except (fastexcel.FastExcelError, zipfile.BadZipFile, ET.ParseError) as error:
        raise IngestError(
            f"not a workbook that can be read: {str(error).splitlines()[0]}",
            where=str(path),
            fix="save it anew as XLSX or CSV",
        ) from error


def _unseen(path: Path) -> list[Finding]:
    """Return the note that a binary workbook does not tell what is beside its values."""
    kind = "XLS" if not zipfile.is_zipfile(path) else ""
    if not kind:
        with zipfile.ZipFile(path) as archive:
            kind = "XLSB" if _BINARY_BOOK in archive.namelist() else ""
    if not kind:
        return []
    what = f"an {kind}: hidden rows are read like others, 26 % as 0.26, and error values as empty"
    return [found("D116", what, str(path))]


def _chosen(
    path: Path, workbook: "ExcelReader", measurements: Measurements, wanted: Collection[str]
) -> RawTable:
    """Return the table of the sheet that is named, else of the first that holds what is wanted."""
    names = workbook.sheet_names
    asked = _sheet(path, names, measurements.sheet)
    first = _loaded(path, workbook, asked)
    if measurements.sheet is None and len(names) > 1 and not _holds(first.sheet, wanted):
        others = [name for name in names[1:] if _holds(_loaded(path, workbook, name).sheet, wanted)]
        if len(others) > 1:
            raise IngestError(
                f"the first sheet, '{asked}', holds no table, and {len(others)} others do",
                where=str(path),
                fix="name one with sheet = ... in [measurements] (--sheet on the command line):"
                f" {', '.join(repr(name) for name in others[:12])}",
            )
        if others:
            what = f"sheet '{others[0]}' is read: the first, '{asked}', holds no such table"
            finding = found("D250", what, str(path))
            return _table(
                workbook, _loaded(path, workbook, others[0]), measurements, wanted, [finding]
            )
    return _table(workbook, first, measurements, wanted, [])


def _sheet(path: Path, sheets: list[str], wanted: str | None) -> str:
    """Return the name of the sheet to read."""
    if not sheets:
        raise IngestError("a workbook without sheets", where=str(path), fix="save it anew as CSV")
    if wanted is not None and wanted not in sheets:
        raise IngestError(f"no sheet '{wanted}'", where=str(path), fix=or_nearest(wanted, sheets))
    return wanted or sheets[0]


@dataclass(frozen=True, kw_only=True, eq=False)
class _Loaded:
    """A sheet as text.

    Attributes
    ----------
    name : str
        Of the sheet.
    sheet : WrittenSheet
        Its lines.
    frame : polars.DataFrame
        The same cells, by fastexcel's names of the columns.
    names : mapping of int to str
        fastexcel's name of each column of the sheet.
    parts : SheetParts
        What stands beside the values.
    """

    name: str
    sheet: WrittenSheet
    frame: pl.DataFrame
    names: Mapping[int, str]
    parts: SheetParts


def _loaded(path: Path, workbook: "ExcelReader", name: str) -> _Loaded:
    """Return all lines of a sheet as text."""
    known = opendocument_parts(path).get(name) if is_opendocument(path) else sheet_parts(path, name)
    parts = known or SheetParts()
    loaded = workbook.load_sheet(
        name, header_row=None, skip_rows=0, dtypes="string", whitespace_as_null=True
    )
    names = {column.absolute_index: column.name for column in loaded.available_columns()}
    frame = _with_texts(loaded.to_polars(), _named(parts.errors, names), n_above=0)
    frame = _with_texts(frame, _named(parts.percents, names), n_above=0)
    shift = min(names, default=0)
    merged = [(*rows, first - shift, last - shift) for *rows, first, last in parts.merged]
    sheet = WrittenSheet(
        path=path,
        place=f"{path}, sheet '{name}'",
        rows=frame.rows(),
        lines=range(1, frame.height + 1),
        merged=[(top, bottom, first, last) for top, bottom, first, last in merged],
        hidden=parts.hidden,
    )
    return _Loaded(name=name, sheet=sheet, frame=frame, names=names, parts=parts)


def _named(cells: Cells, names: Mapping[int, str]) -> dict[str, dict[int, str]]:
    """Return texts by fastexcel's name of their column."""
    return {names[column]: texts for column, texts in cells.items() if column in names}


def _holds(sheet: WrittenSheet, wanted: Collection[str]) -> bool:
    """Return whether a sheet has a header with rows, and names that are wanted."""
    if all(is_blank(cell) for row in sheet.rows for cell in row):
        return False
    layout = find_layout(sheet.rows, wanted=wanted)
    header = [str(cell) for cell in sheet.rows[layout.header] if not is_blank(cell)]
    known = {text for cell in header for text in _spellings(cell)}
    if wanted and not any(folded(name) in known for name in wanted):
        return False
    has_numbers = any(is_numeric(cell) for row in layout.rows[:50] for cell in sheet.rows[row])
    return (len(layout.rows) > 0 and len(header) > 1 and has_numbers) or bool(wanted)


def _spellings(cell: str) -> tuple[str, str]:
    """Return the texts by which a heading may be known."""
    heading = heading_of(cell)
    return folded(heading.written), folded(heading.words)


def _table(
    workbook: "ExcelReader",
    loaded: _Loaded,
    measurements: Measurements,
    wanted: Collection[str],
    findings: list[Finding],
) -> RawTable:
    """Return a sheet's table: laid out by its texts, then read again with types."""
    sheet = loaded.sheet
    if all(is_blank(cell) for row in sheet.rows for cell in row):
        raise IngestError("the sheet is empty", where=sheet.place, fix="write a header and rows")
    layout = layout_of(sheet, measurements.header_row, measurements.units_row, wanted)
    frame = loaded.frame.clear()
    if layout.rows:
        first, last = layout.rows[0], layout.rows[-1]
        typed = _typed_rows(workbook, loaded, first, last + 1 - first)
        frame = typed[[row - first for row in layout.rows]]
    frame = frame.select(loaded.frame.columns[column] for column in layout.columns)
    table = laid_out_table(sheet, layout, frame, decimal=measurements.decimal)
    return replace(table, findings=(*findings, *table.findings))


def _typed_rows(workbook: "ExcelReader", loaded: _Loaded, first: int, n_rows: int) -> pl.DataFrame:
    """Return some rows of a sheet with types, errors and percentages as they are shown."""
    shown = _shown_texts(loaded)
    texts = _empty_or_with_truth_values(loaded.frame[first : first + n_rows])
    names = {name for one in shown for name in one}
    dtypes: dict[str | int, DType] = dict.fromkeys(sorted(texts | names), "string")
    frame = _typed(workbook, loaded.name, first, n_rows, dtypes)
    for one in shown:
        frame = _with_texts(frame, one, n_above=first)
    return frame


def _shown_texts(loaded: _Loaded) -> tuple[dict[str, dict[int, str]], ...]:
    """Return error values and percentages by fastexcel's names of their columns."""
    parts = loaded.parts
    return _named(parts.errors, loaded.names), _named(parts.percents, loaded.names)


def _empty_or_with_truth_values(cells: pl.DataFrame) -> set[str]:
    """Return the columns to read as text: fastexcel gives them no type, or takes TRUE for 1."""
    return {
        column.name
        for column in cells.iter_columns()
        if column.null_count() == cells.height or column.is_in(_TRUTH_VALUES).any()
    }


def _typed(
    workbook: "ExcelReader", sheet: str, n_above: int, n_rows: int, dtypes: dict[str | int, "DType"]
) -> pl.DataFrame:
    """Return some rows of a sheet, typed by all of their cells, numbers to the last digit."""
    load = partial(
        workbook.load_sheet,
        sheet,
        header_row=None,
        skip_rows=n_above,
        n_rows=n_rows,
        schema_sample_rows=None,
    )
    frame = load(dtypes=dtypes).to_polars()
    texts = [column for column in frame.columns if frame[column].dtype == pl.String]
    floats = load(dtypes=dict.fromkeys(texts, "float")).to_polars()
    return frame.with_columns(_unrounded(frame[column], floats[column]) for column in texts)


def _unrounded(text: pl.Series, numbers: pl.Series) -> pl.Series:
    """Return cells as text, with all digits of numbers that were rounded to stand beside text."""
    is_rounded = (text.cast(pl.Float64, strict=False) != numbers).fill_null(value=False)
    return numbers.cast(pl.String).zip_with(is_rounded, text).alias(text.name)


def _with_texts(
    frame: pl.DataFrame, texts: Mapping[str, Mapping[int, str]], n_above: int
) -> pl.DataFrame:
    """Return columns of text with some texts in the rows below some others."""
    columns = []
    for column, cells in texts.items():
        inside = range(n_above, n_above + frame.height)
        below = {row - n_above: text for row, text in cells.items() if row in inside}
        columns.append(frame[column].scatter(list(below), list(below.values())))
    return frame.with_columns(columns)
