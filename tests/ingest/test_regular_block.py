"""Rows read in one go: the same numbers as a closer look, or none at all."""

from collections.abc import Sequence
from pathlib import Path
from unittest import mock

import polars as pl
import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from polars.testing import assert_frame_equal

from electrodoe.errors import IngestError
from electrodoe.ingest import number_block
from electrodoe.ingest.decoding import TextFile
from electrodoe.ingest.regular_block import read_regular_block

CELLS = st.one_of(
    st.floats(allow_nan=False, allow_infinity=False).map(repr),
    st.integers(-9, 9).map(str),
    st.sampled_from(["", "NaN", "-.5", "+1.", "1E3"]),
)
ODD = st.sampled_from(["x", "1,5", "inf", "1 2", '"1"', "1\t2", "-", "n/a", " 7 ", "0x1", "1_0"])
_N = 60


def _closely(text: str, headers: list[str], words: Sequence[str] = ()) -> pl.DataFrame | str:
    """Return what the closer look makes of rows, or what it says of them."""
    with mock.patch.object(number_block, "read_regular_block", return_value=None):
        return _at_once(text, headers, words)


def _at_once(text: str, headers: list[str], words: Sequence[str] = ()) -> pl.DataFrame | str:
    """Return what both ways together make of rows, or say of them."""
    file = TextFile(path=Path("a"), text=text, encoding="utf-8")
    try:
        block = number_block.read_number_block(file, 1, headers, "\t", decimal=".", text=words)
    except IngestError as error:
        return error.where
    return block.frame


@given(
    rows=st.lists(st.tuples(CELLS, CELLS), min_size=1, max_size=6),
    odd=st.none() | st.tuples(st.integers(0, _N - 1), ODD),
)
def test_both_ways_give_the_same(rows: list[tuple[str, str]], odd: tuple[int, str] | None):
    """Numbers to the last bit, and the same place of what is no number."""
    many = (rows * _N)[:_N]
    lines = ["\t".join(row) for row in many if "".join(row)] or ["1\t2"]
    if odd:
        lines[odd[0] % len(lines)] = f"{odd[1]}\t1"
    text = "\n".join(lines) + "\n"

    closely, at_once = _closely(text, ["a", "b"]), _at_once(text, ["a", "b"])

    if isinstance(closely, str):
        assert at_once == closely
    else:
        assert isinstance(at_once, pl.DataFrame)
        assert_frame_equal(at_once, closely, check_exact=True)


@example(rows=[("", "", "")], n=1, odd=None, end="")
@given(
    rows=st.lists(st.tuples(CELLS | ODD, CELLS, CELLS), min_size=1, max_size=6),
    n=st.sampled_from([1, 7, 800]),
    odd=st.none() | ODD,
    end=st.sampled_from(["", "\n", "\t\n", "\n\n\n"]),
)
def test_both_ways_give_the_same_beside_words(
    rows: list[tuple[str, str, str]], n: int, odd: str | None, end: str
):
    """However few or many rows there are, and however a row and the file end."""
    mark = "\t" if end.startswith("\t") else ""
    lines = [f"{first} \t{second}\t{third}{mark}" for first, second, third in (rows * n)[:n]]
    lines = [
        "\t".join([line.split("\t")[0], *line.split("\t")[-2 - bool(mark) :]]) for line in lines
    ]
    if odd:
        lines[n // 2] = f"word\t{odd}\t1{mark}"
    text = "\n".join(lines) + end.removeprefix("\t")

    closely = _closely(text, ["a", "b", "c"], ["a"])
    at_once = _at_once(text, ["a", "b", "c"], ["a"])

    if isinstance(closely, str):
        assert at_once == closely
    else:
        assert isinstance(at_once, pl.DataFrame)
        assert_frame_equal(at_once, closely, check_exact=True)


@pytest.mark.parametrize(
    "odd", ["1\t2\t3", "1", "", "x\t1", "inf\t1", "1,5\t2", '"1"\t2', "1\t2\t"]
)
def test_what_is_odd_is_left_to_the_closer_look(odd: str):
    """One odd row among many is enough."""
    rows = "1.5\t2.5\n" * _N

    assert read_regular_block(rows, ["a", "b"], "\t") is not None
    assert read_regular_block(f"{rows}{odd}\n{rows}", ["a", "b"], "\t") is None


def test_one_row_too_long_and_one_too_short_are_no_two_right_ones():
    """As many separators as there should be, and yet no table."""
    rows = "1\t2\n" * _N

    assert read_regular_block(f"{rows}1\t2\t3\n1\n{rows}", ["a", "b"], "\t") is None


def test_a_decimal_comma_is_recognized_by_the_first_rows():
    """A point among decimal commas asks for a closer look."""
    rows = "1,5;2\n" * _N

    found = read_regular_block(rows, ["a", "b"], ";")

    assert found is not None
    assert found.row(0) == (1.5, 2.0)
    assert read_regular_block(f"{rows}1.5;2\n", ["a", "b"], ";") is None


def test_as_many_rows_as_columns_stay_rows():
    """A square of numbers is not taken for its own transpose."""
    found = read_regular_block("1\t2\n3\t4\n", ["a", "b"], "\t")

    assert found is not None
    assert found.rows() == [(1.0, 2.0), (3.0, 4.0)]
