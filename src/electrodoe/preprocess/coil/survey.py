"""A first look along the coil: how long it is, where it stood, where runs and events lie."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

import numpy as np
import polars as pl

from electrodoe.errors import IngestError
from electrodoe.findings import Finding
from electrodoe.ingest.records import LogBatch
from electrodoe.preprocess.coil.coil_log import CoilLog
from electrodoe.preprocess.coil.web_track import ClockNotes, Way, WebTrack, clock_findings, forward
from electrodoe.study import CoilProtocol

_NO_RUN = ("", "0", "-", "none", "false")


@dataclass(frozen=True, kw_only=True)
class RunChange:
    """Where another run begins at the blade; ``run`` is None where none does."""

    at_m: float
    run: str | None


@dataclass(frozen=True, kw_only=True)
class Stop:
    """Where the web stood, and from when to when."""

    at_m: float
    begin_s: float
    end_s: float


@dataclass(frozen=True, kw_only=True)
class LogGap:
    """Web that passed while no speed was logged, taken as linear in between."""

    begin_m: float
    end_m: float
    duration_s: float


@dataclass(kw_only=True)
class Survey:
    """What was found along the coil; grows batch by batch, by what happened and not by rows.

    Attributes
    ----------
    length_m, duration_s : float
        Web that has passed the blade, at its furthest, and time from the first speed to the last.
    n_rows, n_running : int
        Rows with a speed, and those at which the web moved forward.
    n_backward : int
        Rows at which the web ran back.
    backward_m : float
        By how much it ran back at most.
    stops : list of Stop
        In the order of time.
    gaps : list of LogGap
        Longer ones than the protocol's.
    changes : list of RunChange
        Of the run column.
    event_m : dict of float to float
        Position at each time that was asked for; absent where the log does not reach.
    findings : list of Finding
        Of the clock.
    """

    length_m: float = 0.0
    duration_s: float = 0.0
    n_rows: int = 0
    n_running: int = 0
    n_backward: int = 0
    backward_m: float = 0.0
    stops: list[Stop] = field(default_factory=list)
    gaps: list[LogGap] = field(default_factory=list)
    changes: list[RunChange] = field(default_factory=list)
    event_m: dict[float, float] = field(default_factory=dict)
    findings: list[Finding] = field(default_factory=list)


def survey_coil(log: CoilLog, protocol: CoilProtocol, events_s: Sequence[float]) -> Survey:
    """Return what lies along a coil."""
    survey, notes = Survey(), ClockNotes()
    names = [protocol.run_column] if protocol.run_column else []
    batches = forward(log.batches([protocol.speed], names), protocol.largest_step_back_s, notes)
    track = WebTrack(iter(()), protocol)
    events = np.sort(np.array(events_s))
    seen: dict[Path, tuple[Finding, ...]] = {}
    # one pass over the log: the web's position, stops, gaps and runs
    for batch in batches:
        way = track.follow(batch)
        _look_at(way, protocol, survey)
        _look_for_runs(batch, way, protocol, survey)
        # where the web was at the times that are asked for
        if way.time_s.size:
            inside = events[(events >= way.time_s[0]) & (events <= way.time_s[-1])]
            survey.event_m |= dict(zip(inside.tolist(), track.at(inside)[0].tolist(), strict=True))
            track.forget(float(way.time_s[-1]))
        seen |= {batch.path: batch.rows.findings} if batch.rows.findings else {}
    if survey.length_m <= 0.0:
        raise IngestError(
            f"the web never moves: no speed of {protocol.stop_speed_m_min:g} m/min or more",
            where=f"{log.paths[0]}, column '{protocol.speed}'",
            fix="name the column of the web's speed, and speed_factor from its unit to m/min",
        )
    survey.findings += [*clock_findings(notes, str(log.paths[0]))]
    survey.findings += [one for found in seen.values() for one in found]
    return survey


def _look_at(way: Way, protocol: CoilProtocol, survey: Survey) -> None:
    """Count rows, stops, gaps and ways back of a piece of way."""
    if way.time_s.size == 0:
        return
    n_new = way.time_s.size - (1 if survey.n_rows else 0)
    new_speed = way.speed_m_min[way.time_s.size - n_new :]
    survey.n_rows += n_new
    survey.n_running += int(np.sum(new_speed > 0.0))
    survey.n_backward += int(np.sum(new_speed < 0.0))
    survey.duration_s += float(way.time_s[-1] - way.time_s[0])
    furthest = np.maximum.accumulate(np.append(survey.length_m, way.position_m))
    survey.backward_m = max(survey.backward_m, float((furthest[1:] - way.position_m).max()))
    survey.length_m = float(furthest[-1])
    _note_stops(way, survey)
    for row in np.flatnonzero(np.diff(way.time_s) > protocol.longest_gap_s):
        survey.gaps.append(
            LogGap(
                begin_m=float(way.position_m[row]),
                end_m=float(way.position_m[row + 1]),
                duration_s=float(way.time_s[row + 1] - way.time_s[row]),
            )
        )


def _note_stops(way: Way, survey: Survey) -> None:
    """Add the intervals at both of whose ends the web stands; adjoining ones are one stop."""
    stands = way.speed_m_min == 0.0
    rests = np.flatnonzero(stands[1:] & stands[:-1])
    for group in np.split(rests, np.flatnonzero(np.diff(rests) > 1) + 1) if rests.size else ():
        stop = Stop(
            at_m=float(way.position_m[group[0]]),
            begin_s=float(way.time_s[group[0]]),
            end_s=float(way.time_s[group[-1] + 1]),
        )
        if survey.stops and survey.stops[-1].end_s == stop.begin_s:
            stop = replace(survey.stops.pop(), end_s=stop.end_s)
        survey.stops.append(stop)


def _look_for_runs(batch: LogBatch, way: Way, protocol: CoilProtocol, survey: Survey) -> None:
    """Note where the run column changes, halfway between two rows; an empty cell is no run."""
    if protocol.run_column is None or way.time_s.size == 0:
        return
    has_speed = batch.frame[protocol.speed].is_not_null()
    names = batch.frame[protocol.run_column].filter(has_speed)
    here_m = way.position_m[way.time_s.size - names.len() :]
    before_m = np.append(way.position_m[0], way.position_m)[way.time_s.size - names.len() :][:-1]
    plain = pl.col("run").str.replace(r"^(\d+)\.0+$", "$1")
    is_run = plain.str.to_lowercase().is_in(_NO_RUN).not_()
    rows = pl.DataFrame({"run": names, "here": here_m, "before": before_m}).with_columns(
        pl.when(is_run).then(plain)
    )
    run = survey.changes[-1].run if survey.changes else None
    is_new = rows["run"].ne_missing(rows["run"].shift(1, fill_value=run))
    for name, here, before in rows.filter(is_new).rows():
        survey.changes.append(RunChange(at_m=0.5 * (here + before), run=name))
