"""All samples of a study in one table: what was set, what was measured, what is doubtful."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

import polars as pl

from electrodoe.errors import DatasetError
from electrodoe.findings import Finding, found
from electrodoe.study import SetAside, Study
from electrodoe.workflow.condensing.of_run import filled_from_runs

MEASUREMENT, RUN, SAMPLE = "measurement", "run", "sample"
_ABOUT: Final = (MEASUREMENT, RUN, SAMPLE, "file", "lines")


@dataclass(frozen=True, kw_only=True, eq=False)
class MeasurementTable:
    """The samples of all measurements.

    Attributes
    ----------
    frame : polars.DataFrame
        ``measurement, run, sample, file, lines``, then context, factors and responses; a response
        is empty where that sample was not measured for it.
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

    Parameters
    ----------
    study : Study
        Factors and responses that are looked for among the tables' columns.
    tables : mapping of str to polars.DataFrame
        One per protocol: ``run, sample, file, lines, ..., accepted, flags``. Rows without a run,
        such as web between two runs, are no samples.
    settings : polars.DataFrame
        ``run`` and the factors, as :func:`electrodoe.workflow.condensing.runs.run_settings` gives
        them.

    Returns
    -------
    MeasurementTable
        A factor that is measured on the sample itself has that value; one that another table
        measures has the mean of its accepted values in the run; the others have the run's setting.

    Raises
    ------
    DatasetError
        If a response is measured nowhere, or a factor is neither measured nor set.
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
            pl.lit(name).alias(MEASUREMENT), pl.Series(SAMPLE, sample_names(name, of_runs))
        )
        set_aside += _doubtful(named, responses)
        rows.append(_with_factors(named, study, wide, responses))
    _require_measured(study, tables)
    frame = pl.concat(rows, how="diagonal")
    order = [*_ABOUT, *wide.columns[1:], *study.responses]
    return MeasurementTable(
        frame=frame.select(order),
        runs=values,
        set_aside=tuple(set_aside),
        findings=tuple(_without_settings(frame, wide)),
    )


def _with_factors(
    table: pl.DataFrame, study: Study, wide: pl.DataFrame, responses: Sequence[str]
) -> pl.DataFrame:
    """Return the samples with their factors: their own where they were measured, else the run's."""
    filled = filled_from_runs(table, wide, list(study.factors))
    values = [pl.col(each).cast(pl.Float64) for each in responses]
    return filled.select(*_ABOUT, *wide.columns[1:], *values)


def sample_names(measurement: str, table: pl.DataFrame) -> list[str]:
    """Return the names that a measurement's samples have among all samples of a study."""
    return [f"{measurement}-{run}-{sample}" for run, sample in table.select(RUN, SAMPLE).rows()]


def _run_values(
    study: Study, tables: Mapping[str, pl.DataFrame], settings: pl.DataFrame
) -> pl.DataFrame:
    """Return what stands for each factor in each run."""
    frames = []
    for factor in study.factors:
        measured = [
            (name, table)
            for name, table in tables.items()
            if factor in table.columns and table[factor].dtype.is_numeric()
        ]
        if measured:
            name, table = measured[0]
            frames.append(_means(table, factor, f"mean of '{name}'"))
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
        else:
            raise DatasetError(
                f"'{factor}' is neither measured nor set",
                where="study.toml, factors and protocols",
                fix="name a table of runs with that column: runs = ... in [measurements]",
            )
    return pl.concat(frames).drop_nulls("value")


def _means(table: pl.DataFrame, column: str, source: str) -> pl.DataFrame:
    """Return the mean of a column's accepted values in each run."""
    accepted = table.filter(
        pl.col("accepted") & pl.col(column).is_not_null() & pl.col(RUN).is_not_null()
    )
    return accepted.group_by(RUN, maintain_order=True).agg(
        factor=pl.lit(column),
        value=pl.col(column).mean(),
        n=pl.len(),
        source=pl.lit(source),
    )


def _wide(values: pl.DataFrame, settings: pl.DataFrame, study: Study) -> pl.DataFrame:
    """Return one row per run: circumstances, then factors."""
    context = [name for name in study.measurements.context if name in settings.columns]
    wide = values.pivot(on="factor", index=RUN, values="value", maintain_order=True)
    joined = wide.join(settings.select(RUN, *context), on=RUN, how="left", maintain_order="left")
    return joined.select(RUN, *context, *study.factors)


def _doubtful(table: pl.DataFrame, responses: Sequence[str]) -> list[SetAside]:
    """Return the samples that are not accepted, with their reasons."""
    return [
        SetAside(rows=(sample,), responses=tuple(responses), reason=f"not accepted: {flags}")
        for sample, flags in table.filter(~pl.col("accepted")).select(SAMPLE, "flags").iter_rows()
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
            ", ".join(frame.filter(pl.col(RUN) == run)["file"].unique(maintain_order=True)[:3]),
        )
        for run in unknown
    ]
