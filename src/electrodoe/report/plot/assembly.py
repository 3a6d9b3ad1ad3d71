"""From panels to a drawing, with the names of marks above all panels."""

from collections.abc import Iterator, Sequence

import numpy as np

from electrodoe.report.plot.drawn_marks import stamps
from electrodoe.report.plot.drawn_panel import panel_shapes
from electrodoe.report.plot.marks import Blocks, Dots, Line, Mark, Region, Segments, Words
from electrodoe.report.plot.panel import PT_PER_IN, Panel, Sheet
from electrodoe.report.plot.shapes import Drawing, Outline, Points, Shape, Text, base_line, width_of
from electrodoe.report.style import INK, SMALL

_LEFT_PT, _ROW_PT = 4.2, 12.6
_SIGN_PT, _GAP_PT, _BETWEEN_PT = 14.0, 3.0, 11.0
"""Width of a sign, room to its name, room to the next."""
_BELOW_PT = 5.0
"""Between the last base line of the names and what stands below them."""
_BLOCK_PT = 4.9
"""Height of a block's sign: that of a capital letter."""


def legend_shapes(marks: Sequence[Mark], width: float, columns: int = 0) -> Iterator[Shape]:
    """Yield the signs and names of marks that have a label, each label once."""
    x, row, in_row = _LEFT_PT, 0, 0
    for label, own in _by_label(marks).items():
        needed = _SIGN_PT + _GAP_PT + width_of(label, SMALL)
        if in_row and (x + needed > width or in_row == columns):
            x, row, in_row = _LEFT_PT, row + 1, 0
        middle = (row + 2.0 / 3.0) * _ROW_PT
        for mark in own:
            yield from _sign(mark, x, middle)
        yield Text(
            x=x + _SIGN_PT + _GAP_PT, y=base_line(middle, SMALL), words=label, size=SMALL, color=INK
        )
        x += needed + _BETWEEN_PT
        in_row += 1


def legend_room(marks: Sequence[Mark], width_in: float, columns: int = 0) -> float:
    """Return how high the names of some marks are on a drawing of some width, in inches."""
    shapes = legend_shapes(marks, PT_PER_IN * width_in, columns)
    lines = [shape.y for shape in shapes if isinstance(shape, Text)]
    return (max(lines, default=-_BELOW_PT) + _BELOW_PT) / PT_PER_IN


def _by_label(marks: Sequence[Mark]) -> dict[str, list[Mark]]:
    """Return the marks that have a label, by label."""
    named: dict[str, list[Mark]] = {}
    for mark in marks:
        if not isinstance(mark, Region | Words) and mark.label:
            named.setdefault(mark.label, []).append(mark)
    return named


def _sign(mark: Mark, x: float, middle: float) -> Iterator[Shape]:
    """Yield a mark as it looks in the legend."""
    if isinstance(mark, Dots):
        yield stamps(mark, np.array([(x + 0.5 * _SIGN_PT, middle)]))
    elif isinstance(mark, Blocks):
        yield Outline(
            rings=[_block(x, middle)],
            stroke=mark.edge,
            fill=mark.color,
            width=mark.width,
            is_closed=True,
            opacity=mark.opacity,
        )
    elif isinstance(mark, Line | Segments):
        yield Outline(
            rings=[np.array([(x, middle), (x + _SIGN_PT, middle)])],
            stroke=mark.color,
            width=mark.width,
            dashes=tuple(mark.width * each for each in mark.dashes),
        )


def _block(x: float, middle: float) -> Points:
    """Return a rectangle as high as a capital letter."""
    top, bottom = middle - 0.5 * _BLOCK_PT, middle + 0.5 * _BLOCK_PT
    return np.array([(x, top), (x + _SIGN_PT, top), (x + _SIGN_PT, bottom), (x, bottom)])


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
