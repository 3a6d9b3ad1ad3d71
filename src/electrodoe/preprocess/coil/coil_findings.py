"""What was odd about a coil: stops, ways back, gaps, sensors that read nothing, wrong distances."""

from collections.abc import Iterator

import polars as pl

from electrodoe.findings import Finding, Severity
from electrodoe.preprocess.coil.collected import Collected
from electrodoe.preprocess.coil.sensor_lags import SensorLags
from electrodoe.preprocess.coil.stretch_table import SOLID_CONTENT
from electrodoe.preprocess.coil.survey import Survey
from electrodoe.study import CoilProtocol

_SOLID_TOLERANCE = 0.05
_MISSING_SHARE = 0.5
_LOST_SHARE = 0.02
_SLOWEST_M_MIN = 0.05
_FASTEST_M_MIN = 200.0


def way_findings(survey: Survey, where: str) -> Iterator[Finding]:
    """Yield what happened along the way: gaps, stops, ways back.

    Parameters
    ----------
    survey : Survey
        Of the coil.
    where : str
        The log's first file.
    """
    if survey.gaps:
        longest = max(survey.gaps, key=lambda gap: gap.duration_s)
        web_m = sum(gap.end_m - gap.begin_m for gap in survey.gaps)
        yield Finding(
            code="D243",
            severity=Severity.WARNING,
            title="Gaps in the speed",
            what=(
                f"{len(survey.gaps)} gaps without a speed, the longest {longest.duration_s:.0f} s"
                f" at {longest.begin_m:.2f} m; {web_m:.2f} m of web are taken from the speed before"
                " and after"
            ),
            where=where,
            fix="add the files that are missing; their stretches are flagged 'gap'",
        )
    if survey.stops:
        places = ", ".join(f"{stop.at_m:.2f} m" for stop in survey.stops[:5])
        total_s = sum(stop.end_s - stop.begin_s for stop in survey.stops)
        yield Finding(
            code="D603",
            severity=Severity.REMARK,
            title="The web stood",
            what=(
                f"{len(survey.stops)} stops of {total_s:.0f} s in all, at {places}"
                f"{' …' if len(survey.stops) > 5 else ''}; readings at standstill enter no mean"
            ),
            where=where,
            fix="nothing is to be done; the stretch under the blade is flagged 'stop'",
        )
    if survey.n_backward:
        yield Finding(
            code="D604",
            severity=Severity.WARNING,
            title="The web ran back",
            what=(
                f"{survey.n_backward} rows with a negative speed, {survey.backward_m:.3f} m at"
                " most; readings enter a mean once new web passes"
            ),
            where=where,
            fix="check the sign of the speed if the line cannot run back",
        )


def speed_findings(survey: Survey, where: str) -> Iterator[Finding]:
    """Yield a mean speed that no coating line runs at, as a wrong unit has it."""
    running_s = survey.duration_s - sum(stop.end_s - stop.begin_s for stop in survey.stops)
    speed_m_min = 60.0 * survey.length_m / max(running_s, 1e-9)
    if not _SLOWEST_M_MIN <= speed_m_min <= _FASTEST_M_MIN:
        yield Finding(
            code="D608",
            severity=Severity.ERROR,
            title="A speed that no line runs at",
            what=(
                f"the web runs at {speed_m_min:.4g} m/min on average, where coating lines run at"
                f" {_SLOWEST_M_MIN:g} to {_FASTEST_M_MIN:g} m/min"
            ),
            where=where,
            fix="correct speed_factor (60 from m/s, 0.001 from mm/min) or time_unit",
        )


def reading_findings(collected: Collected, where: str) -> Iterator[Finding]:
    """Yield sensors of which much is missing, or lies where the speed is not known."""
    for key, count in collected.counts.items():
        if count.n_without_place > _LOST_SHARE * count.n_read:
            yield Finding(
                code="D611",
                severity=Severity.WARNING,
                title="Readings outside the log of the speed",
                what=(
                    f"{key}: {count.n_without_place} of {count.n_read} readings were taken before"
                    " the first speed or after the last"
                ),
                where=where,
                fix="compare the clocks of both logs: time_zone, time_unit, clock_ahead_s",
            )
        n_used = int(collected.sums[key].n.sum())
        is_sparse = count.n_read > 0 and count.n_missing > _MISSING_SHARE * count.n_read
        if n_used and not is_sparse:
            continue
        yield Finding(
            code="D610",
            severity=Severity.WARNING if n_used else Severity.ERROR,
            title="Readings are missing",
            what=(
                f"{key}: {count.n_missing} of {count.n_read} readings are missing,"
                f" {count.n_standing} were taken at standstill, {n_used} lie on the coil"
            ),
            where=where,
            fix="check the column's name and the sensor's distance",
        )


def width_findings(table: pl.DataFrame, where: str) -> Iterator[Finding]:
    """Yield how many stretches a traversing sensor has not seen over their whole width."""
    n = table["flags"].str.contains("part of the width", literal=True).sum()
    if n:
        yield Finding(
            code="D605",
            severity=Severity.REMARK if n < 0.2 * table.height else Severity.WARNING,
            title="Stretches seen in part",
            what=f"{n} of {table.height} stretches were not crossed from edge to edge",
            where=where,
            fix="raise stretch_m to the web that passes while the sensor crosses it",
        )


def solid_findings(runs: pl.DataFrame, protocol: CoilProtocol, where: str) -> Iterator[Finding]:
    """Yield runs whose dry over wet loading is not the slurry's solid content."""
    if protocol.solid_content is None or SOLID_CONTENT not in runs.columns:
        return
    for run, found in runs.select("run", SOLID_CONTENT).drop_nulls().rows():
        if abs(found / protocol.solid_content - 1.0) > _SOLID_TOLERANCE:
            yield Finding(
                code="D606",
                severity=Severity.WARNING,
                title="Dry over wet is not the solid content",
                what=(
                    f"run '{run}': dry over wet loading is {found:.3f} where the slurry has"
                    f" {protocol.solid_content:.3f}; 5 % are tolerated"
                ),
                where=where,
                fix="check the calibration and the distance of both sensors, and the slurry",
            )


def lag_findings(lags: SensorLags, where: str) -> Iterator[Finding]:
    """Yield distances that the readings contradict, and those they do not tell."""
    for row in lags.table.rows(named=True):
        if not row["is_estimable"]:
            yield Finding(
                code="D602",
                severity=Severity.REMARK,
                title="A distance cannot be estimated",
                what=f"{row['sensor']} does not follow {row['reference']} clearly enough",
                where=where,
                fix="measure the distance by hand, or step the reference once on purpose",
            )
        elif not row["low_m"] <= row["declared_m"] <= row["high_m"]:
            yield Finding(
                code="D601",
                severity=Severity.WARNING,
                title="A distance differs from what the readings say",
                what=(
                    f"{row['sensor']}: {row['declared_m']:.3f} m declared,"
                    f" {row['estimated_m']:.3f} m estimated from {row['reference']}"
                    f" (95 %: {row['low_m']:.3f} to {row['high_m']:.3f} m)"
                ),
                where=where,
                fix="measure the distance along the web, and correct distance_m",
            )
