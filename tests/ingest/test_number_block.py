"""Rows of numbers: decimal marks, widths, and what is no number."""

from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from electrodoe.errors import IngestError
from electrodoe.ingest.decoding import TextFile
from electrodoe.ingest.number_block import read_number_block


def _file(text: str) -> TextFile:
    """Return a text file that need not exist."""
    return TextFile(path=Path("a.txt"), text=text, encoding="utf-8")


@given(
    rows=st.lists(
        st.tuples(*[st.floats(-1e6, 1e6, allow_nan=False).map(lambda v: round(v, 6))] * 3),
        min_size=1,
        max_size=8,
    ),
    mark=st.sampled_from([".", ","]),
    separator=st.sampled_from(["\t", ";", "|"]),
)
def test_numbers_are_read_as_they_were_written(
    rows: list[tuple[float, float, float]], mark: str, separator: str
):
    """Whatever the decimal mark and the separator."""
    body = "\n".join(
        separator.join(f"{value:.6f}".replace(".", mark) for value in row) for row in rows
    )

    block = read_number_block(_file(f"a b c\n{body}\n"), 2, ["a", "b", "c"], separator)

    np.testing.assert_array_equal(block.frame.to_numpy(), np.array(rows))
    assert block.lines.tolist() == list(range(2, len(rows) + 2))
    assert block.findings == ()


@pytest.mark.parametrize(
    ("body", "what", "where"),
    [
        ("1;2\n1;2;3\n", "3 cells where the header has 2", "line 3"),
        ("1;2\n1\n", "1 cells where the header has 2", "line 3"),
        ("1;2\n1;x\n", "'x' where a number", "line 3, column 'b'"),
        ("1.5;2\n1,5;2\n", "'1,5' where a number", "line 3, column 'a'"),
        ("1,5;2\n2,5;2\n1.234,5;2\n", "decimal comma", "line 4, column 'a'"),
        ("1;inf\n", "'inf' where a number", "line 2"),
        ("\n \n", "no rows", "line 2"),
    ],
)
def test_a_fault_is_reported_with_line_and_column(body: str, what: str, where: str):
    """A person can open the place."""
    with pytest.raises(IngestError, match=what) as caught:
        read_number_block(_file("a;b\n" + body), 2, ["a", "b"], ";")

    assert where in caught.value.where


def test_missing_cells_blank_lines_and_a_mark_at_the_end_are_borne():
    """As spreadsheets and instruments write them."""
    block = read_number_block(_file("a;b\n1;NaN;\n\n;2\n"), 2, ["a", "b"], ";")

    assert block.frame.rows() == [(1.0, None), (None, 2.0)]
    assert block.lines.tolist() == [2, 4]


def test_a_last_line_without_an_end_is_remarked():
    """It may have lost digits."""
    block = read_number_block(_file("a;b\n1;2\n3;45"), 2, ["a", "b"], ";")

    assert [finding.code for finding in block.findings] == ["D201"]
    assert "line 3" in block.findings[0].where


def test_text_columns_stay_text():
    """A date is no number."""
    block = read_number_block(_file("1;on\n2;off\n"), 1, ["a", "b"], ";", text=["b"])

    assert block.frame["b"].to_list() == ["on", "off"]
