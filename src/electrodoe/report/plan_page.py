"""The page of a plan: the runs, how good they are, and what was proven."""

import polars as pl

from electrodoe.design.evaluation import PlanEvaluation
from electrodoe.design.planning import Planned
from electrodoe.design.run_plan import RunPlan
from electrodoe.report.drawing import draw_figure
from electrodoe.report.figure import DrawnFigure, FigureData
from electrodoe.report.figures import (
    design_space,
    fraction_of_design_space,
    plan_comparison,
    term_correlations,
    variance_slices,
)
from electrodoe.report.page import picture, render
from electrodoe.report.plan_sentences import plan_sentences
from electrodoe.report.plan_tables import (
    alias_table,
    criteria_table,
    run_table,
    term_table,
    term_words,
)
from electrodoe.study import Study

PlanPictures = tuple[tuple[FigureData, DrawnFigure], ...]


def draw_plan(
    study: Study, plan: RunPlan, evaluation: PlanEvaluation, factorial: PlanEvaluation | None
) -> PlanPictures:
    """Return the figures of a plan, drawn.

    Parameters
    ----------
    study : Study
        Labels.
    plan : RunPlan
        The runs.
    evaluation : PlanEvaluation
        How good they are.
    factorial : PlanEvaluation or None
        The full factorial, to stand beside.

    Returns
    -------
    tuple of (FigureData, DrawnFigure)
        In the order of the page.
    """
    name = f"this plan, {plan.n_runs} runs"
    found = [
        design_space.build(study, plan),
        fraction_of_design_space.build({name: evaluation}),
        variance_slices.build(study, plan, evaluation),
        term_correlations.build(evaluation, term_words(study, evaluation)),
    ]
    if factorial is not None:
        other = f"full factorial, {factorial.n_runs} runs"
        found.append(plan_comparison.build(evaluation, factorial, name, other))
    return tuple((data, draw_figure(data)) for data in found if data is not None)


def plan_html(
    study: Study,
    planned: Planned,
    evaluation: PlanEvaluation,
    factorial: PlanEvaluation | None,
    derived: pl.DataFrame,
    order: str,
    pictures: PlanPictures,
) -> str:
    """Return a plan as one self-contained HTML page.

    Parameters
    ----------
    study : Study
        Title, question and labels.
    planned : Planned
        The plan and its making.
    evaluation : PlanEvaluation
        How good it is.
    factorial : PlanEvaluation or None
        The full factorial beside it.
    derived : polars.DataFrame
        Derived settings, by run.
    order : str
        How the order was randomized.
    pictures : tuple of (FigureData, DrawnFigure)
        Of :func:`draw_plan`.

    Returns
    -------
    str
        HTML without any reference that is loaded from elsewhere.
    """
    return render(
        "plan.html.j2",
        title=study.title,
        question=study.question,
        summary=plan_sentences(study, planned, evaluation, factorial),
        order=order,
        runs=run_table(study, planned.plan, derived),
        criteria=criteria_table(evaluation, factorial),
        pictures=[picture(data, drawn.svg) for data, drawn in pictures],
        terms=term_table(study, evaluation),
        aliases=alias_table(study, evaluation),
        notes=evaluation.notes,
    )
