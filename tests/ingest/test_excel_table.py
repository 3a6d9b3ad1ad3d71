"""Workbooks: numbers, text, dates, empty rows, sheets and damage."""

import math
import re
import zipfile
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

import pytest
import xlsxwriter

from electrodoe.errors import IngestError
from electrodoe.ingest import RawTable, names, numbers, read_table, require_columns
from electrodoe.study import Measurements

Read = Callable[..., RawTable]


@dataclass(frozen=True)
class Formula:
    """A formula with its result."""

    result: str


Cell = float | str | bool | datetime | Formula | None


@pytest.fixture
def workbook(tmp_path: Path) -> Callable[..., Path]:
    """Return a function that writes rows to sheets."""

    def write(above: int = 0, **sheets: list[list[Cell]]) -> Path:
        path = tmp_path / "table.xlsx"
        with xlsxwriter.Workbook(path, {"default_date_format": "yyyy-mm-dd"}) as book:
            for name, rows in sheets.items():
                sheet = book.add_worksheet(name)
                for number, row in enumerate(rows):
                    for column, cell in enumerate(row):
                        if isinstance(cell, Formula):
                            sheet.write_formula(above + number, column, "=1/0", None, cell.result)
                        else:
                            sheet.write(above + number, column, cell)
        return path

    return write


@pytest.fixture
def read(workbook: Callable[..., Path]) -> Read:
    """Return a function that writes rows to a workbook and reads them as a table."""

    def read_rows(*rows: list[Cell], above: int = 0) -> RawTable:
        return read_table(workbook(above, Data=list(rows)), Measurements(table="table.xlsx"))

    return read_rows


def test_numbers_are_read_as_numbers(read: Read):
    """An empty cell is missing."""
    table = read(["a", "b"], [1, 0.1], [None, 2.5])

    assert numbers(table, "b").tolist() == [0.1, 2.5]
    assert math.isnan(numbers(table, "a")[1])


@pytest.mark.parametrize("n_numbers", [1, 1500])
def test_text_among_numbers_is_refused_with_its_cell(read: Read, n_numbers: int):
    """Also far below, where nobody looks; it is never read as an empty cell."""
    table = read(["a", "b"], *[[number, 0.5] for number in range(n_numbers)], ["broken", 0.5])

    with pytest.raises(IngestError, match="'broken'") as caught:
        numbers(table, "a")

    assert caught.value.where.endswith(f"table.xlsx, line {n_numbers + 2}, column 'a'")


def test_numbers_beside_text_are_kept_to_the_last_digit(read: Read):
    """A word for an empty cell rounds none of its neighbors, and changes no name."""
    cells = [0.1234567890123, "NA", 1e-10, 12345678901.5, 2]
    table = read(["a", "b"], *[[cell, 1] for cell in [*cells, "007"]])

    found = numbers(table, "a")

    assert found[[0, 2, 3, 4]].tolist() == [0.1234567890123, 1e-10, 12345678901.5, 2.0]
    assert names(table, "a")[-2:] == ["2", "007"]


def test_lines_are_counted_as_the_spreadsheet_does(read: Read):
    """Empty rows, above the header and in between, do not shift what follows."""
    table = read(["a", "b"], [1, 2], [None, None], [" ", None], [3, 4], above=2)

    assert table.lines == (4, 7)
    assert table.header_line == 3
    assert numbers(table, "a").tolist() == [1.0, 3.0]


def test_whole_numbers_are_names_without_a_point(read: Read):
    """A spreadsheet keeps 1 as 1.0; a run is called 1."""
    table = read(["run", "cell"], [1, "A1"], [2, 7], [10, "B"])

    assert names(table, "run") == ["1", "2", "10"]
    assert names(table, "cell") == ["A1", "7", "B"]


def test_days_are_names_without_a_time(read: Read):
    """A day is written as in a text table; a moment keeps its time."""
    table = read(["day", "a"], [datetime(2021, 10, 15), 1], [datetime(2021, 10, 18, 12, 30), 2])  # noqa: DTZ001 - a spreadsheet knows no time zone

    assert names(table, "day") == ["2021-10-15", "2021-10-18 12:30:00"]


