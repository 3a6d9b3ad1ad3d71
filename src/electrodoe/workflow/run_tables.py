"""Tables of runs: the plan on disk, existing runs, a run sheet that comes back filled in."""

import os
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Final

import polars as pl

from electrodoe.arrays import Integers
from electrodoe.design.region.region import DesignRegion, design_region
from electrodoe.design.run_plan import BLOCK, PURPOSE, REPLICATE_OF, RUN, WHOLE_PLOT, RunPlan
from electrodoe.design.run_sheet.columns import MEASURED, sheet_titles
from electrodoe.design.run_sheet.deviations import Deviations, deviations
from electrodoe.design.structure.existing_runs import ExistingRuns, coded_settings, groups_of
from electrodoe.errors import WorkflowError
from electrodoe.findings import sort_findings
from electrodoe.ingest import RawTable, declared_regions, declared_table, decoded_table, read_table
from electrodoe.study import Measurements, PlanRequest, Study
from electrodoe.tables import Wanted
from electrodoe.workflow.run_folder import RESULTS, RunFolder, to_csv

RUN_PLAN_FILE: Final = "run_plan.csv"
DEVIATIONS_FILE: Final = "plan_deviations.csv"


def layout_of(measurements: Measurements, table: Path) -> Measurements:
    """Return how another table than that of the samples is written: alike, but for its places."""
    places = ("sheet", "separator", "header_row", "units_row")
    return measurements.model_copy(update={"table": table.name, **dict.fromkeys(places)})


def read_runs(
    study: Study, table: Path, responses: Sequence[str] = (), *, is_described: bool = False
) -> RawTable:
    """Return a table of runs, its factors under their names, in their units, and decoded.

    Parameters
    ----------
    study : Study
        Its factors are looked for by name, label and the run sheet's title, planned and measured.
    table : Path
        The file.
    responses : sequence of str
        Responses that are needed too.
    is_described : bool
        Whether the study's ``[measurements]`` say where in this very table its header is.

    Returns
    -------
    RawTable
        With what was taken as what.
    """
    factors = {name: factor.is_categorical for name, factor in study.factors.items()}
    columns = (*factors, *(MEASURED + name for name in factors), *responses)
    words = (RUN, WHOLE_PLOT, BLOCK, *study.circumstances)
    titles = sheet_titles(study, (*words, *columns))
    wanted = [
        Wanted(
            name=name,
            labels=(titles[name],),
            is_number=name in columns and not factors.get(name.removeprefix(MEASURED), False),
            unit=_declared_unit(study, name),
        )
        for name in dict.fromkeys((*words, *columns))
    ]
    layout = study.measurements if is_described else layout_of(study.measurements, table)
    raw = read_table(table, layout, [*titles.values(), *titles])
    return decoded_table(declared_table(raw, wanted), declared_regions(study))


def _declared_unit(study: Study, column: str) -> str:
    """Return the unit that the study declares for a factor, planned or measured, or a response."""
    entry = study.factors.get(column.removeprefix(MEASURED)) or study.responses.get(column)
    return (entry.unit if entry is not None else None) or ""


def declared_groups(
    request: PlanRequest, region: DesignRegion, frame: pl.DataFrame, source: str
) -> Integers | None:
    """Return the whole plots or blocks that a study asks of a table's runs, None without any."""
    if request.blocks is not None:
        return groups_of(frame, BLOCK, source)
    if any(axis.is_hard_to_change for axis in region.axes):
        return groups_of(frame, WHOLE_PLOT, source)
    return None


def existing_runs(study: Study, folder: Path) -> ExistingRuns | None:
    """Return the runs that the study says exist already."""
    request = study.plan
    if request is None or request.existing_runs is None:
        return None
    region = design_region(study)
    path = Path(os.path.normpath(folder / request.existing_runs))
    table = read_runs(study, path)
    frame = table.frame
    return ExistingRuns(
        findings=table.findings,
        design=coded_settings(region, frame, str(path)),
        groups=declared_groups(request, region, frame, str(path)),
    )


def run_plan_path(folder: Path) -> Path:
    """Return where the plan of a study's folder lies."""
    return folder / RESULTS / RUN_PLAN_FILE


def plan_on_disk(study: Study, folder: Path) -> RunPlan:
    """Return the plan that an earlier ``electrodoe plan`` has written; its factors are columns."""
    file = run_plan_path(folder)
    if not file.is_file():
        raise WorkflowError(
            "no plan to compare with",
            where=str(file),
            fix=f"make the plan first: electrodoe plan {folder}",
        )
    axes = design_region(study).axes
    kinds = {axis.name: pl.String if axis.is_categorical else pl.Float64 for axis in axes}
    schema = {
        **dict.fromkeys((RUN, REPLICATE_OF, WHOLE_PLOT, BLOCK), pl.Int64),
        PURPOSE: pl.String,
        **kinds,
    }
    try:
        frame = pl.read_csv(file, schema_overrides=schema).select(list(schema))
    except pl.exceptions.PolarsError as error:
        raise WorkflowError(
            "the plan on disk is not that of this study",
            where=str(file),
            fix=f"make it anew: electrodoe plan {folder}",
        ) from error
    return RunPlan(factors=tuple(kinds), frame=frame)


def import_sheet(study: Study, folder: Path, sheet: Path) -> Deviations:
    """Compare a filled run sheet with the plan that it came from.

    Parameters
    ----------
    study : Study
        Tolerances of the factors.
    folder : Path
        The study's folder, with ``results/run_plan.csv`` in it.
    sheet : Path
        The filled sheet: CSV, XLSX or Parquet.

    Returns
    -------
    Deviations
        Run by run; also written to ``results/plan_deviations.csv``.
    """
    plan = plan_on_disk(study, folder)
    raw = read_runs(study, sheet, tuple(study.responses))
    found = deviations(study, plan, raw.frame, raw.lines, source=str(sheet))
    RunFolder(path=folder / RESULTS).write({DEVIATIONS_FILE: to_csv(found.frame)})
    return replace(found, findings=sort_findings((*raw.findings, *found.findings)))
