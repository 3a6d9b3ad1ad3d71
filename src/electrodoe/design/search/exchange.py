"""Exchange of settings, run by run, for many starts at once."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cache
from typing import Final

import numpy as np

from electrodoe.arrays import Booleans, Floats, Integers
from electrodoe.design.model.criterion import OptimalityCriterion
from electrodoe.design.model.information import Information, RunGroups
from electrodoe.design.search.distinct import price_of_exchange
from electrodoe.design.search.problem import SearchProblem
from electrodoe.design.search.whole_plots import reset_whole_plots
from electrodoe.ties import first_smallest

_MIN_RATIO: Final = 1e-9
"""Determinants may not shrink below this fraction in one exchange: the design would be singular."""


@dataclass(frozen=True, kw_only=True)
class RunExchange:
    """The exchange of one run for each of several candidates, in every design.

    With f the run, x a candidate, ``d = x - f``, and g the run less its group's fraction, the
    information changes by ``(1 - c) d d' + d g' + g d'``: a change of rank two.

    Attributes
    ----------
    run, own : arrays of shape (n_designs, p)
        f and g.
    dd, dg, gg : arrays of shape (n_designs, n_candidates), the last (n_designs, 1)
        ``d' C d``, ``1 + d' C g``, ``g' C g - (1 - c)``.
    ratio : array of shape (n_designs, n_candidates)
        New determinant of the information over the old one.
    change : array of shape (n_designs, n_candidates)
        Change of the goal; infinite where the design would be singular.
    """

    run: Floats
    own: Floats
    dd: Floats
    dg: Floats
    gg: Floats
    ratio: Floats
    change: Floats


def run_exchange(
    state: Information,
    run: int,
    candidates: Floats,
    packed: Floats | None,
    groups: RunGroups,
    goal: OptimalityCriterion,
) -> RunExchange:
    """Return what the exchange of one run would do.

    References
    ----------
    .. [1] Goos, Jones, Optimal Design of Experiments (2011), ch. 4.
    .. [2] Meyer, Nachtsheim, Technometrics 37 (1995) 60.
    """
    f = state.rows[:, run]
    fraction = groups.fractions[run]
    g = f - fraction * state.rows[:, groups.members[run]].sum(axis=1) if fraction else f
    dd, dg, gg = _forms(state.inverse, f, g, candidates, packed)
    dg, gg = 1.0 + dg, gg - (1.0 - fraction)
    ratio = dg * dg - dd * gg
    is_safe = ratio > _MIN_RATIO
    safe = np.where(is_safe, ratio, 1.0)
    if state.weighted is not None:
        wdd, wdg, wgg = _forms(state.weighted, f, g, candidates, packed)
        change = (gg * wdd - 2.0 * dg * wdg + dd * wgg) / safe
    elif goal.evaluation is None:
        change = -np.log(safe)
    else:
        change = _worst_change(state, f, g, candidates, (dd, dg, gg, safe), goal.evaluation)
    return RunExchange(
        run=f,
        own=g,
        dd=dd,
        dg=dg,
        gg=gg,
        ratio=ratio,
        change=np.where(is_safe, change, np.inf),
    )


def packed_squares(candidates: Floats) -> Floats:
    """Return every candidate's products of terms, so that ``x' C x`` is one matrix product."""
    first, second = np.triu_indices(candidates.shape[1])
    products = candidates[:, first] * candidates[:, second] * np.where(first == second, 1.0, 2.0)
    return np.ascontiguousarray(products.T)


@cache
def _upper(p: int) -> tuple[Integers, Integers]:
    """Return the places of a symmetric matrix of p rows, each pair once."""
    return np.triu_indices(p)


def _forms(
    C: Floats, f: Floats, g: Floats, candidates: Floats, packed: Floats | None
) -> tuple[Floats, Floats, Floats]:
    """Return ``d' C d``, ``d' C g`` and ``g' C g`` for every candidate."""
    Cf = np.matmul(C, f[..., None])[..., 0]
    Cg = Cf if g is f else np.matmul(C, g[..., None])[..., 0]
    if packed is not None:
        upper = _upper(C.shape[1])
        xx = C[:, upper[0], upper[1]] @ packed
        xf = Cf @ candidates.T
        xg = xf if g is f else Cg @ candidates.T
    else:
        xx = np.sum((candidates @ C) * candidates, axis=-1)
        xf = np.matmul(candidates, Cf[..., None])[..., 0]
        xg = xf if g is f else np.matmul(candidates, Cg[..., None])[..., 0]
    ff, fg = np.sum(f * Cf, axis=1)[:, None], np.sum(f * Cg, axis=1)[:, None]
    gg = fg if g is f else np.sum(g * Cg, axis=1)[:, None]
    return xx - 2.0 * xf + ff, xg - fg, gg


def _worst_change(
    state: Information,
    f: Floats,
    g: Floats,
    candidates: Floats,
    forms: tuple[Floats, Floats, Floats, Floats],
    evaluation: Floats,
) -> Floats:
    """Return the change of the maximum variance among the evaluation points."""
    dd, dg, gg, ratio = forms
    CZ = state.inverse @ evaluation.T
    own = np.einsum("zp,spz->sz", evaluation, CZ)
    rows = candidates if candidates.ndim == 3 else candidates[None]
    zd = rows @ CZ - (f[:, None] @ CZ)
    zg = g[:, None] @ CZ
    shift = gg[..., None] * zd**2 - 2.0 * dg[..., None] * zd * zg + dd[..., None] * zg**2
    return np.asarray(
        np.max(own[:, None] + shift / ratio[..., None], axis=2) - state.value[:, None]
    )


