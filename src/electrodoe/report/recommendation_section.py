"""The recommendation in the report: what to do and what is not known; all else is on its page."""

from collections.abc import Mapping
from dataclasses import dataclass

from electrodoe.optimize import Recommendation, Refusal
from electrodoe.report.content import ReportContent
from electrodoe.report.figure import FigureData
from electrodoe.report.page import Picture, picture
from electrodoe.report.recommendation.tables import promise_table, settings_table
from electrodoe.report.table import Table


@dataclass(frozen=True, kw_only=True)
class RecommendationSection:
    """What the section holds; a refusal alone, or everything else.

    Attributes
    ----------
    refusal : Refusal or None
        Why nothing can be recommended.
    summary, unknowns : tuple of str
        The recommendation in words, and what it does not know.
    settings, promises : Table or None
        What to set, and what to expect.
    pictures : tuple of Picture
        Where all specifications hold.
    """

    refusal: Refusal | None = None
    summary: tuple[str, ...] = ()
    unknowns: tuple[str, ...] = ()
    settings: Table | None = None
    promises: Table | None = None
    pictures: tuple[Picture, ...] = ()


def recommendation_section(
    content: ReportContent, figures: list[FigureData], drawn: Mapping[str, str]
) -> RecommendationSection | None:
    """Return the report's section on what to do, or None where no goal is declared.

    Parameters
    ----------
    content : ReportContent
        What was found.
    figures : list of FigureData
        The report's.
    drawn : mapping of str to str
        SVG by the name of the figure.

    Returns
    -------
    RecommendationSection or None
        For the template.
    """
    told = content.recommendation
    if isinstance(told, Refusal):
        return RecommendationSection(refusal=told)
    if not isinstance(told, Recommendation):
        return None
    return RecommendationSection(
        summary=told.summary,
        unknowns=told.unknown,
        settings=settings_table(content.study, told),
        promises=promise_table(content.study, told),
        pictures=tuple(
            picture(figure, drawn[figure.name])
            for figure in figures
            if figure.kind == "operating_window"
        ),
    )
