"""All samples of a study in one table: what was set, what was measured, what is doubtful."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

import polars as pl

from electrodoe.dataset import AFTER, FROM_RUN
from electrodoe.dataset.rejected import REJECTED, nothing_accepted
from electrodoe.errors import DatasetError
from electrodoe.findings import Finding, found
from electrodoe.preprocess.outliers import exchanged_samples, flag_outliers
from electrodoe.study import SetAside, Study
from electrodoe.workflow.condensing.measurement import (
    ACCEPTED,
    FILE,
    FLAGS,
    LINES,
    MEASUREMENT,
    OUTLIERS,
    RUN,
    SAMPLE,
    Measurement,
    filled_from_runs,
)

_ABOUT: Final = (MEASUREMENT, RUN, SAMPLE, FILE, LINES)
_NOTHING: Final = pl.DataFrame(
    schema={
        RUN: pl.String,
        "factor": pl.String,
        "value": pl.Float64,
        "n": pl.UInt32,
        "source": pl.String,
    }
)
"""What stands for the factors of no run."""


@dataclass(frozen=True, kw_only=True, eq=False)
class MeasurementTable:
    """The samples of all measurements.

    Attributes
    ----------
    frame : polars.DataFrame
        ``measurement, run, sample, file, lines``, then ``after`` where a protocol declares it, then
        context, factors and responses; a response is empty where that sample was not measured for
        it, a factor where its value was not set yet. A response that is an input elsewhere stands
        once, and ``from_run`` names it in samples that have it from their run.
    runs : polars.DataFrame
        ``run, factor, value, n, source``: what stands for each run's factors, and where it is from.
    set_aside : tuple of SetAside
        Values that stay in the table and out of the models, each with its reason.
    findings : tuple of Finding
        Runs without settings.
    """

    frame: pl.DataFrame
    runs: pl.DataFrame
    set_aside: tuple[SetAside, ...]
    findings: tuple[Finding, ...]


def measurement_table(
    study: Study, tables: Mapping[str, pl.DataFrame], settings: pl.DataFrame
) -> MeasurementTable:
    """Join what was measured on each sample to what its run was set to.

    A factor that is measured on the sample itself has that value; one that another table measures
    has the mean of its accepted values in the run; the others have the run's setting. Samples that
    were taken after a process step have of their run only what was set by then. Rows without a run,
    such as web between two runs, are no samples.
    """
    values = _run_values(study, tables, settings)
    wide = _wide(values, settings, study)
    rows, set_aside = [], []
    for name, table in tables.items():
        responses = [response for response in study.responses if response in table.columns]
        if not responses:
            continue
        of_runs = table.filter(pl.col(RUN).is_not_null())
        named = of_runs.with_columns(
            pl.lit(name).alias(MEASUREMENT), pl.Series(SAMPLE, _sample_names(name, of_runs))
        )
        set_aside += _doubtful(named, responses)
        rows.append(_with_factors(named, study, _held(study, name, wide), responses))
        rows[-1] = rows[-1].with_columns(_after(study, name))
    _require_measured(study, tables)
    frame = pl.concat(rows, how="diagonal").with_columns(
        pl.col(name).cast(pl.Int64).replace_strict(dict(levels), return_dtype=pl.String)
        for name, levels in study.levels.items()
    )
    about = _ABOUT if frame[AFTER].null_count() == frame.height else (*_ABOUT, AFTER)
    if study.intermediates:
        about = (*about, FROM_RUN)
    responses = [name for name in study.responses if name not in study.factors]
    order = [*about, *wide.columns[1:], *responses]
    return MeasurementTable(
        frame=frame.select(order),
        runs=_named(study, values),
        set_aside=tuple(set_aside),
        findings=tuple(_without_settings(frame, wide)),
    )


def _named(study: Study, values: pl.DataFrame) -> pl.DataFrame:
    """Return what stands for each factor, levels of categories by their names where there are."""
    if not study.levels:
        return values
    words = [
        study.levels[factor][round(value)] if factor in study.levels else f"{value!r}"
        for factor, value in values.select("factor", "value").iter_rows()
    ]
    return values.with_columns(value=pl.Series(words, dtype=pl.String))


def _after(study: Study, measurement: str) -> pl.Expr:
    """Return the process step after which a measurement's samples were taken, as a column."""
    return pl.lit(_step(study, measurement), dtype=pl.String).alias(AFTER)


