"""What can be had at once: settings of which none is better in every response."""

from dataclasses import dataclass
from typing import Final

import numpy as np

from electrodoe.arrays import Booleans, Floats, Integers
from electrodoe.design.region.region import DesignRegion
from electrodoe.design.search.settable import settable_points
from electrodoe.optimize.decision import Decision
from electrodoe.optimize.desirability import Goal
from electrodoe.optimize.feasible import snapped, spread_points
from electrodoe.ties import ascending, first_largest, first_smallest

_N_SPREAD: Final = 2048
"""Settings from which the search begins, as for the set point (`optimize/search.py`); chosen."""
_N_KEPT: Final = 60
"""Settings of the set: chosen, enough for a smooth curve and few enough for a table."""
_N_CHILDREN: Final = 10
"""Of each setting in each round; chosen."""
_DECIMALS: Final = 9
"""Of losses, in spans: a smaller difference betters nothing."""
_SPREADS: Final = tuple(0.3 * 0.8**step for step in range(22))
"""Standard deviation of each round's steps, in coded units."""


@dataclass(frozen=True, kw_only=True)
class ParetoSet:
    """Settings that cannot be bettered in one response without loss in another.

    Attributes
    ----------
    points : array of shape (n_points, n_axes)
        Coded, ordered by the first response.
    predictions : array of shape (n_points, n_goals)
        In the responses' units.
    """

    points: Floats
    predictions: Floats


def losses(goals: tuple[Goal, ...], predictions: Floats) -> Floats:
    """Return predictions turned so that less is better, in spans, shape (n_points, n_goals)."""
    columns = []
    for j, goal in enumerate(goals):
        values = predictions[:, j]
        match goal.kind:
            case "maximize":
                loss = -values
            case "minimize":
                loss = values
            case "target":
                loss = np.abs(values - goal.target)
            case "range":
                loss = np.maximum(np.maximum(goal.lower - values, values - goal.upper), 0.0)
        columns.append(loss / goal.span)
    return np.column_stack(columns)


def is_efficient(losses: Floats) -> Booleans:
    """Return which rows no other row betters, as good everywhere and better somewhere.

    Examples
    --------
    >>> is_efficient(np.array([[0.0, 2.0], [1.0, 1.0], [1.0, 2.0], [2.0, 0.0]]))
    array([ True,  True, False,  True])
    """
    kept = np.ones(len(losses), dtype=np.bool_)
    for row in ascending(losses.sum(axis=1)):
        if kept[row]:
            is_worse = np.all(losses >= losses[row], axis=1) & np.any(losses > losses[row], axis=1)
            kept &= ~is_worse
    return kept


def pareto_set(decision: Decision, seed: int) -> ParetoSet:
    """Return the efficient settings of a decision.

    Parameters
    ----------
    decision : Decision
        With two goals or more; with one, the set is a single point.
    seed : int
        Start of every random choice.

    Returns
    -------
    ParetoSet
        At most 60 settings, spread along the set.

    Notes
    -----
    Evenly spread settings are filtered, and the efficient ones send out children with ever smaller
    steps, which are filtered with them.
    """
    rng = np.random.default_rng(seed)
    points = spread_points(decision.region, _N_SPREAD)
    for spread in (None, *_SPREADS):
        if spread is not None:
            points = np.vstack([points, _children(decision.region, points, spread, rng)])
        points = _efficient(decision, points)
    points = _efficient(decision, settable_points(decision.region, points))
    predictions = decision.predictions(points)
    order = ascending(predictions[:, 0])
    return ParetoSet(points=points[order], predictions=predictions[order])


def _children(
    region: DesignRegion, points: Floats, spread: float, rng: np.random.Generator
) -> Floats:
    """Return feasible neighbors of some points."""
    parents = np.repeat(points, _N_CHILDREN, axis=0)
    children = snapped(region, parents + rng.normal(0.0, spread, parents.shape))
    return np.asarray(children[region.is_feasible(children)])


def _efficient(decision: Decision, points: Floats) -> Floats:
    """Return the efficient of some points, thinned to those farthest apart."""
    lost = np.round(losses(decision.goals, decision.predictions(points)), _DECIMALS)
    kept = is_efficient(lost)
    points, lost = points[kept], lost[kept]
    _, first = np.unique(lost, axis=0, return_index=True)
    points, lost = points[first], lost[first]
    if len(points) <= _N_KEPT:
        return np.asarray(points)
    return np.asarray(points[_far_apart(lost, _N_KEPT)])


def _far_apart(values: Floats, n: int) -> Integers:
    """Return rows that are far from one another, the best of each response first."""
    chosen = list(dict.fromkeys(first_smallest(values.T).tolist()))
    apart = np.min(np.linalg.norm(values[:, None] - values[chosen], axis=2), axis=1)
    while len(chosen) < n:
        row = int(first_largest(apart))
        chosen.append(row)
        apart = np.minimum(apart, np.linalg.norm(values - values[row], axis=1))
    return np.array(chosen[:n])
