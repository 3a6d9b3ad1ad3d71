"""One parser of numbers: what is written comes back, and every door reads a cell alike."""

import math
import re
from pathlib import Path

import numpy as np
import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from electrodoe.design.region.axes import FactorAxis
from electrodoe.design.region.region import region_of
from electrodoe.design.run_sheet.table_cells import RowCells
from electrodoe.design.structure.existing_runs import coded_settings
from electrodoe.errors import DesignError, IngestError
from electrodoe.ingest import RawTable, numbers
from electrodoe.tables import MISSING, DecimalMark, number_of, numbers_of

FINITE = st.floats(-1e12, 1e12, allow_nan=False)


@given(
    value=FINITE, blanks=st.sampled_from(["", " ", "\u00a0"]), decimal=st.sampled_from([".", ","])
)
def test_a_number_that_was_written_comes_back(value: float, blanks: str, decimal: DecimalMark):
    """To the last digit, in either mark, with blanks around it."""
    text = repr(value).replace(".", decimal)

    assert number_of(f"{blanks}{text}{blanks}", "here", decimal) == value


@given(value=st.floats(1e3, 1e9))
def test_thousands_marks_are_read_where_a_decimal_comma_follows(value: float):
    """As a German spreadsheet writes 1.234.567,89."""
    text = f"{value:,.2f}".translate(str.maketrans(",.", ".,"))

    assert number_of(text, "here", ",") == float(f"{value:.2f}")


@given(text=st.text(max_size=12))
def test_a_text_is_a_number_or_is_refused(text: str):
    """Nothing else comes out, whatever stands in the cell."""
    try:
        value = number_of(text, "here")
    except IngestError as error:
        assert error.where == "here"  # noqa: PT017 - both ends are tested
    else:
        is_empty = text.strip().lower() in MISSING
        plain = re.sub("[ \u00a0\u2009\u202f'’]", "", text.strip().replace("−", "-"))
        assert math.isnan(value) if is_empty else value == float(plain.replace(",", ""))


@pytest.mark.parametrize("cell", [None, *sorted(MISSING), " N/A ", float("nan")])
def test_an_empty_cell_is_no_number(cell: str | float | None):
    """In each of the ways in which people leave a cell out."""
    assert math.isnan(number_of(cell, "here"))


@pytest.mark.parametrize(
    ("cell", "column", "value"),
    [
        ("26 %", "porosity", 0.26),
        ("26%", "measured_porosity", 0.26),
        (0.26, "porosity", 0.26),
        ("26 %", "porosity_pct", 26.0),
        (26, "porosity_pct", 26.0),
        (1.4, "compaction", 1.4),
    ],
)
def test_percent_has_one_rule(cell: object, column: str, value: float):
    """A percent sign is read where the column can be in percent."""
    assert number_of(cell, "here", column=column) == pytest.approx(value)


@pytest.mark.parametrize(
    ("cell", "decimal", "column", "what", "fix"),
    [
        ("1,5", ".", "", "decimal comma: '1,5'", 'decimal = ","'),
        ("1.5", ",", "", "decimal point: '1.5'", "write 1,5, or"),
        ("1.500", ",", "", "decimal point: '1.500'", "write 1500 or 1,500"),
        ("1,030", ".", "", "decimal comma: '1,030'", "write 1030 or 1.030"),
        ("warm", ".", "", "'warm' where a number is meant", "as 9.8"),
        ("warm", ",", "", "'warm' where a number is meant", "as 9,8"),
        ("26 %", ".", "gap_um", "'26 %' where a number is meant", "9.8"),
        (True, ".", "", "'True' where a number is meant", "9.8"),
        ("1e999", ".", "", "an infinite value", "correct"),
        (-math.inf, ".", "", "an infinite value", "correct"),
        (26.0, ".", "porosity", "26 where a fraction from 0 to 1 is meant", "0.26 or 26%"),
    ],
)
def test_what_is_no_number_is_refused_with_the_way_out(
    cell: object, decimal: DecimalMark, column: str, what: str, fix: str
):
    """Never guessed."""
    with pytest.raises(IngestError) as caught:
        number_of(cell, "runs.csv, line 3", decimal, column)

    assert what in caught.value.what
    assert fix in caught.value.fix
    assert caught.value.where == "runs.csv, line 3"


def test_the_first_wrong_cell_of_a_column_is_named():
    """By the place that the caller gives."""
    with pytest.raises(IngestError) as caught:
        numbers_of(["1", "x", "y"], lambda row: f"line {row + 2}")

    assert caught.value.where == "line 3"


def _in_samples(cell: str, decimal: DecimalMark) -> float:
    """Return a cell as a table of samples reads it."""
    table = RawTable(path=Path("a.csv"), frame=pl.DataFrame({"porosity": [cell]}), lines=(2,))
    return float(numbers(table, "porosity", decimal)[0])


def _in_runs(cell: str, decimal: DecimalMark) -> float:
    """Return a cell as a table of existing runs reads it; settings are coded from −1 to 1."""
    region = region_of([FactorAxis(name="porosity", low=0.0, high=1.0)])
    frame = pl.DataFrame({"porosity": [cell]})
    return float(coded_settings(region, frame, "runs.csv", decimal)[0, 0]) / 2 + 0.5


def _in_sheet(cell: str, decimal: DecimalMark) -> float:
    """Return a cell as a filled run sheet reads it."""
    header = {"porosity": "Porosity (%)"}
    row = RowCells(header=header, cells={"Porosity (%)": cell}, place="sheet", decimal=decimal)
    value = row.number("porosity")
    return math.nan if value is None else value


@pytest.mark.parametrize("decimal", [".", ","])
@pytest.mark.parametrize(
    "cell",
    ["0.5", "0,5", "1.500", "1,500", "1.234,5", "26%", "26 %", "26", "", "n/a", "–", "x", "1e-1"],
)
def test_every_door_reads_a_cell_alike(cell: str, decimal: DecimalMark):
    """1.500 under a decimal comma was 1.5 in a table of runs, and refused in a sheet."""

    def outcome(read) -> float | None:
        try:
            value = read(cell, decimal)
        except (IngestError, DesignError):
            return None
        return None if math.isnan(value) else pytest.approx(value)

    found = [outcome(read) for read in (_in_samples, _in_runs, _in_sheet)]

    assert found[0] == found[1] == found[2]


@pytest.mark.parametrize("column", ["porosity", "gap_um"])
@pytest.mark.parametrize("wrong", [26.0, math.inf, -math.inf, math.nan])
def test_an_array_is_judged_like_its_cells(wrong: float, column: str):
    """The same values, or the same words about the same row."""
    cells = np.array([0.2, math.nan, 0.3, wrong, 0.4])

    def outcome(given: object) -> object:
        try:
            return [
                repr(value) for value in numbers_of(given, lambda row: f"line {row}", column=column)
            ]
        except IngestError as error:
            return str(error)

    assert outcome(cells) == outcome(cells.tolist())
