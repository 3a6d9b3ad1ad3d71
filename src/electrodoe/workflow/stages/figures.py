"""Stage 8: the figures, drawn side by side."""

from electrodoe.report import build_figures
from electrodoe.workflow.run import Run
from electrodoe.workflow.run_folder import Products
from electrodoe.workflow.stages.content import report_content
from electrodoe.workflow.tasks import DrawingTask, run_drawing


def make_figures(run: Run) -> Products:
    """Return every figure as SVG."""
    figures = build_figures(report_content(run))
    done = run.parts("figures", run_drawing, [DrawingTask(figure=figure) for figure in figures])
    return {
        f"figures/{figure.name}.svg": parts["svg"]
        for figure, parts in zip(figures, done, strict=True)
    }
