"""A clock that goes forward, and the web position that passed by then."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

import numpy as np

from electrodoe.arrays import Booleans, Floats
from electrodoe.errors import IngestError
from electrodoe.findings import Finding, found
from electrodoe.ingest.records import LogBatch
from electrodoe.physics import web_position, web_position_at
from electrodoe.study import CoilProtocol


@dataclass(kw_only=True)
class ClockNotes:
    """What was met while a clock was read; counted up row by row."""

    n_rows: int = 0
    n_without_time: int = 0
    n_repeated: int = 0
    n_stepped_back: int = 0
    largest_step_back_s: float = 0.0
    first_place: str = ""

    def note(self, batch: LogBatch, is_odd: Booleans) -> None:
        """Keep the place of the first odd row."""
        if not self.first_place and is_odd.any():
            self.first_place = batch.place(int(np.argmax(is_odd)))


def forward(
    batches: Iterable[LogBatch], largest_step_back_s: float, notes: ClockNotes
) -> Iterator[LogBatch]:
    """Yield the rows whose time is later than all before.

    Times increase from row to row and from batch to batch; batches may be empty.
    """
    latest, last = -np.inf, None
    for batch in batches:
        # rows later than all before, in this batch and in earlier ones
        has_time = np.isfinite(batch.time_s)
        times = np.where(has_time, batch.time_s, -np.inf)
        before = np.maximum.accumulate(np.concatenate([[latest], times]))[:-1]
        is_later = times > before
        # a small step back is passed over, a large one is an error
        back_s = np.where(has_time, before - times, 0.0)
        if np.any(back_s > largest_step_back_s):
            raise _jump(batch, int(np.argmax(back_s > largest_step_back_s)), back_s, last)
        # notes for the findings
        notes.n_rows += len(times)
        notes.n_without_time += int(np.sum(~has_time))
        notes.n_repeated += int(np.sum(has_time & (back_s == 0.0) & ~is_later))
        notes.n_stepped_back += int(np.sum(back_s > 0.0))
        notes.largest_step_back_s = max(notes.largest_step_back_s, float(back_s.max(initial=0.0)))
        notes.note(batch, ~is_later)
        latest, last = max(latest, float(times.max(initial=-np.inf))), batch.path
        yield batch if is_later.all() else batch.where(is_later)


def _jump(batch: LogBatch, row: int, back_s: Floats, last: object) -> IngestError:
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
    """Return what was odd about a clock."""
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


@dataclass(frozen=True, kw_only=True, eq=False)
class Way:
    """A piece of the web's way, at the rows of the log that have a speed.

    Attributes
    ----------
    time_s, speed_m_min, position_m : arrays of shape (n,)
        Below the stop speed, the speed is 0. The first row is the last of the piece before.
    """

    time_s: Floats
    speed_m_min: Floats
    position_m: Floats


class WebTrack:
    """Where the web is, at any time up to what has been read of its speed.

    Parameters
    ----------
    batches : iterator of LogBatch
        The log that holds the speed, in the order of time.
    protocol : CoilProtocol
        Which column holds it, and below which speed the web stands.
    """

    def __init__(self, batches: Iterator[LogBatch], protocol: CoilProtocol) -> None:
        self._batches = batches
        self._protocol = protocol
        none = np.empty(0)
        self._way = Way(time_s=none, speed_m_min=none, position_m=none)

    def follow(self, batch: LogBatch) -> Way:
        """Go on by the rows of a batch, and return the way from the row before them."""
        speed = batch.numbers(self._protocol.speed) * self._protocol.speed_factor
        is_known = np.isfinite(speed)
        speed = np.where(np.abs(speed) < self._protocol.stop_speed_m_min, 0.0, speed)[is_known]
        way = self._way
        time_s = np.concatenate([way.time_s[-1:], batch.time_s[is_known]])
        speed = np.concatenate([way.speed_m_min[-1:], speed])
        start_m = float(way.position_m[-1]) if way.position_m.size else 0.0
        piece = Way(
            time_s=time_s, speed_m_min=speed, position_m=web_position(time_s, speed, start_m)
        )
        self._way = (
            piece
            if way.time_s.size <= 1
            else Way(
                time_s=np.concatenate([way.time_s[:-1], piece.time_s]),
                speed_m_min=np.concatenate([way.speed_m_min[:-1], piece.speed_m_min]),
                position_m=np.concatenate([way.position_m[:-1], piece.position_m]),
            )
        )
        return piece

    def reach(self, time_s: float) -> None:
        """Read on until the way is known at a time, or the log ends."""
        while not self._way.time_s.size or self._way.time_s[-1] < time_s:
            batch = next(self._batches, None)
            if batch is None:
                return
            self.follow(batch)

    def at(self, time_s: Floats) -> tuple[Floats, Floats]:
        """Return position and speed, NaN where the way is not known."""
        way = self._way
        if way.time_s.size == 0:
            return np.full(len(time_s), np.nan), np.full(len(time_s), np.nan)
        n = len(time_s)
        if np.array_equal(way.time_s[-n:], time_s):  # rows of the log that holds the speed
            return way.position_m[-n:], way.speed_m_min[-n:]
        position = web_position_at(time_s, way.time_s, way.speed_m_min, way.position_m)
        speed = np.interp(time_s, way.time_s, way.speed_m_min)
        return position, np.where(np.isfinite(position), speed, np.nan)

    def forget(self, time_s: float) -> None:
        """Let go of what lies before the last row that is not later than a time."""
        way = self._way
        first = max(0, int(np.searchsorted(way.time_s, time_s, side="right")) - 1)
        self._way = Way(
            time_s=way.time_s[first:],
            speed_m_min=way.speed_m_min[first:],
            position_m=way.position_m[first:],
        )
