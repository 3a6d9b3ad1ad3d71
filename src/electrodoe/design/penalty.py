"""A quick descent between linear limits: a penalty first, then a pull back inside."""

from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from electrodoe.design.descent import Objective, descend
from electrodoe.design.free_settings import FreeSettings
from electrodoe.design.polytope import inner_point
from electrodoe.design.problem import SearchProblem

Floats = NDArray[np.float64]
_WEIGHTS: Final = (10.0, 1000.0)
"""Of squared oversteps, one after the other, in units of the goal."""


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
) -> Floats:
    """Return designs after a descent with a penalty, each run pulled back inside its limits.

    Parameters
    ----------
    problem : SearchProblem
        What is searched for.
    designs : array of shape (n_designs, n_runs, n_factors)
        Coded, feasible.
    settings : FreeSettings
        What may move.
    objective : callable
        The goal as a function of the free settings.
    room : Room
        The limits.
    n_steps : int
        Most steps with each weight of the penalty.

    Returns
    -------
    array of shape (n_designs, n_runs, n_factors)
        Feasible as far as the limits go.
    """
    scale = float(np.median(np.abs(problem.information(designs).value)))
    may_move = settings.is_free.any(axis=1, keepdims=True)
    values = settings.of(designs)
    for weight in _WEIGHTS:

        def penalized(
            tried: Floats, numbers: NDArray[np.int64], weight: float = weight * scale
        ) -> tuple[Floats, Floats]:
            value, gradient = objective(tried, numbers)
            points = settings.put(designs[numbers], tried)
            over = np.maximum(points @ room.A.T - room.b, 0.0) * may_move
            penalty = weight * np.sum(over**2, axis=(1, 2))
            return value + penalty, gradient + settings.summed(2.0 * weight * (over @ room.A))

        values, _ = descend(penalized, values, n_steps, 1e-7)
    points = settings.put(designs, values)
    over = np.where(may_move, points @ room.A.T - room.b, -1.0)
    depth = room.b - room.A @ room.inside
    share = np.max(np.maximum(over, 0.0) / (over + depth), axis=2, keepdims=True)
    return np.where(settings.is_free, points + share * (room.inside - points), designs)
