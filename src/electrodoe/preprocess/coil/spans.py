"""Runs and splices on the web, and what each run came to."""

from collections.abc import Sequence
from dataclasses import dataclass, field

import polars as pl

from electrodoe.findings import Finding, found
from electrodoe.ingest.registry import clock_seconds
from electrodoe.preprocess.coil.survey import Survey
from electrodoe.preprocess.coil.thickness_samples import RUN, summary
from electrodoe.preprocess.coil.web_segment_table import SOLID_CONTENT
from electrodoe.preprocess.coil.web_segments import Span
from electrodoe.study import CoilProtocol
from electrodoe.study.protocols import RunSpan
from electrodoe.study.protocols.raw_files import plain_name


@dataclass(kw_only=True)
class Spans:
    """Runs and splices on the web, and findings about those that are not on it."""

    runs: list[Span] = field(default_factory=list)
    splices: list[Span] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)


def event_times(protocol: CoilProtocol, runs: Sequence[RunSpan]) -> dict[str | float, float]:
    """Return every declared time in seconds of the log's clock, by how it is written."""
    written = [time for run in runs for time in (run.start_time, run.end_time)]
    written += [splice.at_time for splice in protocol.splices]
    return {
        time: clock_seconds(time, protocol.log, "runs and splices of the coil")
        for time in written
        if time is not None
    }


def spans_on_the_web(
    protocol: CoilProtocol,
    runs: Sequence[RunSpan],
    times: dict[str | float, float],
    survey: Survey,
) -> Spans:
    """Return runs and splices as lengths that had passed the blade."""
    # runs that the log names, and where the web was at the written times
    spans = Spans(runs=_from_column(survey) if protocol.run_column else [])
    where: dict[str | float, float | None] = {
        written: survey.event_m.get(time_s) for written, time_s in times.items()
    }
    # runs that the protocol or a table declares, cut to the coil
    for run in runs:
        start_m = run.start_m if run.start_time is None else where[run.start_time]
        end_m = run.end_m if run.end_time is None else where[run.end_time]
        if start_m is None or end_m is None or start_m >= survey.length_m or end_m <= start_m:
            spans.findings.append(_off_the_coil(f"run '{run.run}'", survey))
            continue
        if start_m < 0.0 or end_m > survey.length_m + protocol.segment_m:
            spans.findings.append(_cut_off(run.run, start_m, end_m, survey))
        spans.runs.append(
            Span(
                name=plain_name(run.run),
                start_m=max(start_m, 0.0),
                end_m=min(end_m, survey.length_m),
            )
        )
    # splices
    for splice in protocol.splices:
        at_m = splice.at_m if splice.at_time is None else where[splice.at_time]
        if at_m is None or not 0.0 <= at_m < survey.length_m:
            spans.findings.append(_off_the_coil("a splice", survey))
            continue
        spans.splices.append(Span(name="splice", start_m=at_m, end_m=at_m + splice.length_m))
    return spans


def _from_column(survey: Survey) -> list[Span]:
    """Return the runs between the changes of the run column."""
    ends = [one.at_m for one in survey.changes[1:]] + [survey.length_m]
    return [
        Span(name=plain_name(change.run), start_m=change.at_m, end_m=end_m)
        for change, end_m in zip(survey.changes, ends, strict=True)
        if change.run is not None and end_m > change.at_m
    ]


def _off_the_coil(what: str, survey: Survey) -> Finding:
    """Return the warning about something that lies where no web was logged."""
    return found(
        "D607",
        f"{what} lies outside the {survey.length_m:.2f} m of web that the log holds",
        f"{what} of the coil",
    )


def _cut_off(run: str, start_m: float, end_m: float, survey: Survey) -> Finding:
    """Return the warning about a run that is logged in part."""
    return found(
        "D607",
        f"run '{run}' reaches from {start_m:.2f} to {end_m:.2f} m where the log holds 0 to"
        f" {survey.length_m:.2f} m",
        f"run '{run}' of the coil",
        fix="correct its start and end, or add the files that hold the rest",
    )


def summarize_runs(
    table: pl.DataFrame, protocol: CoilProtocol, samples: pl.DataFrame | None = None
) -> pl.DataFrame:
    """Return mean, spread and number per run.

    ``run, start_m, end_m, n_web_segments``, then per quantity the mean of its accepted segments,
    weighted by their length, the standard deviation between them (``_sd``) and their number
    (``_n``); of samples the mean, the spread and the number of all that lie on the run. Runs in the
    order of the web; empty where no run is declared.
    """
    values = dict.fromkeys(one.value_column() for one in protocol.all_sensors)
    extra = [
        name
        for sensor in protocol.all_sensors
        for name in (sensor.value_column("tilt"),)
        if name in table.columns
    ]
    solid = [SOLID_CONTENT] if SOLID_CONTENT in table.columns else []
    length = pl.col("end_m") - pl.col("start_m")
    used = table.filter(pl.col("accepted") & pl.col("run").is_not_null())
    runs = used.group_by("run", maintain_order=True).agg(
        pl.col("start_m").min(),
        pl.col("end_m").max(),
        pl.len().alias("n_web_segments"),
        *[
            one
            for name in dict.fromkeys(["web_speed_m_min", *values, *extra, *solid])
            for one in _weighted(name, length)
        ],
    )
    if samples is None:
        return runs
    columns = [name for name in samples.columns if name not in {"web_segment", RUN, "named_run"}]
    measured = samples.group_by(RUN).agg(
        one for name in columns for one in summary(name, pl.col(name))
    )
    return runs.join(measured, on=RUN, how="left", maintain_order="left")


def _weighted(name: str, length: pl.Expr) -> list[pl.Expr]:
    """Return a value's mean by length, with its spread and number."""
    value = pl.col(name)
    weight = length.filter(value.is_not_null())
    mean = (value.drop_nulls() * weight).sum() / weight.sum()
    _, spread, number = summary(name, value)
    return [mean.fill_nan(None).alias(name), spread, number]
