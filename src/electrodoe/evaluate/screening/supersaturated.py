"""More factors than runs: forward selection, whose size simulated noise judges."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
import scipy.stats

from electrodoe.arrays import Floats, Integers
from electrodoe.evaluate.screening.lenth import FALSE_ALARM
from electrodoe.ties import first_largest

_N_DRAWS: Final = 999
"""The 5 % point of 1000 has a standard error of .7 percent points."""
_FEWEST_DRAWS: Final = 199
"""The 5 % point of 200 has a standard error of 1.5 percent points."""
_MOST_NUMBERS: Final = 8_000_000
"""Of all draws' designs together: 64 MB."""
_SEED: Final = 0
"""Of the simulated noise: the same answer at every run."""
_MOST_AT_ONCE: Final = 4
"""Factors that are tried together: several equal effects hide one another when taken singly."""
_RUNS_PER_FACTOR: Final = 3
"""Runs that a factor needs at least, else anything fits."""
_MOST_WITH_TWO_RIVALS: Final = 3
"""Selected factors up to which each is parted from two others: all ways of ten are tried."""
_DEPENDENT: Final = 1e-6
"""Length of what is left of a unit column below which it is dependent: rounding."""


@dataclass(frozen=True, kw_only=True, eq=False)
class ForwardSelection:
    """Factors that stand out from noise.

    Attributes
    ----------
    selected : tuple of int
        Factors, in the order of their columns.
    estimates : array of shape (n_factors,)
        Effects (high less low) of the selected by least squares beside one another; of the others
        the contrast of what the selected leave of them.
    """

    selected: tuple[int, ...]
    estimates: Floats


def forward_selection(coded: Floats, response: Floats) -> ForwardSelection:
    """Return the factors of a supersaturated design that stand out from noise.

    Parameters
    ----------
    coded : array of shape (n_runs, n_factors)
        Levels -1 and 1; more factors than runs less one.
    response : array of shape (n_runs,)
        One value per run.

    Returns
    -------
    ForwardSelection
        Where nothing is active, anything is selected in 5 % of studies.

    Notes
    -----
    Forward selection takes one factor after the other, up to four. How much each number of factors
    explains is compared with what it explains of simulated normal noise in the same design; the
    smallest p of all numbers is compared with the smallest p of each simulation, so that trying
    several is paid for. The fewest factors that stand out are selected, and what they leave is
    judged in the same way. Reference [1]_ permutes the responses; but a response with one large
    effect is nearly two-valued, and permuted often equals another column.

    References
    ----------
    .. [1] Westfall, Young, Lin, Statistica Sinica 8 (1998) 101: forward selection error control in
       the analysis of supersaturated designs.
    """
    X = coded - coded.mean(axis=0)
    X = X / np.linalg.norm(X, axis=0)
    rng = np.random.default_rng(_SEED)
    selected: list[int] = []
    while True:
        directions, rest = _beside(X, response - response.mean(), selected)
        new = _standing_out(directions, rest, len(selected), rng)
        if not new:
            break
        selected += new
    order: Integers = np.array(sorted(selected), dtype=np.int64)
    left = 2.0 / float(np.sqrt(len(coded))) * (directions.T @ rest)
    return ForwardSelection(
        selected=tuple(order.tolist()), estimates=_effects(coded, response, order, left)
    )


