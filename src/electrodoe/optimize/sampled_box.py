"""A large box of good settings around one of them, where there are too many factors for a grid."""

from dataclasses import dataclass
from functools import partial
from itertools import product
from typing import Final

import numpy as np
from scipy.optimize import minimize

from electrodoe.arrays import Floats
from electrodoe.design.region.points import low_discrepancy
from electrodoe.optimize.box_limits import Ends, cut_ends, linear_limits
from electrodoe.optimize.box_places import (
    inside_box,
    lowest_places,
    places,
    probit,
    probit_slopes,
    worst_places,
)
from electrodoe.optimize.good_box import farthest
from electrodoe.optimize.sampled_chance import SampledChance
from electrodoe.ties import ascending

_N_MOVES: Final = 24
"""Moves of all faces, each shorter than the one before; chosen."""
_FIRST_MOVE: Final = 0.4
_SHORTER: Final = 0.85
"""Coded bound of the first move, and ratio to the next: the last is below .01."""
_MOST_MISSED: Final = 0.75
"""Probits by which a box may fail between moves: far off a chance is 0, and has no slope."""
_N_HALVED: Final = 4
"""Halvings of a move that fails by more; chosen."""
_START: Final = 0.02
"""Coded half-width of the first box; chosen."""
_N_CORNERS: Final = 256
"""Corners looked at between moves; all of them at the end."""
_N_INSIDE: Final = 128
"""Places inside, and as many on faces, between moves; eight times as many at the end."""
_MORE_AT_THE_END: Final = 8
_MOST_KEPT: Final = 96
"""Worst places that are remembered from move to move; bound on time, chosen."""
_MARGIN: Final = 1e-4
"""Of the chance, beyond what is asked: solvers end within it."""
_LEAST_WIDTH: Final = 1e-3
"""Coded width below which a tangent stands for its logarithm, which has no end."""
_DEAR: Final = 100.0
"""What a probit that is missed by one costs beside the logarithm of the volume."""
_TICK: Final = 1e-3
"""Coded step on which the ends stand at last, moved inward: last bits are gone."""
_N_HALVINGS: Final = 8
"""A box that fails is drawn in to within 2^-8 of what would do, a face moved as far out again."""
_N_CHECKS: Final = 12
"""Checks of a box, which is drawn in after each that it fails; chosen."""
_N_MENDED: Final = 6
"""Checks after which faces are moved as before, the places that failed asked as well; chosen."""
_MENDING: Final = 0.05
"""Coded bound of the first such move, each shorter than the one before; chosen."""
_N_GROWING: Final = 9
"""Checks after which a box that was drawn in has its faces moved outward again; chosen."""
_N_ON_FACE: Final = 32
"""Worst places that a face has to pass where it is moved outward; bound on time, chosen."""


@dataclass(frozen=True, kw_only=True)
class SampledBox:
    """A box, and what was found in it.

    Attributes
    ----------
    low, high : array of shape (n_axes,)
        Coded ends.
    min_probability : float
        The smallest chance that samples, corners and descents from the worst of them found.
    mean_probability : float
        Of evenly spread settings inside.
    """

    low: Floats
    high: Floats
    min_probability: float
    mean_probability: float


