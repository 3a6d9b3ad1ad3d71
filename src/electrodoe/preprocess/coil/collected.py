"""Readings brought to the web position that they saw, and added up by web segment."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Final

import numpy as np

from electrodoe.arrays import Booleans, Floats, Integers
from electrodoe.ingest.records import LogBatch
from electrodoe.physics import traverse_position
from electrodoe.preprocess.coil.coil_log import CoilLog
from electrodoe.preprocess.coil.sums import Sums, no_sums
from electrodoe.preprocess.coil.tee import tee
from electrodoe.preprocess.coil.web_track import ClockNotes, WebTrack, forward
from electrodoe.study import CoilProtocol
from electrodoe.study.protocols import CoilSensor, Traverse


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
    is_running: Booleans

    @cached_property
    def moving(self) -> slice | Booleans:
        """Return what picks the running rows out; of all rows, without a copy."""
        return slice(None) if self.is_running.all() else self.is_running


def place(batches: Iterable[LogBatch], track: WebTrack) -> Iterator[PlacedRows]:
    """Yield a log's rows with the web's position."""
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


LANES: Final = ("left", "center", "right")
SPEED: Final = "web_speed"


@dataclass(kw_only=True)
class SensorCount:
    """What became of one sensor's rows."""

    n_read: int = 0
    n_missing: int = 0
    n_standing: int = 0
    n_without_place: int = 0


@dataclass(frozen=True, kw_only=True, eq=False)
class Collected:
    """What the logs hold, per segment; its arrays grow in place.

    Attributes
    ----------
    sums : dict of str to Sums
        Per segment, by the sensor's key; ``key lane`` for the lanes of a traverse; the web's speed.
    profiles : dict of str to Sums
        Per bin of what had passed the blade when the sensor read, distances not taken off.
    n_standing : array of shape (n_web_segments,), int
        Rows of the log with the speed at which the segment stood under the blade.
    rows : array of shape (4, n_web_segments), int
        File and line of the first and of the last of these rows, by the file's number; -1 where
        there is none.
    paths : list of Path
        Files of the log with the speed, in the order of time.
    counts : dict of str to SensorCount
        By the sensor's key.
    clocks : dict of str to ClockNotes
        Of each further log, by its first file.
    """

    sums: dict[str, Sums]
    profiles: dict[str, Sums]
    n_standing: Integers
    rows: Integers
    paths: list[Path]
    counts: dict[str, SensorCount]
    clocks: dict[str, ClockNotes]


def collect(
    logs: Sequence[CoilLog], protocol: CoilProtocol, edges_m: Floats, profile_edges_m: Floats
) -> Collected:
    """Return all readings, added up.

    Of every log; memory grows with the number of segments and never with the rows.
    """
    n = len(edges_m) - 1
    keys = [one.key for one in protocol.all_sensors]
    lanes = [f"{one.key} {lane}" for one in protocol.all_sensors if one.traverse for lane in LANES]
    # sums by segment, and finer profiles by bin, from which lags are estimated
    found = Collected(
        sums={key: no_sums(edges_m) for key in [SPEED, *keys, *lanes]},
        profiles={key: no_sums(profile_edges_m) for key in keys},
        n_standing=np.zeros(n, dtype=np.int64),
        rows=np.full((4, n), -1, dtype=np.int64),
        paths=[],
        counts={key: SensorCount() for key in keys},
        clocks={},
    )
    # the log with the speed: its batches give the web's way and the readings
    main = logs[0]
    back_s = protocol.largest_step_back_s
    batches, speeds = tee(
        forward(main.batches([protocol.speed, *main.reading_columns]), back_s, ClockNotes())
    )
    for rows in place(batches, WebTrack(speeds, protocol)):
        _add_way(rows, found)
        _add_readings(rows, main.sensors, found)
    # the other logs: their readings are placed by the speed of the first
    for log in logs[1:]:
        notes = found.clocks.setdefault(str(log.paths[0]), ClockNotes())
        speeds = iter(forward(main.batches([protocol.speed]), back_s, ClockNotes()))
        batches = iter(forward(log.batches(log.reading_columns), back_s, notes))
        for rows in place(batches, WebTrack(speeds, protocol)):
            _add_readings(rows, log.sensors, found)
    return found


