"""A plan that somebody brings, and a run sheet that comes back filled in."""

from dataclasses import dataclass
from pathlib import Path
from typing import Final

import numpy as np
import polars as pl
from numpy.typing import NDArray

from electrodoe import __version__
from electrodoe.design.deviations import Deviations, deviations
from electrodoe.design.evaluation import PlanEvaluation, evaluate_plan
from electrodoe.design.formula import model_terms
from electrodoe.design.made_runs import coded_settings
from electrodoe.design.plan_model import PlanModel
from electrodoe.design.region import DesignRegion, design_region
from electrodoe.design.run_plan import BLOCK, PURPOSE, REPLICATE_OF, RUN, WHOLE_PLOT, RunPlan
from electrodoe.errors import WorkflowError
from electrodoe.study import PlanRequest, Study
from electrodoe.workflow.frames import to_csv
from electrodoe.workflow.plan_account import RUN_PLAN_FILE, criteria_content, to_json
from electrodoe.workflow.run_folder import RunFolder
from electrodoe.workflow.runs_made import declared_groups, read_runs

_RESULTS: Final = "results"


@dataclass(frozen=True, kw_only=True, eq=False)
class JudgedTable:
    """A plan that a person brought.

    Attributes
    ----------
    evaluation : PlanEvaluation
        How good it is for the study's model.
    folder : Path
        The results folder.
    files : tuple of str
        Products, relative to the folder.
    n_infeasible : int
        Runs that break a limit or lie outside the region.
    """

    evaluation: PlanEvaluation
    folder: Path
    files: tuple[str, ...]
    n_infeasible: int


def judge_table(study: Study, folder: Path, table: Path) -> JudgedTable:
    """Judge a plan from JMP, Design-Expert or anywhere for a study's model.

    Parameters
    ----------
    study : Study
        Its factors give the region, its ``[plan]`` the model (the quadratic without one).
    folder : Path
        The study's folder.
    table : Path
        CSV, XLSX or Parquet with one column per factor.

    Returns
    -------
    JudgedTable
        Every criterion that a plan of our own gets.

    Raises
    ------
    ElectrodeError
        If the table cannot be read, or its runs do not determine the model.
    """
    region = design_region(study)
    raw = read_runs(study, table)
    design = coded_settings(region, raw.frame, str(table), study.measurements.decimal)
    request = study.plan or PlanRequest(runs=len(design))
    groups = declared_groups(request, region, raw.frame, str(table))
    terms = model_terms(request.model, region.axes)
    model = PlanModel(
        region=region, terms=terms, groups=groups, variance_ratio=request.variance_ratio
    )
    evaluation = evaluate_plan(model, design)
    is_inside = region.is_feasible(design)
    is_inside &= _within_ends(region, design)
    content = {
        "table": table.name,
        "version": __version__,
        "model": list(terms.names),
        **criteria_content(evaluation),
    }
    products = {"plan_evaluation.json": to_json(content)}
    results = RunFolder(path=folder / _RESULTS)
    results.write(products)
    return JudgedTable(
        evaluation=evaluation,
        folder=results.path,
        files=tuple(products),
        n_infeasible=int(np.sum(~is_inside)),
    )


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

    Raises
    ------
    ElectrodeError
        If there is no plan, or the sheet cannot be read.
    """
    plan = _plan_on_disk(study, folder)
    raw = read_runs(study, sheet)
    decimal = study.measurements.decimal
    found = deviations(study, plan, raw.frame, raw.lines, source=str(sheet), decimal=decimal)
    RunFolder(path=folder / _RESULTS).write({"plan_deviations.csv": to_csv(found.frame)})
    return found


def _plan_on_disk(study: Study, folder: Path) -> RunPlan:
    """Return the plan that an earlier ``electrodoe plan`` has written."""
    file = folder / _RESULTS / RUN_PLAN_FILE
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


def _within_ends(region: DesignRegion, design: NDArray[np.float64]) -> NDArray[np.bool_]:
    """Return which coded runs lie between the ends of every number."""
    is_number = np.array([not axis.is_categorical for axis in region.axes])
    return np.asarray((np.abs(design[:, is_number]) <= 1.0 + 1e-9).all(axis=1))
