"""The settings that all runs of a whole plot share."""

from typing import Final

import numpy as np

from electrodoe.arrays import Booleans, Floats, Integers
from electrodoe.design.model.information import Information
from electrodoe.design.search.distinct import price
from electrodoe.design.search.problem import SearchProblem
from electrodoe.ties import first_smallest

_MIN_GAIN: Final = 1e-10
"""Relative gain of the criterion below which an exchange is rounding, as in `exchange.py`."""


def reset_whole_plots(problem: SearchProblem, state: Information, points: Floats) -> Booleans:
    """Try every hard-to-change setting of every whole plot; return which designs changed."""
    changed = np.zeros(len(points), dtype=np.bool_)
    assert problem.groups is not None  # noqa: S101 - hard factors have whole plots
    n_fixed = len(problem.fixed)
    for group in np.unique(problem.groups[n_fixed:]):
        members = np.flatnonzero(problem.groups == group)
        if members[0] >= n_fixed:
            for axis in problem.hard:
                changed |= _reset(problem, state, points, members, axis)
    return changed


def _reset(
    problem: SearchProblem,
    state: Information,
    points: Floats,
    members: Integers,
    axis: int,
) -> Booleans:
    """Give one factor the best setting for a whole plot, the other settings kept."""
    settings = problem.region.axes[axis].settings(problem.coarse)
    tried = np.repeat(points[:, None, members], len(settings), axis=1)
    tried[..., axis] = settings[:, None]
    rows = problem.terms.matrix(tried)  # (n_designs, n_settings, n_members, p)
    fraction = problem.grouping.fractions[members[0]]
    A = np.linalg.inv(state.inverse) - _block(state.rows[:, members], fraction)
    C = np.asarray(np.linalg.inv(_safe(A[:, None] + _block(rows, fraction))), dtype=np.float64)
    n_designs, n_settings, p = len(points), len(settings), C.shape[-1]
    value = problem.goal.value(C.reshape(-1, p, p)).reshape(n_designs, n_settings)
    is_definite = np.all(np.einsum("slii->sli", C) > 0.0, axis=2)
    is_feasible = problem.region.is_feasible(tried).all(axis=2)
    value = np.where(is_definite & is_feasible, value, np.inf)
    if problem.distinct:
        after = np.repeat(points[:, None], n_settings, axis=1)
        after[:, :, members] = tried
        value = value + price(problem.distinct, after)
    chosen = first_smallest(value)
    lower = value[np.arange(n_designs), chosen]
    designs = np.flatnonzero(lower < state.value - _MIN_GAIN * np.abs(state.value))
    picked = chosen[designs]
    points[designs[:, None], members] = tried[designs, picked]
    state.rows[designs[:, None], members] = rows[designs, picked]
    state.inverse[designs] = C[designs, picked]
    state.value[designs] = lower[designs]
    if state.weighted is not None and problem.goal.weights is not None:
        state.weighted[designs] = C[designs, picked] @ problem.goal.weights @ C[designs, picked]
    changed = np.zeros(n_designs, dtype=np.bool_)
    changed[designs] = True
    return changed


def _block(rows: Floats, fraction: float) -> Floats:
    """Return the information of one whole plot, shape (..., p, p)."""
    sums = rows.sum(axis=-2)
    own = np.swapaxes(rows, -1, -2) @ rows
    return np.asarray(own - fraction * sums[..., :, None] * sums[..., None, :])


def _safe(A: Floats) -> Floats:
    """Return matrices that can be inverted."""
    p = A.shape[-1]
    scale = np.abs(np.einsum("...ii->...i", A)).mean(axis=-1)
    return np.asarray(A + 1e-12 * scale[..., None, None] * np.eye(p))
