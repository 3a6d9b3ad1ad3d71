"""From a coating line's logs to one row per web segment."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import polars as pl

from electrodoe.arrays import Floats
from electrodoe.findings import Finding, sort_findings
from electrodoe.preprocess.coil.coil_findings import (
    lag_findings,
    reading_findings,
    solid_findings,
    speed_findings,
    way_findings,
    width_findings,
)
from electrodoe.preprocess.coil.coil_log import CoilLog
from electrodoe.preprocess.coil.collected import Collected, collect
from electrodoe.preprocess.coil.lags import profile_edges
from electrodoe.preprocess.coil.sensor_lags import SensorLags, estimate_lags
from electrodoe.preprocess.coil.spans import event_times, spans_on_the_web, summarize_runs
from electrodoe.preprocess.coil.survey import survey_coil
from electrodoe.preprocess.coil.thickness_samples import with_samples
from electrodoe.preprocess.coil.web_segment_table import web_segment_table
from electrodoe.preprocess.coil.web_segments import lay_web_segments
from electrodoe.preprocess.coil.web_track import clock_findings
from electrodoe.preprocess.condensed import Condensed
from electrodoe.study import CoilProtocol
from electrodoe.study.protocols import RunSpan


@dataclass(frozen=True, kw_only=True, eq=False)
class CondensedCoil:
    """A coil, condensed.

    Attributes
    ----------
    condensed : Condensed
        One row per web segment; see ``web_segment_table`` for its columns.
    runs : polars.DataFrame
        One row per run; see ``summarize_runs``.
    lags : SensorLags or None
        Distances estimated from the readings, where the protocol asks for them.
    length_m : float
        Web that has passed the blade.
    n_rows : int
        Rows with a speed.
    """

    condensed: Condensed
    runs: pl.DataFrame
    lags: SensorLags | None
    length_m: float
    n_rows: int


def read_coil(
    logs: Sequence[CoilLog],
    protocol: CoilProtocol,
    samples: pl.DataFrame | None = None,
    runs: Sequence[RunSpan] = (),
) -> CondensedCoil:
    """Return a coil's segments, runs and lags; its logs may be larger than memory.

    Parameters
    ----------
    logs : sequence of CoilLog
        As ``coil_logs`` makes them: the one that holds the speed first.
    protocol : CoilProtocol
        What they hold.
    samples : polars.DataFrame or None
        Samples cut from the coil: ``position_m`` or ``run``, then values such as
        ``coating_thickness_um``.
    runs : sequence of RunSpan
        In place of the protocol's.

    Returns
    -------
    CondensedCoil
        With everything that was odd as findings.

    Raises
    ------
    IngestError
        If a log cannot be read; with file and line.
    StudyError
        If two runs hold the same web.
    """
    # first pass: what lies along the web, and where it is cut into segments
    runs, where = tuple(runs) or protocol.runs, str(logs[0].paths[0])
    times = event_times(protocol, runs)
    survey = survey_coil(logs[0], protocol, list(times.values()))
    spans = spans_on_the_web(protocol, runs, times, survey)
    segments = lay_web_segments(
        survey.length_m, protocol.segment_m, spans.runs, spans.splices, protocol.transition_m
    )
    # second pass: all readings, added up where they belong
    bins_m = profile_edges(survey.length_m, survey.n_running)
    collected = collect(logs, protocol, _edges(segments), bins_m)
    # tables of segments and runs, thickness samples beside them, lags of the sensors
    has_runs = bool(runs) or protocol.run_column is not None
    table = web_segment_table(segments, collected, protocol, survey, has_runs=has_runs)
    placed, strays = None, list[Finding]()
    if samples is not None:
        table, placed, strays = with_samples(table, samples)
    per_run = summarize_runs(table, protocol, placed)
    lags = _lags(collected, protocol, float(bins_m[1]), survey.length_m)
    findings = [
        *survey.findings,
        *spans.findings,
        *strays,
        *way_findings(survey, where),
        *speed_findings(survey, where),
        *_reading_findings(collected, where),
        *width_findings(table, where),
        *solid_findings(per_run, protocol, where),
        *(lag_findings(lags, where) if lags else ()),
    ]
    return CondensedCoil(
        condensed=Condensed(table=table, findings=sort_findings(findings)),
        runs=per_run,
        lags=lags,
        length_m=survey.length_m,
        n_rows=survey.n_rows,
    )


def _edges(segments: pl.DataFrame) -> Floats:
    """Return the borders of the segments."""
    return np.append(segments["start_m"].to_numpy(), segments["end_m"][-1:].to_numpy())


def _reading_findings(collected: Collected, where: str) -> list[Finding]:
    """Return what was odd about readings, and about the clocks of further logs."""
    clocks = [one for log, notes in collected.clocks.items() for one in clock_findings(notes, log)]
    return [*clocks, *reading_findings(collected, where)]


def _lags(
    collected: Collected, protocol: CoilProtocol, bin_m: float, length_m: float
) -> SensorLags | None:
    """Return the estimated distances, where they are asked for and there are two sensors."""
    if not protocol.check_distances or len(protocol.all_sensors) < 2:
        return None
    return estimate_lags(
        {key: sums.mean() for key, sums in collected.profiles.items()},
        protocol.all_sensors,
        bin_m,
        {key: length_m / max(int(sums.n.sum()), 1) for key, sums in collected.profiles.items()},
    )
