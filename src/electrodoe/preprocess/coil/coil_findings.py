"""What was odd about a coil: stops, ways back, gaps, sensors that read nothing, wrong distances."""

from collections.abc import Iterator

import polars as pl

from electrodoe.findings import Finding, Severity, found
from electrodoe.preprocess.coil.collected import Collected
from electrodoe.preprocess.coil.sensor_lags import SensorLags
from electrodoe.preprocess.coil.survey import Survey
from electrodoe.preprocess.coil.web_segment_table import SOLID_CONTENT
from electrodoe.study import CoilProtocol

_SOLID_TOLERANCE = 0.05
"""Relative (D606); chosen, as the paper's tolerance of the mass loading."""
_MISSING_FRACTION = 0.5
"""Of a sensor's cells (D610); chosen."""
_LOST_FRACTION = 0.02
"""Of a sensor's readings (D611); chosen."""
_SLOWEST_M_MIN = 0.05
"""Chosen (D608): the paper's 0.6 m/min in m/s are 0.01."""
_FASTEST_M_MIN = 200.0
"""Chosen (D608): the paper's 0.6 m/min in mm/min are 600."""


def way_findings(survey: Survey, where: str) -> Iterator[Finding]:
    """Yield what happened along the way: gaps, stops, ways back."""
    if survey.gaps:
        longest = max(survey.gaps, key=lambda gap: gap.duration_s)
        web_m = sum(gap.end_m - gap.begin_m for gap in survey.gaps)
        yield found(
            "D243",
            f"{len(survey.gaps)} gaps without a speed, the longest {longest.duration_s:.0f} s"
            f" at {longest.begin_m:.2f} m; {web_m:.2f} m of web are taken from the speed before"
            " and after",
            where,
        )
    if survey.stops:
        places = ", ".join(f"{stop.at_m:.2f} m" for stop in survey.stops[:5])
        total_s = sum(stop.end_s - stop.begin_s for stop in survey.stops)
        yield found(
            "D603",
            f"{len(survey.stops)} stops of {total_s:.0f} s in all, at {places}"
            f"{' …' if len(survey.stops) > 5 else ''}; readings at standstill enter no mean",
            where,
        )
    if survey.n_backward:
        yield found(
            "D604",
            f"{survey.n_backward} rows with a negative speed, {survey.backward_m:.3f} m at"
            " most; readings enter a mean once new web passes",
            where,
        )


def speed_findings(survey: Survey, where: str) -> Iterator[Finding]:
    """Yield a mean speed that no coating line runs at, as a wrong unit has it."""
    running_s = survey.duration_s - sum(stop.end_s - stop.begin_s for stop in survey.stops)
    speed_m_min = 60.0 * survey.length_m / max(running_s, 1e-9)
    if not _SLOWEST_M_MIN <= speed_m_min <= _FASTEST_M_MIN:
        yield found(
            "D608",
            f"the web runs at {speed_m_min:.4g} m/min on average, where coating lines run at"
            f" {_SLOWEST_M_MIN:g} to {_FASTEST_M_MIN:g} m/min",
            where,
        )


def reading_findings(collected: Collected, where: str) -> Iterator[Finding]:
    """Yield sensors of which much is missing, or lies where the speed is not known."""
    for key, count in collected.counts.items():
        if count.n_without_place > _LOST_FRACTION * count.n_read:
            yield found(
                "D611",
                f"{key}: {count.n_without_place} of {count.n_read} readings were taken before"
                " the first speed or after the last",
                where,
            )
        n_used = int(collected.sums[key].n.sum())
        is_sparse = count.n_read > 0 and count.n_missing > _MISSING_FRACTION * count.n_read
        if n_used and not is_sparse:
            continue
        yield found(
            "D610",
            f"{key}: {count.n_missing} of {count.n_read} readings are missing,"
            f" {count.n_standing} were taken at standstill, {n_used} lie on the coil",
            where,
            severity=Severity.WARNING if n_used else Severity.ERROR,
        )


def width_findings(table: pl.DataFrame, where: str) -> Iterator[Finding]:
    """Yield how many segments a traversing sensor has not seen over their whole width."""
    n = table["flags"].str.contains("part of the width", literal=True).sum()
    if n:
        yield found(
            "D605",
            f"{n} of {table.height} segments were not crossed from edge to edge",
            where,
            severity=Severity.NOTE if n < 0.2 * table.height else Severity.WARNING,
        )


def solid_findings(runs: pl.DataFrame, protocol: CoilProtocol, where: str) -> Iterator[Finding]:
    """Yield runs whose dry over wet loading is not the slurry's solid content."""
    if protocol.solid_content is None or SOLID_CONTENT not in runs.columns:
        return
    for run, seen in runs.select("run", SOLID_CONTENT).drop_nulls().rows():
        if abs(seen / protocol.solid_content - 1.0) > _SOLID_TOLERANCE:
            yield found(
                "D606",
                f"run '{run}': dry over wet loading is {seen:.3f} where the slurry has"
                f" {protocol.solid_content:.3f}; 5 % are tolerated",
                where,
            )


def lag_findings(lags: SensorLags, where: str) -> Iterator[Finding]:
    """Yield distances that the readings contradict, and those they do not tell."""
    for row in lags.table.rows(named=True):
        if not row["is_estimable"]:
            yield found(
                "D602", f"{row['sensor']} does not follow {row['reference']} clearly enough", where
            )
        elif not row["low_m"] <= row["declared_m"] <= row["high_m"]:
            yield found(
                "D601",
                f"{row['sensor']}: {row['declared_m']:.3f} m declared,"
                f" {row['estimated_m']:.3f} m estimated from {row['reference']}"
                f" (95 %: {row['low_m']:.3f} to {row['high_m']:.3f} m)",
                where,
            )
