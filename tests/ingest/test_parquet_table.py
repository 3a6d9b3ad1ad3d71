"""Parquet files: their types, their damage, their names."""

import datetime as dt
from pathlib import Path

import polars as pl
import pytest

from electrodoe.errors import IngestError
from electrodoe.ingest import names, numbers, read_table, require_columns
from electrodoe.study import Measurements

PARQUET = Measurements(table="table.parquet")


def test_types_are_kept(tmp_path: Path):
    """Numbers of every kind are numbers, days are names."""
    path = tmp_path / "table.parquet"
    day = dt.date(2021, 10, 15)
    pl.DataFrame(
        {"f": [1.5, None], "i": [1, 2], "t": ["3.5", "4"], "d": [day, None], "n": [None, None]}
    ).write_parquet(path)

    table = read_table(path, PARQUET)

    assert numbers(table, "i").tolist() == [1.0, 2.0]
    assert numbers(table, "t").tolist() == [3.5, 4.0]
    assert str(numbers(table, "f").tolist()) == "[1.5, nan]"
    assert str(numbers(table, "n").tolist()) == "[nan, nan]"
    assert names(table, "d") == ["2021-10-15", None]
    assert names(table, "i") == ["1", "2"]


@pytest.mark.parametrize(
    "cell", [[1.0], {"x": 1}, b"1", dt.timedelta(days=1), dt.date(2021, 1, 1), True]
)
def test_what_is_no_number_is_refused_with_its_cell(tmp_path: Path, cell: object):
    """Lists, spans of time and bytes end in three lines."""
    path = tmp_path / "table.parquet"
    pl.DataFrame({"a": [cell]}).write_parquet(path)

    with pytest.raises(IngestError, match="where a number is meant") as caught:
        numbers(read_table(path, PARQUET), "a")

    assert caught.value.where == f"{path}, line 1, column 'a'"


def test_an_infinite_value_is_refused(tmp_path: Path):
    """As in a text table."""
    path = tmp_path / "table.parquet"
    pl.DataFrame({"a": [1.0, float("-inf")]}).write_parquet(path)

    with pytest.raises(IngestError, match="infinite") as caught:
        numbers(read_table(path, PARQUET), "a")

    assert caught.value.where.endswith("line 2, column 'a'")


@pytest.mark.parametrize("n_kept", [4, 5, 100, -1])
def test_a_damaged_file_is_refused(tmp_path: Path, n_kept: int):
    """A truncated file ends in three lines."""
    path = tmp_path / "table.parquet"
    pl.DataFrame({"a": [1.0, 2.0]}).write_parquet(path)
    path.write_bytes(path.read_bytes()[:n_kept])

    with pytest.raises(IngestError, match="damaged") as caught:
        read_table(path, PARQUET)

    assert caught.value.where == str(path)


def test_a_table_without_rows_is_refused(tmp_path: Path):
    """A header alone is no table."""
    path = tmp_path / "table.parquet"
    pl.DataFrame({"a": []}, schema={"a": pl.Float64}).write_parquet(path)

    with pytest.raises(IngestError, match="no rows"):
        read_table(path, PARQUET)


def test_brackets_in_a_name_are_no_pattern(tmp_path: Path):
    """The named file is read, and not another one that a pattern would find."""
    pl.DataFrame({"a": [1.0]}).write_parquet(tmp_path / "table[1].parquet")
    pl.DataFrame({"a": [2.0]}).write_parquet(tmp_path / "table1.parquet")

    table = read_table(tmp_path / "table[1].parquet", PARQUET)

    assert numbers(table, "a").tolist() == [1.0]


def test_a_missing_column_has_no_line(tmp_path: Path):
    """A Parquet file has no header line that could be opened."""
    path = tmp_path / "table.parquet"
    pl.DataFrame({"porosity": [1.0]}).write_parquet(path)

    with pytest.raises(IngestError) as caught:
        require_columns(read_table(path, PARQUET), ["porosty"])

    assert caught.value.where == str(path)
