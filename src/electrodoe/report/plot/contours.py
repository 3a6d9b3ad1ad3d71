"""Areas and lines of equal value over a grid."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Any, Final

import contourpy
import numpy as np
from numpy.typing import ArrayLike

from electrodoe.arrays import Floats
from electrodoe.report.plot.marks import Line, Mark, Region, Words
from electrodoe.report.plot.panel import Panel
from electrodoe.report.plot.place import Place
from electrodoe.report.plot.shapes import Points, width_of
from electrodoe.report.style import SMALL

Grid = tuple[Floats, Floats, Floats]
"""Values along x, along y, and the numbers at all their pairs, shape (n_y, n_x)."""

_GAP_PT: Final = 1.5
"""Between a value and the ends of the line that makes room for it."""
_REACH: Final = 1e-6
"""Fraction of all levels by which the outermost reach further: what lies on them is inside."""
_DOT_PT: Final = 3.5
"""Half of a configuration's circle with its border, in points."""
_HALF_PT: Final = 0.5 * SMALL
"""Half of a value's height."""
_MIN_FRACTION: Final = 6.0
"""Of half a value's width: a line that is shorter goes without its value."""


def regions(grid: Grid, levels: ArrayLike, colors: Sequence[str]) -> Iterator[Region]:
    """Yield the areas between neighboring levels, each in its color."""
    generator = _generator(grid, contourpy.FillType.OuterOffset)
    borders = np.array(levels, dtype=np.float64)
    borders[[0, -1]] += _REACH * (borders[-1] - borders[0]) * np.array([-1.0, 1.0])
    for low, high, color in zip(borders[:-1], borders[1:], colors, strict=True):
        yield Region(rings=_rings(generator.filled(float(low), float(high))), color=color)


def hatching(grid: Grid, level: float, color: str) -> Region:
    """Return the area above a level, filled with slanting lines."""
    generator = _generator(grid, contourpy.FillType.OuterOffset)
    return Region(rings=_rings(generator.filled(level, np.inf)), color=color, is_hatched=True)


def contour_runs(grid: Grid, level: float) -> list[Points]:
    """Return the lines along which the numbers have a value."""
    lines = _generator(grid, contourpy.FillType.OuterOffset).lines(level)
    return [np.asarray(line, dtype=np.float64) for line in lines]


def contour_lines(
    grid: Grid, levels: ArrayLike, color: str, width: float, dashes: tuple[float, ...] = ()
) -> Iterator[Line]:
    """Yield the lines of some levels."""
    for level in np.atleast_1d(np.asarray(levels, dtype=np.float64)).tolist():
        for run in contour_runs(grid, level):
            yield Line(x=run[:, 0], y=run[:, 1], color=color, width=width, dashes=dashes)


def _generator(grid: Grid, fill_type: contourpy.FillType) -> contourpy.ContourGenerator:
    """Return what finds the lines; an old, serial algorithm that gives the same every time."""
    x, y, values = grid
    return contourpy.contour_generator(
        x,
        y,
        np.ma.masked_invalid(values),
        name="serial",
        fill_type=fill_type,
        line_type=contourpy.LineType.Separate,
    )


def _rings(filled: Any) -> list[Points]:  # noqa: ANN401 - contourpy gives a union of all its forms
    """Return outer borders and holes, each as its own ring."""
    return [
        np.asarray(ring, dtype=np.float64)
        for points, offsets in zip(*filled, strict=True)
        for ring in np.split(points, offsets[1:-1])
    ]


def labeled_contours(
    grid: Grid, levels: Sequence[tuple[float, str, Line]], panel: Panel, taken: Points
) -> Iterator[Mark]:
    """Yield the lines of some levels, the longest of each with its value where there is room.

    Parameters
    ----------
    grid : Grid
        Numbers over both axes.
    levels : sequence of (float, str, Line)
        Values, their words and their looks; the lines' points are not read.
    panel : Panel
        Where they are drawn.
    taken : array of shape (n, 2)
        Places in the units of the axes that the values keep clear of.
    """
    drawn = _NamedLines(panel, taken)
    for level, words, look in levels:
        yield from drawn.lines(contour_runs(grid, level), words, look)


class _NamedLines:
    """Lines with their values in gaps; no value on another one or on a place that is taken."""

    def __init__(self, panel: Panel, taken: Points) -> None:
        self._place = Place(panel)
        self._taken = [(x, y, _DOT_PT) for x, y in self._place.points(*taken.T).tolist()]

    def lines(self, runs: Sequence[Points], words: str, look: Line) -> Iterator[Mark]:
        """Yield the lines of one level, the longest with its value."""
        drawn = [self._place.points(run[:, 0], run[:, 1]) for run in runs]
        ways = [float(np.hypot(*np.diff(run, axis=0).T).sum()) for run in drawn]
        longest = int(np.argmax(ways)) if ways else -1
        half = 0.5 * width_of(words, SMALL) + _GAP_PT
        for number, run in enumerate(runs):
            is_named = number == longest and ways[number] > _MIN_FRACTION * half
            at = self._free(drawn[number], half) if is_named else None
            for piece in [run] if at is None else _parted(run, drawn[number], at, half):
                yield replace(look, x=piece[:, 0], y=piece[:, 1])
            if at is not None:
                x, y = run[at].tolist()
                yield Words(x=x, y=y, words=words, color=look.color, size=SMALL, anchor="middle")

    def _free(self, line: Points, half: float) -> int | None:
        """Return the point nearest to a line's middle at which a value has room, or None."""
        middle = len(line) // 2
        for at in sorted(range(len(line)), key=lambda index: (abs(index - middle), index)):
            x, y = line[at].tolist()
            if self._is_free(x, y, half):
                self._taken.append((x, y, half))
                return at
        return None

    def _is_free(self, x: float, y: float, half: float) -> bool:
        """Return whether a value is inside the panel there, and on nothing else."""
        box = self._place.box
        is_inside = (
            box.left + half <= x <= box.right - half
            and box.top + _HALF_PT <= y <= box.bottom - _HALF_PT
        )
        return is_inside and all(
            abs(x - left) > half + own or abs(y - top) > _HALF_PT + min(own, _HALF_PT)
            for left, top, own in self._taken
        )


def _parted(run: Points, drawn: Points, at: int, half: float) -> list[Points]:
    """Return the pieces of a line on both sides of the value at one of its points."""
    far = np.hypot(*(drawn - drawn[at]).T) > half
    pieces = np.split(run, np.flatnonzero(np.diff(far)) + 1)
    return pieces[::2] if far[0] else pieces[1::2]
