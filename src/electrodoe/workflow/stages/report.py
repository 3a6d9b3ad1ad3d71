"""Stage 9: one page that tells it all."""

from electrodoe.report import build_figures
from electrodoe.report.blocks import Document
from electrodoe.report.document import report_document
from electrodoe.report.page import page_html
from electrodoe.workflow.run import Run
from electrodoe.workflow.run_folder import Products
from electrodoe.workflow.stages.content import report_content


def make_report(run: Run) -> Products:
    """Return the report as a page."""
    return {"report.html": page_html(document_of(run)).encode()}


def document_of(run: Run) -> Document:
    """Return the report as blocks, with the figures of the stage before in it."""
    content = report_content(run)
    drawn = {
        figure.name: run.folder.read(f"figures/{figure.name}.svg").decode()
        for figure in build_figures(content)
    }
    return report_document(content, drawn)
