"""From panels to a drawing."""

from collections.abc import Sequence

import numpy as np

from electrodoe.report.plot.drawn_panel import panel_shapes
from electrodoe.report.plot.legend import legend_shapes
from electrodoe.report.plot.marks import Mark
from electrodoe.report.plot.panel import Panel, Sheet
from electrodoe.report.plot.shapes import Drawing, Shape


def drawing_of(
    sheet: Sheet,
    panels: Sequence[Panel],
    *,
    legend: Sequence[Mark] = (),
    legend_columns: int = 0,
    more: Sequence[Shape] = (),
) -> Drawing:
    """Return panels as one drawing.

    Parameters
    ----------
    sheet : Sheet
        Size of the whole.
    panels : sequence of Panel
        In any order.
    legend : sequence of Mark
        Those with a label are named above all panels.
    legend_columns : int
        Names in a row of the legend, at most; 0 for as many as fit.
    more : sequence of Shape
        What stands outside of the panels.
    """
    with np.errstate(over="ignore", invalid="ignore", divide="ignore"):
        shapes = [shape for panel in panels for shape in panel_shapes(panel)]
    shapes += legend_shapes(legend, sheet.width, legend_columns)
    return Drawing(width=sheet.width, height=sheet.height, shapes=(*shapes, *more))
