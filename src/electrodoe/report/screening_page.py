"""The page of a screening: what to plan with, the portfolio, every parameter with its reason."""

from typing import Any

import polars as pl

from electrodoe.design.screening.relevance import SCORE_OF_RATING
from electrodoe.design.screening.screening import Screening
from electrodoe.report.blocks import Table, numbers, text
from electrodoe.report.figure import FigureData
from electrodoe.report.page import picture, render
from electrodoe.study import LAWS, Study


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
    return render(
        "screening.html.j2",
        title=study.title,
        question=study.question,
        summary=screening.summary,
        portfolio=picture(portfolio, svg),
        ranking=ranking_table(screening),
        laws=law_table(screening),
        findings=screening.findings,
    )


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