@pytest.mark.parametrize(
    "cells",
    [[True, False], [datetime(2021, 10, 15), datetime(2021, 10, 16)]],  # noqa: DTZ001 - as above
)
def test_what_is_no_number_is_refused(read: Read, cells: list[Cell]):
    """A truth value or a day is no measurement."""
    table = read(["a", "b"], *[[cell, 1] for cell in cells])

    with pytest.raises(IngestError, match="where a number is meant"):
        numbers(table, "a")


@pytest.mark.parametrize("n_left", [0, 30])
@pytest.mark.parametrize("error", ["#DIV/0!", "#REF!", "#VALUE!", "#NAME?", "#NUM!"])
def test_the_error_of_a_formula_is_refused_with_its_cell(read: Read, error: str, n_left: int):
    """It is no empty cell, wherever the table begins and whatever else stands in the column."""
    left = [None] * n_left
    rows = [[*left, "a", "b"], [*left, 1.5, "x"], [*left, Formula(error), "y"]]
    table = read(*rows, above=2)

    with pytest.raises(IngestError, match=re.escape(f"'{error}' where a number")) as caught:
        numbers(table, "a")

    assert caught.value.where.endswith("table.xlsx, line 5, column 'a'")
    assert names(table, "b") == ["x", "y"]


def test_the_error_of_a_formula_is_no_name(read: Read):
    """No configuration is called #REF!, not even in a row with nothing else."""
    table = read(["run", "a"], [1, 0.5], [Formula("#REF!"), None])

    with pytest.raises(IngestError, match="'#REF!' where a name is meant") as caught:
        names(table, "run")

    assert caught.value.where.endswith("table.xlsx, line 3, column 'run'")


def test_what_is_not_available_is_an_empty_cell(read: Read):
    """#N/A means missing, as in a text table; its neighbors stay as they are."""
    table = read(["run", "a"], [1, Formula("#N/A")], [Formula("#N/A"), 0.1234567890123])

    assert math.isnan(numbers(table, "a")[0])
    assert numbers(table, "a")[1] == 0.1234567890123
    assert names(table, "run") == ["1", None]


def test_a_table_may_begin_anywhere(read: Read):
    """Empty columns at its left shift neither its text nor its empty columns."""
    table = read(
        [None, None, "a", "b", "c"], [None, None, "NA", None, 1], [None, None, 0.25, None, 2]
    )

    assert numbers(table, "a")[1] == 0.25
    assert names(table, "b") == [None, None]
    assert numbers(table, "c").tolist() == [1.0, 2.0]


def test_errors_of_another_sheet_are_left_alone(workbook: Callable[..., Path]):
    """Only the sheet that is read is looked at, and numbers beside an error keep their digits."""
    path = workbook(
        First=[["a"], [0.1234567890123], [2]], Second=[["a"], [Formula("#DIV/0!")], [1]]
    )

    table = read_table(path, Measurements(table="t", sheet="First"))

    assert numbers(table, "a").tolist() == [0.1234567890123, 2.0]


@pytest.mark.parametrize("cells", [[1.5, True, 2.5], [False, 1, 2], [1, 2, True]])
def test_a_truth_value_among_numbers_is_refused(read: Read, cells: list[Cell]):
    """TRUE is not 1."""
    table = read(["a", "b"], *[[cell, 1] for cell in cells])
    row = next(index for index, cell in enumerate(cells) if isinstance(cell, bool))

    with pytest.raises(IngestError, match=r"'(true|false)' where a number is meant") as caught:
        numbers(table, "a")

    assert caught.value.where.endswith(f"table.xlsx, line {row + 2}, column 'a'")
    assert numbers(table, "b").tolist() == [1.0, 1.0, 1.0]


def test_a_column_without_a_filled_cell_is_missing_and_silent(
    read: Read, capfd: pytest.CaptureFixture[str]
):
    """Nothing is printed about it."""
    table = read(["a", "b"], [None, 1], [None, 2])

    assert all(math.isnan(number) for number in numbers(table, "a"))
    assert capfd.readouterr().err == ""


