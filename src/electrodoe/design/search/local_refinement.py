"""The last digits of a plan whose factors may lie anywhere between their ends."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any, Final

import numpy as np
import scipy.optimize

from electrodoe.arrays import Floats, Integers
from electrodoe.design.model.criterion import softened
from electrodoe.design.search.descent import Objective, descend
from electrodoe.design.search.free_settings import FreeSettings, free_settings
from electrodoe.design.search.linear_limits import descend_inside, room_of
from electrodoe.design.search.problem import SearchProblem

_SNAP: Final = 1e-6
"""Coded distance from an end or the middle that a descent leaves as rounding; chosen."""
_QUICK_STEPS: Final = 60
"""Of a descent between perturbations, which need not converge; chosen."""
_STEPS: Final = 300
"""Bound on the steps of the last descent, and of SLSQP; chosen."""
_POWERS: Final = (8.0, 32.0, 128.0)
"""A mean of higher powers lies nearer to the max; each starts from the end before; chosen."""
_HIGH_POWERS: Final = (128.0, 512.0, 2048.0)
"""The same at the end: at power 2048 of 1000 points the mean is within 0.4 % of the max."""
_MOST_SQP: Final = 100
"""Settings up to which SLSQP, whose steps cost their cube, brings the last digits."""


def refine_locally(problem: SearchProblem, designs: Floats, *, is_quick: bool = False) -> Floats:
    """Return designs with their free settings moved to the nearest optimum.

    At least as good; unchanged where nothing is free.

    Notes
    -----
    With ``W = C M C`` and V the covariance of the runs, the goal's gradient by the model matrix
    is :math:`-2 V^{-1} F W`. Bounds alone go through a batched quasi-Newton descent, linear limits
    of many settings through an augmented Lagrangian, other limits through SLSQP, one design at a
    time.

    References
    ----------
    .. [1] Kraft, A software package for sequential quadratic programming (1988).
    """
    settings = free_settings(problem)
    # no free setting, a criterion that is a max, or one without a gradient
    if not settings.n:
        return designs
    if problem.goal.evaluation is not None:
        return _softly(problem, designs, is_quick=is_quick)
    if problem.goal.gradient is None:
        return designs
    objective = _objective(problem, designs, settings)
    # without limits; with linear ones, quickly or for many settings; else by SLSQP
    if not problem.region.inequalities:
        n_steps = _QUICK_STEPS if is_quick else _STEPS
        ends, _ = descend(objective, settings.of(designs), n_steps, 1e-9)
        moved = settings.put(designs, _snapped(ends))
    elif (room := room_of(problem)) is not None and (is_quick or settings.n > _MOST_SQP):
        n_steps = _QUICK_STEPS if is_quick else _STEPS
        moved = descend_inside(
            problem, designs, settings, objective, room, n_steps, is_quick=is_quick
        )
    elif not is_quick:
        moved = _within_limits(problem, designs, settings, objective)
    else:
        return designs
    return _better_of(problem, moved, designs)


def _softly(problem: SearchProblem, designs: Floats, *, is_quick: bool) -> Floats:
    """Return designs refined locally for ever harder stand-ins of their worst variance."""
    evaluation = problem.goal.evaluation
    assert evaluation is not None  # noqa: S101 - the caller has looked
    moved, limits = designs, problem.region.inequalities
    is_batched = is_quick or not limits or room_of(problem) is not None
    powers = _POWERS if is_quick else _HIGH_POWERS if is_batched else _HIGH_POWERS[1:2]
    for power in powers:
        stand_in = replace(problem, goal=softened(evaluation, power))
        moved = refine_locally(stand_in, moved, is_quick=is_batched)
    return _better_of(problem, moved, designs)


def _objective(problem: SearchProblem, designs: Floats, settings: FreeSettings) -> Objective:
    """Return the goal and its gradient as a function of the free settings."""
    groups = problem.grouping
    gradient = problem.goal.gradient
    assert gradient is not None  # noqa: S101 - the caller has looked

    def objective(values: Floats, numbers: Integers) -> tuple[Floats, Floats]:
        points = settings.put(designs[numbers], values)
        state = problem.information(points)
        W = gradient(state.inverse) if state.weighted is None else state.weighted
        sensitivity = np.swapaxes(-2.0 * W @ np.swapaxes(state.rows, 1, 2), 1, 2)
        if groups.fractions.any():
            sensitivity = groups.precision @ sensitivity
        return state.value, settings.summed(problem.terms.gradient(points, sensitivity))

    return objective


def _within_limits(
    problem: SearchProblem, designs: Floats, settings: FreeSettings, objective: Objective
) -> Floats:
    """Return where each design's descent between its limits ends."""
    moved = []
    for number, start in enumerate(settings.of(designs)):

        def single(values: Floats, number: int = number) -> tuple[float, Floats]:
            value, gradient = objective(values[None], np.array([number]))
            return float(value[0]), gradient[0]

        found = scipy.optimize.minimize(
            single,
            start,
            jac=True,
            method="SLSQP",
            bounds=[(-1.0, 1.0)] * len(start),
            constraints=[_limits(problem, designs[number], settings)],
            options={"maxiter": _STEPS, "ftol": 1e-12},
        )
        values = _snapped(np.clip(found.x, -1.0, 1.0))
        moved.append(settings.put(designs[number : number + 1], values[None])[0])
    return np.stack(moved)


def _limits(problem: SearchProblem, design: Floats, settings: FreeSettings) -> dict[str, Any]:
    """Return a design's limits as SLSQP takes them."""
    region = problem.region
    free = np.array(problem.free_runs, dtype=np.int64)

    def slack(values: Floats) -> Floats:
        points = settings.put(design[None], values[None])[0][free]
        return np.concatenate(
            [
                limit.bound - points @ limit.coefficients
                if limit.coefficients is not None
                else limit.slack(region.decoded(points))
                for limit in region.inequalities
            ]
        )

    found: dict[str, Any] = {"type": "ineq", "fun": slack}
    if all(limit.coefficients is not None for limit in region.inequalities):
        found["jac"] = _constant_jacobian(slack, settings.n)
    return found


def _constant_jacobian(
    slack: Callable[[Floats], Floats], n_variables: int
) -> Callable[[Floats], Floats]:
    """Return the derivative of slacks that are linear."""
    zero = slack(np.zeros(n_variables))
    jacobian = np.column_stack([slack(row) - zero for row in np.eye(n_variables)])
    return lambda _values: jacobian


def _snapped(values: Floats) -> Floats:
    """Return settings with rounding at the ends and the middle removed."""
    for target in (-1.0, 0.0, 1.0):
        values = np.where(np.abs(values - target) < _SNAP, target, values)
    return values


def _better_of(problem: SearchProblem, moved: Floats, designs: Floats) -> Floats:
    """Return the moved designs where they are feasible and no worse."""
    free = list(problem.free_runs)
    is_feasible = problem.region.is_feasible(moved[:, free]).all(axis=1)
    gained = problem.information(moved).value <= problem.information(designs).value
    return np.where((is_feasible & gained)[:, None, None], moved, designs)
