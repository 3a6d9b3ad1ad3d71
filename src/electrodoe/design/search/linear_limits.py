"""A descent between linear limits: multipliers and a penalty, then a pull back inside."""

from dataclasses import dataclass
from typing import Final

import numpy as np

from electrodoe.arrays import Floats, Integers
from electrodoe.design.region.polytope import inner_point
from electrodoe.design.search.descent import Objective, descend
from electrodoe.design.search.free_settings import FreeSettings
from electrodoe.design.search.problem import SearchProblem

_QUICK: Final = (10.0, 300.0)  # in a quick descent, as below; chosen
_THOROUGH: Final = (10.0, 100.0, *(1000.0,) * 8)
"""Weights of squared oversteps, one after the other, in units of the goal."""
_TOLERANCES: Final = (1e-7, 1e-10)
"""Of a quick and of a thorough descent, relative; chosen."""


@dataclass(frozen=True, kw_only=True)
class Room:
    """Linear limits of a run.

    Attributes
    ----------
    A : array of shape (n_limits, n_factors)
        Left sides, of unit length: ``A @ x <= b``.
    b : array of shape (n_limits,)
        Right sides.
    inside : array of shape (n_factors,)
        A point well inside.
    """

    A: Floats
    b: Floats
    inside: Floats


def room_of(problem: SearchProblem) -> Room | None:
    """Return the room of a run, or None where limits bend or bind factors with levels."""
    limits, k = problem.region.inequalities, len(problem.region.axes)
    A = [limit.coefficients for limit in limits if limit.coefficients is not None]
    if not A or len(A) < len(limits) or problem.hard:
        return None
    has_levels = np.array([axis.levels is not None for axis in problem.region.axes])
    if np.any(np.array(A)[:, has_levels]):
        return None
    lengths = np.linalg.norm(A, axis=1)
    scaled = np.array(A) / lengths[:, None]
    bounds = np.array([limit.bound for limit in limits]) / lengths
    box = np.vstack([scaled, np.eye(k), -np.eye(k)])
    inside = inner_point(box, np.concatenate([bounds, np.ones(2 * k)]))
    return None if inside is None else Room(A=scaled, b=bounds, inside=inside)


def descend_inside(
    problem: SearchProblem,
    designs: Floats,
    settings: FreeSettings,
    objective: Objective,
    room: Room,
    n_steps: int,
    *,
    is_quick: bool,
) -> Floats:
    r"""Return designs after a descent with a penalty, each run pulled back inside its limits.

    Notes
    -----
    An augmented Lagrangian: after every descent the multipliers :math:`\lambda` grow by the
    weighted oversteps, so that the penalty need not become steep.

    .. math:: \frac{1}{2 w} \sum \left[ \max(0, \lambda + w (a^T x - b))^2
        - \lambda^2 \right]

    References
    ----------
    .. [1] Nocedal, Wright, Numerical Optimization (2006), framework 17.3.
    """
    # augmented Lagrangian: the penalty's weight rises, multipliers take over what is left
    scale = float(np.median(np.abs(problem.information(designs).value)))
    may_move = settings.is_free.any(axis=1, keepdims=True)
    values = settings.of(designs)
    multipliers = np.zeros((*designs.shape[:2], len(room.b)))
    for weight in scale * np.array(_QUICK if is_quick else _THOROUGH):

        def penalized(
            tried: Floats, numbers: Integers, weight: float = weight
        ) -> tuple[Floats, Floats]:
            # the criterion, and a penalty only where a limit is crossed or its multiplier pulls
            value, gradient = objective(tried, numbers)
            held = multipliers[numbers]  # noqa: B023 - called within this turn only
            points = settings.put(designs[numbers], tried)
            pull = np.maximum(held + weight * (points @ room.A.T - room.b), 0.0) * may_move
            penalty = np.sum(pull**2 - held**2, axis=(1, 2)) / (2.0 * weight)
            return value + penalty, gradient + settings.summed(pull @ room.A)

        values, _ = descend(penalized, values, n_steps, _TOLERANCES[0 if is_quick else 1])
        over = settings.put(designs, values) @ room.A.T - room.b
        multipliers = np.maximum(multipliers + weight * over, 0.0) * may_move
    # runs still outside are drawn towards an inner point until they touch the limit
    points = settings.put(designs, values)
    over = np.where(may_move, points @ room.A.T - room.b, -1.0)
    depth = room.b - room.A @ room.inside
    fraction = np.max(np.maximum(over, 0.0) / (over + depth), axis=2, keepdims=True)
    return np.where(settings.is_free, points + fraction * (room.inside - points), designs)