def _step(study: Study, measurement: str) -> str | None:
    """Return the process step after which a measurement's samples were taken, where declared."""
    protocol = study.protocols.get(measurement)
    return None if protocol is None else protocol.after


def _held(study: Study, measurement: str, wide: pl.DataFrame) -> pl.DataFrame:
    """Return the runs with what a measurement's samples had of them; the rest is empty."""
    after = _step(study, measurement)
    later = [name for name in study.factors if not study.process.holds(name, after)]
    return wide.with_columns(pl.lit(None, dtype=pl.Float64).alias(name) for name in later)


def _with_factors(
    table: pl.DataFrame, study: Study, wide: pl.DataFrame, responses: Sequence[str]
) -> pl.DataFrame:
    """Return the samples with their factors: their own where they were measured, else the run's."""
    filled = filled_from_runs(table, wide, list(study.factors))
    values = [pl.col(each).cast(pl.Float64) for each in responses if each not in study.factors]
    lent = _lent(table, filled, study.intermediates)
    return filled.select(*_ABOUT, lent, *wide.columns[1:], *values)


def _lent(table: pl.DataFrame, filled: pl.DataFrame, intermediates: Sequence[str]) -> pl.Series:
    """Return which responses each sample has from its run: an input there, and not measured."""
    words = [
        pl.when(filled[name].is_not_null() & own.is_null()).then(pl.lit(name))
        for name in intermediates
        for own in [table[name] if name in table.columns else _empty(table)]
    ]
    if not words:
        return _empty(table).alias(FROM_RUN)
    lent = pl.concat_str(*words, separator="; ", ignore_nulls=True)
    return filled.select(lent.alias(FROM_RUN)).to_series()


def _empty(table: pl.DataFrame) -> pl.Series:
    """Return a column without a value."""
    return pl.Series([None] * table.height, dtype=pl.String)


def _sample_names(measurement: str, table: pl.DataFrame) -> list[str]:
    """Return the names that a measurement's samples have among all samples of a study."""
    return [f"{measurement}-{run}-{sample}" for run, sample in table.select(RUN, SAMPLE).rows()]


def _run_values(
    study: Study, tables: Mapping[str, pl.DataFrame], settings: pl.DataFrame
) -> pl.DataFrame:
    """Return what stands for each factor in each run.

    Samples that were taken before a factor was set do not tell their run's value.
    """
    frames = []
    for factor in study.factors:
        measured = [
            (name, table)
            for name, table in tables.items()
            if factor in table.columns and table[factor].dtype.is_numeric()
        ]
        telling = [
            (name, table)
            for name, table in measured
            if study.process.holds(factor, _step(study, name))
        ]
        if telling:
            name, table = telling[0]
            frames.append(_means(table, factor, f"mean of '{name}'"))
            if frames[-1].is_empty() and table[factor].count():
                rejected = table.filter(pl.col(factor).is_not_null() & ~pl.col(ACCEPTED))
                if rejected.height:
                    raise nothing_accepted(factor, name, rejected[FLAGS].to_list())
        elif factor in settings.columns:
            frames.append(
                settings.select(
                    RUN,
                    factor=pl.lit(factor),
                    value=pl.col(factor),
                    n=pl.lit(1, dtype=pl.UInt32),
                    source=pl.lit("table of runs"),
                )
            )
        elif not measured:
            raise DatasetError(
                f"'{factor}' is neither measured nor set",
                where="study.toml, factors and protocols",
                fix="name a table of runs with that column: runs = ... in [measurements]",
            )
    return pl.concat([_NOTHING, *frames]).drop_nulls("value")


def _means(table: pl.DataFrame, column: str, source: str) -> pl.DataFrame:
    """Return the mean of a column's accepted values in each run."""
    accepted = table.filter(
        pl.col(ACCEPTED) & pl.col(column).is_not_null() & pl.col(RUN).is_not_null()
    )
    return accepted.group_by(RUN, maintain_order=True).agg(
        factor=pl.lit(column),
        value=pl.col(column).mean(),
        n=pl.len(),
        source=pl.lit(source),
    )


