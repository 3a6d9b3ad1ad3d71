"""From a figure's numbers to SVG: the same bytes for the same numbers."""

import re
from dataclasses import replace
from typing import Final

from electrodoe.report.catalogue import DRAWN_ALONE, FIGURES
from electrodoe.report.figure import FigureData
from electrodoe.report.plot import PT_PER_IN, Drawing, Text, svg_of
from electrodoe.report.plot.shapes import base_line
from electrodoe.report.style import LIGHT, PAGE_WIDTH_IN, SECOND

SIMULATED: Final = "SIMULATED DATA, NOT MEASURED"
"""Written into every figure, and on every page, of data that were made up."""

_MARK_IN: Final = 0.22  # height of the strip
_MARK_SIZE: Final = 7.5
"""In points: between a figure's numbers and the page's text; chosen."""


def draw_figure(data: FigureData) -> str:
    """Return a figure drawn from its numbers.

    Parameters
    ----------
    data : FigureData
        One of :func:`build_figures`, or a figure of a kind that is drawn alone.

    Returns
    -------
    str
        SVG in light colors on white, with the width of a page; it holds no date.
    """
    return svg_of(shapes_of_figure(data), data.name)


def shapes_of_figure(data: FigureData, width_in: float = PAGE_WIDTH_IN) -> Drawing:
    """Return a figure as shapes of some width; made-up data are marked below."""
    draw = DRAWN_ALONE[data.kind] if data.kind in DRAWN_ALONE else FIGURES[data.kind].draw
    drawing = draw(data, width_in)
    return with_mark(drawing) if data.is_simulated else drawing


def with_mark(drawing: Drawing) -> Drawing:
    """Return a drawing with more height, in which it says that its data were made up."""
    strip = PT_PER_IN * _MARK_IN
    mark = Text(
        x=0.5 * drawing.width,
        y=base_line(drawing.height + 0.5 * strip, _MARK_SIZE),
        words=SIMULATED,
        size=_MARK_SIZE,
        color=SECOND,
        anchor="middle",
        is_bold=True,
    )
    return replace(drawing, height=drawing.height + strip, shapes=(*drawing.shapes, mark))


def themed(svg: str) -> str:
    """Return an SVG for a page: its colors are the page's variables, light or dark.

    A page says once, in its banner, that its data were made up: what a file says of it is left out.
    """
    svg = _without_mark(svg)
    for role, color in LIGHT.items():
        svg = svg.replace(color, f"var(--{role})")
    svg = re.sub(r' xmlns(:\w+)?="[^"]*"', "", svg)
    head, body = svg.split(">", 1)
    head = re.sub(r' (width|height|version)="[^"]*"', "", head)
    return f"{head}>{body}"


def _without_mark(svg: str) -> str:
    """Return a drawing as high as it was before it was marked, or one without mark as it is."""
    marks = re.findall(rf"<text [^>]*>{SIMULATED}</text>\n", svg)
    size = re.search(r'viewBox="0 0 \S+ ([\d.]+)"', svg)
    if not marks or size is None:
        return svg
    marked, height = size[1], f"{float(size[1]) - PT_PER_IN * _MARK_IN:.2f}"
    head, body = svg.replace(marks[-1], "").split(">", 1)
    surface, rest = body.split("/>", 1)
    return f"{head.replace(marked, height)}>{surface.replace(f'V{marked}H', f'V{height}H')}/>{rest}"
