"""A log's rows in the order of time: what repeats or steps back is set aside and counted."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from electrodoe.errors import IngestError
from electrodoe.findings import Finding, found
from electrodoe.ingest.records import LogBatch


@dataclass(kw_only=True)
class ClockNotes:
    """What was met while a clock was read; counted up row by row."""

    n_rows: int = 0
    n_without_time: int = 0
    n_repeated: int = 0
    n_stepped_back: int = 0
    largest_step_back_s: float = 0.0
    first_place: str = ""

    def note(self, batch: LogBatch, is_odd: NDArray[np.bool_]) -> None:
        """Keep the place of the first odd row."""
        if not self.first_place and is_odd.any():
            self.first_place = batch.place(int(np.argmax(is_odd)))


def forward(
    batches: Iterable[LogBatch], largest_step_back_s: float, notes: ClockNotes
) -> Iterator[LogBatch]:
    """Yield the rows whose time is later than all before.

    Parameters
    ----------
    batches : iterable of LogBatch
        A log in sequence.
    largest_step_back_s : float, s
        A clock may be set back by so much; the rows until it has caught up are set aside.
    notes : ClockNotes
        What is counted.

    Yields
    ------
    LogBatch
        Times increase from row to row and from batch to batch; batches may be empty.

    Raises
    ------
    IngestError
        If the clock jumps back further, or two files overlap; with file and line.
    """
    latest, last = -np.inf, None
    for batch in batches:
        has_time = np.isfinite(batch.time_s)
        times = np.where(has_time, batch.time_s, -np.inf)
        before = np.maximum.accumulate(np.concatenate([[latest], times]))[:-1]
        is_later = times > before
        back_s = np.where(has_time, before - times, 0.0)
        if np.any(back_s > largest_step_back_s):
            raise _jump(batch, int(np.argmax(back_s > largest_step_back_s)), back_s, last)
        notes.n_rows += len(times)
        notes.n_without_time += int(np.sum(~has_time))
        notes.n_repeated += int(np.sum(has_time & (back_s == 0.0) & ~is_later))
        notes.n_stepped_back += int(np.sum(back_s > 0.0))
        notes.largest_step_back_s = max(notes.largest_step_back_s, float(back_s.max(initial=0.0)))
        notes.note(batch, ~is_later)
        latest, last = max(latest, float(times.max(initial=-np.inf))), batch.path
        yield batch if is_later.all() else batch.where(is_later)


def _jump(batch: LogBatch, row: int, back_s: NDArray[np.float64], last: object) -> IngestError:
    """Return what to say of a clock that jumps back too far."""
    if last is not None and last != batch.path and row == 0:
        return IngestError(
            f"the file begins {back_s[row]:g} s before {last} ends",
            where=batch.place(row),
            fix="leave out files that overlap, or give each log's clock a date",
        )
    return IngestError(
        f"the clock jumps back by {back_s[row]:g} s",
        where=batch.place(row),
        fix="correct the times, say time_zone if summer time ended, or raise largest_step_back_s",
    )


def clock_findings(notes: ClockNotes, log: str) -> list[Finding]:
    """Return what was odd about a clock.

    Parameters
    ----------
    notes : ClockNotes
        After the whole log.
    log : str
        Its first file.
    """
    cases = [
        (
            "D240",
            notes.n_stepped_back,
            f"the clock steps back by up to {notes.largest_step_back_s:g} s",
        ),
        ("D241", notes.n_repeated, "times that were there before"),
        ("D242", notes.n_without_time, "no time is given"),
    ]
    return [
        found(code, f"{what}: {n} of {notes.n_rows} rows are left out", notes.first_place or log)
        for code, n, what in cases
        if n
    ]
