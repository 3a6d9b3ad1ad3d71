"""From a panel to shapes: grid, marks, axes, ticks and words, each at its place."""

import math
from collections.abc import Iterator

import numpy as np

from electrodoe.report.plot.axis import Axis
from electrodoe.report.plot.drawn_marks import shapes_of
from electrodoe.report.plot.panel import Box, Panel
from electrodoe.report.plot.place import Place
from electrodoe.report.plot.shapes import (
    ASCENT,
    CAP_HEIGHT,
    DESCENT,
    LEADING,
    Outline,
    Points,
    Shape,
    Text,
    base_line,
    width_of,
)
from electrodoe.report.style import GRID, INK, MUTED, SMALL

_AXIS_PT, _GRID_PT, _TICK_PT = 0.7, 0.6, 0.8
"""Widths of lines as journals print them."""
_TICK_LENGTH_PT, _TICK_GAP_PT, _LABEL_GAP_PT = 2.5, 3.5, 3.0
LABEL_SIZE, TITLE_SIZE = 7.5, 8.0
"""Of an axis' label and of a panel's title, in points: what journals ask for."""


def panel_shapes(panel: Panel) -> Iterator[Shape]:
    """Yield a panel's shapes, from the back to the front."""
    place, box = Place(panel), panel.box
    at_x, at_y = place.x(panel.x.ticks).tolist(), place.y(panel.y.ticks).tolist()
    grid = [_upright(x, box.top, box.bottom) for x in at_x if panel.x.has_grid]
    grid += [_level(y, box.left, box.right) for y in at_y if panel.y.has_grid]
    if grid:
        yield Outline(rings=grid, stroke=GRID, width=_GRID_PT)
    for mark in panel.marks:
        yield from shapes_of(mark, place)
    yield from _below(panel.x, box, at_x)
    yield from _beside(panel.y, box, at_y)
    yield from _above(panel)


def _upright(x: float, top: float, bottom: float) -> Points:
    """Return an upright line."""
    return np.array([(x, top), (x, bottom)])


def _level(y: float, left: float, right: float) -> Points:
    """Return a level line."""
    return np.array([(left, y), (right, y)])


def _below(axis: Axis, box: Box, at: list[float]) -> Iterator[Shape]:
    """Yield the axis below a panel: line, ticks, numbers, label."""
    bottom = box.bottom
    if axis.has_line:
        yield Outline(rings=[_level(bottom, box.left, box.right)], stroke=MUTED, width=_AXIS_PT)
    if axis.has_marks and at:
        marks = [_upright(x, bottom, bottom + _TICK_LENGTH_PT) for x in at]
        yield Outline(rings=marks, stroke=MUTED, width=_TICK_PT)
    y = bottom + _TICK_GAP_PT + (_TICK_LENGTH_PT if axis.has_marks else 0.0)
    if axis.words and axis.has_upright_words:
        for x, words in zip(at, axis.words, strict=True):
            across = x + 0.5 * CAP_HEIGHT * SMALL
            yield Text(
                x=across, y=y, words=words, size=SMALL, color=INK, anchor="end", is_upwards=True
            )
        y += max(width_of(words, SMALL) for words in axis.words)
    elif axis.words:
        y += ASCENT * SMALL
        every = _every(axis, at)
        for x, words in zip(at[::every], axis.words[::every], strict=True):
            yield from _lines(words, x, y, SMALL)
        y += DESCENT * SMALL
        y += max(words.count("\n") for words in axis.words) * LEADING * SMALL
    y += _LABEL_GAP_PT + ASCENT * LABEL_SIZE
    middle = box.left + 0.5 * box.width
    yield from _lines(axis.label, middle, y, LABEL_SIZE)


def _every(axis: Axis, at: list[float]) -> int:
    """Return which numbers stand below a panel: all, or each second, third, … that has room."""
    if not axis.has_marks or len(at) < 2:
        return 1
    ways = np.abs(np.diff(at))
    words = max(width_of(words, SMALL) for words in axis.words) + _NUMBER_GAP_PT
    return max(1, math.ceil(words / max(float(ways.min()), 1.0)))


_NUMBER_GAP_PT = 1.0
"""Between two numbers, at least; the estimate of their width is on the safe side."""


def _lines(label: str, x: float, y: float, size: float) -> Iterator[Text]:
    """Yield the lines of some words, the first one's base line at y."""
    for number, words in enumerate(label.split("\n")):
        if words:
            below = y + number * LEADING * size
            yield Text(x=x, y=below, words=words, size=size, color=INK, anchor="middle")


def _beside(axis: Axis, box: Box, at: list[float]) -> Iterator[Shape]:
    """Yield the axis at the left of a panel: line, ticks, numbers or names, label."""
    left = box.left
    if axis.has_line:
        yield Outline(rings=[_upright(left, box.top, box.bottom)], stroke=MUTED, width=_AXIS_PT)
    if axis.has_marks and at:
        marks = [_level(y, left - _TICK_LENGTH_PT, left) for y in at]
        yield Outline(rings=marks, stroke=MUTED, width=_TICK_PT)
    x = left - _TICK_GAP_PT - (_TICK_LENGTH_PT if axis.has_marks else 0.0)
    for y, words in zip(at, axis.words, strict=False):
        yield from _name(words, x, y)
    if axis.label:
        widest = max((width_of(words, SMALL) for words in axis.words), default=0.0)
        yield from _upwards(axis.label, x - widest - _LABEL_GAP_PT, box.top + 0.5 * box.height)


def room_beside(axis: Axis) -> float:
    """Return what numbers and label at the left of a panel need, in points."""
    ticks = _TICK_GAP_PT + (_TICK_LENGTH_PT if axis.has_marks else 0.0)
    widest = max((width_of(words, SMALL) for words in axis.words), default=0.0)
    n_lines = axis.label.count("\n") + 1 if axis.label else 0
    return ticks + widest + _LABEL_GAP_PT + n_lines * LEADING * LABEL_SIZE


def _name(words: str, x: float, y: float) -> Iterator[Text]:
    """Yield the lines of a tick's words, their middle at its height."""
    lines = words.split("\n")
    for number, line in enumerate(lines):
        middle = y + (number - 0.5 * (len(lines) - 1)) * LEADING * SMALL
        if line:
            yield Text(
                x=x, y=base_line(middle, SMALL), words=line, size=SMALL, color=INK, anchor="end"
            )


def _upwards(label: str, right: float, middle: float) -> Iterator[Text]:
    """Yield the lines of a label that is read from below, the last one nearest to the axis."""
    lines = label.split("\n")
    for number, words in enumerate(reversed(lines)):
        x = right - (DESCENT + number * LEADING) * LABEL_SIZE
        yield Text(
            x=x, y=middle, words=words, size=LABEL_SIZE, color=INK, anchor="middle", is_upwards=True
        )


def _above(panel: Panel) -> Iterator[Text]:
    """Yield note and title above a panel, the note nearer to it."""
    y = panel.box.top - panel.title_gap
    rows = [(line, SMALL, panel.note_color, False) for line in reversed(panel.note.split("\n"))]
    titles = reversed(panel.title.split("\n"))
    rows += [(line, TITLE_SIZE, INK, panel.has_bold_title) for line in titles]
    for words, size, color, is_bold in rows:
        if words:
            yield Text(x=panel.box.left, y=y, words=words, size=size, color=color, is_bold=is_bold)
            y -= LEADING * size
