"""From cells to numbers and names."""

import math
from collections.abc import Callable

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from electrodoe.errors import IngestError
from electrodoe.ingest import RawTable, names, numbers

Read = Callable[..., RawTable]


@pytest.mark.parametrize(
    ("cell", "value"),
    [("3.27", 3.27), (" 3 ", 3.0), ("+.5", 0.5), ("5.", 5.0), ("-1.2e-3", -0.0012), ("1E6", 1e6)],
)
def test_a_number_is_read(read: Read, cell: str, value: float):
    """As people and instruments write it."""
    assert numbers(read(f"a,b\n{cell},1\n"), "a").tolist() == [value]


@pytest.mark.parametrize("cell", ["", " ", "NA", "n/a", "NaN", "nan", "NULL", "None", "-", "#N/A"])
def test_an_empty_cell_is_missing(read: Read, cell: str):
    """So are the words that mean one."""
    assert math.isnan(numbers(read(f"a,b\n{cell},1\n"), "a")[0])


@pytest.mark.parametrize(
    "cell", ["broken", "1_000", "1 00", "0x10", "1,2,3", "12 µm", "<x", "--1", "1e", "²", "True"]
)
def test_text_where_a_number_is_meant_is_refused_with_its_cell(read: Read, cell: str):
    """Nothing is guessed from text."""
    table = read(f'a;b\n1;1\n"{cell}";1\n')

    with pytest.raises(IngestError, match="where a number is meant") as caught:
        numbers(table, "a")

    assert cell in caught.value.what
    assert caught.value.where.endswith("table.csv, line 3, column 'a'")
    assert caught.value.fix.startswith("correct the cell or leave it empty")


@pytest.mark.parametrize("cell", ["inf", "-Infinity", "1e400"])
def test_an_infinite_value_is_refused(read: Read, cell: str):
    """No measurement is infinite."""
    with pytest.raises(IngestError) as caught:
        numbers(read(f"a,b\n1,1\n{cell},1\n"), "a")

    assert caught.value.where.endswith("line 3, column 'a'")


def test_a_decimal_comma_under_a_declared_point_is_reported_and_the_fix_works(read: Read):
    """The error names line and column, and what it says to declare reads the table."""
    content = "a;b\n1;3,27\n2;4\n"

    with pytest.raises(IngestError, match="decimal comma: '3,27'") as caught:
        numbers(read(content), "b", decimal=".")

    assert caught.value.where.endswith("table.csv, line 2, column 'b'")
    assert 'decimal = ","' in caught.value.fix
    assert numbers(read(content), "b", decimal=",").tolist() == [3.27, 4.0]
    assert numbers(read(content), "b").tolist() == [3.27, 4.0]  # found by itself


@pytest.mark.parametrize("cells", [["3,27", "4.1"], ["4.1", "1.234,5"]])
def test_two_decimal_marks_in_one_column_are_refused_with_both_places(read: Read, cells: list[str]):
    """No advice leads in a circle: neither mark can be declared."""
    content = "a;b\n" + "".join(f"{cell};1\n" for cell in cells)

    with pytest.raises(IngestError, match="two decimal marks in one column") as caught:
        numbers(read(content), "a")

    assert "line 2" in caught.value.where
    assert "line 3" in caught.value.where
    assert "one decimal mark" in caught.value.fix


@pytest.mark.parametrize(
    ("cell", "value"),
    [("3,27", 3.27), ("1.234,5", 1234.5), ("1.234.567,8", 1234567.8), (",5", 0.5), ("-2e3", -2e3)],
)
def test_a_declared_decimal_comma_is_read(read: Read, cell: str, value: float):
    """A point is then a thousands mark, where a comma follows."""
    assert numbers(read(f"a;b\n{cell};1\n"), "a", decimal=",").tolist() == [value]


@pytest.mark.parametrize("cell", ["3.27", "1.234", "1234.5"])
def test_a_point_under_a_declared_comma_is_refused(read: Read, cell: str):
    """It could mean either, and a guess may be wrong by a thousand."""
    with pytest.raises(IngestError, match="decimal point") as caught:
        numbers(read(f"a;b\n{cell};1\n"), "a", decimal=",")

    assert 'decimal = "."' in caught.value.fix


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(values=st.lists(st.floats(allow_nan=False, allow_infinity=False), min_size=1))
def test_a_decimal_comma_changes_no_number(read: Read, values: list[float]):
    """A table with commas holds the same numbers as one with points."""
    point = read("a;b\n" + "".join(f"{value!r};1\n" for value in values))
    comma = read("a;b\n" + "".join(f"{value!r};1\n".replace(".", ",") for value in values))

    assert numbers(point, "a", decimal=".").tolist() == values
    assert numbers(comma, "a", decimal=",").tolist() == values


def test_names_keep_their_zeros_and_lose_their_blanks(read: Read):
    """A name is text, also where it looks like a number."""
    assert names(read("a,b\n 007 ,1\n1.0,1\n,1\n"), "a") == ["007", "1.0", None]