def _wide(values: pl.DataFrame, settings: pl.DataFrame, study: Study) -> pl.DataFrame:
    """Return one row per run: circumstances, then factors."""
    context = [name for name in study.circumstances if name in settings.columns]
    wide = values.pivot(on="factor", index=RUN, values="value", maintain_order=True)
    unknown = [name for name in study.factors if name not in wide.columns]
    wide = wide.with_columns(pl.lit(None, dtype=pl.Float64).alias(name) for name in unknown)
    joined = wide.join(settings.select(RUN, *context), on=RUN, how="left", maintain_order="left")
    return joined.select(RUN, *context, *study.factors)


def _doubtful(table: pl.DataFrame, responses: Sequence[str]) -> list[SetAside]:
    """Return the samples that are not accepted, with their reasons."""
    return [
        SetAside(rows=(sample,), responses=tuple(responses), reason=f"{REJECTED}{flags}")
        for sample, flags in table.filter(~pl.col(ACCEPTED)).select(SAMPLE, FLAGS).iter_rows()
    ]


def _require_measured(study: Study, tables: Mapping[str, pl.DataFrame]) -> None:
    """Raise where a response is measured by no protocol, or by two."""
    for response in study.responses:
        homes = [name for name, table in tables.items() if response in table.columns]
        if not homes:
            known = sorted({column for table in tables.values() for column in table.columns})
            raise DatasetError(
                f"no protocol measures '{response}'",
                where="study.toml, responses and protocols",
                fix=f"rename a value with 'columns' of its protocol; there are {', '.join(known)}",
            )
        if len(homes) > 1:
            raise DatasetError(
                f"'{response}' is measured by {len(homes)} protocols: {', '.join(homes)}",
                where="study.toml, protocols",
                fix="rename one of them with 'columns' of its protocol",
            )


def _without_settings(frame: pl.DataFrame, wide: pl.DataFrame) -> list[Finding]:
    """Return one finding per run that was measured and is set to nothing."""
    unknown = sorted(set(frame[RUN]) - set(wide[RUN]))
    return [
        found(
            "D204",
            f"run '{run}' was measured, and nothing says what it was set to",
            ", ".join(frame.filter(pl.col(RUN) == run)[FILE].unique(maintain_order=True)[:3]),
        )
        for run in unknown
    ]


@dataclass(frozen=True, kw_only=True, eq=False)
class Flagged:
    """Measurements whose outliers are flagged.

    Attributes
    ----------
    tables : dict of str to polars.DataFrame
        The measurements' tables with a column ``outliers``.
    set_aside : tuple of SetAside
        One entry per value that the rule sets aside, for its response alone; none where it only
        flags.
    findings : tuple of Finding
        What was flagged, where the rule is blind, what it costs, and which samples may have changed
        places.
    """

    tables: dict[str, pl.DataFrame]
    set_aside: tuple[SetAside, ...]
    findings: tuple[Finding, ...]


def flag_measurements(study: Study, measured: Mapping[str, Measurement]) -> Flagged:
    """Return the measurements with the outliers of every response flagged by the study's rule.

    A sample that is an outlier in one response keeps its others.
    """
    tables, set_aside, findings = {}, list[SetAside](), list[Finding]()
    for name, measurement in measured.items():
        table = measurement.condensed.table
        reasons = [""] * table.height
        for response in (each for each in study.responses if each in table.columns):
            flagged = flag_outliers(table, response, [RUN], study.outliers)
            findings += [*flagged.findings, *exchanged_samples(table, response, RUN)]
            for row, reason in _new_flags(table, flagged.table):
                reasons[row] = "; ".join(part for part in (reasons[row], reason) if part)
                if study.outliers.set_aside:
                    sample = _sample_names(name, table)[row]
                    set_aside.append(SetAside(rows=(sample,), responses=(response,), reason=reason))
        tables[name] = table.with_columns(pl.Series(OUTLIERS, reasons, dtype=pl.String))
    return Flagged(tables=tables, set_aside=tuple(set_aside), findings=tuple(findings))


def _new_flags(before: pl.DataFrame, after: pl.DataFrame) -> list[tuple[int, str]]:
    """Return the rows that a rule has flagged, and what it wrote there."""
    pairs = zip(before[FLAGS], after[FLAGS], strict=True)
    return [
        (row, new.removeprefix(old).removeprefix("; "))
        for row, (old, new) in enumerate(pairs)
        if new != old
    ]