def nearest_rivals(coded: Floats, selected: Sequence[int]) -> tuple[tuple[int, ...], ...]:
    """Return for each selected factor the others that most nearly explain the same.

    Parameters
    ----------
    coded : array of shape (n_runs, n_factors)
        Levels -1 and 1.
    selected : sequence of int
        Factors that stand out.

    Returns
    -------
    tuple of tuple of int
        Two for each, or one where more than three are selected, no factor twice: those whose
        columns correlate most with the selected one's, beside the other selected.

    Examples
    --------
    >>> like = [[1.0, 1, 1], [1, 1, -1], [1, -1, 1], [-1, -1, -1], [-1, -1, 1], [-1, 1, -1]]
    >>> coded = np.array(like)
    >>> nearest_rivals(coded, [0])
    ((1, 2),)
    """
    X = coded - coded.mean(axis=0)
    X = X / np.linalg.norm(X, axis=0)
    n_each = 2 if len(selected) <= _MOST_WITH_TWO_RIVALS else 1
    free = np.ones(X.shape[1], dtype=np.bool_)
    free[list(selected)] = False
    found = []
    for factor in selected:
        others = [other for other in selected if other != factor]
        directions, own = _beside(X, X[:, factor], others)
        rivals: list[int] = []
        while len(rivals) < n_each and free.any():
            likeness = np.where(free, np.abs(directions.T @ own), -1.0)
            rivals.append(int(first_largest(likeness)))
            free[rivals[-1]] = False
        found.append(tuple(rivals))
    return tuple(found)


def _beside(X: Floats, y: Floats, selected: list[int]) -> tuple[Floats, Floats]:
    """Return unit columns and response less what the selected factors explain; theirs are zero."""
    if not selected:
        return X, y
    Q = np.linalg.qr(X[:, selected])[0]
    return _unit_rows((X - Q @ (Q.T @ X)).T).T, y - Q @ (Q.T @ y)


def _unit_rows(rows: Floats) -> Floats:
    """Return rows, shape (..., n), of length one; zero where nothing but rounding is left."""
    lengths = np.linalg.norm(rows, axis=-1, keepdims=True)
    is_free = lengths > _DEPENDENT
    return np.asarray(np.where(is_free, rows / np.where(is_free, lengths, 1.0), 0.0))


def _standing_out(
    directions: Floats, rest: Floats, n_selected: int, rng: np.random.Generator
) -> list[int]:
    """Return the fewest factors that explain more than noise, if any do."""
    n_steps = min(_MOST_AT_ONCE, (len(rest) - 1) // _RUNS_PER_FACTOR - n_selected)
    if n_steps < 1 or not rest @ rest > 0.0:
        return []
    reached = directions @ np.linalg.pinv(directions)  # projects on what is left
    n_draws = max(min(_N_DRAWS, _MOST_NUMBERS // directions.size), _FEWEST_DRAWS)
    drawn = rng.standard_normal((n_draws, len(rest))) @ reached.T
    values = np.vstack([rest, drawn])
    left, chosen = _forward(directions.T, values, n_steps)
    p = scipy.stats.rankdata(left.round(12), axis=0, method="max") / len(values)
    limit = float(np.quantile(p.min(axis=1), FALSE_ALARM, method="lower"))
    enough = np.flatnonzero(p[0] <= limit)
    return [] if not len(enough) else chosen[0, : int(enough[0]) + 1].tolist()


def _forward(rows: Floats, values: Floats, n_steps: int) -> tuple[Floats, Integers]:
    """Return the unexplained fraction after each step, and who was chosen, for each response."""
    each = np.arange(len(values))
    directions = np.tile(rows, (len(values), 1, 1))
    rest, total = values.copy(), np.sum(values**2, axis=1)
    left, chosen = [], []
    for _ in range(n_steps):
        correlations = np.einsum("pkn,pn->pk", directions, rest)
        sizes = np.abs(correlations)
        best = first_largest(sizes)
        own = directions[each, best]
        rest = rest - correlations[each, best][:, None] * own
        along = np.einsum("pkn,pn->pk", directions, own)
        directions = _unit_rows(directions - along[:, :, None] * own[:, None, :])
        left.append(np.sum(rest**2, axis=1) / total)
        chosen.append(best)
    return np.column_stack(left), np.column_stack(chosen).astype(np.int64)


def _effects(coded: Floats, response: Floats, selected: Integers, left: Floats) -> Floats:
    """Return effects of the selected together; of the others what is left."""
    together = np.column_stack([np.ones(len(coded)), coded[:, selected]])
    found = left.copy()
    found[selected] = 2.0 * np.linalg.lstsq(together, response, rcond=None)[0][1:]
    return found
