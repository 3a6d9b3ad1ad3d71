"""Runs that part effects which the existing runs cannot tell from one another."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from itertools import product
from typing import Final, Literal

import numpy as np

from electrodoe.arrays import Booleans, Floats
from electrodoe.evaluate.screening.terms import Term, column
from electrodoe.ties import first_largest

MIN_RUNS: Final = 4
"""Fewer new runs leave the shift between old and new badly known; a semifold has as many."""
_RIDGE: Final = 1e-3
"""Added to the information's diagonal: finite before the runs determine the model; small beside
one run."""
_MOST_FACTORS: Final = 10
"""Factors whose combinations are all tried: 1024 corners; further ones stay at their low end."""
_MOST_EXCHANGES: Final = 50
"""Rounds of exchange; a handful are needed."""


IsPossible = Callable[[Floats], Booleans]
"""Which coded settings, shape (n_runs, n_factors), keep the limits of the study's plan."""


@dataclass(frozen=True, kw_only=True, eq=False)
class PartingRuns:
    """New runs and what they are for.

    Attributes
    ----------
    kind : {"foldover", "de-aliasing"}
        All runs again with every sign reversed, or a D-optimal augmentation.
    coded : array of shape (n_new_runs, n_factors)
        Coded settings.
    parted : tuple of tuple of tuple of int
        Groups of terms of which the existing runs give a sum, and which these runs part.
    n_left_out : int
        Runs of a foldover that the limits of the plan do not allow.
    """

    kind: Literal["foldover", "de-aliasing"]
    coded: Floats
    parted: tuple[tuple[Term, ...], ...]
    n_left_out: int = 0


def plausible(terms: Sequence[Term], active: Iterable[int]) -> tuple[Term, ...]:
    """Return the main effects, and the interactions and squares with an active factor.

    Examples
    --------
    >>> plausible([(0,), (1, 3), (2, 4)], {1})
    ((0,), (1, 3))
    """
    known = set(active)
    return tuple(term for term in terms if len(term) == 1 or known & set(term))


def foldover(
    coded: Floats, parted: tuple[tuple[Term, ...], ...], is_possible: IsPossible
) -> PartingRuns:
    """Return every possible run with all signs reversed: main effects come clear of interactions.

    References
    ----------
    .. [1] Montgomery, Design and Analysis of Experiments, section 8.5.2.
    """
    kept = is_possible(-coded)
    return PartingRuns(
        kind="foldover", coded=-coded[kept], parted=parted, n_left_out=int(np.sum(~kept))
    )


def de_aliasing_runs(
    coded: Floats,
    model: Sequence[Term],
    parted: tuple[tuple[Term, ...], ...],
    is_possible: IsPossible,
    levels: tuple[float, ...] = (-1.0, 1.0),
) -> PartingRuns:
    """Return the D-optimal augmentation for a model with every rival term.

    Parameters
    ----------
    coded : array of shape (n_runs, n_factors)
        Existing runs.
    model : sequence of tuple of int
        Active terms and their rivals.
    parted : tuple of tuple of tuple of int
        Groups of terms that it parts.
    is_possible : callable
        Says which settings keep the limits.
    levels : tuple of float
        Coded levels of a new run; factors that are in no term stay where the first run has them.

    Returns
    -------
    PartingRuns
        As many runs as the model, with a shift between the old runs and the new, lacks degrees of
        freedom, and one beyond; four at least.

    References
    ----------
    .. [1] Montgomery, Design and Analysis of Experiments, section 8.5.2 (partial foldover,
       D-optimal augmentation).
    """
    candidates = _candidates(coded, model, levels)
    candidates = candidates[is_possible(candidates)]
    old = _columns(coded, model, is_new=False)
    new = _columns(candidates, model, is_new=True)
    lacking = old.shape[1] - int(np.linalg.matrix_rank(old))
    n_runs = max(lacking + 1, MIN_RUNS)
    chosen = _exchanged(old.T @ old, new, n_runs)
    return PartingRuns(kind="de-aliasing", coded=candidates[chosen], parted=parted)


def _candidates(coded: Floats, model: Sequence[Term], levels: tuple[float, ...]) -> Floats:
    """Return all combinations of the factors in a model; the others as in the first run."""
    factors = sorted({factor for term in model for factor in term})[:_MOST_FACTORS]
    combined = np.array(list(product(levels, repeat=len(factors))))
    candidates = np.tile(coded[0], (len(combined), 1))
    candidates[:, factors] = combined
    return candidates


def _columns(coded: Floats, model: Sequence[Term], *, is_new: bool) -> Floats:
    """Return mean, shift and terms."""
    shift = np.full(len(coded), float(is_new))
    return np.column_stack([np.ones(len(coded)), shift, *(column(coded, t) for t in model)])


def _exchanged(information: Floats, new: Floats, n_runs: int) -> list[int]:
    """Return the candidates that add most to the determinant: one by one, then exchanged."""
    start = information + _RIDGE * np.eye(len(information))
    chosen: list[int] = []
    for _ in range(n_runs):
        chosen.append(_best(start, new, chosen))
    for _ in range(_MOST_EXCHANGES):
        before = list(chosen)
        for place in range(n_runs):
            others = chosen[:place] + chosen[place + 1 :]
            better = _best(start, new, others)
            if _gain(start, new, others, better) > _gain(start, new, others, chosen[place]) + 1e-9:
                chosen[place] = better
        if chosen == before:
            break
    return sorted(chosen)


def _leverages(start: Floats, new: Floats, others: list[int]) -> Floats:
    """Return what each candidate would multiply the determinant by, less one."""
    own = new[others]
    inverse = np.linalg.inv(start + own.T @ own)
    return np.asarray(np.einsum("ij,jk,ik->i", new, inverse, new))


def _best(start: Floats, new: Floats, others: list[int]) -> int:
    """Return the candidate that adds most, the first of equals."""
    return int(first_largest(_leverages(start, new, others)))


def _gain(start: Floats, new: Floats, others: list[int], candidate: int) -> float:
    """Return what one candidate adds."""
    return float(_leverages(start, new, others)[candidate])
