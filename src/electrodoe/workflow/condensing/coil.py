"""A study's coil: from its protocol and folder to stretches, runs, lags and pictures."""

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Final

import polars as pl
from pydantic import ValidationError

from electrodoe.errors import StudyError
from electrodoe.ingest import names, numbers, read_table, require_columns
from electrodoe.ingest.records import RawTable
from electrodoe.preprocess.coil import Coil, coil_logs, read_coil
from electrodoe.report.drawing import draw_figure
from electrodoe.report.figure import FigureData
from electrodoe.report.figures import coil_map, sensor_lags
from electrodoe.study import CoilProtocol, Measurements
from electrodoe.study.protocols import RunSpan
from electrodoe.tables import DecimalMark
from electrodoe.workflow.condensing.sources import matching_files
from electrodoe.workflow.frames import to_csv
from electrodoe.workflow.run_folder import Products

_TEXTS: Final = ("run", "sample", "start_time", "end_time", "note")


def coil_of(
    protocol: CoilProtocol, folder: Path, name: str, measurements: Measurements | None = None
) -> Coil:
    """Return the coil that a study's protocol declares.

    Parameters
    ----------
    protocol : CoilProtocol
        One of the study's protocols.
    folder : Path
        The study's folder, to which its patterns and tables are relative.
    name : str
        The protocol's, for messages.
    measurements : Measurements or None
        How tables of runs and of thickness are written.

    Returns
    -------
    Coil
        Stretches with their findings, runs, lags.

    Raises
    ------
    IngestError
        If no file fits a pattern, or a log or a table cannot be read.
    StudyError
        If a run of the table is declared wrongly, or two runs hold the same web.
    """
    logs = coil_logs(
        matching_files(folder, protocol.files, name),
        protocol,
        [matching_files(folder, log.files, name) for log in protocol.other_logs],
    )
    tables = measurements or Measurements()
    samples: pl.DataFrame | None = None
    runs: tuple[RunSpan, ...] = ()
    if protocol.thickness_table is not None:
        samples = _thickness(folder / protocol.thickness_table, tables)
    if protocol.runs_table is not None:
        runs = _runs(folder / protocol.runs_table, tables)
    return read_coil(logs, protocol, samples, runs)


def coil_figures(coil: Coil, protocol: CoilProtocol) -> list[FigureData]:
    """Return the map of a coil, and the lags of its sensors where they were estimated."""
    shown = [one.value_column() for one in protocol.all_sensors]
    shown += [one.value_column("tilt") for one in protocol.all_sensors if one.side == "left"]
    whole = coil_map.build(coil.condensed.table, list(dict.fromkeys([*shown, "solid_content"])))
    lags = sensor_lags.build(coil.lags) if coil.lags is not None else None
    return [figure for figure in (whole, lags) if figure is not None]


def coil_products(
    coil: Coil, protocol: CoilProtocol, name: str, *, is_simulated: bool = False
) -> Products:
    """Return a coil as files.

    Parameters
    ----------
    coil : Coil
        As :func:`coil_of` returns it.
    protocol : CoilProtocol
        What it was made by.
    name : str
        The protocol's name in the study, which begins every file's.
    is_simulated : bool
        Whether the pictures say that nobody measured it.

    Returns
    -------
    dict of str to bytes
        ``NAME_stretches.csv``, ``NAME_runs.csv``, ``NAME_lags.csv`` and the pictures.
    """
    products: dict[str, bytes] = {
        f"{name}_stretches.csv": to_csv(coil.condensed.table),
        f"{name}_runs.csv": to_csv(coil.runs),
    }
    if coil.lags is not None:
        products[f"{name}_lags.csv"] = to_csv(coil.lags.table)
    for figure in coil_figures(coil, protocol):
        svg = draw_figure(replace(figure, is_simulated=is_simulated))
        products[f"figures/{name}_{figure.name}.svg"] = svg.encode()
    return products


def _thickness(path: Path, tables: Measurements) -> pl.DataFrame:
    """Return the thickness samples: run as text, everything else as numbers."""
    table = read_table(path, tables)
    values = [name for name in table.frame.columns if name not in _TEXTS]
    return _frame(table, values, ["run"], tables.decimal)


def _runs(path: Path, tables: Measurements) -> tuple[RunSpan, ...]:
    """Return the runs of a table: run, then start and end in meters or as times."""
    table = read_table(path, tables)
    require_columns(table, ["run"])
    meters = [name for name in ("start_m", "end_m") if name in table.frame.columns]
    frame = _frame(table, meters, ["run", "start_time", "end_time"], tables.decimal)
    spans = []
    for row, line in zip(frame.rows(named=True), table.lines, strict=True):
        told = {key: value for key, value in row.items() if value not in {None, ""}}
        try:
            spans.append(RunSpan.model_validate(told))
        except ValidationError as error:
            what, _, fix = error.errors()[0]["msg"].removeprefix("Value error, ").partition("; ")
            raise StudyError(
                what, where=f"{path}, line {line}", fix=fix or "give run, start_m and end_m"
            ) from error
    return tuple(spans)


def _frame(
    table: RawTable, values: Sequence[str], texts: Sequence[str], decimal: DecimalMark
) -> pl.DataFrame:
    """Return some columns as numbers, and those of some names that the table has as text."""
    columns = [pl.Series(name, numbers(table, name, decimal)).fill_nan(None) for name in values]
    columns += [
        pl.Series(name, names(table, name), dtype=pl.String)
        for name in texts
        if name in table.frame.columns
    ]
    return pl.DataFrame(columns)
