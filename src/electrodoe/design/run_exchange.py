"""What the exchange of one run does to the information of many designs: a change of rank two."""

from dataclasses import dataclass
from functools import cache
from typing import Final

import numpy as np
from numpy.typing import NDArray

from electrodoe.design.goals import Goal
from electrodoe.design.information import Grouping, Information

Floats = NDArray[np.float64]
_LEAST_RATIO: Final = 1e-9
"""Determinants may not shrink below this share in one exchange: the design would be singular."""


@dataclass(frozen=True, kw_only=True)
class RunExchange:
    """The exchange of one run for each of several candidates, in every design.

    With f the run, x a candidate, ``d = x - f``, and g the run less its group's share, the
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
    groups: Grouping,
    goal: Goal,
) -> RunExchange:
    """Return what the exchange of one run would do.

    Parameters
    ----------
    state : Information
        The designs.
    run : int
        Position of the run.
    candidates : array of shape (n_candidates, p) or (n_designs, n_candidates, p)
        Rows of the model matrix, common to all designs or each design's own.
    packed : array of shape (p (p + 1) / 2, n_candidates) or None
        :func:`packed_squares` of common candidates.
    groups : Grouping
        Correlated runs.
    goal : Goal
        What is made small.

    Returns
    -------
    RunExchange
        One column per candidate.

    References
    ----------
    .. [1] Goos, Jones, Optimal Design of Experiments (2011), ch. 4.
    .. [2] Meyer, Nachtsheim, Technometrics 37 (1995) 60.
    """
    f = state.rows[:, run]
    share = groups.shares[run]
    g = f - share * state.rows[:, groups.members[run]].sum(axis=1) if share else f
    dd, dg, gg = _forms(state.inverse, f, g, candidates, packed)
    dg, gg = 1.0 + dg, gg - (1.0 - share)
    ratio = dg * dg - dd * gg
    is_safe = ratio > _LEAST_RATIO
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
def _upper(p: int) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
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
    """Return the change of the greatest variance among the evaluation points."""
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
    designs: NDArray[np.int64],
    chosen: NDArray[np.int64],
    new_rows: Floats,
) -> None:
    """Carry out one exchange per design, in place.

    Parameters
    ----------
    state : Information
        The designs.
    run : int
        Position of the run.
    exchange : RunExchange
        As computed for this run.
    designs, chosen : arrays of shape (n_changed,), int
        Which designs change, and the candidate that each takes.
    new_rows : array of shape (n_changed, p)
        The candidates' rows.
    """
    dd, dg = exchange.dd[designs, chosen], exchange.dg[designs, chosen]
    gg, ratio = exchange.gg[designs, 0], exchange.ratio[designs, chosen]
    inner = np.empty((len(designs), 2, 2))
    inner[:, 0, 0], inner[:, 1, 1] = gg, dd
    inner[:, 0, 1] = inner[:, 1, 0] = -dg
    inner /= -ratio[:, None, None]
    U = np.stack([new_rows - exchange.run[designs], exchange.own[designs]], axis=-1)
    CU = state.inverse[designs] @ U
    CUK = CU @ inner
    if state.weighted is not None:
        WU = state.weighted[designs] @ U
        turned = WU @ np.swapaxes(CUK, 1, 2)
        twice = CUK @ (np.swapaxes(U, 1, 2) @ WU) @ np.swapaxes(CUK, 1, 2)
        state.weighted[designs] += twice - turned - np.swapaxes(turned, 1, 2)
    state.inverse[designs] -= CUK @ np.swapaxes(CU, 1, 2)
    state.rows[designs, run] = new_rows
    state.value[designs] += exchange.change[designs, chosen]
