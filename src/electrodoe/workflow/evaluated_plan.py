"""A plan in a person's table: imported, evaluated as ours are, and another plan beside it."""

from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, Final

import numpy as np
import polars as pl

from electrodoe import __version__
from electrodoe.design.assessment.evaluation import compare_plans, evaluate_plan
from electrodoe.design.model.formula import model_terms
from electrodoe.design.model.plan_model import PlanModel
from electrodoe.design.region.placement import is_off_levels, misplaced_runs
from electrodoe.design.region.region import design_region
from electrodoe.design.run_plan import RunPlan
from electrodoe.design.structure.existing_runs import coded_settings
from electrodoe.design.structure.run_order import run_plan
from electrodoe.errors import DesignError, WorkflowError
from electrodoe.report.plan_page import PlanPage, draw_plan, plan_html
from electrodoe.report.plan_sentences import NamedEvaluation, placement_sentences, plan_sentences
from electrodoe.study import PlanRequest, Study
from electrodoe.workflow.planning import (
    criteria_content,
    evaluated_factorial,
    picture_files,
    to_json,
)
from electrodoe.workflow.run_folder import FIGURES, RESULTS, Products, RunFolder
from electrodoe.workflow.run_tables import declared_groups, plan_on_disk, read_runs, run_plan_path

_PREFIX: Final = "evaluation_"
"""Of figures, so that none is one of the plan's own."""
_UNPLANNED: Final = PlanRequest(design="full_factorial")
"""What a study without ``[plan]`` asks for: the quadratic, and no number of runs."""


@dataclass(frozen=True, kw_only=True, eq=False)
class ImportedPlan:
    """A plan from a table.

    Attributes
    ----------
    model : PlanModel
        What it was evaluated for.
    plan : RunPlan
        Its runs in the order of the table, without purposes.
    evaluated : NamedEvaluation
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
    evaluated: NamedEvaluation
    misplaced: pl.DataFrame
    n_off_levels: int
    remarks: tuple[str, ...]


def _imported_plan(study: Study, table: Path, name: str) -> ImportedPlan:
    """Return the plan in a table, evaluated for a study's model (the quadratic without one)."""
    raw = read_runs(study, table)
    found = _plan_of_frame(study, raw.frame, str(table), name)
    remarks = tuple(f"{name}: {finding.what}." for finding in raw.findings)
    return replace(found, remarks=remarks)


def _plan_of_frame(study: Study, frame: pl.DataFrame, source: str, name: str) -> ImportedPlan:
    """Return the plan in a frame that was read from a source."""
    region = design_region(study)
    design = coded_settings(region, frame, source)
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
    return ImportedPlan(
        model=model,
        plan=plan,
        evaluated=NamedEvaluation(name=name, evaluation=evaluation, is_file=True),
        misplaced=misplaced_runs(region, design, groups),
        n_off_levels=int(np.sum(is_off_levels(region.axes, design).any(axis=1))),
        remarks=(),
    )


@dataclass(frozen=True, kw_only=True, eq=False)
class EvaluatedPlan:
    """A plan that a person imported.

    Attributes
    ----------
    imported : ImportedPlan
        The plan and how good it is for the study's model.
    beside : NamedEvaluation or None
        Another plan: a second table's, the study's own, or the full factorial.
    sentences : tuple of str
        What it is and how good.
    about_runs : tuple of str
        What a reader of its runs has to know.
    folder : Path
        The results folder.
    files : tuple of str
        Products, relative to the folder.
    """

    imported: ImportedPlan
    beside: NamedEvaluation | None
    sentences: tuple[str, ...]
    about_runs: tuple[str, ...]
    folder: Path
    files: tuple[str, ...]

    @property
    def n_misplaced(self) -> int:
        """Return how many runs the study does not allow."""
        return self.imported.misplaced["run"].n_unique()


