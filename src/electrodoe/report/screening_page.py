"""The page of a screening: what to plan with, the portfolio, every parameter with its reason."""

from dataclasses import replace
from typing import Any, Final

import polars as pl

from electrodoe.design.screening.relevance import SCORE_OF_RATING
from electrodoe.design.screening.screening import Screening
from electrodoe.report.blocks import (
    PAPER,
    Document,
    Paragraph,
    Section,
    finding_blocks,
    opening,
    words,
)
from electrodoe.report.figure import FigureData
from electrodoe.report.page import page_html, picture
from electrodoe.report.table import Table, numbers, present, text
from electrodoe.study import LAWS, Study

_METHODS: Final = words(
    "By one source, importance is the mean of two numbers from 0 to 1: the interdependencies over"
    " the largest number that this source gives to any parameter, and the impact. A rating counts"
    " as 1/6 (low), 3/6 (medium) or 5/6 (high). Overall it is the mean of the sources. Equally"
    " important parameters are ranked by complexity, the simpler first; those equal in both share a"
    " rank. Of the quantities that a law links, one goes: first one that no factor sets, then one"
    " that is declared to follow from the others, then the least important, the most complex, the"
    " last declared. The two dimensions are those of Haghi et al., Batteries & Supercaps (2023), ",
    PAPER,
    "; the equal weights are a convention of ElectroDoE.",
)


def screening_html(study: Study, screening: Screening, portfolio: FigureData, svg: str) -> str:
    """Return a screening as one self-contained HTML page.

    Parameters
    ----------
    study : Study
        The declaration.
    screening : Screening
        What was found.
    portfolio : FigureData
        The figure's words.
    svg : str
        The figure, as :func:`electrodoe.report.draw_figure` returns it.

    Returns
    -------
    str
        HTML without any reference that is loaded from elsewhere.
    """
    tables = (
        replace(ranking_table(screening), look="wide long"),
        *present(law_table(screening), look="wide"),
    )
    document = Document(
        title=f"Choosing factors: {study.title}",
        lead=opening(study.question, screening.summary),
        sections=(
            Section(anchor="portfolio", title="Portfolio", blocks=(picture(portfolio, svg),)),
            Section(anchor="parameters", title="Parameters", blocks=tables),
            Section(anchor="findings", title="Findings", blocks=finding_blocks(screening.findings)),
            Section(
                anchor="methods", title="How it is counted", blocks=(Paragraph(words=_METHODS),)
            ),
        ),
    )
    return page_html(document)


def ranking_table(screening: Screening) -> Table:
    """Return the parameters by rank, with their numbers, their roles and the reasons."""
    return Table(
        caption="Parameters by importance, then by complexity; = marks a shared rank.",
        columns=(
            *text("Parameter", "Process"),
            *numbers("Rank", "Literature", "Experts", "Importance"),
            *text("Complexity", "Role", "Why"),
        ),
        rows=tuple(_row(row) for row in screening.table.iter_rows(named=True)),
        strong_rows=frozenset(
            index
            for index, role in enumerate(screening.table["role"])
            if role in {"factor", "stand-in"}
        ),
    )


def rank_words(row: dict[str, Any]) -> str:
    """Return a rank; an equals sign says that others share it."""
    return f"{row['rank']}{'=' if row['n_sharing_rank'] != 1 else ''}"


def score_words(score: float | None) -> str:
    """Return an importance as a number, or as the rating that it came from.

    Examples
    --------
    >>> score_words(5 / 6), score_words(0.724), score_words(None)
    ('high', '0.72', '–')
    """
    if score is None:
        return "–"
    ratings = (word for word, value in SCORE_OF_RATING.items() if abs(score - value) < 1e-9)
    return next(ratings, f"{score:.2f}")


def _row(row: dict[str, Any]) -> tuple[str, ...]:
    """Return one parameter as texts."""
    scores = (row[name] for name in ("literature", "experts", "importance"))
    words = [score_words(score) for score in scores]
    if row["sources_disagree"]:
        words[-1] += " (disagree)"
    return (
        str(row["label"]),
        str(row["process"]),
        rank_words(row),
        *words,
        str(row["complexity_level"]),
        str(row["role"]),
        str(row["reason"]),
    )


def law_table(screening: Screening) -> Table:
    """Return the laws by which parameters follow from others."""
    used = screening.table.filter(pl.col("law") != "")["law"].unique(maintain_order=True)
    return Table(
        caption="Laws; what is given does not change within the study.",
        columns=text("Law", "Equation", "Given", "Source"),
        rows=tuple(
            (name, LAWS[name].equation, ", ".join(LAWS[name].given) or "–", LAWS[name].reference)
            for name in used
        ),
    )