def _add_readings(rows: PlacedRows, sensors: Sequence[CoilSensor], found: Collected) -> None:
    """Add each sensor's readings where they belong."""
    moving = rows.moving
    position_m, time_s = rows.position_m[moving], rows.batch.time_s[moving]
    is_lost = ~np.isfinite(rows.position_m)
    for sensor in sensors:
        # what was read, and how much of it is missing, lost or of a standstill
        read = rows.batch.numbers(sensor.column) * sensor.factor
        values = read[moving]
        n_known, n_moving = (int(np.count_nonzero(np.isfinite(one))) for one in (read, values))
        n_lost = int(np.count_nonzero(np.isfinite(read[is_lost]))) if is_lost.any() else 0
        count = found.counts[sensor.key]
        count.n_read += len(read)
        count.n_missing += len(read) - n_known
        count.n_without_place += n_lost
        count.n_standing += n_known - n_moving - n_lost
        # a traversing sensor's readings are added by lane, too
        if sensor.traverse is not None:
            across_mm = _across(sensor.traverse, rows, time_s)
            values = _add_lanes(sensor, position_m, values, across_mm, found)
        # by segment at the sensor's place, by bin at the blade's
        found.sums[sensor.key].add(position_m - sensor.distance_m, values)
        found.profiles[sensor.key].add(position_m, values)


def _across(traverse: Traverse, rows: PlacedRows, time_s: Floats) -> Floats:
    """Return where across the web a sensor was, as recognized by a column or by its period."""
    if traverse.column is not None:
        return rows.batch.numbers(traverse.column)[rows.moving]
    assert traverse.period_s is not None  # noqa: S101 - the protocol has one of the two
    return traverse_position(
        time_s - traverse.leaves_first_edge_s,
        traverse.width_mm,
        traverse.period_s,
        traverse.dwell_s,
    )


def _add_lanes(
    sensor: CoilSensor, position_m: Floats, values: Floats, across_mm: Floats, found: Collected
) -> Floats:
    """Add a traversing sensor's readings to its lanes; return them without those off the width."""
    assert sensor.traverse is not None  # noqa: S101 - called for those only
    is_on = (across_mm >= 0.0) & (across_mm <= sensor.traverse.width_mm)
    values = np.where(is_on, values, np.nan)
    lane = np.searchsorted(sensor.traverse.lane_edges_mm, across_mm)
    for index, name in enumerate(LANES):
        found.sums[f"{sensor.key} {name}"].add(
            position_m - sensor.distance_m, np.where(lane == index, values, np.nan)
        )
    return values


def _add_way(rows: PlacedRows, found: Collected) -> None:
    """Add speed, standstill and lines of the rows at the blade."""
    # speed of new web, and rows at standstill, by segment
    found.sums[SPEED].add(rows.position_m[rows.moving], rows.speed_m_min[rows.moving])
    edges_m = found.sums[SPEED].edges_m
    stood = rows.position_m[~rows.is_running]
    stood = stood[np.isfinite(stood)]
    bins = np.searchsorted(edges_m, stood, side="right") - 1
    np.add.at(found.n_standing, np.clip(bins, 0, len(edges_m) - 2), 1)
    if rows.batch.path not in found.paths[-1:]:
        found.paths.append(rows.batch.path)
    # first and last row of the log in each segment
    web_m, lines = rows.position_m[rows.moving], rows.batch.rows.lines[rows.moving]
    if web_m.size == 0:
        return
    bounds = np.searchsorted(web_m, edges_m)
    filled = np.flatnonzero(np.diff(bounds) > 0)
    first, last = bounds[filled], bounds[filled + 1] - 1
    # a segment keeps its first row from an earlier batch, and takes its last from this one
    is_first = found.rows[0, filled] < 0
    file = len(found.paths) - 1
    found.rows[0, filled[is_first]] = file
    found.rows[1, filled[is_first]] = lines[first[is_first]]
    found.rows[2, filled] = file
    found.rows[3, filled] = lines[last]
