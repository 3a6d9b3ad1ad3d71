"""A log's rows, each with the web's position: at standstill and on the way back set apart."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from electrodoe.ingest.records import LogBatch
from electrodoe.preprocess.coil.web_track import Floats, WebTrack


@dataclass(frozen=True, kw_only=True, eq=False)
class PlacedRows:
    """Rows of a log with the length of web that had passed the blade.

    Attributes
    ----------
    batch : LogBatch
        The rows.
    position_m : array of shape (n_rows,), m
        Never decreasing over all batches; NaN where the way is not known.
    speed_m_min : array of shape (n_rows,), m/min
        Of the web.
    is_running : array of shape (n_rows,), bool
        Whether web passes the blade that had not passed before.
    """

    batch: LogBatch
    position_m: Floats
    speed_m_min: Floats
    is_running: NDArray[np.bool_]

    @cached_property
    def moving(self) -> slice | NDArray[np.bool_]:
        """Return what picks the running rows out; of all rows, without a copy."""
        return slice(None) if self.is_running.all() else self.is_running


def place(batches: Iterable[LogBatch], track: WebTrack) -> Iterator[PlacedRows]:
    """Yield a log's rows with the web's position.

    Parameters
    ----------
    batches : iterable of LogBatch
        In the order of time, on the clock of the log that holds the speed.
    track : WebTrack
        The web's way from the start.

    Yields
    ------
    PlacedRows
        As many batches as there are with rows.
    """
    furthest = 0.0
    for batch in batches:
        if batch.time_s.size == 0:
            continue
        track.reach(float(batch.time_s[-1]))
        position, speed = track.at(batch.time_s)
        track.forget(float(batch.time_s[-1]))
        known = np.where(np.isfinite(position), position, -np.inf)
        frontier = np.maximum.accumulate(np.append(furthest, known))
        is_new = (speed > 0.0) & (position >= frontier[:-1])
        furthest = float(frontier[-1])
        yield PlacedRows(batch=batch, position_m=position, speed_m_min=speed, is_running=is_new)
