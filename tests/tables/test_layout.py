"""Where a table is in a sheet: header, units, rows, and what is beside them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from electrodoe.errors import IngestError
from electrodoe.tables import find_layout, is_blank

HEADER = ["run", "sample", "gap", "strength"]
ROWS: list[list[object]] = [
    [f"R{run}", f"R{run}-{sample}", 40 + run, 500.5 + sample]
    for run in range(1, 5)
    for sample in (1, 2)
]


@pytest.mark.parametrize(
    "above",
    [
        [],
        [["Study 12"]],
        [["Operator", "AB"], ["Date", "3.5.2024"], []],
        [["Machine", "Coater", "speed", "fast"], []],
        [["Study", "12", "gap", "5"]],
        [[], [], ["x"]],
    ],
)
def test_titles_above_are_no_header(above: list[list[object]]):
    """Also such as have as many cells as the table."""
    found = find_layout([*above, HEADER, *ROWS])

    assert found.header == len(above)
    assert found.rows == tuple(range(len(above) + 1, len(above) + 9))


@pytest.mark.parametrize("units", [["", "", "µm", "kPa"], ["-", "-", "[µm]", "[kPa]"]])
def test_a_row_of_units_is_no_sample(units: list[object]):
    """With and without brackets."""
    found = find_layout([HEADER, units, *ROWS])

    assert found.units == 1
    assert found.rows == tuple(range(2, 10))


def test_a_word_among_units_makes_no_sample():
    """As where the form of a day is said."""
    header = [*HEADER, "speed", "T", "day"]
    rows = [[*row, 3, 60, "Mo"] for row in ROWS]

    assert find_layout([header, ["", "", "µm", "kPa", "m/min", "°C", "TT.MM."], *rows]).units == 1
    assert find_layout([header, ["R0", "x", "n.a.", "k.A.", "K", "m", "Mo"], *rows]).units is None


@pytest.mark.parametrize("first", [["R0", "A1", 3, 4], ["N", "m", 3, 4], ["R0", "", None, "n.a."]])
def test_a_sample_is_no_row_of_units(first: list[object]):
    """Whatever its name looks like."""
    assert find_layout([HEADER, first, *ROWS]).units is None


@pytest.mark.parametrize(
    "below",
    [
        [["Notes: run R05 was rushed"]],
        [[], ["Legend"], ["* measured again", "AB"]],
        [["checked", "AB"]],
    ],
)
def test_notes_below_are_no_samples(below: list[list[object]]):
    """Next to the table or apart."""
    found = find_layout([HEADER, *ROWS, *below])

    assert found.rows == tuple(range(1, 9))
    assert found.below == tuple(9 + index for index, row in enumerate(below) if row)


def test_a_sample_that_was_not_measured_is_a_sample():
    """Also the last one."""
    assert find_layout([HEADER, *ROWS, ["R9", "R9-1", 44, None]]).rows[-1] == 9
    assert find_layout([HEADER, *ROWS, ["R9", "R9-1", "n.a.", "n.a."]]).rows[-1] == 9


@pytest.mark.parametrize(
    "name", ["Mean", "MEAN:", "Mittelwert", "Mean (n=8)", "Ø", "Average of all"]
)
@pytest.mark.parametrize("gap", [[], [[]]])
def test_computed_rows_are_no_samples(name: str, gap: list[list[object]]):
    """Mean and what comes with it, below the table."""
    below: list[list[object]] = [[name, "", 42.5, 501.0], ["SD", "", 1.2, 0.5], ["n", "", 8, 8]]
    found = find_layout([HEADER, *ROWS, *gap, *below])

    assert found.rows == tuple(range(1, 9))
    assert len(found.totals) == 3


@pytest.mark.parametrize("name", ["min", "max", "n", "S", "Meanwood", "SDS 4", "R9"])
def test_a_name_that_only_resembles_a_computed_one_is_a_sample(name: str):
    """A setting may well be called max."""
    assert find_layout([HEADER, *ROWS, [name, "", 42, 500]]).rows[-1] == 9


def test_means_between_samples_are_left_out():
    """One after each run."""
    rows = [
        each
        for row in range(0, 8, 2)
        for each in (
            *ROWS[row : row + 2],
            [ROWS[row][0], "Mean", ROWS[row][2], 502],
            [None, "SD", 0, 0.7],
        )
    ]

    assert len(find_layout([HEADER, *rows]).totals) == 8


@pytest.mark.parametrize("word", ["std", "CV", "Mean", "sum", "n", "SD"])
@pytest.mark.parametrize("column", [0, 1])
def test_a_category_is_no_computed_row(word: str, column: int):
    """A recipe called std, a method called CV, also in the last rows: nothing is lost."""
    rows = [[f"R{i}", f"s{i}", 40 + 7 * (i % 3), 500 + 31 * (i % 5)] for i in range(12)]
    for index in (1, 4, 5, 8, 10, 11):
        rows[index][column] = word

    assert len(find_layout([HEADER, *rows]).rows) == 12


def test_a_category_called_mean_is_no_computed_row():
    """More than half of the rows are not computed from the rest."""
    rows: list[list[object]] = [["Mean", f"s{index}", index, index] for index in range(6)]

    assert len(find_layout([HEADER, *rows, ["Peak", "t", 3, 4]]).rows) == 7


def test_a_run_that_is_written_once_counts_for_the_rows_below():
    """With its settings, over several levels; missing results stay missing."""
    rows: list[list[object]] = [
        ["C1", "R1", "a", 40, 1],
        [None, None, "b", None, None],
        [None, "R2", "a", 41, 3],
        [None, None, "b", None, 4],
        ["C2", "R3", "a", 42, None],
        [None, None, "b", None, 6],
    ]
    found = find_layout([["coil", "run", "sample", "gap", "strength"], *rows])

    assert found.filled_down[0] == (2, 3, 4, 6)
    assert found.filled_down[1] == found.filled_down[3] == (2, 4, 6)
    assert set(found.filled_down) == {0, 1, 3}


@pytest.mark.parametrize(
    "rows",
    [
        [["R1", 1, 2], [None, 1, 3], ["R2", 2, 4], ["R3", 3, 5], ["R4", 3, 5]],
        [["R1", 1, 2], ["R1", 1, 3], [None, 2, 4], ["R2", 2, 5]],
        [[1.5, 1, 2], [None, None, 3], [2.5, 2, 4], [None, None, 4]],
    ],
)
def test_a_missing_name_is_missing(rows: list[list[object]]):
    """One that is not written once for several rows, and numbers that name nothing."""
    assert find_layout([["gap", "b", "c"], *rows]).filled_down == {}


def test_cells_that_a_workbook_shows_as_one_are_filled():
    """As it says itself, in any column."""
    rows = [[1.5, 1, 2], [None, 2, 3], [2.5, 3, 4]]

    found = find_layout([["gap", "b", "c"], *rows], merged=[(1, 2, 0, 0)])

    assert found.filled_down == {0: (2,)}


def test_columns_without_a_name():
    """Empty ones and counters are none; remarks are kept; numbers need a name."""
    rows = [[None, index, row[0], row[2], "came off" if index == 3 else None] for index, row in
            enumerate(ROWS)]  # fmt: skip
    found = find_layout([[None, None, "run", "gap", None], *rows])

    assert found.columns == (2, 3, 4)
    assert found.unnamed == (4,)


def test_a_header_that_stands_again_is_left_out():
    """As where tables were pasted below each other."""
    found = find_layout([HEADER, *ROWS[:4], HEADER, *ROWS[4:]])

    assert found.repeated == (5,)
    assert len(found.rows) == 8


def test_names_that_stand_twice_are_told_apart_by_the_row_above():
    """Adhesion: mean and SD; capacity: mean and SD."""
    top = ["", "Adhesion", "", "Capacity", ""]
    found = find_layout([top, ["run", "mean", "SD", "mean", "SD"], ["R1", 1, 2, 3, 4]])

    assert found.groups == {1: "Adhesion", 2: "Adhesion", 3: "Capacity", 4: "Capacity"}


def test_a_declared_header_overrules():
    """And so do declared units."""
    rows = [["a", "b"], ["x", "y"], ["p", "q"], [1, 2]]

    assert find_layout(rows).header == 2
    assert find_layout(rows, header=1, units=2).rows == (3,)


def test_names_that_are_wanted_come_first():
    """A form above the table may look like a table itself."""
    form = [["Machine", "speed", "gap", "width", "n"], ["K1", 3, 4, 5, 6]]
    rows = [*form, [], HEADER, *ROWS]

    assert find_layout(rows).header == 0
    assert find_layout(rows, wanted=["strength", "gap"]).header == 3


def test_nothing_is_no_table():
    """An empty sheet is refused."""
    with pytest.raises(IngestError, match="nothing is filled in"):
        find_layout([[], [None, " "]])


def test_words_between_samples_are_no_sample():
    """A sentence at the left; a name alone is a sample without values."""
    rows = [*ROWS[:4], ["R3 was repeated"], ["R9"], *ROWS[4:]]

    found = find_layout([HEADER, *rows])

    assert found.below == (5,)
    assert 6 in found.rows


def test_names_over_two_rows_are_put_together():
    """As merged cells of a header are saved: what has no name below has the one above."""
    top = ["run", "Adhesion", None, "gap"]
    found = find_layout([["Study 12"], top, [None, "mean", "SD", None], ["R1", 500, 3, 40]])

    assert found.header == 2
    assert found.columns == (0, 1, 2, 3)
    assert found.groups == {0: "run", 3: "gap"}


def test_numbers_beyond_an_empty_column_are_beside_the_table():
    """A small calculation; numbers next to the table need a name."""
    rows = [[*row, None, 7 if index < 2 else None] for index, row in enumerate(ROWS)]

    assert find_layout([[*HEADER, None, None], *rows]).columns == (0, 1, 2, 3)
    assert find_layout([[*HEADER, None], *[[*row, 7] for row in ROWS]]).columns[-1] == 4


CELLS = st.sampled_from(
    [
        None,
        "",
        " ",
        "R1",
        "Mean",
        "n.a.",
        "1.030",
        "0,5",
        "12",
        "µm",
        "kPa",
        "-",
        "a b",
        "#REF!",
        3.5,
    ]
)


@given(rows=st.lists(st.lists(CELLS, max_size=6), max_size=12))
def test_any_sheet_has_a_layout_or_nothing_in_it(rows: list[list[object]]):
    """Each filled row below the header is a sample, units, a note, computed, or a header again."""
    if all(is_blank(cell) for row in rows for cell in row):
        return
    found = find_layout(rows)

    told = (*found.rows, *found.below, *found.totals, *found.repeated)
    assert len(told) == len(set(told))
    filled = {
        index
        for index, row in enumerate(rows)
        if index > found.header and any(not is_blank(row[c]) for c in found.columns if c < len(row))
    }
    assert filled - {found.units} == set(told) - {found.units}
