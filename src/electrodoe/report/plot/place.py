"""Where the values of a panel stand on the drawing, and what of a line lies inside it."""

import numpy as np
from numpy.typing import ArrayLike

from electrodoe.arrays import Booleans, Floats
from electrodoe.report.plot.axis import Axis
from electrodoe.report.plot.marks import Blocks, Segments
from electrodoe.report.plot.panel import Box, Panel
from electrodoe.report.plot.shapes import Points


def runs_inside(points: Points, box: Box) -> list[Points]:
    """Return the segments of a line that lie inside a box."""
    low, high = np.array([box.left, box.top]), np.array([box.right, box.bottom])
    if len(points) < 2:
        return []
    if ((points >= low) & (points <= high)).all():
        return [points]
    return _joined(*_cut(points[:-1], points[1:], low, high))


def _cut(start: Points, end: Points, low: Floats, high: Floats) -> tuple[Points, Points, Booleans]:
    """Return both ends of each segment inside the box, and whether any of it is (Liang, Barsky)."""
    way = end - start
    with np.errstate(divide="ignore", invalid="ignore", over="ignore"):  # ways of almost nothing
        to_low, to_high = (low - start) / way, (high - start) / way
    still = way == 0.0
    is_within = (start >= low) & (start <= high)
    enter = np.where(still, np.where(is_within, 0.0, 2.0), np.minimum(to_low, to_high)).max(axis=1)
    leave = np.where(still, 1.0, np.maximum(to_low, to_high)).min(axis=1)
    enter, leave = np.maximum(enter, 0.0), np.minimum(leave, 1.0)
    is_seen = np.isfinite(way).all(axis=1) & (enter < leave)
    first = np.where((enter > 0.0)[:, None], start + enter[:, None] * way, start)
    last = np.where((leave < 1.0)[:, None], start + leave[:, None] * way, end)
    return np.clip(first, low, high), np.clip(last, low, high), is_seen


def _joined(first: Points, last: Points, is_seen: Booleans) -> list[Points]:
    """Return seen segments as lines, joined where one ends at the start of the next."""
    seen = np.flatnonzero(is_seen)
    if not seen.size:
        return []
    is_apart = (np.diff(seen) > 1) | (last[seen[:-1]] != first[seen[1:]]).any(axis=1)
    groups = np.split(seen, np.flatnonzero(is_apart) + 1)
    return [np.concatenate([first[group[:1]], last[group]]) for group in groups]


class Place:
    """From values to points on the drawing; what is not finite stays so."""

    def __init__(self, panel: Panel) -> None:
        self.box, self._x, self._y = panel.box, panel.x, panel.y
        self._to_x = panel.x.scale(panel.box.left, panel.box.right)
        self._to_y = panel.y.scale(panel.box.bottom, panel.box.top)

    def x(self, values: ArrayLike) -> Floats:
        """Return how far to the right values stand, in points."""
        return _placed(values, self._x, self._to_x)

    def y(self, values: ArrayLike) -> Floats:
        """Return how far down values stand, in points."""
        return _placed(values, self._y, self._to_y)

    def points(self, x: ArrayLike, y: ArrayLike) -> Points:
        """Return points on the drawing."""
        right, down = self.x(x), self.y(y)
        points = np.empty((right.size, 2))
        points[:, 0], points[:, 1] = right, down
        return points

    def inside(self, points: Points) -> Points:
        """Return points, those beyond the panel on its edge."""
        box = self.box
        return np.clip(points, (box.left, box.top), (box.right, box.bottom))

    def corners(self, mark: Segments | Blocks) -> tuple[Points, Points]:
        """Return both corners of each piece within the panel; a piece with a NaN is left out."""
        ends = np.broadcast_arrays(*map(np.atleast_1d, (mark.x, mark.y, mark.to_x, mark.to_y)))
        x, y, to_x, to_y = np.stack(ends).astype(np.float64)
        first, last = self.inside(self.points(x, y)), self.inside(self.points(to_x, to_y))
        is_seen = ~np.isnan(first).any(axis=1) & ~np.isnan(last).any(axis=1)
        is_seen &= (first != last).any(axis=1)
        return first[is_seen], last[is_seen]


def _placed(values: ArrayLike, axis: Axis, scale: tuple[float, float]) -> Floats:
    """Return values in points along an axis."""
    numbers = np.asarray(values, dtype=np.float64)
    return scale[0] + scale[1] * (np.log10(numbers) if axis.is_logarithmic else numbers)
