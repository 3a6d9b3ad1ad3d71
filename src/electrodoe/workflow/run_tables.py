"""Tables of runs: the plan on disk, existing runs, a run sheet that comes back filled in."""

import os
from pathlib import Path
from typing import Final

import polars as pl

from electrodoe.arrays import Integers
from electrodoe.design.region.region import DesignRegion, design_region
from electrodoe.design.run_plan import BLOCK, PURPOSE, REPLICATE_OF, RUN, WHOLE_PLOT, RunPlan
from electrodoe.design.run_sheet.deviations import Deviations, deviations
from electrodoe.design.structure.existing_runs import ExistingRuns, coded_settings, groups_of
from electrodoe.errors import WorkflowError
from electrodoe.ingest import RawTable, read_table
from electrodoe.study import PlanRequest, Study
from electrodoe.workflow.run_folder import RESULTS, RunFolder, to_csv

RUN_PLAN_FILE: Final = "run_plan.csv"
DEVIATIONS_FILE: Final = "plan_deviations.csv"


def read_runs(study: Study, table: Path) -> RawTable:
    """Return a table of runs in the encoding that the study declares; its separator is found."""
    own = {"table": table.name, "sheet": None, "separator": None}
    settings = study.measurements.model_copy(update=own)
    return read_table(table, settings)


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
    frame = read_runs(study, path).frame
    return ExistingRuns(
        design=coded_settings(region, frame, str(path), study.measurements.decimal),
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
    raw = read_runs(study, sheet)
    decimal = study.measurements.decimal
    found = deviations(study, plan, raw.frame, raw.lines, source=str(sheet), decimal=decimal)
    RunFolder(path=folder / RESULTS).write({DEVIATIONS_FILE: to_csv(found.frame)})
    return found
