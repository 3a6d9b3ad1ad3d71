"""The search for the best settings: differential evolution, then SLSQP from several places."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from itertools import product
from typing import Any, Final

import numpy as np
from scipy.optimize import differential_evolution, minimize

from electrodoe.arrays import Floats
from electrodoe.design.region.axes import FactorAxis
from electrodoe.design.region.region import DesignRegion
from electrodoe.design.search.settable import settable_points
from electrodoe.errors import RecommendationError
from electrodoe.optimize.feasible import snapped, spread_points
from electrodoe.ties import ascending, first_largest

Merit = Callable[[Floats], Floats]
_N_LOOKED_AT: Final = 2048
"""Evenly spread settings from which the search begins; chosen."""
_N_MEMBERS: Final = 40
"""Of the population, half of them the best of those settings; chosen."""
_N_GENERATIONS: Final = 150
"""Bound on the evolution, which ends earlier where its members agree; chosen."""
_N_REFINED: Final = 5
"""Starts of SLSQP, so that more than one basin is tried; chosen."""
_INFEASIBLE: Final = -1e6
"""Below every merit, and finite, so that differences are numbers; chosen."""
_SAME: Final = 1e-4
"""Relative difference within which two ends are one optimum; SLSQP stops at 1e-6; chosen."""
_MOST_LISTED: Final = 20_000
"""Settings that are tried one and all, where every factor has levels; chosen."""
_STEP: Final = 1e-4
"""Of a numerical slope, in coded units: a forest has none, and is left where it is."""


@dataclass(frozen=True, kw_only=True)
class FoundPoint:
    """The best settings that a search has found.

    Attributes
    ----------
    point : array of shape (n_axes,)
        Coded.
    merit : float
        Its value.
    n_starts, n_reached : int
        Searches, and how many of them ended at this value.
    """

    point: Floats
    merit: float
    n_starts: int
    n_reached: int


def best_point(region: DesignRegion, merit: Merit, seed: int) -> FoundPoint:
    """Return the feasible settings of largest merit.

    Settings on steps, see :func:`electrodoe.design.search.settable.settable_points`; the same for
    the same seed. Categories are searched level by level.

    Notes
    -----
    Differential evolution [1]_ starts from the best of 2,048 evenly spread settings and others;
    SLSQP climbs from its end and from the four best of those settings.

    References
    ----------
    .. [1] Storn, Price, Journal of Global Optimization 11 (1997) 341.
    """
    found = best_points(region, merit, seed)
    return found[int(first_largest(np.array([each.merit for each in found]), scale=1.0))]


def best_inside(
    region: DesignRegion, merit: Merit, low: Floats, high: Floats, seed: int
) -> FoundPoint:
    """Return the settings of largest merit in a box of coded ends, all of it feasible.

    On the steps of the region, where the box has one; a category has one level there.
    """
    free = [number for number in range(len(low)) if low[number] < high[number]]
    if not free:
        return FoundPoint(point=low, merit=float(merit(low[None])[0]), n_starts=1, n_reached=1)
    middle, half = (low + high) / 2.0, (high - low) / 2.0

    def whole(points: Floats) -> Floats:
        full = np.tile(low, (len(points), 1))
        full[:, free] = middle[free] + half[free] * points
        return full

    axes = [_within(region.axes[number], low[number], high[number]) for number in free]
    inside = DesignRegion(axes=tuple(axes))
    found = _best_number(inside, lambda points: merit(whole(points)), seed)
    point = whole(found.point[None])[0]
    for number in free:
        point[number] = _on_step(region.axes[number], point[number], low[number], high[number])
    return replace(found, point=point, merit=float(merit(point[None])[0]))


def _within(axis: FactorAxis, low: float, high: float) -> FactorAxis:
    """Return the part of an axis between two coded ends, coded anew from -1 to 1."""
    if axis.levels is None:
        return replace(axis, low=-1.0, high=1.0)
    kept = axis.levels[(axis.levels >= low) & (axis.levels <= high)]
    return replace(axis, low=-1.0, high=1.0, levels=2.0 * (kept - low) / (high - low) - 1.0)


def _on_step(axis: FactorAxis, value: float, low: float, high: float) -> float:
    """Return the coded step next to a coded value that lies between two ends, or the value."""
    step = 2.0 * axis.step / (axis.high - axis.low)
    tried = axis.on_steps(np.array([value, value - step, value + step]))
    kept = tried[(tried >= low) & (tried <= high)]
    return float(kept[0]) if len(kept) else value


def best_points(region: DesignRegion, merit: Merit, seed: int) -> list[FoundPoint]:
    """Return the feasible settings of largest merit within each combination of levels.

    In the order of the levels; a single point where no axis is a category. Combinations that no
    setting may have are left out.
    """
    named = [number for number, axis in enumerate(region.axes) if axis.is_categorical]
    if not named:
        return [_best_number(region, merit, seed)]
    found, refused = list[FoundPoint](), None
    for levels in product(*(region.axes[number].settings(0) for number in named)):
        try:
            found.append(_best_within(region, merit, seed, named, np.array(levels)))
        except RecommendationError as error:
            refused = error
    if refused is not None and not found:
        raise refused
    return found


def _best_within(
    region: DesignRegion, merit: Merit, seed: int, named: list[int], levels: Floats
) -> FoundPoint:
    """Return the best settings with categories held at some levels."""
    start = np.zeros(len(region.axes))
    start[named] = levels
    own = region.holding(start, named)
    free = [number for number in range(len(start)) if number not in named]

    def whole(points: Floats) -> Floats:
        full = np.tile(start, (len(points), 1))
        full[:, free] = points
        return full

    if free:
        found = _best_number(own, lambda points: merit(whole(points)), seed)
        return replace(found, point=whole(found.point[None])[0])
    if not own.is_feasible(start[None, free])[0]:
        raise RecommendationError(
            "no setting keeps every limit",
            where="study.toml, [plan], constraints and forbidden",
            fix="allow a combination of levels",
        )
    return FoundPoint(point=start, merit=float(merit(start[None])[0]), n_starts=1, n_reached=1)


def _best_number(region: DesignRegion, merit: Merit, seed: int) -> FoundPoint:
    """Return the best settings where every factor is a number."""
    if region.n_grid(2) <= _MOST_LISTED and all(axis.levels is not None for axis in region.axes):
        return _best_listed(region, merit)
    spread = spread_points(region, _N_LOOKED_AT)
    order = ascending(-merit(spread))
    members = spread[np.concatenate([order[: _N_MEMBERS // 2], order[-_N_MEMBERS // 2 :]])]

    def lost(points: Floats) -> Floats:
        kept = snapped(region, points)
        return np.where(region.is_feasible(kept), -merit(kept), -_INFEASIBLE)

    evolved = differential_evolution(
        lambda columns: lost(columns.T),
        [(-1.0, 1.0)] * len(region.axes),
        init=members if len(members) > 4 else "sobol",
        maxiter=_N_GENERATIONS,
        tol=1e-8,
        polish=False,
        vectorized=True,
        updating="deferred",
        rng=np.random.default_rng(seed),
    )
    starts = [evolved.x, *spread[order[: _N_REFINED - 1]]]
    ends = np.array([_climbed(region, lost, start) for start in starts])
    ends = settable_points(region, snapped(region, ends))
    values = -lost(ends)
    best = int(first_largest(values, scale=1.0))
    return FoundPoint(
        point=ends[best],
        merit=float(values[best]),
        n_starts=len(starts),
        n_reached=int(np.sum(values >= values[best] - _SAME * max(1.0, abs(values[best])))),
    )


def _best_listed(region: DesignRegion, merit: Merit) -> FoundPoint:
    """Return the best of all settings, where levels make them few."""
    points = region.grid(2)
    if not len(points):
        raise RecommendationError(
            "no setting keeps every limit",
            where="study.toml, [plan], constraints and forbidden",
            fix="relax a constraint, or add levels to a factor",
        )
    values = merit(points)
    best = int(first_largest(values, scale=1.0))
    return FoundPoint(point=points[best], merit=float(values[best]), n_starts=1, n_reached=1)


def _climbed(region: DesignRegion, lost: Merit, start: Floats) -> Floats:
    """Return where SLSQP ends, or the start where that is better or feasible alone."""
    limits: list[dict[str, Any]] = [
        {"type": "ineq", "fun": lambda x, limit=limit: limit.bound - limit.coefficients @ x}
        for limit in region.inequalities
        if limit.coefficients is not None
    ]
    ended = minimize(
        lambda x: float(lost(x[None])[0]),
        start,
        method="SLSQP",
        jac=lambda x: _slope(lost, x),
        bounds=[(-1.0, 1.0)] * len(start),
        constraints=limits,
        options={"maxiter": 100},
    )
    end = np.clip(ended.x, -1.0, 1.0)
    if not np.all(np.isfinite(end)):
        return start
    return np.asarray(end if lost(end[None])[0] < lost(start[None])[0] else start)


def _slope(lost: Merit, x: Floats) -> Floats:
    """Return the slope by differences, from all neighbors at once; none where one is forbidden."""
    steps = _STEP * np.eye(len(x))
    high, low = np.clip(x + steps, -1.0, 1.0), np.clip(x - steps, -1.0, 1.0)
    values = lost(np.vstack([high, low]))
    slope = (values[: len(x)] - values[len(x) :]) / np.sum(high - low, axis=1)
    return np.where(np.abs(slope) < -_INFEASIBLE, slope, 0.0)