def sampled_box(chance: SampledChance, anchor: Floats, probability: float) -> SampledBox | None:
    r"""Return a large box around a setting in which every setting has at least a chance.

    Parameters
    ----------
    chance : SampledChance
        Of any setting.
    anchor : array of shape (n_axes,)
        Coded; the box holds it.
    probability : float
        Smallest chance.

    Returns
    -------
    SampledBox or None
        None where the anchor itself is not good enough.

    Notes
    -----
    The volume is maximized subject to the chance at the worst places of the box: corners, faces
    and places inside. Each place moves with the box, and its probit is taken as linear for a
    short move; so all faces move at once, by a convex problem, and the worst places are looked
    for anew (an exchange method of semi-infinite programming [1]_). At last thousands of places
    and descents from the worst of them are asked, and the box is drawn in where one fails.

    References
    ----------
    .. [1] Hettich, Kortanek, SIAM Review 35 (1993) 380.
    """
    if chance.at(anchor[None])[0] < probability:
        return None
    low, high = _first(chance, anchor, probability)
    limits = -np.ones(len(anchor)), np.ones(len(anchor))
    kept, reach = np.empty((0, len(anchor))), _FIRST_MOVE
    between = places(len(anchor), _N_CORNERS, _N_INSIDE)
    corners = places(len(anchor), 2 ** len(anchor), _MORE_AT_THE_END * _N_INSIDE)
    box = low, high
    for _ in range(_N_MOVES):
        kept = worst_places(chance, *box, np.vstack([kept, between]))[:_MOST_KEPT]
        low, high = _moved(chance, anchor, probability, box, limits, reach, kept)
        limits = cut_ends(chance.decision.region, anchor, (low, high), limits, corners)
        ahead = np.maximum(low, limits[0]), np.minimum(high, limits[1])
        box = _held_back(chance, probability, box, ahead, np.vstack([kept, between]))
        reach *= _SHORTER
    return _checked(chance, anchor, probability, box, limits, kept)


def _first(chance: SampledChance, anchor: Floats, probability: float) -> Ends:
    """Return a small box around the anchor."""
    half, where = _START, places(len(anchor), _N_CORNERS, _N_INSIDE)
    while half > _TICK / 4.0:
        low, high = np.maximum(anchor - half, -1.0), np.minimum(anchor + half, 1.0)
        if chance.exactly_kept(inside_box(low, high, where)).min() >= probability:
            return low, high
        half /= 2.0
    return anchor, anchor


def _moved(
    chance: SampledChance,
    anchor: Floats,
    probability: float,
    box: Ends,
    limits: Ends,
    reach: float,
    where: Floats,
) -> Ends:
    """Return the largest box whose places are good, as far as slopes tell."""
    within = np.maximum(limits[0], box[0] - reach), np.minimum(limits[1], box[1] + reach)
    points = inside_box(*box, where)
    values, slopes = probit(chance.at(points)), probit_slopes(chance, points)
    asked = probit(np.array([probability + _MARGIN]))[0]
    rows, least = linear_limits(chance.decision.region)
    rows = np.vstack([rows, np.hstack([slopes * (1.0 - where), slopes * where])])
    least = np.concatenate([least, asked - values + np.sum(slopes * points, axis=1)])
    lower, upper = np.concatenate([within[0], anchor]), np.concatenate([anchor, within[1]])
    start = np.clip(np.concatenate(box), lower, upper)
    ends = _largest(rows, least, start, (lower, upper))
    return ends[: len(anchor)], ends[len(anchor) :]


def _held_back(
    chance: SampledChance, probability: float, box: Ends, ahead: Ends, where: Floats
) -> Ends:
    """Return the box ahead, or one on the way there from which slopes still lead back."""
    least = probit(np.array([probability]))[0] - _MOST_MISSED
    low, high = ahead
    for _ in range(_N_HALVED):
        if probit(chance.exactly_kept(inside_box(low, high, where))).min() >= least:
            break
        low, high = (low + box[0]) / 2.0, (high + box[1]) / 2.0
    return low, high


def _largest(rows: Floats, least: Floats, start: Floats, bounds: Ends) -> Floats:
    """Return the ends of largest volume with ``rows @ ends >= least``, or missed by little."""
    d = len(start) // 2

    def lost(x: Floats) -> tuple[float, Floats]:
        width = x[d : 2 * d] - x[:d]
        wide = np.maximum(width, _LEAST_WIDTH)
        short = np.minimum(width - wide, 0.0) / wide  # a line goes on where the logarithm is cut
        value = -np.sum(np.log(wide) + short) + _DEAR * x[-1]
        return float(value), np.concatenate([1.0 / wide, -1.0 / wide, [_DEAR]])

    matrix = np.hstack([rows, np.ones((len(rows), 1))])
    missed = max(0.0, float((least - rows @ start).max()))
    found = minimize(
        lost,
        np.append(start, missed),
        jac=True,
        method="SLSQP",
        bounds=[*zip(*bounds, strict=True), (0.0, None)],
        constraints=[
            {"type": "ineq", "fun": lambda x: matrix @ x - least, "jac": lambda _: matrix}
        ],
        options={"maxiter": 200, "ftol": 1e-9},
    )
    end = found.x[: 2 * d]
    return np.clip(end, *bounds) if np.all(np.isfinite(end)) else start


