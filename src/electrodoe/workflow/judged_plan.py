"""A plan that somebody brings, judged, and another beside it."""

from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from electrodoe import __version__
from electrodoe.design.assessment.evaluation import compare_plans
from electrodoe.errors import DesignError, WorkflowError
from electrodoe.report.plan_page import PlanPage, draw_plan, plan_html
from electrodoe.report.plan_sentences import NamedEvaluation, placement_sentences, plan_sentences
from electrodoe.study import Study
from electrodoe.workflow.brought_plan import BroughtPlan, brought_plan, plan_of_frame
from electrodoe.workflow.factorial import judged_factorial
from electrodoe.workflow.plan_account import criteria_content, to_json
from electrodoe.workflow.plan_on_disk import plan_on_disk, run_plan_path
from electrodoe.workflow.plan_pictures import picture_files
from electrodoe.workflow.run_folder import Products, RunFolder

_RESULTS: Final = "results"
_FIGURES: Final = "figures"
_PREFIX: Final = "evaluation_"


@dataclass(frozen=True, kw_only=True, eq=False)
class JudgedTable:
    """A plan that a person brought.

    Attributes
    ----------
    brought : BroughtPlan
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

    brought: BroughtPlan
    beside: NamedEvaluation | None
    sentences: tuple[str, ...]
    about_runs: tuple[str, ...]
    folder: Path
    files: tuple[str, ...]

    @property
    def n_misplaced(self) -> int:
        """Return how many runs the study does not allow."""
        return self.brought.misplaced["run"].n_unique()


def judge_table(study: Study, folder: Path, table: Path, beside: Path | None = None) -> JudgedTable:
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
    JudgedTable
        Every criterion that a plan of our own gets.

    Raises
    ------
    ElectrodeError
        If a table cannot be read, or its runs do not determine the model; nothing is written.
    """
    name, other_name = _names(table, beside)
    brought = brought_plan(study, table, name)
    if beside is None:
        other, remarks = _own_plan(study, folder, table)
        other = other or judged_factorial(brought.model)
    else:
        second = brought_plan(study, beside, other_name)
        other, remarks = second.judged, _about_other(second)
    sentences = plan_sentences(study, brought.judged, other)
    about_runs = (
        *brought.remarks,
        *remarks,
        *placement_sentences(brought.misplaced, brought.n_off_levels),
    )
    page = PlanPage(
        study=study,
        heading=f"Evaluation of {name}",
        plan=brought.plan,
        judged=brought.judged,
        beside=other,
        summary=sentences,
        about_runs=about_runs,
        order="of the table",
        misplaced=brought.misplaced,
        is_found=False,
    )
    results = RunFolder(path=folder / _RESULTS)
    products = _products(page, _account(brought, other, about_runs))
    results.write(products)
    _forget_older(results, products)
    return JudgedTable(
        brought=brought,
        beside=other,
        sentences=tuple(sentences),
        about_runs=about_runs,
        folder=results.path,
        files=tuple(products),
    )


def _names(table: Path, beside: Path | None) -> tuple[str, str]:
    """Return what two tables are called: by their files, as far up as tells them apart."""
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
        name = file.name if file.name != table.name else f"results/{file.name}"
        own = plan_of_frame(study, frame, str(file), name)
    except (WorkflowError, DesignError) as error:
        return None, (f"The study's own plan does not stand beside it: {error.what}.",)
    if own.misplaced.height:
        reason = f"its run {own.misplaced['run'][0]}: {own.misplaced['reason'][0]}"
        return None, (f"The study's own plan does not stand beside it; {reason}.",)
    return own.judged, ()


def _about_other(second: BroughtPlan) -> tuple[str, ...]:
    """Return what a reader has to know about the other table's runs."""
    placed = placement_sentences(second.misplaced, second.n_off_levels)
    return (*second.remarks, *(f"{second.judged.name}: {sentence}" for sentence in placed))


def _account(
    brought: BroughtPlan, beside: NamedEvaluation | None, about_runs: tuple[str, ...]
) -> bytes:
    """Return everything that is known about a brought plan as JSON."""
    evaluation = brought.judged.evaluation
    content: dict[str, Any] = {
        "table": brought.judged.name,
        "version": __version__,
        "model": list(brought.model.terms.names),
        **criteria_content(evaluation),
        "about_the_runs": list(about_runs),
        "runs_not_allowed": brought.misplaced.to_dicts(),
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
    """Delete figures of a table judged before that this one does not have."""
    for file in (results.path / _FIGURES).glob(f"{_PREFIX}*"):
        if f"{_FIGURES}/{file.name}" not in products:
            file.unlink(missing_ok=True)
