"""Workbooks as laboratories keep them: covers, hidden rows, merged cells, formats, stray cells."""

from collections.abc import Callable
from pathlib import Path

import pytest
import xlsxwriter

from electrodoe.errors import IngestError
from electrodoe.ingest import declared_table, names, numbers, read_table
from electrodoe.study import Measurements
from electrodoe.tables import Wanted

MEASUREMENTS = Measurements(table="t.xlsx")
ROWS: list[list[object]] = [["run", "porosity", "K [kPa]"], *[[f"R{i}", 0.3, i] for i in range(5)]]
Change = Callable[[xlsxwriter.Workbook], None]


def _book(path: Path, **sheets: list[list[object]]) -> Path:
    """Write sheets of cells."""
    with xlsxwriter.Workbook(path) as book:
        for name, rows in sheets.items():
            sheet = book.add_worksheet(name)
            for number, row in enumerate(rows):
                sheet.write_row(number, 0, row)
    return path


def test_the_sheet_that_holds_the_table_is_read_and_said(tmp_path: Path):
    """Behind a cover."""
    path = _book(tmp_path / "a.xlsx", Info=[["Study"], ["Operator", "AB"]], Data=ROWS)

    table = read_table(path, MEASUREMENTS, ["porosity"])

    assert table.frame.height == 5
    assert "sheet 'Data' is read: the first, 'Info', holds no such table" in table.findings[0].what


def test_the_sheet_with_the_wanted_names_is_read(tmp_path: Path):
    """Also where the first holds another table."""
    other = [["day", "speed"], ["Mo", 3], ["Tu", 4]]
    path = _book(tmp_path / "a.xlsx", Log=other, Data=ROWS)

    assert read_table(path, MEASUREMENTS, ["porosity"]).frame.columns == [
        "run",
        "porosity",
        "K [kPa]",
    ]
    assert read_table(path, MEASUREMENTS).frame.columns == ["day", "speed"]
    assert read_table(path, Measurements(sheet="Log"), ["porosity"]).frame.columns[0] == "day"


def test_several_sheets_that_may_be_meant_are_offered(tmp_path: Path):
    """By name, with the key that chooses."""
    path = _book(tmp_path / "a.xlsx", Info=[["Study"]], May=ROWS, June=ROWS)

    with pytest.raises(IngestError, match="holds no table, and 2 others do") as caught:
        read_table(path, MEASUREMENTS, ["porosity"])

    assert "'May', 'June'" in caught.value.fix


def test_hidden_rows_are_read_and_said(tmp_path: Path):
    """D253: a filter may hide what does not count."""
    path = tmp_path / "a.xlsx"
    with xlsxwriter.Workbook(path) as book:
        sheet = book.add_worksheet()
        for number, row in enumerate(ROWS):
            sheet.write_row(number, 0, row)
        sheet.set_row(2, None, None, {"hidden": True})

    table = read_table(path, MEASUREMENTS)

    assert table.frame.height == 5
    assert [(f.code, f.what) for f in table.findings] == [
        ("D253", "line 3 of the workbook is hidden, and is read")
    ]


@pytest.mark.parametrize("left", [0, 2])
def test_merged_cells_have_one_value(tmp_path: Path, left: int):
    """Wherever the table begins; an empty cell beside them stays missing."""
    path = tmp_path / "a.xlsx"
    with xlsxwriter.Workbook(path) as book:
        sheet = book.add_worksheet()
        sheet.write_row(0, left, ["run", "gap", "K"])
        sheet.merge_range(1, left, 3, left, "R1")
        sheet.merge_range(1, left + 1, 2, left + 1, 40)
        sheet.write(3, left + 1, 41)
        sheet.write_column(1, left + 2, [1, "n.a.", 3, 4])
        sheet.write_row(4, left, ["R2", 50])

    table = read_table(path, MEASUREMENTS)

    assert names(table, "run") == ["R1", "R1", "R1", "R2"]
    assert numbers(table, "gap").tolist() == [40, 40, 41, 50]
    assert str(numbers(table, "K").tolist()) == "[1.0, nan, 3.0, 4.0]"
    assert "3 empty cells of run, gap belong to the filled one above" in table.findings[0].what


@pytest.mark.parametrize("form", ["0%", "0.0%", '0.00" of 1" %'])
@pytest.mark.parametrize("header", ["porosity", "Porosity (%)", "porosity_pct"])
def test_numbers_that_are_shown_in_percent_are_percent(tmp_path: Path, form: str, header: str):
    """A workbook keeps 40 % as 0.4."""
    path = tmp_path / "a.xlsx"
    with xlsxwriter.Workbook(path) as book:
        sheet, percent = book.add_worksheet(), book.add_format({"num_format": form})
        sheet.write_row(0, 0, ["run", header])
        for row, value in enumerate((0.4, 0.26), start=1):
            sheet.write(row, 0, f"R{row}")
            sheet.write_number(row, 1, value, percent)
    name = "porosity_pct" if header == "porosity_pct" else "porosity"

    table = declared_table(read_table(path, MEASUREMENTS), [Wanted(name=name)])

    assert numbers(table, name).tolist() == pytest.approx(
        [40.0, 26.0] if name == "porosity_pct" else [0.4, 0.26]
    )


@pytest.mark.parametrize("cell", [(1048575, 0), (1048575, 16383), (40000, 5000)])
def test_a_stray_cell_far_away_is_refused_before_it_fills_the_memory(
    tmp_path: Path, cell: tuple[int, int]
):
    """With its place; a long column alone is no rectangle that large."""
    path = tmp_path / "a.xlsx"
    with xlsxwriter.Workbook(path) as book:
        sheet = book.add_worksheet()
        for number, row in enumerate(ROWS):
            sheet.write_row(number, 0, row)
        sheet.write(*cell, 1)
        if cell[1] == 0:
            sheet.write(0, 100, "far")

    with pytest.raises(IngestError, match="cells are read") as caught:
        read_table(path, MEASUREMENTS)

    assert "cell" in caught.value.where
    assert "stray cell" in caught.value.fix


def test_declared_rows_overrule(tmp_path: Path):
    """``header_row``, ``units_row`` and ``sheet``, as a spreadsheet counts."""
    rows = [["a", "b"], [1, 2], ["x", "y"], ["p", "q"], [3, 4]]
    path = _book(tmp_path / "a.xlsx", First=ROWS, Second=rows)

    table = read_table(path, Measurements(sheet="Second", header_row=3, units_row=4))

    assert table.frame.columns == ["x", "y"]
    assert table.lines == (5,)
    assert table.headings["x"].unit == "p"


def test_a_declared_row_that_is_empty_is_refused(tmp_path: Path):
    """With its key."""
    path = _book(tmp_path / "a.xlsx", First=ROWS)

    with pytest.raises(IngestError, match="no filled row begins in line 40") as caught:
        read_table(path, Measurements(header_row=40))

    assert "header_row = 40 in [measurements]" in caught.value.where
