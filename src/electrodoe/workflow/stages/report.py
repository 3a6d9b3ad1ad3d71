"""Stage 9: one page that tells it all."""

from electrodoe.report import build_figures, report_html
from electrodoe.workflow.run import Run
from electrodoe.workflow.run_folder import Products
from electrodoe.workflow.stages.content import report_content


def make_report(run: Run) -> Products:
    """Return the report, with the figures of the stage before in it."""
    content = report_content(run)
    drawn = {
        figure.name: run.folder.read(f"figures/{figure.name}.svg").decode()
        for figure in build_figures(content)
    }
    return {"report.html": report_html(content, drawn).encode()}
