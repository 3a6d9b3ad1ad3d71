"""The plan that a study's results folder holds."""

from pathlib import Path

import polars as pl

from electrodoe.design.region.region import design_region
from electrodoe.design.run_plan import BLOCK, PURPOSE, REPLICATE_OF, RUN, WHOLE_PLOT, RunPlan
from electrodoe.errors import WorkflowError
from electrodoe.study import Study
from electrodoe.workflow.plan_account import RUN_PLAN_FILE


def run_plan_path(folder: Path) -> Path:
    """Return where the plan of a study's folder lies."""
    return folder / "results" / RUN_PLAN_FILE


def plan_on_disk(study: Study, folder: Path) -> RunPlan:
    """Return the plan that an earlier ``electrodoe plan`` has written.

    Parameters
    ----------
    study : Study
        Its factors are the columns.
    folder : Path
        The study's folder.

    Returns
    -------
    RunPlan
        As it was planned.

    Raises
    ------
    WorkflowError
        If there is none, or it has other factors.
    """
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
