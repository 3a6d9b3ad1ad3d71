"""What limits of the region leave of a box."""

from dataclasses import replace
from typing import Final

import numpy as np

from electrodoe.arrays import Floats
from electrodoe.design.region.region import DesignRegion
from electrodoe.optimize.box_places import inside_box
from electrodoe.optimize.good_box import farthest
from electrodoe.ties import first_largest, first_smallest

Ends = tuple[Floats, Floats]
"""Of a box: lowest and highest settings, coded."""
_MOST_CUTS: Final = 400
"""Bound on the cuts; chosen."""
_LEAST_WIDTH: Final = 1e-4
"""Coded width of a side that counts as none."""


def linear_limits(region: DesignRegion) -> tuple[Floats, Floats]:
    """Return ``rows @ (low, high) >= least`` for boxes of which no corner breaks a linear limit.

    Examples
    --------
    >>> from electrodoe.design.region.axes import FactorAxis
    >>> from electrodoe.design.region.region import region_of
    >>> axes = [FactorAxis(name=name, low=-1.0, high=1.0) for name in ("a", "b")]
    >>> rows, least = linear_limits(region_of(axes, ["a - b <= 1"]))
    >>> rows.tolist(), least.tolist()
    ([[0.0, 1.0, -1.0, 0.0]], [-1.0])
    """
    linear = [limit for limit in region.inequalities if limit.coefficients is not None]
    rows = np.array([limit.coefficients for limit in linear]).reshape(-1, len(region.axes))
    least = np.array([-limit.bound for limit in linear])
    return 0.0 - np.hstack([np.minimum(rows, 0.0), np.maximum(rows, 0.0)]), least


def cut_ends(region: DesignRegion, anchor: Floats, box: Ends, ends: Ends, where: Floats) -> Ends:
    """Return the farthest ends that limits which are not linear leave, cut face by face.

    Each time the face is moved inward that costs least to leave the nearest place outside that
    breaks a limit; ``where`` are the places asked.
    """
    others = tuple(limit for limit in region.inequalities if limit.coefficients is None)
    region = replace(region, inequalities=others)
    if not region.is_limited:
        return ends
    farthest_ends = np.stack(ends)
    (low, high), width = box, np.maximum(box[1] - box[0], _LEAST_WIDTH)
    for _ in range(_MOST_CUTS):
        low, high = np.maximum(low, farthest_ends[0]), np.minimum(high, farthest_ends[1])
        points = inside_box(low, high, where)
        broken = points[~region.is_feasible(points)]
        if not len(broken):
            break
        nearest = broken[int(first_smallest(np.abs(broken - anchor).sum(axis=1)))]
        border = _last_feasible(region, anchor, nearest)
        left = np.where(nearest > anchor, border - low, high - border) / width
        axis = int(first_largest(np.where(nearest == anchor, -np.inf, left), scale=1.0))
        farthest_ends[int(nearest[axis] > anchor[axis]), axis] = border[axis]
    return farthest_ends[0], farthest_ends[1]


def _last_feasible(region: DesignRegion, start: Floats, end: Floats) -> Floats:
    """Return the last point on the way from a feasible one that keeps every limit."""
    way = end - start
    return np.asarray(
        start + way * farthest(lambda part: bool(region.is_feasible((start + part * way)[None])[0]))
    )
