"""The web's way, carried from batch to batch: only what is still needed is held."""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from electrodoe.ingest.records import LogBatch
from electrodoe.physics import web_position, web_position_at
from electrodoe.study import CoilProtocol

Floats = NDArray[np.float64]


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
