"""Clocks that step back, stand or have holes."""

from pathlib import Path

import numpy as np
import polars as pl
import pytest

from electrodoe.errors import IngestError
from electrodoe.ingest.records import LogBatch, LogRows
from electrodoe.preprocess.coil.web_track import ClockNotes, clock_findings, forward


def batch(times: list[float], first_line: int = 2, name: str = "a.csv") -> LogBatch:
    """Return rows with these times."""
    rows = LogRows(
        path=Path(name),
        lines=np.arange(first_line, first_line + len(times)),
        frame=pl.DataFrame({"row": list(range(len(times)))}),
    )
    return LogBatch(rows=rows, time_s=np.array(times))


def kept(*batches: LogBatch, back_s: float = 2.0) -> tuple[list[float], ClockNotes]:
    """Return the times that are left, and what was noted."""
    notes = ClockNotes()
    found = [one.time_s for one in forward(batches, back_s, notes)]
    return np.concatenate(found).tolist(), notes


def test_rows_until_the_clock_has_caught_up_are_set_aside():
    """Set back by 1.5 s after 3 s: two rows go, and D240 says so."""
    times, notes = kept(batch([1, 2, 3, 1.5, 2.5, 3.5, 4.5]))

    assert times == [1, 2, 3, 3.5, 4.5]
    (finding,) = clock_findings(notes, "a.csv")
    assert finding.code == "D240"
    assert "1.5 s" in finding.what
    assert "2 of 7 rows" in finding.what
    assert finding.where == "a.csv, line 5"


def test_times_that_repeat_count_once():
    """Across batches too."""
    times, notes = kept(batch([1, 2, 2]), batch([2, 3], 5))

    assert times == [1, 2, 3]
    assert [one.code for one in clock_findings(notes, "a.csv")] == ["D241"]
    assert notes.n_repeated == 2


def test_rows_without_a_time_are_left_out():
    """A cell that was empty."""
    times, notes = kept(batch([1, np.nan, 3]))

    assert times == [1, 3]
    assert [one.code for one in clock_findings(notes, "a.csv")] == ["D242"]


def test_a_clock_that_jumps_back_is_refused_with_its_line():
    """An hour, as where summer time ends."""
    with pytest.raises(IngestError, match="jumps back by 3599 s") as caught:
        kept(batch([7200.0, 7201.0]), batch([3602.0, 3603.0], 4))

    assert caught.value.where == "a.csv, line 4"
    assert "time_zone" in caught.value.fix


def test_two_files_that_overlap_are_refused():
    """With both names."""
    with pytest.raises(IngestError, match=r"begins 90 s before a\.csv ends"):
        kept(batch([0.0, 100.0]), batch([10.0, 110.0], name="b.csv"))
