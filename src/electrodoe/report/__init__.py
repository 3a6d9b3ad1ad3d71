"""The only place that draws: figures, tables, sentences and the page that holds them."""

from electrodoe.report.catalogue import FIGURES, build_figures
from electrodoe.report.content import ReportContent
from electrodoe.report.document import report_html
from electrodoe.report.drawing import draw_figure
from electrodoe.report.figure import FigureData, figure_content
from electrodoe.report.sections.conclusions import conclusions

__all__ = [
    "FIGURES",
    "FigureData",
    "ReportContent",
    "build_figures",
    "conclusions",
    "draw_figure",
    "figure_content",
    "report_html",
]
