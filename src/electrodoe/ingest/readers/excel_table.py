"""Excel workbooks: the first sheet, or the one that is named."""

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import polars as pl

from electrodoe.errors import IngestError
from electrodoe.ingest.checks import check_header
from electrodoe.ingest.records import RawTable
from electrodoe.study import Measurements, or_nearest

if TYPE_CHECKING:
    from fastexcel import DType, ExcelReader


def is_excel_table(start: bytes) -> bool:
    """Return whether a file's first bytes are those of a workbook (ZIP or OLE)."""
    return start.startswith((b"PK\x03\x04", b"\xd0\xcf\x11\xe0"))


def read_excel_table(path: Path, measurements: Measurements) -> RawTable:
    """Return one sheet of a workbook, its header in the first filled row.

    Parameters
    ----------
    path : Path
        The file.
    measurements : Measurements
        Names the sheet; the first is read where it does not.

    Returns
    -------
    RawTable
        Typed columns; a column with text in it is text.

    Raises
    ------
    IngestError
        If the file is no workbook or has no such sheet.
    """
    import fastexcel

    try:
        workbook = fastexcel.read_excel(path)
        return _table(path, workbook, _sheet(path, workbook.sheet_names, measurements.sheet))
    except fastexcel.FastExcelError as error:
        raise IngestError(
            f"not a workbook that can be read: {str(error).splitlines()[0]}",
            where=str(path),
            fix="save it anew as XLSX or CSV",
        ) from error


def _table(path: Path, workbook: "ExcelReader", sheet: str) -> RawTable:
    """Return a sheet: read as text once, to find its header and filled rows, then with types."""
    cells = workbook.load_sheet(
        sheet, header_row=None, skip_rows=0, dtypes="string", whitespace_as_null=True
    ).to_polars()
    is_filled = [any(cell is not None for cell in row) for row in cells.iter_rows()]
    place = f"{path}, sheet '{sheet}'"
    if not any(is_filled):
        raise IngestError("the sheet is empty", where=place, fix="write a header and rows")
    first = is_filled.index(True) + 1
    header = [(name or "").strip() for name in cells.row(first - 1)]
    check_header(header, f"{place}, line {first}")
    frame = _typed(workbook, sheet, first, _text_where_empty(cells[first:]))
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


def _text_where_empty(cells: pl.DataFrame) -> dict[str | int, "DType"]:
    """Return text as the type of each column without a filled cell, which has none of its own."""
    counts = enumerate(cells.null_count().row(0))
    return {index: "string" for index, n_empty in counts if n_empty == cells.height}


def _typed(
    workbook: "ExcelReader", sheet: str, n_above: int, dtypes: dict[str | int, "DType"]
) -> pl.DataFrame:
    """Return the rows below a header, typed by all of their cells, numbers to the last digit."""
    load = partial(
        workbook.load_sheet, sheet, header_row=None, skip_rows=n_above, schema_sample_rows=None
    )
    frame = load(dtypes=dtypes).to_polars()
    texts = [column for column in frame.columns if frame[column].dtype == pl.String]
    floats = load(dtypes={frame.columns.index(column): "float" for column in texts}).to_polars()
    return frame.with_columns(_unrounded(frame[column], floats[column]) for column in texts)


def _unrounded(text: pl.Series, numbers: pl.Series) -> pl.Series:
    """Return cells as text, with all digits of numbers that were rounded to stand beside text."""
    is_rounded = (text.cast(pl.Float64, strict=False) != numbers).fill_null(value=False)
    return numbers.cast(pl.String).zip_with(is_rounded, text).alias(text.name)
