"""A table that is handed on has the lines that a reader of its file would count."""

from pathlib import Path

import polars as pl

from electrodoe.ingest import RawTable, read_table
from electrodoe.study import Measurements


def test_a_table_as_written_is_the_table_as_read(tmp_path: Path):
    """Lines, header and places."""
    frame = pl.DataFrame({"sample": ["a-1", "a, 2"], "porosity": ["0.3", "0.31"]})
    path = tmp_path / "measurements.csv"
    frame.write_csv(path)

    ours, read = RawTable.as_written(path, frame), read_table(path, Measurements())

    assert read.frame.equals(ours.frame)
    assert (read.lines, read.header_line) == (ours.lines, ours.header_line)
    assert [read.place(row) for row in (0, 1)] == [ours.place(row) for row in (0, 1)]
