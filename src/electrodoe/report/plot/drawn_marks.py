"""From marks in the units of a panel to shapes on the drawing."""

from collections.abc import Iterator
from functools import singledispatch
from typing import Final

import numpy as np

from electrodoe.report.plot.marks import Blocks, Dots, Line, Mark, Region, Segments, Words
from electrodoe.report.plot.place import Place, runs_inside
from electrodoe.report.plot.shapes import (
    ASCENT,
    DESCENT,
    Outline,
    Points,
    Shape,
    Stamps,
    Text,
    base_line,
    width_of,
)

_SLACK_PT: Final = 0.01
"""How far beyond the limits a dot still counts as on them: the last printed decimal."""
_FARTHEST_PT: Final = 1e5
"""Dots that may reach out end here; a page is a hundredth of that."""


@singledispatch
def shapes_of(mark: Mark, place: Place) -> Iterator[Shape]:
    """Yield what a mark looks like on the drawing; each kind has its own function below."""
    raise NotImplementedError(f"{type(mark).__name__} at {place.box}")


@shapes_of.register
def _of_line(mark: Line, place: Place) -> Iterator[Shape]:
    """Yield the segments of a line that are seen."""
    rings = runs_inside(place.points(mark.x, mark.y), place.box)
    if rings:
        yield Outline(
            rings=rings,
            stroke=mark.color,
            width=mark.width,
            dashes=_in_points(mark.dashes, mark.width),
        )


@shapes_of.register
def _of_dots(mark: Dots, place: Place) -> Iterator[Shape]:
    """Yield one sign at every point that is seen."""
    points = place.points(mark.x, mark.y)
    box = place.box
    room = _FARTHEST_PT if mark.may_reach_out else _SLACK_PT
    low, high = (box.left - room, box.top - room), (box.right + room, box.bottom + room)
    seen = points[((points >= low) & (points <= high)).all(axis=1)]
    if len(seen):
        yield stamps(mark, seen)


def stamps(mark: Dots, points: Points) -> Stamps:
    """Return signs at places that are known, in a panel or in a legend."""
    is_stroked = mark.shape in {"cross", "tick", "bar"}  # signs without an inside
    stroke = mark.color if is_stroked else mark.edge
    return Stamps(
        points=points,
        shape=mark.shape,
        size=mark.size,
        stroke=stroke,
        fill="" if is_stroked else mark.color,
        width=mark.edge_width if stroke else 0.0,
    )


@shapes_of.register
def _of_segments(mark: Segments, place: Place) -> Iterator[Shape]:
    """Yield straight pieces as one outline."""
    first, last = place.corners(mark)
    if len(first):
        yield Outline(
            rings=list(np.stack([first, last], axis=1)),
            stroke=mark.color,
            width=mark.width,
            dashes=_in_points(mark.dashes, mark.width),
        )


@shapes_of.register
def _of_blocks(mark: Blocks, place: Place) -> Iterator[Shape]:
    """Yield rectangles as one outline."""
    first, last = place.corners(mark)
    if len(first):
        corners = [first, np.stack([last[:, 0], first[:, 1]], axis=1), last]
        corners.append(np.stack([first[:, 0], last[:, 1]], axis=1))
        yield Outline(
            rings=list(np.stack(corners, axis=1)),
            stroke=mark.edge,
            fill=mark.color,
            width=mark.width,
            is_closed=True,
            opacity=mark.opacity,
        )


@shapes_of.register
def _of_region(mark: Region, place: Place) -> Iterator[Shape]:
    """Yield an area."""
    if mark.rings:
        yield Outline(
            rings=[place.points(ring[:, 0], ring[:, 1]) for ring in mark.rings],
            fill=mark.color,
            is_closed=True,
            is_hatched=mark.is_hatched,
        )


@shapes_of.register
def _of_words(mark: Words, place: Place) -> Iterator[Shape]:
    """Yield a line of words, and the ground that they need."""
    (point,) = place.inside(place.points([mark.x], [mark.y]))
    if np.isnan(point).any():
        return
    x, y = float(point[0]) + mark.shift[0], float(point[1]) - mark.shift[1]
    y = y if mark.is_on_line else base_line(y, mark.size)
    if mark.ground:
        yield _ground(mark, x, y)
    yield Text(x=x, y=y, words=mark.words, size=mark.size, color=mark.color, anchor=mark.anchor)


def _ground(mark: Words, x: float, y: float) -> Outline:
    """Return a rectangle behind words."""
    width = width_of(mark.words, mark.size)
    left = x - {"start": 0.0, "middle": 0.5, "end": 1.0}[mark.anchor] * width
    top, bottom = y - ASCENT * mark.size, y + DESCENT * mark.size
    corners = [(left, top), (left + width, top), (left + width, bottom), (left, bottom)]
    return Outline(rings=[np.array(corners)], fill=mark.ground, is_closed=True)


def _in_points(dashes: tuple[float, ...], width: float) -> tuple[float, ...]:
    """Return dashes in points instead of widths of the line."""
    return tuple(width * each for each in dashes)
