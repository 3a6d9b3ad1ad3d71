"""The largest box of good settings: exact on a grid, its faces moved outward between the nodes."""

from collections.abc import Callable
from functools import partial
from typing import Final

import numpy as np

from electrodoe.arrays import Floats
from electrodoe.design.region.region import DesignRegion
from electrodoe.optimize.decision import Decision
from electrodoe.optimize.largest_box import largest_box
from electrodoe.optimize.probability_map import ProbabilityMap, probability_map
from electrodoe.ties import first_largest

_N_ROUNDS: Final = 3
"""Faces hold one another back, so each is moved again; chosen."""
_N_HALVINGS: Final = 12
"""A face then stands within 2^-12 of a node's step."""


def good_box(
    decision: Decision, over_all: ProbabilityMap, probability: float
) -> tuple[Floats, Floats, ProbabilityMap] | None:
    """Return the largest box in which every setting has at least a chance.

    Coded ends, shape (n_axes,), and the closer map; None where no setting is good.
    """
    is_good = over_all.values.ravel() >= min(probability, over_all.max_probability)
    good = over_all.points()[is_good]
    around = _map_around(decision, over_all, good.min(axis=0), good.max(axis=0))
    box = _box(around, probability)
    if box is None:
        return None
    closer = _map_around(decision, around, *box)
    found = [(*box, around), (*(_box(closer, probability) or box), closer)]
    moved = [
        (*_moved_outward(decision.region, drawn, low, high, probability), drawn)
        for low, high, drawn in found
    ]
    return moved[int(first_largest(np.array([np.prod(high - low) for low, high, _ in moved])))]


def _map_around(
    decision: Decision, coarse: ProbabilityMap, low: Floats, high: Floats
) -> ProbabilityMap:
    """Return a map of the same kind, drawn closely around a box."""
    steps = np.array([nodes[1] - nodes[0] for nodes in coarse.nodes])
    reach = steps + _reach(decision)
    low, high = np.maximum(low - reach, -1.0), np.minimum(high + reach, 1.0)
    return probability_map(decision, low, high, coarse.confidence)


def _reach(decision: Decision) -> Floats:
    """Return how far a setting may come out from where it was set, coded, shape (n_axes,)."""
    ends = np.array([[axis.low, axis.high] for axis in decision.region.axes])
    farthest = decision.allowed(np.abs(ends).max(axis=1))
    return np.asarray(2.0 * farthest / (ends[:, 1] - ends[:, 0]))


def _box(closer: ProbabilityMap, probability: float) -> tuple[Floats, Floats] | None:
    """Return the ends of the largest box of cells whose corners are all good, coded."""
    cells = closer.values >= probability
    for axis in range(cells.ndim):
        first = np.take(cells, range(cells.shape[axis] - 1), axis=axis)
        second = np.take(cells, range(1, cells.shape[axis]), axis=axis)
        cells = first & second
    found = largest_box(cells)
    if found is None:
        return None
    low = np.array([nodes[start] for nodes, (start, _) in zip(closer.nodes, found, strict=True)])
    high = np.array([nodes[stop] for nodes, (_, stop) in zip(closer.nodes, found, strict=True)])
    return low, high


def _moved_outward(
    region: DesignRegion, closer: ProbabilityMap, low: Floats, high: Floats, probability: float
) -> tuple[Floats, Floats]:
    """Return the box with each face as far out as the map between nodes allows."""
    low, high = low.copy(), high.copy()
    for _ in range(_N_ROUNDS):
        for axis, nodes in enumerate(closer.nodes):
            step = nodes[1] - nodes[0]
            for ends, reach in (
                (low, max(nodes[0] - low[axis], -step)),
                (high, min(nodes[-1] - high[axis], step)),
            ):
                worst = partial(_worst_on_face, region, closer, low.copy(), high.copy(), axis)
                ends[axis] += reach * farthest(
                    partial(_is_good_at, worst, float(ends[axis]), float(reach), probability)
                )
    return low, high


def _is_good_at(
    worst: Callable[[float], float], start: float, reach: float, probability: float, fraction: float
) -> bool:
    """Return whether a face that was moved by a fraction of its reach is good throughout."""
    return worst(start + fraction * reach) >= probability


def _worst_on_face(
    region: DesignRegion, closer: ProbabilityMap, low: Floats, high: Floats, axis: int, at: float
) -> float:
    """Return the smallest chance on a face; 0 where a limit cuts it."""
    face = _face(closer, low, high, axis, at)
    return float(np.min(np.where(region.is_feasible(face), closer.at(face), 0.0)))


def farthest(is_good: Callable[[float], bool], n_halvings: int = _N_HALVINGS) -> float:
    """Return the largest fraction from 0 to 1 that is good, by halving.

    Examples
    --------
    >>> round(farthest(lambda fraction: fraction <= 0.3), 3)
    0.3
    """
    if is_good(1.0):
        return 1.0
    good, bad = 0.0, 1.0
    for _ in range(n_halvings):
        middle = (good + bad) / 2.0
        good, bad = (middle, bad) if is_good(middle) else (good, middle)
    return good


def _face(closer: ProbabilityMap, low: Floats, high: Floats, axis: int, at: float) -> Floats:
    """Return the points of a face between which the map is linear."""
    marks = [
        np.array([at])
        if j == axis
        else np.unique(
            np.concatenate([[low[j], high[j]], nodes[(nodes > low[j]) & (nodes < high[j])]])
        )
        for j, nodes in enumerate(closer.nodes)
    ]
    return np.stack(np.meshgrid(*marks, indexing="ij"), axis=-1).reshape(-1, len(marks))
