"""Point and coordinate exchange, for all starts at once."""

from collections.abc import Sequence
from typing import Final

import numpy as np
from numpy.typing import NDArray

from electrodoe.design.information import Information
from electrodoe.design.problem import SearchProblem
from electrodoe.design.run_exchange import apply_exchange, packed_squares, run_exchange
from electrodoe.design.whole_plots import reset_whole_plots
from electrodoe.ties import first_smallest

Floats = NDArray[np.float64]
_MOST_SWEEPS: Final = 60
_LEAST_GAIN: Final = 1e-10
"""Share of the goal below which an exchange is rounding."""
_START_RIDGE: Final = 1e-6


def exchange(
    problem: SearchProblem,
    points: Floats,
    *,
    runs: Sequence[int] | None = None,
    n_sweeps: int = _MOST_SWEEPS,
) -> tuple[Floats, Floats]:
    """Improve designs until no single exchange makes any of them better.

    Parameters
    ----------
    problem : SearchProblem
        What is searched for.
    points : array of shape (n_designs, n_runs, n_factors)
        Coded starts; not changed.
    runs : sequence of int or None
        Positions of the runs that may change; None for all that are free.
    n_sweeps : int
        Most rounds through them.

    Returns
    -------
    tuple of arrays of shape (n_designs, n_runs, n_factors) and (n_designs,)
        The designs and their goal; infinite for one that stayed singular.

    References
    ----------
    .. [1] Fedorov, Theory of Optimal Experiments (1972), ch. 3.
    .. [2] Meyer, Nachtsheim, Technometrics 37 (1995) 60.
    """
    points = points.copy()
    values = np.full(len(points), np.inf)
    packed = None if problem.listed_rows is None else packed_squares(problem.listed_rows)
    active = np.arange(len(points))
    chosen = problem.free_runs if runs is None else runs
    for sweep in range(n_sweeps):
        working = points[active]
        state = problem.information(working, _START_RIDGE if sweep == 0 else 1e-12)
        before = state.value.copy()
        is_changed = _sweep(problem, state, working, chosen, packed)
        points[active], values[active] = working, np.where(state.value < 1e12, state.value, np.inf)
        gained = before - state.value > _LEAST_GAIN * np.abs(before)
        is_open = is_changed & (gained | (sweep == 0))
        active = active[is_open]
        if not len(active):
            break
    return points, values


def _sweep(
    problem: SearchProblem,
    state: Information,
    points: Floats,
    runs: Sequence[int],
    packed: Floats | None,
) -> NDArray[np.bool_]:
    """Try every exchange once; return which designs changed."""
    changed = np.zeros(len(points), dtype=np.bool_)
    if problem.hard:
        changed |= reset_whole_plots(problem, state, points)
    for run in runs:
        if problem.listed is not None and packed is not None:
            changed |= _exchange_point(problem, state, points, run, packed)
        else:
            changed |= _exchange_coordinate(problem, state, points, run)
    return changed


def _exchange_point(
    problem: SearchProblem, state: Information, points: Floats, run: int, packed: Floats
) -> NDArray[np.bool_]:
    """Replace one run by the best of all candidates."""
    rows = problem.listed_rows
    assert problem.listed is not None  # noqa: S101 - the caller has looked
    assert rows is not None  # noqa: S101 - they are the rows of what is listed
    found = run_exchange(state, run, rows, packed, problem.grouping, problem.goal)
    designs, chosen = _better(found.change, state.value)
    if len(designs):
        apply_exchange(state, run, found, designs, chosen, rows[chosen])
        points[designs, run] = problem.listed[chosen]
    return _mask(designs, len(points))


def _exchange_coordinate(
    problem: SearchProblem, state: Information, points: Floats, run: int
) -> NDArray[np.bool_]:
    """Replace one setting of one run by the best of all that its other settings allow."""
    own = points[:, run]
    settings = [
        line_settings(problem, own, axis) if axis in problem.easy else None
        for axis in range(own.shape[1])
    ]
    rows = problem.terms.star(own, settings)
    found = run_exchange(state, run, rows, None, problem.grouping, problem.goal)
    tried = _star_points(own, settings)
    change = found.change
    if problem.region.is_limited:
        change = np.where(problem.region.is_feasible(tried), change, np.inf)
    designs, chosen = _better(change, state.value)
    if len(designs):
        apply_exchange(state, run, found, designs, chosen, rows[designs, chosen])
        points[designs, run] = tried[designs, chosen]
    return _mask(designs, len(points))


def _star_points(own: Floats, settings: list[Floats | None]) -> Floats:
    """Return the points behind :meth:`ModelTerms.star`, shape (n, n_settings, n_factors)."""
    total = sum(tried.shape[1] for tried in settings if tried is not None)
    points = np.repeat(own[:, None], total, axis=1)
    first = 0
    for axis, tried in enumerate(settings):
        if tried is not None:
            points[:, first : first + tried.shape[1], axis] = tried
            first += tried.shape[1]
    return points


def line_settings(problem: SearchProblem, runs: Floats, axis: int) -> Floats:
    """Return the settings to try for one factor: its own, and where the line meets a limit.

    Parameters
    ----------
    problem : SearchProblem
        Region and settings.
    runs : array of shape (n_designs, n_factors)
        Coded points on the lines.
    axis : int
        The factor that varies along them.

    Returns
    -------
    array of shape (n_designs, n_settings)
        Coded; those outside a limit are for the caller to refuse.
    """
    own = problem.region.axes[axis]
    common = own.settings(problem.coarse)
    settings = np.broadcast_to(common, (len(runs), len(common)))
    if own.levels is not None:
        return settings
    ends = []
    for limit in problem.region.inequalities:
        if limit.coefficients is not None and limit.coefficients[axis] != 0.0:
            rest = runs @ limit.coefficients - runs[:, axis] * limit.coefficients[axis]
            ends.append((limit.bound - rest) / limit.coefficients[axis])
    if not ends:
        return settings
    return np.column_stack([settings, np.clip(np.column_stack(ends), -1.0, 1.0)])


def _better(change: Floats, value: Floats) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Return the designs that some candidate improves, and their best candidate."""
    chosen = first_smallest(change, scale=value)
    least = change[np.arange(len(change)), chosen]
    designs = np.flatnonzero(least < -_LEAST_GAIN * np.abs(value))
    return designs, chosen[designs]


def _mask(designs: NDArray[np.int64], n: int) -> NDArray[np.bool_]:
    """Return which of n designs are named."""
    mask = np.zeros(n, dtype=np.bool_)
    mask[designs] = True
    return mask