def _checked(
    chance: SampledChance,
    anchor: Floats,
    probability: float,
    box: Ends,
    limits: Ends,
    kept: Floats,
) -> SampledBox:
    """Return a box in which no place was found that fails, mended until that is so."""
    where = places(len(anchor), 2 ** len(anchor), _MORE_AT_THE_END * _N_INSIDE)
    for number in range(_N_CHECKS):
        low, high = box = _on_ticks(anchor, box)
        found = np.vstack([kept, lowest_places(chance, low, high, where)])
        chances = chance.at(inside_box(low, high, found))
        kept = found[ascending(chances)][: 2 * _MOST_KEPT]
        if chances.min() >= probability:
            break
        if number < _N_MENDED:
            reach = _MENDING * _SHORTER ** (2 * number)
            box = _moved(chance, anchor, probability, box, limits, reach, kept)
        else:
            widest = box
            box = _drawn_in(chance, anchor, probability, box, kept)
            if number < _N_GROWING:
                box = _grown(chance, probability, box, widest, kept)
    else:
        low = high = anchor
        chances = chance.at(anchor[None])
    inside = chance.at(inside_box(low, high, low_discrepancy(_N_INSIDE, len(anchor))))
    return SampledBox(
        low=low,
        high=high,
        min_probability=float(min(chances.min(), inside.min())),
        mean_probability=float(inside.mean()),
    )


def _on_ticks(anchor: Floats, box: Ends) -> Ends:
    """Return a box with its ends moved inward to ticks, the anchor still inside."""
    low = np.ceil(box[0] / _TICK - _MARGIN) * _TICK
    high = np.floor(box[1] / _TICK + _MARGIN) * _TICK
    return np.minimum(low, anchor), np.maximum(high, anchor)


def _drawn_in(
    chance: SampledChance, anchor: Floats, probability: float, box: Ends, where: Floats
) -> Ends:
    """Return the box drawn in towards the anchor until some of its places are good."""

    def drawn(fraction: float) -> Ends:
        return anchor + fraction * (box[0] - anchor), anchor + fraction * (box[1] - anchor)

    return drawn(
        farthest(
            lambda fraction: _are_good(chance, probability, inside_box(*drawn(fraction), where)),
            _N_HALVINGS,
        )
    )


def _grown(
    chance: SampledChance, probability: float, box: Ends, widest: Ends, where: Floats
) -> Ends:
    """Return the box with each face in turn as far out as its worst places allow."""
    ends = np.stack(box)
    for axis, side in product(range(len(box[0])), (0, 1)):
        start, end = ends[side, axis], widest[side][axis]
        on_face = where.copy()
        on_face[:, axis] = side
        ends[side, axis] = end
        points = np.unique(inside_box(ends[0], ends[1], on_face), axis=0)
        points = points[ascending(chance.exactly_kept(points))[:_N_ON_FACE]]
        is_good = partial(_is_good_face, chance, probability, points, axis, (start, end))
        ends[side, axis] = start + (end - start) * farthest(is_good, _N_HALVINGS)
    return ends[0], ends[1]


def _is_good_face(
    chance: SampledChance,
    probability: float,
    points: Floats,
    axis: int,
    way: tuple[float, float],
    fraction: float,
) -> bool:
    """Return whether points of a face are good where it has gone a fraction of its way."""
    moved = points.copy()
    moved[:, axis] = way[0] + fraction * (way[1] - way[0])
    return _are_good(chance, probability, moved)


def _are_good(chance: SampledChance, probability: float, points: Floats) -> bool:
    """Return whether all points have a chance."""
    return bool(chance.at(points).min() >= probability)
