"""The page of a recommendation: what to do, what to expect, what to run next, what is not known."""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Final

from electrodoe.optimize import Recommendation
from electrodoe.report.blocks import (
    Block,
    Document,
    Listing,
    Paragraph,
    Section,
    TextRun,
    opening,
    words,
)
from electrodoe.report.drawing import SIMULATED
from electrodoe.report.figure import Pictures
from electrodoe.report.naming import format_number, shown
from electrodoe.report.page import page_html, picture
from electrodoe.report.recommendation.surface_tables import surface_blocks
from electrodoe.report.rounding import percent
from electrodoe.report.sections.recommendation import (
    levels_table,
    promise_table,
    settings_table,
)
from electrodoe.report.table import Table, numbers, present, text
from electrodoe.study import Study

_MOST_PARETO: Final = 12
"""Rows of the table, spread along the set; chosen."""
_METHODS: Final = words(
    "The settings have the largest overall desirability (Derringer and Suich 1980) of the"
    " predictions within the region and the limits of the study, by differential evolution and"
    " SLSQP from several places. Intervals of linear families are Satterthwaite's t from"
    " configuration means; those of others are leave-one-configuration-out jackknife+ with every"
    " configuration counted alike (",
    TextRun(text="arXiv 2306.06342", link="https://arxiv.org/abs/2306.06342"),
    "). The chance that all specifications hold is Bonferroni's bound over responses, averaged over"
    " everything that a setting's tolerance allows; the window is the largest box of settings that"
    " all reach the asked chance with the asked confidence, by one-sided tolerance limits at every"
    " setting: exact on a grid up to five factors, sampled around the recommended settings with"
    " more. Exploration runs leave the smallest posterior variance, beside the existing ones,"
    " of an average"
    " over surfaces that the runs support (or are I-optimal for the quadratic, where the study asks"
    " for that); exploitation runs have the largest expected improvement under noise (Letham et al."
    " 2019).",
)


def recommendation_html(
    study: Study,
    recommendation: Recommendation,
    pictures: Pictures,
    *,
    is_simulated: bool = False,
) -> str:
    """Return a recommendation as one self-contained HTML page.

    Parameters
    ----------
    study : Study
        The declaration.
    recommendation : Recommendation
        What is recommended.
    pictures : tuple of (FigureData, str)
        The maps.
    is_simulated : bool
        Whether the samples were made up, which the page then says.

    Returns
    -------
    str
        HTML without any reference that is loaded from elsewhere.
    """
    document = Document(
        title=f"Recommendation: {study.title}",
        banner=SIMULATED if is_simulated else "",
        lead=opening(study.question, recommendation.summary, look="summary spaced"),
        sections=tuple(
            Section(anchor=anchor, title=title, blocks=blocks)
            for anchor, title, blocks in _sections(study, recommendation, pictures)
            if blocks
        ),
    )
    return page_html(document)


def _sections(
    study: Study, recommendation: Recommendation, pictures: Pictures
) -> Iterator[tuple[str, str, tuple[Block, ...]]]:
    """Yield address, title and content of each section."""
    limits = Listing(items=tuple(words(sentence) for sentence in recommendation.unknown))
    yield "unknown", "What this does not know", (limits,)
    promises = replace(promise_table(study, recommendation), look="wide")
    levels = present(levels_table(study, recommendation), look="wide")
    yield "settings", "Settings", (settings_table(study, recommendation), *levels, promises)
    yield "window", "Operating window", tuple(picture(data, svg) for data, svg in pictures)
    beyond = present(beyond_table(study, recommendation))
    yield "next", "Next runs", (run_table(study, recommendation), *beyond)
    trade_offs = present(pareto_table(study, recommendation), look="wide")
    why = (sensitivity_table(study, recommendation), *trade_offs)
    yield "why", "Which factor matters, what can be had at once", why
    yield "surface", "Shape of the surfaces", surface_blocks(study, recommendation)
    yield "methods", "How it is found", (Paragraph(words=_METHODS),)


def run_table(study: Study, recommendation: Recommendation) -> Table:
    """Return the runs to make next, in the order of making; equal runs stand in one row."""
    names = tuple(recommendation.set_point.settings)
    equal: dict[tuple[str, ...], list[str]] = {}
    for row in recommendation.next_runs:
        settings = tuple(format_number(study, name, row[name]) for name in names)
        equal.setdefault((*settings, _purpose(row)), []).append(str(row["run"]))
    return Table(
        caption="Runs to make next, in random order; the run sheet beside this page is to fill in.",
        columns=(
            *numbers("Times"),
            *text("Runs"),
            *numbers(*(shown(study, name).axis for name in names)),
            *text("Purpose"),
        ),
        rows=tuple(
            (f"{len(runs)} ×", ", ".join(runs), *settings) for settings, runs in equal.items()
        ),
    )


def _purpose(row: Mapping[str, object]) -> str:
    """Return what a run is for, in words."""
    return str(row["purpose"]).replace("_", "-")


def beyond_table(study: Study, recommendation: Recommendation) -> Table | None:
    """Return runs beyond the region, or None where the settings stand inside it."""
    if not recommendation.beyond:
        return None
    names = tuple(recommendation.beyond[0])
    return Table(
        caption="Settings stand at the end of the region: to see whether better lies beyond, make"
        " these runs too, and widen the factor in study.toml. Nothing is predicted there. Limits"
        " of the plan are kept; whether the machine can go there is for you to say.",
        columns=numbers(*(shown(study, name).axis for name in names)),
        rows=tuple(
            tuple(format_number(study, name, run[name]) for name in names)
            for run in recommendation.beyond
        ),
    )


def sensitivity_table(study: Study, recommendation: Recommendation) -> Table:
    """Return Sobol indices: by response, how much each factor moves the prediction."""
    rows, names = [], tuple(recommendation.set_point.settings)
    for indices in recommendation.sensitivity:
        shape = recommendation.shapes.get(indices.response_name)
        rows.append(
            (
                shown(study, indices.response_name).label,
                *(
                    f"{percent(max(indices.first[name], 0.0))}"
                    f" ({percent(max(indices.total[name], 0.0))})"
                    for name in names
                ),
                shape.kind if shape else "–",
            )
        )
    return Table(
        caption=(
            "Fraction of a prediction's variance over the region that a factor causes alone, and in"
            " brackets with all its interactions (Sobol indices). The last column is the shape of"
            " the quadratic through the means of runs."
        ),
        columns=(
            *text("Response"),
            *numbers(*(shown(study, name).label for name in names)),
            *text("Shape"),
        ),
        rows=tuple(rows),
    )


def pareto_table(study: Study, recommendation: Recommendation) -> Table | None:
    """Return some efficient settings from one end of the set to the other, or None."""
    if not recommendation.pareto:
        return None
    n = len(recommendation.pareto)
    chosen = sorted({round(k * (n - 1) / (_MOST_PARETO - 1)) for k in range(_MOST_PARETO)})
    names, responses = recommendation.pareto[0].settings, recommendation.pareto[0].predicted
    rows = [
        tuple(
            format_number(study, name, value)
            for name, value in (
                recommendation.pareto[k].settings | recommendation.pareto[k].predicted
            ).items()
        )
        for k in chosen
    ]
    return Table(
        caption=(
            f"What can be had at once: {len(rows)} of {n} settings of which none is better in every"
            " response."
        ),
        columns=numbers(*(shown(study, name).axis for name in (*names, *responses))),
        rows=tuple(rows),
        groups=(("Settings", len(names)), ("Predicted", len(responses))),
    )
