"""A plan that stands in a person's table: its runs, where they lie, and how good they are."""

import re
from dataclasses import dataclass
from pathlib import Path
from typing import Final, Literal

import numpy as np
import polars as pl

from electrodoe.design.assessment.evaluation import evaluate_plan
from electrodoe.design.model.formula import model_terms
from electrodoe.design.model.plan_model import PlanModel
from electrodoe.design.region.placement import is_off_levels, misplaced_runs
from electrodoe.design.region.region import DesignRegion, design_region
from electrodoe.design.run_plan import RunPlan
from electrodoe.design.structure.existing_runs import coded_settings
from electrodoe.design.structure.run_order import run_plan
from electrodoe.errors import DesignError
from electrodoe.report.plan_sentences import NamedEvaluation
from electrodoe.study import PlanRequest, Study
from electrodoe.workflow.runs_made import declared_groups, read_runs

_UNPLANNED: Final = PlanRequest(design="full_factorial")
"""What a study without ``[plan]`` asks for: the quadratic, and no number of runs."""


@dataclass(frozen=True, kw_only=True, eq=False)
class BroughtPlan:
    """A plan from a table.

    Attributes
    ----------
    model : PlanModel
        What it was judged for.
    plan : RunPlan
        Its runs in the order of the table, without purposes.
    judged : NamedEvaluation
        How good it is, under the file's name.
    misplaced : polars.DataFrame
        Runs that the study does not allow: ``run, reason``.
    n_off_levels : int
        Runs with a setting that is none of the declared levels.
    remarks : tuple of str
        How the table was read, where that is not plain.
    """

    model: PlanModel
    plan: RunPlan
    judged: NamedEvaluation
    misplaced: pl.DataFrame
    n_off_levels: int
    remarks: tuple[str, ...]


def brought_plan(study: Study, table: Path, name: str) -> BroughtPlan:
    """Return the plan in a table, judged for a study's model.

    Parameters
    ----------
    study : Study
        Its factors give the region, its ``[plan]`` the model (the quadratic without one).
    table : Path
        CSV, XLSX or Parquet with one column per factor; a comma may be the decimal mark.
    name : str
        What the plan is called.

    Returns
    -------
    BroughtPlan
        Every criterion that a plan of our own gets.

    Raises
    ------
    ElectrodeError
        If the table cannot be read, or its runs do not determine the model.
    """
    return plan_of_frame(study, read_runs(study, table).frame, str(table), name)


def plan_of_frame(study: Study, frame: pl.DataFrame, source: str, name: str) -> BroughtPlan:
    """Return the plan in a frame that was read from a source, judged as :func:`brought_plan`."""
    region = design_region(study)
    decimal = _decimal(region, frame, study.measurements.decimal)
    design = coded_settings(region, frame, source, decimal)
    request = study.plan or _UNPLANNED
    groups = declared_groups(request, region, frame, source)
    model = PlanModel(
        region=region,
        terms=model_terms(request.model, region.axes),
        groups=groups,
        variance_ratio=request.variance_ratio,
    )
    try:
        evaluation = evaluate_plan(model, design)
    except DesignError as error:
        raise DesignError(error.what, source, error.fix) from error
    has_blocks = request.blocks is not None
    plan = run_plan(region, design, [None] * len(design), groups, has_blocks=has_blocks)
    is_converted = decimal != study.measurements.decimal
    return BroughtPlan(
        model=model,
        plan=plan,
        judged=NamedEvaluation(name=name, evaluation=evaluation, is_file=True),
        misplaced=misplaced_runs(region, design, groups),
        n_off_levels=int(np.sum(is_off_levels(region.axes, design).any(axis=1))),
        remarks=(f"{name} was read with the comma as its decimal mark.",) if is_converted else (),
    )


def _decimal(
    region: DesignRegion, frame: pl.DataFrame, declared: Literal[".", ","]
) -> Literal[".", ","]:
    """Return the comma where a table's numbers have commas and no point, else what is declared."""
    names = [axis.name for axis in region.axes if not axis.is_categorical]
    columns = [frame[name].cast(pl.String) for name in names if name in frame.columns]
    cells = [cell for column in columns for cell in column if cell]
    has_comma = any(re.fullmatch(r"\s*[+-]?\d*,\d+\s*", cell) for cell in cells)
    return "," if has_comma and not any("." in cell for cell in cells) else declared