def test_a_named_sheet_is_read(workbook: Callable[..., Path]):
    """Without a name it is the first."""
    path = workbook(First=[["a"], [1]], Second=[["a"], [2]])

    found = [
        numbers(read_table(path, Measurements(table="t", sheet=sheet)), "a")[0]
        for sheet in (None, "First", "Second")
    ]

    assert found == [1.0, 1.0, 2.0]


def test_a_missing_sheet_is_offered_the_nearest(workbook: Callable[..., Path]):
    """A misspelt sheet is reported like a misspelt column."""
    path = workbook(Cells=[["a"], [1]], Notes=[["a"], [2]])

    with pytest.raises(IngestError, match="no sheet 'Cels'") as caught:
        read_table(path, Measurements(table="t", sheet="Cels"))

    assert caught.value.fix == "did you mean 'Cells'?"


@pytest.mark.parametrize(
    ("rows", "what", "place"),
    [
        ([[]], "the sheet is empty", "sheet 'Data'"),
        ([["a", "b"]], "the table has no rows", "table.xlsx"),
        ([["a", None, "b"], [1, 2, 3]], "column 2 has no name", "sheet 'Data', line 1"),
        ([["a", "b"], [1, 2, 3]], "column 3 has no name", "sheet 'Data', line 1"),
        ([["a", "b", "a"], [1, 2, 3]], "'a' names two columns", "sheet 'Data', line 1"),
    ],
)
def test_a_broken_sheet_is_refused(read: Read, rows: list[list[Cell]], what: str, place: str):
    """The place names the sheet and its line."""
    with pytest.raises(IngestError, match=what) as caught:
        read(*rows)

    assert caught.value.where.endswith(place)


def test_a_missing_column_is_reported_with_the_header_line(read: Read):
    """Also where the header is not in the first line."""
    with pytest.raises(IngestError) as caught:
        require_columns(read(["porosity"], [1], above=3), ["porosty"])

    assert caught.value.where.endswith("table.xlsx, line 4")
    assert caught.value.fix == "did you mean 'porosity'?"


@pytest.mark.parametrize("fraction", [0.0005, 0.1, 0.5, 0.9, 0.999])
def test_a_damaged_workbook_is_refused(workbook: Callable[..., Path], fraction: float):
    """A truncated file ends in three lines, wherever it is cut."""
    path = workbook(Data=[["a", "b"], [1, 2]])
    raw = path.read_bytes()
    path.write_bytes(raw[: 4 + int(fraction * len(raw))])

    with pytest.raises(IngestError) as caught:
        read_table(path, Measurements(table="t"))

    assert caught.value.where.startswith(str(path))


@pytest.mark.parametrize("flaw", [(b"UTF-8", b"UTF-0"), (b"</worksheet>", b"</worksheet><a>")])
def test_a_workbook_with_flaws_in_its_xml_is_refused(
    workbook: Callable[..., Path], flaw: tuple[bytes, bytes]
):
    """Also where the flaw is met only by the search for errors of formulas."""
    path = workbook(Data=[["a", "b"], [1, 2], [Formula("#REF!"), 3]])
    with zipfile.ZipFile(path) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    sheet = "xl/worksheets/sheet1.xml"
    with zipfile.ZipFile(path, "w") as archive:
        for name, content in parts.items():
            archive.writestr(name, content.replace(*flaw) if name == sheet else content)

    with pytest.raises(IngestError, match="not a workbook that can be read"):
        read_table(path, Measurements(table="t"))


def test_the_content_decides_and_not_the_ending(workbook: Callable[..., Path], tmp_path: Path):
    """A CSV called .xlsx and a workbook called .csv are read as what they are."""
    as_csv = tmp_path / "really_excel.csv"
    as_csv.write_bytes(workbook(Data=[["a"], [1]]).read_bytes())
    as_xlsx = tmp_path / "really_text.xlsx"
    as_xlsx.write_text("a\n2\n", encoding="utf-8")

    found = [numbers(read_table(f, Measurements(table="t")), "a")[0] for f in (as_csv, as_xlsx)]

    assert found == [1.0, 2.0]
