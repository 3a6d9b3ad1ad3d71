"""The largest box without a hole: exact on a grid of cells that are in or out."""

import numpy as np

from electrodoe.arrays import Booleans

Box = tuple[tuple[int, int], ...]
"""First cell and the one behind the last, for each axis."""


def largest_box(cells: Booleans) -> Box | None:
    """Return the axis-aligned box of most cells that are all in.

    One slice for each axis; of equal boxes the first. None where no cell is in.

    Notes
    -----
    Exact: every slab of the first axis is cut down to the cells that are in throughout, and
    searched for its own largest box; slabs that cannot beat the best so far are skipped.

    Examples
    --------
    >>> largest_box(np.array([[1, 1, 0], [1, 1, 1], [0, 1, 1]], dtype=bool))
    ((0, 2), (0, 2))
    """
    return _larger_box(cells, 0)[1]


def _larger_box(cells: Booleans, smallest: int) -> tuple[int, Box | None]:
    """Return the largest box of more than ``smallest`` cells with its size; else None."""
    if cells.ndim == 1:
        return _longest_run(cells, smallest)
    n = len(cells)
    counts = np.concatenate([np.zeros((1, *cells.shape[1:]), dtype=np.int64), cells.cumsum(axis=0)])
    best: Box | None = None
    for depth in range(n, 0, -1):
        for start in range(n - depth + 1):
            inner = counts[start + depth] - counts[start] == depth
            if depth * int(inner.sum()) <= smallest:
                continue
            size, found = _larger_box(inner, smallest // depth)
            if found is not None and size * depth > smallest:
                smallest, best = size * depth, ((start, start + depth), *found)
    return smallest, best


def _longest_run(cells: Booleans, smallest: int) -> tuple[int, Box | None]:
    """Return the longest run of more than ``smallest`` cells that are in."""
    steps = np.diff(np.concatenate([[0], cells.astype(np.int64), [0]]))
    starts, stops = np.flatnonzero(steps == 1), np.flatnonzero(steps == -1)
    if not len(starts):
        return smallest, None
    longest = int(np.argmax(stops - starts))
    size = int(stops[longest] - starts[longest])
    if size <= smallest:
        return smallest, None
    return size, ((int(starts[longest]), int(stops[longest])),)
