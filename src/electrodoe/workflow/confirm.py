"""The verdict on a recommendation: what was promised on disk, what came back, and why it missed."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final

import numpy as np
import polars as pl

from electrodoe.arrays import Booleans, Floats
from electrodoe.dataset import TrainingData, outcomes
from electrodoe.design.run_plan import PURPOSE, RUN
from electrodoe.design.run_sheet.columns import MEASURED
from electrodoe.errors import ElectrodeError, WorkflowError
from electrodoe.findings import Finding
from electrodoe.ingest import (
    RawTable,
    declared_table,
    names,
    numbers,
    read_table,
    wanted_columns,
)
from electrodoe.models import predictive
from electrodoe.optimize import CONFIRMATION, Diagnosis, Recommendation, SetPoint, Verdict, verdicts
from electrodoe.report.recommendation.confirmation import confirmation_findings
from electrodoe.report.recommendation.confirmation_page import confirmation_html
from electrodoe.study import Study
from electrodoe.tables import Wanted
from electrodoe.workflow.engines import LocalEngine
from electrodoe.workflow.finished import kept_run
from electrodoe.workflow.loading import in_units_of_samples
from electrodoe.workflow.manifest import is_simulated_study
from electrodoe.workflow.new_settings import read_settings
from electrodoe.workflow.recommending.confirmation_background import ReturnedRuns, why_missed
from electrodoe.workflow.recommending.files import RECOMMENDATION_FILE
from electrodoe.workflow.run_folder import RESULTS, RunFolder
from electrodoe.workflow.run_tables import layout_of, read_runs
from electrodoe.workflow.stages.recommendation import recommendation_task
from electrodoe.workflow.tables import read_back

CONFIRMATION_PAGE: Final = "confirmation.html"


@dataclass(frozen=True, kw_only=True)
class Confirmation:
    """What confirmation runs say of a recommendation.

    Attributes
    ----------
    verdicts : tuple of Verdict
        One for each promised response that came back.
    diagnoses : tuple of Diagnosis
        Why runs miss, of the responses whose scatter the finished run knows.
    findings : tuple of Finding
        How the table was read; ``S224`` and ``S225`` for responses with something to explain.
    page : Path
        Where verdict and causes were written.
    not_compared : str
        Why causes could not be compared; empty where they were.
    """

    verdicts: tuple[Verdict, ...]
    diagnoses: tuple[Diagnosis, ...]
    findings: tuple[Finding, ...]
    page: Path
    not_compared: str = ""

    @property
    def is_confirmed(self) -> bool:
        """Return whether every response came to its interval."""
        return all(verdict.is_confirmed for verdict in self.verdicts)


def confirm_study(study: Study, folder: Path, table: Path) -> Confirmation:
    """Return the verdict on the recommendation that a results folder holds, and write its page.

    Parameters
    ----------
    study : Study
        Says how its tables are written.
    folder : Path
        The study's folder.
    table : Path
        Confirmation runs: a column for each response that was measured. Where a column says the
        run, rows of one name are its samples; where one says the purpose, as the run sheet of
        next runs does, the other new runs are compared with; settings count as they were set.

    Returns
    -------
    Confirmation
        Verdict, causes and what to check.

    Raises
    ------
    WorkflowError
        If there is no recommendation to confirm.
    RecommendationError
        If nothing that was promised came back.
    IngestError
        If a cell of the table is no number.
    """
    point = _promised(folder)
    in_units = in_units_of_samples(study, folder)
    came_back = _read(in_units, table, point)
    is_confirmation = _is_confirmation(came_back)
    measured = {
        promised.response_name: (
            outcomes(study, came_back, promised.response_name)
            if study.kind_of(promised.response_name) == "binary"
            else numbers(came_back, promised.response_name)
        )
        for promised in point.responses
        if promised.response_name in came_back.frame.columns
    }
    binary = [name for name in measured if study.kind_of(name) == "binary"]
    found = verdicts(
        point.responses,
        {name: values[is_confirmation] for name, values in measured.items()},
        binary,
    )
    diagnoses: tuple[Diagnosis, ...] = ()
    not_compared = ""
    runs = _run_of_rows(came_back, study.measurements.group)
    back = {
        name: ReturnedRuns(values=values, runs=runs, is_confirmation=is_confirmation)
        for name, values in measured.items()
    }
    try:
        diagnoses = _diagnoses(folder, point, in_units, table, back)
    except ElectrodeError as error:  # the verdict stands without them
        not_compared = f"{error.what}; {error.fix}"
    page = folder / RESULTS / CONFIRMATION_PAGE
    is_simulated = is_simulated_study(study, folder)
    html = confirmation_html(study, found, diagnoses, is_simulated=is_simulated)
    RunFolder(path=page.parent).write({page.name: html.encode()})
    return Confirmation(
        verdicts=found,
        diagnoses=diagnoses,
        findings=(*came_back.findings, *confirmation_findings(study, diagnoses)),
        page=page,
        not_compared=not_compared,
    )


def _promised(folder: Path) -> SetPoint:
    """Return the recommended settings on disk, with what they promise."""
    file = folder / RESULTS / RECOMMENDATION_FILE
    try:
        return Recommendation.from_json(file.read_bytes()).set_point
    except (OSError, ValueError) as error:
        raise WorkflowError(
            "no recommendation to confirm",
            where=str(file),
            fix=f"make it first: electrodoe recommend {folder}",
        ) from error


def _read(study: Study, table: Path, point: SetPoint) -> RawTable:
    """Return a table of runs with its responses, run and purpose under their names."""
    asked = {promised.response_name for promised in point.responses}
    group = study.measurements.group
    columns = [column for column in wanted_columns(study) if column.name in {*asked, group}]
    taken = {column.name for column in columns}
    columns += [
        Wanted(name=name, labels=(name.capitalize(),), is_number=False)
        for name in (RUN, PURPOSE)
        if name not in taken
    ]
    layout = layout_of(study.measurements, table)
    raw = read_table(table, layout, [column.name for column in columns])
    return declared_table(raw, columns)


def _run_of_rows(table: RawTable, group: str | None) -> tuple[str, ...]:
    """Return the run of each row, by the study's column or the run sheet's; else its own."""
    column = group if group in table.frame.columns else RUN
    known: list[str | None] = [None] * table.frame.height
    if column in table.frame.columns:
        known = names(table, column)
    return tuple(f"row {row}" if name is None else name for row, name in enumerate(known))


def _is_confirmation(table: RawTable) -> Booleans:
    """Return which rows were made at the recommended settings: all, where no purpose is said."""
    if PURPOSE not in table.frame.columns:
        return np.ones(table.frame.height, dtype=np.bool_)
    purposes = [(name or "").strip().casefold() for name in names(table, PURPOSE)]
    said = np.array([name == CONFIRMATION for name in purposes], dtype=np.bool_)
    return said if said.any() else np.ones(len(said), dtype=np.bool_)


def _diagnoses(
    folder: Path,
    point: SetPoint,
    study: Study,
    table: Path,
    measured: Mapping[str, ReturnedRuns],
) -> tuple[Diagnosis, ...]:
    """Return why runs miss, of every response that is a number and has an interval."""
    task = recommendation_task(kept_run(study, folder, LocalEngine(n_workers=1)))
    results = RunFolder(path=folder / RESULTS)
    tables = [read_back(results, name) for name in ("residuals", "residual_checks")]
    settings = _settings(study, table, task.data[0])
    found = []
    for own, each, refits in zip(task.data, task.models, task.refits, strict=True):
        promise = next(p for p in point.responses if p.response_name == own.response_name)
        if own.kind != "number" or promise.lower is None or own.response_name not in measured:
            continue
        head = {"target": own.response_name, "scenario": own.scenario}
        residuals, checks = (frame.filter(**head) for frame in tables)
        back = replace(measured[own.response_name], settings=settings)
        known = predictive(own, each.model, refits=refits)
        why = why_missed(own, residuals, checks, promise, point.distance, known, back)
        found += [] if why is None else [why]
    return tuple(found)


def _settings(study: Study, table: Path, data: TrainingData) -> Floats | None:
    """Return the settings of every row as they were made; None where the table does not say."""
    runs = read_runs(study, table)
    frame = runs.frame
    for name in data.input_names:
        if (made := MEASURED + name) in frame.columns:
            planned = pl.col(name) if name in frame.columns else pl.lit(None)
            frame = frame.with_columns(pl.coalesce(pl.col(made), planned).alias(name))
    if not set(data.input_names) <= set(frame.columns):
        return None
    return read_settings(replace(runs, frame=frame), data.input_names, data.levels)