def evaluate_table(
    study: Study, folder: Path, table: Path, beside: Path | None = None
) -> EvaluatedPlan:
    """Judge a plan from JMP, Design-Expert or anywhere for a study's model.

    Parameters
    ----------
    study : Study
        Its factors give the region, its ``[plan]`` the model (the quadratic without one).
    folder : Path
        The study's folder; account, page and figures are written to its ``results``.
    table : Path
        CSV, XLSX or Parquet with one column per factor.
    beside : Path or None
        A second such table to compare with. Without it the study's own plan stands beside the
        first, where it has one; else the full factorial, where there is one.

    Returns
    -------
    EvaluatedPlan
        Every criterion that a plan of our own gets.

    Raises
    ------
    ElectrodeError
        If a table cannot be read, or its runs do not determine the model; nothing is written.
    """
    name, other_name = _names(table, beside)
    imported = _imported_plan(study, table, name)
    if beside is None:
        other, remarks = _own_plan(study, folder, table)
        other = other or evaluated_factorial(imported.model)
    else:
        second = _imported_plan(study, beside, other_name)
        other, remarks = second.evaluated, _about_other(second)
    sentences = plan_sentences(study, imported.evaluated, other)
    about_runs = (
        *imported.remarks,
        *remarks,
        *placement_sentences(imported.misplaced, imported.n_off_levels),
    )
    page = PlanPage(
        study=study,
        heading=f"Evaluation of {name}",
        plan=imported.plan,
        evaluated=imported.evaluated,
        beside=other,
        summary=sentences,
        about_runs=about_runs,
        order="of the table",
        misplaced=imported.misplaced,
        is_found=False,
    )
    results = RunFolder(path=folder / RESULTS)
    products = _products(page, _summary(imported, other, about_runs))
    results.write(products)
    _forget_older(results, products)
    return EvaluatedPlan(
        imported=imported,
        beside=other,
        sentences=tuple(sentences),
        about_runs=about_runs,
        folder=results.path,
        files=tuple(products),
    )


def _names(table: Path, beside: Path | None) -> tuple[str, str]:
    """Return what two tables are called: by their files, as far up as distinguishes them."""
    if beside is None or table.name != beside.name:
        return table.name, "" if beside is None else beside.name
    parts, others = table.resolve().parts, beside.resolve().parts
    for n_parts in range(2, max(len(parts), len(others)) + 1):
        names = "/".join(parts[-n_parts:]), "/".join(others[-n_parts:])
        if names[0] != names[1]:
            return names
    raise WorkflowError(
        "a table is to be compared with itself",
        where=f"option --beside {beside}",
        fix="name another table, or leave --beside out",
    )


def _own_plan(
    study: Study, folder: Path, table: Path
) -> tuple[NamedEvaluation | None, tuple[str, ...]]:
    """Return the study's own plan, and why it does not stand beside a table where it does not."""
    file = run_plan_path(folder)
    if not file.is_file() or file.samefile(table):
        return None, ()
    try:
        frame = plan_on_disk(study, folder).frame
        name = file.name if file.name != table.name else f"{RESULTS}/{file.name}"
        own = _plan_of_frame(study, frame, str(file), name)
    except (WorkflowError, DesignError) as error:
        return None, (f"The study's own plan does not stand beside it: {error.what}.",)
    if own.misplaced.height:
        reason = f"its run {own.misplaced['run'][0]}: {own.misplaced['reason'][0]}"
        return None, (f"The study's own plan does not stand beside it; {reason}.",)
    return own.evaluated, ()


def _about_other(second: ImportedPlan) -> tuple[str, ...]:
    """Return what a reader has to know about the other table's runs."""
    placed = placement_sentences(second.misplaced, second.n_off_levels)
    return (*second.remarks, *(f"{second.evaluated.name}: {sentence}" for sentence in placed))


def _summary(
    imported: ImportedPlan, beside: NamedEvaluation | None, about_runs: tuple[str, ...]
) -> bytes:
    """Return everything that is known about an imported plan as JSON."""
    evaluation = imported.evaluated.evaluation
    content: dict[str, Any] = {
        "table": imported.evaluated.name,
        "version": __version__,
        "model": list(imported.model.terms.names),
        **criteria_content(evaluation),
        "about_the_runs": list(about_runs),
        "runs_not_allowed": imported.misplaced.to_dicts(),
    }
    if beside is not None:
        compared = compare_plans(evaluation, beside.evaluation)
        content["beside"] = {
            "plan": beside.name,
            "compared": compared.rename({"first": "table", "second": "beside"}).to_dicts(),
            **criteria_content(beside.evaluation),
        }
    return to_json(content)


def _products(page: PlanPage, account: bytes) -> Products:
    """Return account, page and figures; their names are none of the plan's own."""
    pictures = draw_plan(page, _PREFIX)
    return {
        "plan_evaluation.json": account,
        "plan_evaluation.html": plan_html(page, pictures).encode(),
        **picture_files(pictures),
    }


def _forget_older(results: RunFolder, products: Products) -> None:
    """Delete figures of a table evaluated before that this one does not have."""
    for file in (results.path / FIGURES).glob(f"{_PREFIX}*"):
        if f"{FIGURES}/{file.name}" not in products:
            file.unlink(missing_ok=True)
