"""Workbooks of LibreOffice: hidden rows, percentages, errors, merged and stray cells."""

import zipfile
from pathlib import Path

import pytest

from electrodoe.errors import IngestError
from electrodoe.ingest import RawTable, names, numbers, read_table
from electrodoe.ingest.readers.excel_table import read_excel_table
from electrodoe.study import Measurements

_NAMESPACES = " ".join(
    f'xmlns:{short}="urn:{name}"'
    for short, name in {
        "office": "oasis:names:tc:opendocument:xmlns:office:1.0",
        "table": "oasis:names:tc:opendocument:xmlns:table:1.0",
        "text": "oasis:names:tc:opendocument:xmlns:text:1.0",
        "calcext": "org:documentfoundation:names:experimental:calc:xmlns:calcext:1.0",
    }.items()
)


def text(value: str, more: str = "") -> str:
    """Return a cell of text."""
    shown = f"<text:p>{value}</text:p>"
    return f'<table:table-cell office:value-type="string"{more}>{shown}</table:table-cell>'


def number(value: float, kind: str = "float", shown: str = "", more: str = "") -> str:
    """Return a cell of a number."""
    return (
        f'<table:table-cell office:value-type="{kind}" office:value="{value}"{more}>'
        f"<text:p>{shown or value}</text:p></table:table-cell>"
    )


def row(*cells: str, more: str = "") -> str:
    """Return a row."""
    return f"<table:table-row{more}>{''.join(cells)}</table:table-row>"


def written(path: Path, *rows: str) -> Path:
    """Write an ODS of one sheet."""
    content = (
        '<?xml version="1.0" encoding="UTF-8"?>'
        f"<office:document-content {_NAMESPACES}><office:body>"
        f'<office:spreadsheet><table:table table:name="Werte">{"".join(rows)}</table:table>'
        "</office:spreadsheet></office:body></office:document-content>"
    )
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        archive.writestr("META-INF/manifest.xml", "<manifest/>")
        archive.writestr("content.xml", content)
    return path


def read(path: Path) -> RawTable:
    """Read it as a table of samples is read."""
    return read_table(path, Measurements())


def test_percentages_are_read_in_percent_and_hidden_rows_are_said(tmp_path: Path):
    """26 % is 26 % whether the sheet is saved by Excel or by LibreOffice."""
    hidden = ' table:visibility="collapse"'
    path = written(
        tmp_path / "a.ods",
        row(text("run"), text("binder_pct"), text("y_kpa")),
        row(text("R1"), number(0.26, "percentage"), number(1.5)),
        row(text("R2"), number(0.31, "percentage"), number(2.5), more=hidden),
        row(text("R3"), number(0.3, "percentage"), number(3.5)),
    )

    table = read(path)

    assert numbers(table, "binder_pct").tolist() == [26.0, 31.0, 30.0]
    assert numbers(table, "y_kpa").tolist() == [1.5, 2.5, 3.5]
    (said,) = [one for one in table.findings if one.code == "D253"]
    assert "line 3 of the workbook is hidden" in said.what


def test_an_error_value_is_never_the_zero_that_the_file_keeps_for_it(tmp_path: Path):
    """Refused where a number is meant, but for #N/A, which says what an empty cell says."""
    wrong = ' calcext:value-type="error"'
    rows = [row(text("run"), text("y_kpa")), row(text("R1"), number(1)), row(text("R2"), number(2))]

    def ending(name: str, shown: str) -> RawTable:
        last = row(text("R3"), number(0, shown=shown, more=wrong))
        return read(written(tmp_path / name, *rows, last))

    assert str(numbers(ending("a.ods", "#N/A"), "y_kpa").tolist()) == "[1.0, 2.0, nan]"
    with pytest.raises(IngestError, match="#DIV/0!"):
        numbers(ending("b.ods", "#DIV/0!"), "y_kpa")


def test_merged_run_cells_are_filled_down(tmp_path: Path):
    """As of an XLSX."""
    two_rows = ' table:number-rows-spanned="2" table:number-columns-spanned="1"'
    path = written(
        tmp_path / "a.ods",
        row(text("run"), text("y_kpa")),
        row(text("R1", two_rows), number(1)),
        row("<table:covered-table-cell/>", number(2)),
        row(text("R2"), number(3)),
    )

    assert list(names(read(path), "run")) == ["R1", "R1", "R2"]


def test_a_stray_cell_is_refused_before_the_file_is_opened(tmp_path: Path):
    """A million empty rows are one element of the file; what they span does not fit the memory."""
    path = written(
        tmp_path / "a.ods",
        row(text("run"), text("y_kpa")),
        row(text("R1"), number(1)),
        row("<table:table-cell/>", more=' table:number-rows-repeated="1000000"'),
        row('<table:table-cell table:number-columns-repeated="900"/>', text("x")),
    )

    with pytest.raises(IngestError, match="a filled cell in column 901 and one in line 1000003"):
        read(path)


def test_a_binary_workbook_says_what_it_does_not_tell(monkeypatch, tmp_path: Path):
    """D116 of an XLSB and of the older XLS; fastexcel's answer is that of the same sheet as ODS."""
    fastexcel = pytest.importorskip("fastexcel")
    told = written(tmp_path / "a.ods", row(text("run"), text("y")), row(text("R1"), number(1)))
    opened = fastexcel.read_excel(told)
    old, binary = tmp_path / "a.xls", tmp_path / "a.xlsb"
    old.write_bytes(b"\xd0\xcf\x11\xe0")
    with zipfile.ZipFile(binary, "w") as archive:
        archive.writestr("xl/workbook.bin", b"")

    def codes(path: Path) -> list[str]:
        return [one.code for one in read_excel_table(path, Measurements()).findings]

    assert codes(told) == []
    monkeypatch.setattr(fastexcel, "read_excel", lambda _: opened)
    assert codes(old) == codes(binary) == ["D116"]
