"""Points that keep every limit: spread over the region, or moved to the nearest level."""

from typing import Final

import numpy as np

from electrodoe.arrays import Floats
from electrodoe.design.region.points import low_discrepancy
from electrodoe.design.region.region import DesignRegion
from electrodoe.design.search.settable import settable_points
from electrodoe.errors import RecommendationError
from electrodoe.ties import first_smallest

_N_CANDIDATES: Final = 20_000
"""Points tried where limits cut the box: chosen, for regions down to some percent of it."""
_COARSE: Final = 3
"""Ends and middle, where a quadratic's best settings often lie (decision 0015)."""
_MOST_LISTED: Final = 250
"""Settings of the grid up to which it joins; five factors without levels have 243; chosen."""


def spread_points(region: DesignRegion, n: int) -> Floats:
    """Return evenly spread feasible points of a region, coded, shape (at most n, n_axes)."""
    unit = low_discrepancy(_N_CANDIDATES if region.is_limited else n, len(region.axes))
    points = snapped(region, _in_units(region, unit))
    kept = points[region.is_feasible(points)][:n]
    if not len(kept):
        raise RecommendationError(
            "no setting keeps every limit",
            where="study.toml, [plan], constraints and forbidden",
            fix="relax a constraint, or widen the region of a factor",
        )
    return kept


def candidate_points(region: DesignRegion, n: int) -> Floats:
    """Return feasible points to choose runs from: spread evenly, and where the region ends.

    Coded, on steps that a person can set, each once.
    """
    groups = [spread_points(region, n)]
    if region.n_grid(_COARSE) <= _MOST_LISTED:
        groups.append(region.grid(_COARSE))
    return np.unique(settable_points(region, np.vstack(groups)), axis=0)


def _in_units(region: DesignRegion, fractions: Floats) -> Floats:
    """Return points of the unit cube as coded ones; levels of a category take equal parts."""
    points = 2.0 * fractions - 1.0
    for number, axis in enumerate(region.axes):
        if axis.is_categorical and axis.levels is not None:
            points[:, number] = axis.levels[(fractions[:, number] * len(axis.levels)).astype(int)]
    return points


def snapped(region: DesignRegion, points: Floats) -> Floats:
    """Return coded points with each discrete factor at its nearest level."""
    columns = []
    for j, axis in enumerate(region.axes):
        values = points[..., j] if axis.is_categorical else np.clip(points[..., j], -1.0, 1.0)
        if axis.levels is not None:
            values = axis.levels[first_smallest(np.abs(values[..., None] - axis.levels), scale=1.0)]
        columns.append(values)
    return np.stack(columns, axis=-1)
