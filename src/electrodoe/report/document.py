"""The report, whole: what stands before the sections, and the sections in the paper's order."""

from collections.abc import Mapping, Sequence
from typing import Final

from electrodoe.report.blocks import Document, Folded, Paragraph, Section, words
from electrodoe.report.catalogue import build_figures
from electrodoe.report.content import ReportContent
from electrodoe.report.drawing import SIMULATED
from electrodoe.report.page import DrawnFigures, page_html
from electrodoe.report.sections.conclusions import conclusions_section
from electrodoe.report.sections.data import data_section
from electrodoe.report.sections.explanations import explanations_section
from electrodoe.report.sections.inputs import inputs_section
from electrodoe.report.sections.methods import methods_section
from electrodoe.report.sections.models import models_section
from electrodoe.report.sections.recommendation import recommendation_section
from electrodoe.report.sections.screening import screening_section
from electrodoe.report.sections.significance import significance_section
from electrodoe.report.sections.summary import lead
from electrodoe.report.sections.verification import verification_section

_ABOUT_APPENDIX: Final = (
    "To look up: how it was measured, every model and every test, methods and versions. Paper"
    " leaves it out; with it: electrodoe report --full."
)


def report_document(content: ReportContent, drawings: Mapping[str, str]) -> Document:
    """Return the report as blocks, for the screen and for paper.

    Parameters
    ----------
    content : ReportContent
        What was found.
    drawings : mapping of str to str
        SVG by the name of the figure, as :func:`electrodoe.report.draw_figure` returns it. A
        figure that is not there is left out.

    Returns
    -------
    Document
        Every word, table and figure in its place.
    """
    drawn = DrawnFigures(figures=build_figures(content), drawings=drawings)
    sections = (
        recommendation_section(content),
        screening_section(content, drawn),
        data_section(content, drawn),
        inputs_section(content, drawn),
        models_section(content, drawn),
        explanations_section(content, drawn),
        significance_section(content, drawn),
        verification_section(content, drawn),
        conclusions_section(content),
        methods_section(content),
    )
    made = tuple(section for section in sections if section is not None)
    return Document(
        title=content.study.title,
        banner=SIMULATED if content.is_simulated else "",
        has_contents=True,
        lead=lead(content, drawn),
        sections=made,
        appendix=_appendix(made),
    )


def _appendix(sections: Sequence[Section]) -> Section:
    """Return what the sections leave to look up, each folded below its own title."""
    return Section(
        anchor="appendix",
        title="Appendix",
        blocks=(
            Paragraph(words=words(_ABOUT_APPENDIX)),
            *(
                Folded(
                    anchor=f"appendix-{section.anchor}",
                    title=f"Details of section {section.title}",
                    link=section.title,
                    blocks=section.details,
                )
                for section in sections
                if section.details
            ),
        ),
    )


def report_html(content: ReportContent, drawings: Mapping[str, str]) -> str:
    """Return the report as one self-contained HTML page.

    Parameters
    ----------
    content : ReportContent
        What was found.
    drawings : mapping of str to str
        SVG by the name of the figure.

    Returns
    -------
    str
        HTML without any reference that is loaded from elsewhere.
    """
    return page_html(report_document(content, drawings))
