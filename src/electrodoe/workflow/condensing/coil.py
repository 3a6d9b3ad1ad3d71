"""A study's coil: from its protocol and folder to segments, runs, lags and pictures."""

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Final

import polars as pl
from pydantic import ValidationError

from electrodoe.errors import StudyError
from electrodoe.findings import Finding, sort_findings
from electrodoe.ingest import (
    declared_table,
    names,
    number_columns,
    numbers,
    read_table,
    require_columns,
)
from electrodoe.ingest.records import RawTable
from electrodoe.preprocess import Condensed
from electrodoe.preprocess.coil import CondensedCoil, coil_logs, read_coil
from electrodoe.preprocess.coil.thickness_samples import POSITION
from electrodoe.report.drawing import draw_figure
from electrodoe.report.figure import FigureData
from electrodoe.report.figures import coil_map, sensor_lags
from electrodoe.study import CoilProtocol, Measurements
from electrodoe.study.protocols import RunSpan
from electrodoe.tables import Wanted
from electrodoe.workflow.condensing.measurement import FILE, RUN, SAMPLE, Measurement
from electrodoe.workflow.condensing.sources import matching_files
from electrodoe.workflow.run_folder import Products, to_csv

_STRETCH: Final = "web_segment"
_METERS: Final = ("start_m", "end_m")
_TIMES: Final = ("start_time", "end_time")
_TEXTS: Final = (RUN, SAMPLE, *_TIMES, "note")
"""Columns of tables of runs and thicknesses that are no numbers."""


def condense_coil_logs(
    folder: Path, name: str, protocol: CoilProtocol, tables: Measurements, *, is_simulated: bool
) -> Measurement:
    """Return a coil's segments as samples, with its runs, lags and pictures beside them."""
    coil = coil_of(protocol, folder, name, tables)
    table = coil.condensed.table
    numbered = table.with_columns(
        pl.col(_STRETCH).cast(pl.String).alias(SAMPLE),
        pl.col(FILE).map_elements(
            lambda file: Path(file).relative_to(folder).as_posix(), return_dtype=pl.String
        ),
    )
    rest = [column for column in table.columns if column not in (RUN, _STRETCH)]
    named = numbered.select(RUN, SAMPLE, *rest).rename(protocol.columns, strict=False)
    return Measurement(
        condensed=Condensed(table=named, findings=coil.condensed.findings),
        pictures=beside_segments(coil, protocol, name, is_simulated=is_simulated),
    )


def coil_of(
    protocol: CoilProtocol, folder: Path, name: str, tables: Measurements | None = None
) -> CondensedCoil:
    """Return the coil that a protocol declares; tables are written as ``tables`` says."""
    logs = coil_logs(
        matching_files(folder, protocol.files, name),
        protocol,
        [matching_files(folder, log.files, name) for log in protocol.other_logs],
    )
    tables = tables or Measurements()
    findings: list[Finding] = []
    samples: pl.DataFrame | None = None
    runs: tuple[RunSpan, ...] = ()
    if protocol.thickness_table is not None:
        samples, of_samples = _thickness(folder / protocol.thickness_table, tables)
        findings += of_samples
    if protocol.runs_table is not None:
        runs, of_runs = _runs(folder / protocol.runs_table, tables)
        findings += of_runs
    coil = read_coil(logs, protocol, samples, runs)
    condensed = coil.condensed
    told = sort_findings((*condensed.findings, *findings))
    return replace(coil, condensed=replace(condensed, findings=told)) if findings else coil


def beside_segments(
    coil: CondensedCoil, protocol: CoilProtocol, name: str, *, is_simulated: bool = False
) -> Products:
    """Return what a coil leaves beside its segments: tables of runs and lags, and pictures."""
    products = {f"{name}_runs.csv": to_csv(coil.runs)}
    if coil.lags is not None:
        products[f"{name}_lags.csv"] = to_csv(coil.lags.table)
    for figure in _figures(coil, protocol):
        svg = draw_figure(replace(figure, is_simulated=is_simulated))
        products[f"{name}_{figure.name}.svg"] = svg.encode()
    return products


def _figures(coil: CondensedCoil, protocol: CoilProtocol) -> list[FigureData]:
    """Return the map of a coil, and the lags of its sensors where they were estimated."""
    shown = [one.value_column() for one in protocol.all_sensors]
    shown += [one.value_column("tilt") for one in protocol.all_sensors if one.side == "left"]
    whole = coil_map.build(coil.condensed.table, list(dict.fromkeys([*shown, "solid_content"])))
    lags = sensor_lags.build(coil.lags) if coil.lags is not None else None
    return [figure for figure in (whole, lags) if figure is not None]


def _thickness(path: Path, tables: Measurements) -> tuple[pl.DataFrame, tuple[Finding, ...]]:
    """Return the thickness samples: run as text, numbers as numbers; and how they were read."""
    table = _read(path, tables, [POSITION])
    values = [name for name in number_columns(table) if name not in _TEXTS]
    return _frame(table, values, [RUN]), table.findings


def _runs(path: Path, tables: Measurements) -> tuple[tuple[RunSpan, ...], tuple[Finding, ...]]:
    """Return the runs of a table: run, then start and end in meters or as times."""
    table = _read(path, tables, list(_METERS))
    require_columns(table, [RUN])
    meters = [name for name in _METERS if name in table.frame.columns]
    frame = _frame(table, meters, [RUN, *_TIMES])
    spans = []
    for row, line in zip(frame.rows(named=True), table.lines, strict=True):
        reported = {key: value for key, value in row.items() if value not in {None, ""}}
        try:
            spans.append(RunSpan.model_validate(reported))
        except ValidationError as error:
            what, _, fix = error.errors()[0]["msg"].removeprefix("Value error, ").partition("; ")
            raise StudyError(
                what, where=f"{path}, line {line}", fix=fix or "give run, start_m and end_m"
            ) from error
    return tuple(spans), table.findings


def _read(path: Path, tables: Measurements, meters: Sequence[str]) -> RawTable:
    """Return a table about the coil, lengths of web in meters."""
    wanted = [Wanted(name=name, is_number=False) for name in _TEXTS]
    wanted += [Wanted(name=name) for name in meters]
    own = tables.model_copy(update={"header_row": None, "units_row": None})
    raw = read_table(path, own, [column.name for column in wanted])
    return declared_table(raw, wanted)


def _frame(table: RawTable, values: Sequence[str], texts: Sequence[str]) -> pl.DataFrame:
    """Return some columns as numbers, and those of some names that the table has as text."""
    columns = [pl.Series(name, numbers(table, name)).fill_nan(None) for name in values]
    columns += [
        pl.Series(name, names(table, name), dtype=pl.String)
        for name in texts
        if name in table.frame.columns
    ]
    return pl.DataFrame(columns)
