"""The page of a plan: its runs, how good they are, and another plan beside them."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import Final

import polars as pl

from electrodoe.design.run_plan import RUN, RunPlan
from electrodoe.report.blocks import Block, Document, Section, opening, paragraphs
from electrodoe.report.drawing import draw_figure
from electrodoe.report.figure import Pictures
from electrodoe.report.figures import (
    design_space,
    fraction_of_design_space,
    plan_comparison,
    term_correlations,
    variance_slices,
)
from electrodoe.report.page import page_html, picture
from electrodoe.report.plan_sentences import NamedEvaluation, evaluation_notes
from electrodoe.report.plan_tables import (
    alias_table,
    criteria_table,
    misplaced_table,
    run_table,
    term_table,
    term_words,
)
from electrodoe.report.table import present
from electrodoe.study import Study

_SEARCH: Final = (
    "Random starts are improved by exchanging one run, or one setting, at a time; the best are"
    " perturbed and improved again, and settings that may lie anywhere are refined locally (Goos,"
    " Jones, Optimal Design of Experiments, 2011; Meyer, Nachtsheim, Technometrics 37 (1995) 60). "
)
_BOUND: Final = (
    "The moments behind criterion I are exact wherever the region allows. The bound comes from"
    " approximate theory: for weights on all candidates Cauchy's inequality gives a value that no"
    " plan of as many runs can beat (Silvey, Titterington, Torsney, Commun. Statist. A 7 (1978)"
    " 1379)."
)
_NONE_MISPLACED: Final = pl.DataFrame(schema={"run": pl.Int64, "reason": pl.String})


@dataclass(frozen=True, kw_only=True, eq=False)
class PlanPage:
    """What a page tells: a plan with its evaluation, and beside it another.

    Attributes
    ----------
    study : Study
        Title, question and labels.
    heading : str
        What the page is, before the study's title.
    plan : RunPlan
        The runs.
    evaluated : NamedEvaluation
        How good they are.
    beside : NamedEvaluation or None
        Another plan.
    summary : sequence of str
        Sentences at the top.
    about_runs : sequence of str
        Sentences above the runs.
    order : str
        Which order the runs stand in.
    settings : polars.DataFrame or None
        More columns of the runs, by ``run``.
    misplaced : polars.DataFrame
        Runs that the study does not allow: ``run, reason``.
    is_found : bool
        Whether the plan was searched for here, so that the page says how.
    """

    study: Study
    heading: str
    plan: RunPlan
    evaluated: NamedEvaluation
    beside: NamedEvaluation | None
    summary: Sequence[str]
    about_runs: Sequence[str] = ()
    order: str = "of making"
    settings: pl.DataFrame | None = None
    misplaced: pl.DataFrame = field(default_factory=_NONE_MISPLACED.clone)
    is_found: bool = True


def draw_plan(page: PlanPage, prefix: str = "") -> Pictures:
    """Return the figures of a plan, drawn.

    Parameters
    ----------
    page : PlanPage
        What is reported.
    prefix : str
        Before every figure's name.

    Returns
    -------
    tuple of (FigureData, str)
        In the order of the page.
    """
    study, evaluation = page.study, page.evaluated.evaluation
    built = [
        design_space.build(study, page.plan, frozenset(page.misplaced["run"])),
        fraction_of_design_space.build({page.evaluated.title: evaluation}),
        variance_slices.build(study, page.plan, evaluation),
        term_correlations.build(evaluation, term_words(study, evaluation)),
        None if page.beside is None else plan_comparison.build(page.evaluated, page.beside),
    ]
    named = [replace(data, name=f"{prefix}{data.name}") for data in built if data is not None]
    return tuple((data, draw_figure(data)) for data in named)


def plan_html(page: PlanPage, pictures: Pictures) -> str:
    """Return a plan as one self-contained HTML page.

    Parameters
    ----------
    page : PlanPage
        What is reported.
    pictures : tuple of (FigureData, str)
        Of :func:`draw_plan`.

    Returns
    -------
    str
        HTML without any reference that is loaded from elsewhere.
    """
    study, evaluation = page.study, page.evaluated.evaluation
    settings = evaluation.leverages
    if page.settings is not None:
        settings = page.settings.join(settings, on=RUN, how="left", maintain_order="left")
    runs = run_table(
        study,
        page.plan,
        settings,
        misplaced=frozenset(page.misplaced["run"]),
        order=page.order,
    )
    misplaced = present(misplaced_table(page.misplaced))
    about: tuple[Block, ...] = (
        *paragraphs(page.about_runs),
        *misplaced,
        replace(runs, look="runs"),
    )
    worth: tuple[Block, ...] = (
        replace(criteria_table(page.evaluated, page.beside), look="wide long"),
        *paragraphs(evaluation_notes(page.evaluated, page.beside)),
        *(picture(data, svg) for data, svg in pictures),
    )
    terms = (
        replace(term_table(study, evaluation), look="wide"),
        *present(alias_table(study, evaluation), look="wide"),
    )
    how = "found and evaluated" if page.is_found else "evaluated"
    methods = paragraphs([f"{_SEARCH if page.is_found else ''}{_BOUND}"])
    document = Document(
        title=f"{page.heading}: {study.title}",
        lead=opening(study.question, page.summary),
        sections=(
            Section(anchor="runs", title="Runs", blocks=about),
            Section(anchor="criteria", title="How good it is", blocks=worth),
            Section(anchor="terms", title="Terms", blocks=terms),
            Section(anchor="methods", title=f"How it was {how}", blocks=methods),
        ),
    )
    return page_html(document)
