"""A column of cells in the light of each other: marks, limits, percent; right, or a question."""

import math
from random import Random

import pytest

from electrodoe.errors import IngestError
from electrodoe.tables import DecimalMark, mark_shown, read_column


def _place(row: int) -> str:
    return f"line {row + 2}"


def _values(*cells: object, column: str = "", decimal: DecimalMark | None = None) -> list[float]:
    return read_column(list(cells), _place, column=column, decimal=decimal).values.tolist()


@pytest.mark.parametrize("decimal", [None, ".", ","])
def test_a_mark_among_whole_numbers_of_its_size_parts_thousands(decimal: DecimalMark | None):
    """1.030 among 874 and 907 is 1030, whatever mark the rest of the table has."""
    read = read_column(["874", "907", "1.030", "1.029"], _place, decimal=decimal)

    assert read.values.tolist() == [874.0, 907.0, 1030.0, 1029.0]
    assert read.grouped == {2: "1.030", 3: "1.029"}


@pytest.mark.parametrize(
    ("cells", "decimal", "values"),
    [
        (["0.950", "1.030"], None, [0.95, 1.03]),
        (["1.030", "1.045"], ".", [1.03, 1.045]),
        (["0,95", "1,030"], None, [0.95, 1.03]),
        (["2.774", "886.191", "0.468"], None, [2.774, 886.191, 0.468]),
        (["1", "2", "1.500"], ".", [1.0, 2.0, 1.5]),
        (["1,030.5", "900"], None, [1030.5, 900.0]),
        (["1.030,5", "900"], None, [1030.5, 900.0]),
        (["1 030", "1'250", "1\u202f100,5"], None, [1030.0, 1250.0, 1100.5]),
        (["1.234.567"], None, [1234567.0]),
        (["2.000", "1.000", "500"], None, [2000.0, 1000.0, 500.0]),
        (["870.413", "950.21", "1.125"], None, [870.413, 950.21, 1.125]),
    ],
)
def test_marks_are_told_by_the_other_cells(
    cells: list[str], decimal: DecimalMark | None, values: list[float]
):
    """Three decimals stay three decimals where the column or the table has a decimal point."""
    assert read_column(cells, _place, decimal=decimal).values.tolist() == values


@pytest.mark.parametrize(
    ("cells", "decimal", "answer"),
    [
        (["1.030"], None, 'decimal = "."'),
        (["1.030", "1.045"], ",", 'decimal = "."'),
        (["1", "900", "1.030"], ".", 'decimal = "."'),
        (["874.5", "1.030"], None, 'decimal = "."'),
        (["0,5", "1.030"], None, "write 1030 or 1,03"),
    ],
)
def test_what_nobody_can_tell_is_a_question(
    cells: list[str], decimal: DecimalMark | None, answer: str
):
    """With both readings, the place, and an answer."""
    with pytest.raises(IngestError, match="or thousands") as caught:
        read_column(cells, _place, decimal=decimal)

    assert "1030 or 1.03" in caught.value.what
    assert caught.value.where == _place(cells.index("1.030"))
    assert answer in caught.value.fix


@pytest.mark.parametrize("cells", [["1.030"], ["1.030", "1.045"], ["874.5", "1.030"]])
def test_the_answer_ends_the_question(cells: list[str]):
    """What the fix says to declare reads the column; no circle of advice."""
    read = read_column(cells, _place, decimal=".", is_declared=True)

    assert read.values.tolist() == [float(cell) for cell in cells]


@pytest.mark.parametrize("seed", range(40))
@pytest.mark.parametrize("mark", [".", ","])
def test_thousands_marks_are_never_taken_for_decimals(seed: int, mark: DecimalMark):
    """Any column that crosses a thousand, in any order: its numbers, or a question."""
    rng = Random(seed)
    meant = [rng.randint(*rng.choice([(300, 999), (1000, 2500)])) for _ in range(12)]
    cells = [f"{value:,}".replace(",", mark) for value in meant]

    try:
        values = _values(*cells)
    except IngestError as error:
        assert "or thousands" in error.what  # noqa: PT017 - both ends are tested
    else:
        assert values == meant


def test_what_stands_behind_a_number_is_left_out_and_told():
    """A standard deviation, the mark of a footnote."""
    read = read_column(["524,1 ± 3,2", "530*", "541,5", "520 +/- 2"], _place)

    assert read.values.tolist() == [524.1, 530.0, 541.5, 520.0]
    assert list(read.marked) == [0, 1, 3]


def test_limits_are_missing_and_told():
    """<50 is no 50."""
    read = read_column(["61", "<50", "> 1000", "≤ 0,5", "72"], _place)

    assert [math.isnan(value) for value in read.values] == [False, True, True, True, False]
    assert read.limits == {1: "<50", 2: "> 1000", 3: "≤ 0,5"}


@pytest.mark.parametrize(
    "word", ["n.a.", "n/a", "k.A.", "n.b.", "–", "—", "#N/A", "#NV", "*", "K.A.", "nicht gemessen"]
)
def test_words_for_an_empty_cell_are_missing(word: str):
    """In English and German tables."""
    assert math.isnan(_values("1", word)[1])


@pytest.mark.parametrize(
    ("cells", "column", "values"),
    [
        (["40 %", "26%"], "porosity", [0.4, 0.26]),
        (["40 %", "26%"], "porosity_pct", [40.0, 26.0]),
        (["40 %", "26 %"], "Anteil", [40.0, 26.0]),
        (["40%", "26%"], "Anteil", [40.0, 26.0]),
        (["512 kPa", "613,5 kPa"], "Haftung", [512.0, 613.5]),
        (["12 µm", "13"], "gap_um", [12.0, 13.0]),
        (["50 °C", "60°C"], "drying_temperature_c", [50.0, 60.0]),
    ],
)
def test_a_unit_behind_a_number_is_read_where_it_is_the_columns(
    cells: list[str], column: str, values: list[float]
):
    """A percentage of a fraction is a fraction."""
    assert _values(*cells, column=column) == pytest.approx(values)


@pytest.mark.parametrize(
    ("cell", "column"), [("12 mm", "gap_um"), ("12 kPa", ""), ("5 %", "gap_um")]
)
def test_another_unit_behind_a_number_is_refused(cell: str, column: str):
    """It is not guessed which of the two is meant."""
    with pytest.raises(IngestError, match="where a number is meant"):
        _values("1", cell, column=column)


@pytest.mark.parametrize(
    ("text", "mark"),
    [("3,27", ","), ("3.27", "."), ("1.030", None), ("12", None), ("1.234,5", ","), ("a", None)],
)
def test_a_mark_is_shown_where_it_cannot_be_the_other(text: str, mark: str | None):
    """Three digits behind one mark show nothing."""
    assert mark_shown(text) == mark
