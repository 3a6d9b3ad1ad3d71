"""Places of a box, as fractions of its sides: where its worst setting is looked for."""

from itertools import product
from typing import Final

import numpy as np

from electrodoe.arrays import Floats
from electrodoe.design.region.points import low_discrepancy
from electrodoe.optimize.sampled_chance import SampledChance
from electrodoe.ties import ascending, first_smallest

_N_WORST: Final = 8
"""Worst places of all that are followed downhill; chosen."""
_SLOPE_STEP: Final = 0.02
"""Coded step of a numerical slope: wide enough for models that are level in places; chosen."""
_LEAST_CHANCE: Final = 1e-6
"""Chances nearer to 0 or 1 have no finite probit; chosen."""
_FINER: Final = (0.25, 0.1, 0.04)
"""Steps of a descent, as fractions of a side; chosen."""
_N_MODERATE: Final = 96
"""Worst places whose chance is asked with tolerances at the end; chosen."""


def places(n_axes: int, n_corners: int, n_inside: int) -> Floats:
    """Return corners, places inside, and as many on faces, shape (n_places, n_axes).

    Examples
    --------
    >>> places(2, 4, 1).round(2).tolist()[:4]
    [[0.0, 0.0], [0.0, 1.0], [1.0, 0.0], [1.0, 1.0]]
    """
    if 2**n_axes <= n_corners:
        corners = np.array(list(product((0.0, 1.0), repeat=n_axes)))
    else:
        half = np.round(low_discrepancy(n_corners // 2, n_axes))
        corners = np.vstack([half, 1.0 - half])  # every face has some
    inside = low_discrepancy(n_inside, n_axes)
    # a third of the coordinates at either end
    on_faces = np.clip(3.0 * low_discrepancy(2 * n_inside, n_axes)[n_inside:] - 1.0, 0.0, 1.0)
    return np.vstack([corners, inside, on_faces])


def inside_box(low: Floats, high: Floats, where: Floats) -> Floats:
    """Return places of a box as coded points."""
    return np.asarray(low + where * (high - low))


def probit(chances: Floats) -> Floats:
    """Return in how many standard deviations of a normal a chance lies from one half."""
    from scipy.special import ndtri

    return np.asarray(ndtri(np.clip(chances, _LEAST_CHANCE, 1.0 - _LEAST_CHANCE)))


def probit_slopes(chance: SampledChance, points: Floats) -> Floats:
    """Return slopes of the probit of a chance at coded points, shape (n_points, n_axes)."""
    n, d = points.shape
    steps = _SLOPE_STEP * np.eye(d)
    high = np.clip(points[:, None] + steps, -1.0, 1.0)
    low = np.clip(points[:, None] - steps, -1.0, 1.0)
    ends = np.concatenate([high, low]).reshape(-1, d)
    values = probit(chance.asked(ends)).reshape(2, n, d)
    return np.asarray((values[0] - values[1]) / np.sum(high - low, axis=2))


def worst_places(chance: SampledChance, low: Floats, high: Floats, where: Floats) -> Floats:
    """Return the worst place on every face, the worst of all, and corners downhill from them.

    The worst first, by the chance of settings that are exactly kept.
    """
    chances = chance.exactly_kept(inside_box(low, high, where))
    chosen = set(ascending(chances)[:_N_WORST].tolist())
    for axis in range(len(low)):
        for side in (0.0, 1.0):
            on_face = np.flatnonzero(where[:, axis] == side)
            chosen.add(int(on_face[int(first_smallest(chances[on_face], scale=1.0))]))
    found = where[sorted(chosen)]
    slopes = probit_slopes(chance, inside_box(low, high, found))
    downhill = np.where(slopes > 0.0, 0.0, np.where(slopes < 0.0, 1.0, found))
    return _worst_first(chance, low, high, np.vstack([found, downhill]))


def lowest_places(chance: SampledChance, low: Floats, high: Floats, where: Floats) -> Floats:
    """Return places of small chances, those included to which descents lead, the worst first."""
    order = ascending(chance.exactly_kept(inside_box(low, high, where)))
    found = worst_places(chance, low, high, where)[:_N_WORST]
    moves = np.vstack([np.zeros(len(low)), np.eye(len(low)), -np.eye(len(low))])
    for step in _FINER:
        around = np.clip(found[:, None] + step * moves, 0.0, 1.0)
        chances = chance.exactly_kept(inside_box(low, high, around.reshape(-1, len(low))))
        best = first_smallest(chances.reshape(around.shape[:2]), scale=1.0)
        found = around[np.arange(len(found)), best]
    return np.vstack([found, where[order[:_N_MODERATE]]])


def _worst_first(chance: SampledChance, low: Floats, high: Floats, where: Floats) -> Floats:
    """Return places each once, in the order of their chances."""
    _, first = np.unique(where, axis=0, return_index=True)
    distinct = where[np.sort(first)]
    return distinct[ascending(chance.exactly_kept(inside_box(low, high, distinct)))]
