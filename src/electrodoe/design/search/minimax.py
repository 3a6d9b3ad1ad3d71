"""The last digits of a plan that is evaluated by its worst point, wherever that point lies."""

from dataclasses import replace
from typing import Final

import numpy as np
import scipy.optimize

from electrodoe.arrays import Floats
from electrodoe.design.model.criterion import worst_variance
from electrodoe.design.model.plan_model import PlanModel
from electrodoe.design.search.equal_plans import first_among_equals
from electrodoe.design.search.exchange import exchange
from electrodoe.design.search.free_settings import FreeSettings, free_settings
from electrodoe.design.search.local_refinement import refine_locally
from electrodoe.design.search.problem import SearchProblem
from electrodoe.design.search.worst_point import candidate_worst_points, worst_points
from electrodoe.ties import first_smallest

_MOST_TURNS: Final = 8
"""Bound against endless turns; they end when no point between the known ones is worse."""
_CONVERGED: Final = 1e-7
"""Share by which a point between the known ones may be worse."""
_ACTIVE: Final = 0.7
"""Fraction of the maximum variance from which a point may become the worst."""
_N_CLIMBS: Final = 60
"""Many, as a plan near the optimum has many points that are nearly the worst."""
_MOST_GRID: Final = 4000
"""Points of the grid that is looked at in each turn: bound on time, chosen."""
_MOST_VARIABLES: Final = 150
"""Bound on time: SLSQP's cost grows with the third power of its variables."""
_STEPS: Final = 200
"""Bound on SLSQP's steps; chosen."""
_SNAP: Final = 1e-5
"""Coded distance from an end or the middle that is tried as rounding; kept if no worse."""


def converged(problem: SearchProblem, designs: Floats) -> tuple[SearchProblem, Floats]:
    """Return the best of some plans, its worst point among the points that its goal looks at.

    The goal with the points that were found to be worse, and the best plan for them.

    Notes
    -----
    Turn by turn the local maxima of the plans' prediction variance join the points, and the plans
    are improved: with t the maximum variance, t is made small under ``v_z <= t`` for all points
    z, by SLSQP.

    References
    ----------
    .. [1] Blankenship, Falk, J. Optim. Theory Appl. 19 (1976) 261.
    .. [2] Kraft, A software package for sequential quadratic programming (1988).
    """
    goal, settings = problem.goal, free_settings(problem)
    for _ in range(_MOST_TURNS if goal.evaluation is not None else 0):
        designs = _improved(problem, designs, settings)
        values = problem.information(designs).value
        found = [_maxima(problem, design) for design in designs]
        best = int(first_smallest(values))
        if goal.is_listed or found[best][1].max() <= values[best] * (1.0 + _CONVERGED):
            break
        points = np.unique(np.concatenate([own for own, _ in found]).round(9), axis=0)
        problem = _with(problem, points)
    return problem, first_among_equals(problem, designs)


def _with(problem: SearchProblem, points: Floats) -> SearchProblem:
    """Return a problem whose goal looks at some points more."""
    known = problem.goal.evaluation
    assert known is not None  # noqa: S101 - the caller has looked
    rows = np.vstack([known, problem.terms.matrix(points)])
    return replace(problem, goal=worst_variance(rows, is_listed=False))


def _maxima(problem: SearchProblem, design: Floats) -> tuple[Floats, Floats]:
    """Return local maxima of a plan's prediction variance, and the variance there."""
    model = PlanModel(region=problem.region, terms=problem.terms)
    C = problem.information(design[None]).inverse[0]
    points = candidate_worst_points(problem.region, _MOST_GRID)
    return worst_points(model, C, points, _N_CLIMBS)


def _improved(problem: SearchProblem, designs: Floats, settings: FreeSettings) -> Floats:
    """Return plans at the nearest minimax variance of the known points."""
    if not settings.are_all_free:
        designs, _ = exchange(problem, designs)
    designs = refine_locally(problem, designs)
    if not settings.n or problem.region.is_limited or settings.n > _MOST_VARIABLES:
        return designs
    ends = np.stack([_minimax_variance(problem, design, settings) for design in designs])
    moved = settings.put(designs, ends)
    is_better = problem.information(moved).value < problem.information(designs, ridge=0.0).value
    return _rounded(problem, np.where(is_better[:, None, None], moved, designs))


def _rounded(problem: SearchProblem, designs: Floats) -> Floats:
    """Return plans with settings close to an end or the middle put there, where that is free."""
    near = np.round(designs)
    rounded = np.where(np.abs(designs - near) < _SNAP, near, designs)
    before, after = (problem.information(tried).value for tried in (designs, rounded))
    return np.where((after <= before * (1.0 + 1e-10))[:, None, None], rounded, designs)


def _minimax_variance(problem: SearchProblem, design: Floats, settings: FreeSettings) -> Floats:
    """Return the free settings with the minimax variance near a plan."""
    evaluation = problem.goal.evaluation
    assert evaluation is not None  # noqa: S101 - the caller has looked
    variances, _ = _variances(problem, design, evaluation, settings)
    upper = float(variances.max())
    active = evaluation[variances > _ACTIVE * upper]
    n = settings.n

    def slack(values: Floats) -> Floats:
        points = settings.put(design[None], values[None, :n])[0]
        return np.asarray(values[n] - _variances(problem, points, active, settings)[0] / upper)

    def jacobian(values: Floats) -> Floats:
        points = settings.put(design[None], values[None, :n])[0]
        slopes = _variances(problem, points, active, settings)[1]
        return np.append(-slopes / upper, np.ones((len(active), 1)), axis=1)

    found = scipy.optimize.minimize(
        lambda values: values[n],
        np.append(settings.of(design[None])[0], 1.0),
        jac=lambda _values: np.append(np.zeros(n), 1.0),
        method="SLSQP",
        bounds=[*[(-1.0, 1.0)] * n, (0.0, None)],
        constraints=[{"type": "ineq", "fun": slack, "jac": jacobian}],
        options={"maxiter": _STEPS, "ftol": 1e-11},
    )
    return np.asarray(np.clip(found.x[:n], -1.0, 1.0))


def _variances(
    problem: SearchProblem, design: Floats, evaluation: Floats, settings: FreeSettings
) -> tuple[Floats, Floats]:
    """Return the variance at some points, and its derivatives by the free settings."""
    state = problem.information(design[None])
    CZ = evaluation @ state.inverse[0]
    rows = state.rows[0]
    weights = problem.grouping.precision @ rows if problem.grouping.fractions.any() else rows
    sensitivity = -2.0 * (weights @ CZ.T).T[:, :, None] * CZ[:, None]
    points = np.broadcast_to(design, (len(evaluation), *design.shape))
    slopes = settings.summed(problem.terms.gradient(points, sensitivity))
    return np.sum(CZ * evaluation, axis=1), slopes
