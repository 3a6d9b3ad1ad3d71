"""Where the values of a panel stand on the drawing."""

import numpy as np
from numpy.typing import ArrayLike, NDArray

from electrodoe.report.plot.axis import Axis
from electrodoe.report.plot.marks import Blocks, Segments
from electrodoe.report.plot.panel import Panel
from electrodoe.report.plot.shapes import Points


class Place:
    """From values to points on the drawing; what is not finite stays so."""

    def __init__(self, panel: Panel) -> None:
        self.box, self._x, self._y = panel.box, panel.x, panel.y
        self._to_x = panel.x.scale(panel.box.left, panel.box.right)
        self._to_y = panel.y.scale(panel.box.bottom, panel.box.top)

    def x(self, values: ArrayLike) -> NDArray[np.float64]:
        """Return how far to the right values stand, in points."""
        return _placed(values, self._x, self._to_x)

    def y(self, values: ArrayLike) -> NDArray[np.float64]:
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


def _placed(values: ArrayLike, axis: Axis, scale: tuple[float, float]) -> NDArray[np.float64]:
    """Return values in points along an axis."""
    numbers = np.asarray(values, dtype=np.float64)
    return scale[0] + scale[1] * (np.log10(numbers) if axis.is_logarithmic else numbers)
