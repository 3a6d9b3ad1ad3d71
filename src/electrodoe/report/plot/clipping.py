"""What of a line lies inside a box."""

import numpy as np
from numpy.typing import NDArray

from electrodoe.report.plot.panel import Box
from electrodoe.report.plot.shapes import Points


def runs_inside(points: Points, box: Box) -> list[Points]:
    """Return the stretches of a line that lie inside a box.

    Parameters
    ----------
    points : array of shape (n, 2)
        The line; one that is not finite breaks it.
    box : Box
        What is seen.

    Returns
    -------
    list of array
        Stretches of two points or more, in their order.
    """
    low, high = np.array([box.left, box.top]), np.array([box.right, box.bottom])
    if len(points) < 2:
        return []
    if ((points >= low) & (points <= high)).all():
        return [points]
    return _joined(*_cut(points[:-1], points[1:], low, high))


def _cut(
    start: Points, end: Points, low: NDArray[np.float64], high: NDArray[np.float64]
) -> tuple[Points, Points, NDArray[np.bool_]]:
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


def _joined(first: Points, last: Points, is_seen: NDArray[np.bool_]) -> list[Points]:
    """Return seen segments as lines, joined where one ends at the start of the next."""
    seen = np.flatnonzero(is_seen)
    if not seen.size:
        return []
    is_apart = (np.diff(seen) > 1) | (last[seen[:-1]] != first[seen[1:]]).any(axis=1)
    groups = np.split(seen, np.flatnonzero(is_apart) + 1)
    return [np.concatenate([first[group[:1]], last[group]]) for group in groups]