def apply_exchange(
    state: Information,
    run: int,
    exchange: RunExchange,
    designs: Integers,
    chosen: Integers,
    new_rows: Floats,
) -> None:
    """Carry out one exchange per design, in place."""
    # the update of rank two: U holds the new row less the old, and the run's own part
    dd, dg = exchange.dd[designs, chosen], exchange.dg[designs, chosen]
    gg, ratio = exchange.gg[designs, 0], exchange.ratio[designs, chosen]
    inner = np.empty((len(designs), 2, 2))
    inner[:, 0, 0], inner[:, 1, 1] = gg, dd
    inner[:, 0, 1] = inner[:, 1, 0] = -dg
    inner /= -ratio[:, None, None]
    U = np.stack([new_rows - exchange.run[designs], exchange.own[designs]], axis=-1)
    # inverse information by Woodbury's formula; the weighted one follows from it
    CU = state.inverse[designs] @ U
    CUK = CU @ inner
    if state.weighted is not None:
        WU = state.weighted[designs] @ U
        turned = WU @ np.swapaxes(CUK, 1, 2)
        twice = CUK @ (np.swapaxes(U, 1, 2) @ WU) @ np.swapaxes(CUK, 1, 2)
        state.weighted[designs] += twice - turned - np.swapaxes(turned, 1, 2)
    # in place, so that the next exchange starts from here
    state.inverse[designs] -= CUK @ np.swapaxes(CU, 1, 2)
    state.rows[designs, run] = new_rows
    state.value[designs] += exchange.change[designs, chosen]


_MOST_SWEEPS: Final = 60
"""Bound against endless sweeps; a search ends at the first one without an exchange."""
_MIN_GAIN: Final = 1e-10
"""Fraction of the goal below which an exchange is rounding."""
_START_RIDGE: Final = 1e-6
"""In the first sweep, so that a random start that is singular can be improved; chosen."""


def exchange(
    problem: SearchProblem,
    points: Floats,
    *,
    runs: Sequence[int] | None = None,
    n_sweeps: int = _MOST_SWEEPS,
) -> tuple[Floats, Floats]:
    """Improve designs until no single exchange makes any of them better.

    The designs and their goal; infinite for one that stayed singular.

    References
    ----------
    .. [1] Fedorov, Theory of Optimal Experiments (1972), ch. 3.
    .. [2] Meyer, Nachtsheim, Technometrics 37 (1995) 60.
    """
    # all designs advance at once; those that nothing betters drop out
    points = points.copy()
    values = np.full(len(points), np.inf)
    packed = None if problem.listed_rows is None else packed_squares(problem.listed_rows)
    active = np.arange(len(points))
    chosen = problem.free_runs if runs is None else runs
    for sweep in range(n_sweeps):
        working = points[active]
        # one sweep over the runs, with exact values before it
        state = problem.information(working, _START_RIDGE if sweep == 0 else 1e-12)
        before = state.value.copy()
        is_changed = _sweep(problem, state, working, chosen, packed)
        points[active], values[active] = working, np.where(state.value < 1e12, state.value, np.inf)
        # a design stays while it gains more than rounding
        gained = before - state.value > _MIN_GAIN * np.abs(before)
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
) -> Booleans:
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
) -> Booleans:
    """Replace one run by the best of all candidates."""
    rows = problem.listed_rows
    assert problem.listed is not None  # noqa: S101 - the caller has looked
    assert rows is not None  # noqa: S101 - they are the rows of what is listed
    found = run_exchange(state, run, rows, packed, problem.grouping, problem.goal)
    found = _priced(problem, points, run, problem.listed[None], found)
    designs, chosen = _better(found.change, state.value)
    if len(designs):
        apply_exchange(state, run, found, designs, chosen, rows[chosen])
        points[designs, run] = problem.listed[chosen]
    return _mask(designs, len(points))


def _exchange_coordinate(
    problem: SearchProblem, state: Information, points: Floats, run: int
) -> Booleans:
    """Replace one setting of one run by the best of all that its other settings allow."""
    own = points[:, run]
    settings = [
        line_settings(problem, own, axis) if axis in problem.easy else None
        for axis in range(own.shape[1])
    ]
    rows = problem.terms.star(own, settings)
    found = run_exchange(state, run, rows, None, problem.grouping, problem.goal)
    tried = _star_points(own, settings)
    found = _priced(problem, points, run, tried, found)
    change = found.change
    if problem.region.is_limited:
        change = np.where(problem.region.is_feasible(tried), change, np.inf)
    designs, chosen = _better(change, state.value)
    if len(designs):
        apply_exchange(state, run, found, designs, chosen, rows[designs, chosen])
        points[designs, run] = tried[designs, chosen]
    return _mask(designs, len(points))


def _priced(
    problem: SearchProblem, points: Floats, run: int, tried: Floats, found: RunExchange
) -> RunExchange:
    """Return an exchange with what it pays for wished numbers of different settings."""
    if not problem.distinct:
        return found
    return replace(
        found, change=found.change + price_of_exchange(problem.distinct, points, run, tried)
    )


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


def _better(change: Floats, value: Floats) -> tuple[Integers, Integers]:
    """Return the designs that some candidate improves, and their best candidate."""
    chosen = first_smallest(change, scale=value)
    lower = change[np.arange(len(change)), chosen]
    designs = np.flatnonzero(lower < -_MIN_GAIN * np.abs(value))
    return designs, chosen[designs]


def _mask(designs: Integers, n: int) -> Booleans:
    """Return which of n designs are named."""
    mask = np.zeros(n, dtype=np.bool_)
    mask[designs] = True
    return mask
