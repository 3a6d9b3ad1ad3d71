"""Definitive screening and other OMARS designs in two stages: main effects, then their heirs."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import combinations
from math import comb
from typing import Final

import numpy as np
import scipy.stats

from electrodoe.arrays import Booleans, Floats, Integers
from electrodoe.evaluate.screening.lenth import (
    FALSE_ALARM,
    MIN_CONTRASTS,
    ErrorOfContrasts,
    known_error,
    lenth_error,
)
from electrodoe.evaluate.screening.terms import Term, column, terms_of_order

MIN_ERROR_FREEDOM: Final = 3
"""Degrees of freedom from which main effects are tested by Student's t; with fewer, its 5 % point
lies above 4 standard errors, and Lenth's method finds more."""
_MOST_SETS: Final = 60_000
"""Sets of second-order terms that are tried exhaustively: a second of work; beyond, the best set
grows term by term."""
_ORTHOGONAL: Final = 1e-6
"""Largest correlation of what is orthogonal: rounding of coded levels."""
_EQUAL: Final = 1e-9
"""Of the total: residual sums of squares nearer than that belong to the same column space."""


@dataclass(frozen=True, kw_only=True, eq=False)
class TwoStages:
    """What a definitive screening design says.

    Attributes
    ----------
    estimates : array of shape (n_factors,)
        Main effects: the mean response at the high level less that at the low level.
    standard_errors : array of shape (n_factors,)
        Of the estimates, for the error of the first stage.
    error : ErrorOfContrasts
        Of a contrast of length one.
    is_active : array of shape (n_factors,), bool
        Beyond the margin of error of its own.
    second_order : tuple of tuple of int
        Squares and interactions of active factors that are needed; none where the error explains
        what the main effects leave.
    second_order_estimates : array of shape (n_second_order,)
        Of an interaction as of a main effect; of a square the ends less the middle.
    rivals : tuple of tuple of tuple of int
        Other sets of as many terms that the error does not rule out either.
    n_heirs : int
        Second-order terms of active factors.
    """

    estimates: Floats
    standard_errors: Floats
    error: ErrorOfContrasts
    is_active: Booleans
    second_order: tuple[Term, ...]
    second_order_estimates: Floats
    rivals: tuple[tuple[Term, ...], ...]
    n_heirs: int


def is_definitive(coded: Floats) -> bool:
    """Return whether three levels have main effects clear of one another and of second order.

    So that of a definitive screening design, and of every orthogonal minimally aliased response
    surface (OMARS) design too small for all second-order terms.

    Examples
    --------
    >>> from electrodoe.design.classical.screening import definitive_screening
    >>> is_definitive(definitive_screening(6)), is_definitive(definitive_screening(6)[:-2])
    (True, False)
    """
    n_factors = coded.shape[1]
    if n_factors < 3 or set(np.unique(coded)) != {-1.0, 0.0, 1.0}:
        return False
    second = _second_order_columns(coded)
    whole = np.column_stack([np.ones(len(coded)), coded, second])
    if np.linalg.matrix_rank(whole) == whole.shape[1]:
        return False
    gram = coded.T @ coded
    lengths = np.sqrt(np.diag(gram))
    apart = np.abs(gram / np.outer(lengths, lengths) - np.eye(n_factors)).max()
    beside = np.abs(coded.T @ np.column_stack([np.ones(len(coded)), second])).max()
    return bool(apart < _ORTHOGONAL and beside < _ORTHOGONAL * len(coded))


def two_stages(coded: Floats, response: Floats) -> TwoStages:
    """Return main effects judged by what second order cannot reach, then second order of heirs.

    Parameters
    ----------
    coded : array of shape (n_runs, n_factors)
        A design for which :func:`is_definitive` holds.
    response : array of shape (n_runs,)
        One value per run.

    Returns
    -------
    TwoStages
        Both stages; each has a false alarm in 5 % of cases: of a single main effect in the first,
        of any second-order term, where there is none, in the second.

    Notes
    -----
    Second-order terms and main effects are orthogonal. What neither can reach (fake factors, equal
    runs) is error of any truth; with fewer than three degrees of freedom of it, main effects and
    these contrasts are judged together by Lenth's method. In the second stage the error is pooled
    with the main effects that were not active, and sets of squares and interactions of active
    factors grow until an F test no longer finds more than error in what they leave [1]_.

    References
    ----------
    .. [1] Jones, Nachtsheim, Technometrics 59 (2017) 319, 10.1080/00401706.2016.1234979.
    """
    lengths = np.linalg.norm(coded, axis=0)
    contrasts = coded.T @ response / lengths
    beyond = _beyond(coded)
    spare = beyond.T @ response
    error = _first_error(contrasts, spare)
    is_active = np.abs(contrasts) > error.margin
    pooled = np.concatenate([contrasts[~is_active], spare])
    heirs = list(_heirs(np.flatnonzero(is_active).tolist()))
    left = response - coded @ (contrasts / lengths)
    chosen, rivals = _second_stage(coded, left, beyond, heirs, pooled)
    return TwoStages(
        estimates=2.0 * contrasts / lengths,
        standard_errors=2.0 * error.standard_error / lengths,
        error=error,
        is_active=is_active,
        second_order=chosen,
        second_order_estimates=_estimates(coded, left, chosen),
        rivals=rivals,
        n_heirs=len(heirs),
    )


def _first_error(contrasts: Floats, spare: Floats) -> ErrorOfContrasts:
    """Return the error of main effects: of what no term reaches, or Lenth's of all together."""
    if len(spare) < MIN_ERROR_FREEDOM and len(contrasts) + len(spare) >= MIN_CONTRASTS:
        return lenth_error(np.concatenate([contrasts, spare]))
    if not len(spare):
        return ErrorOfContrasts(
            standard_error=np.nan, degrees_of_freedom=0, margin=np.inf, simultaneous_margin=np.inf
        )
    return known_error(float(np.sqrt(np.mean(spare**2))), len(spare), len(contrasts))


def _second_order_columns(coded: Floats) -> Floats:
    """Return all squares and interactions."""
    n_factors = coded.shape[1]
    return np.column_stack([coded**2, *(column(coded, t) for t in terms_of_order(n_factors, 2))])


def _beyond(coded: Floats) -> Floats:
    """Return orthonormal columns that no main effect and no second-order term reaches."""
    ones = np.ones((len(coded), 1))
    left, sizes, _ = np.linalg.svd(np.hstack([ones, coded, _second_order_columns(coded)]))
    return np.asarray(left[:, int(np.sum(sizes > _ORTHOGONAL * sizes[0])) :])


def _heirs(active: list[int]) -> Iterator[Term]:
    """Return squares and interactions whose factors are all active, squares first."""
    yield from ((factor, factor) for factor in active)
    yield from combinations(active, 2)


def _second_stage(
    coded: Floats, left: Floats, beyond: Floats, heirs: list[Term], pooled: Floats
) -> tuple[tuple[Term, ...], tuple[tuple[Term, ...], ...]]:
    """Return the smallest set that leaves no more than error, and its rivals of one size."""
    if not heirs or not len(pooled):
        return (), ()
    even = left - beyond @ (beyond.T @ left) - left.mean()
    room = len(coded) - 1 - coded.shape[1] - beyond.shape[1]
    columns = np.column_stack([column(coded, term) for term in heirs])
    columns = columns - columns.mean(axis=0)
    variance, freedom = float(np.mean(pooled**2)), len(pooled)
    best: tuple[int, ...] = ()
    for size in range(min(room // 2, len(heirs)) + 1):
        sets = _sets(len(heirs), size, best)
        sums = _residual_sums(columns, even, sets)
        limit = float(scipy.stats.f.isf(FALSE_ALARM, room - size, freedom))
        enough = sums <= limit * variance * (room - size)
        best = sets[_first_of_smallest(sums, float(even @ even))]
        if enough.any():
            others = [one for one, fits in zip(sets, enough, strict=True) if fits and one != best]
            return _terms(heirs, best), tuple(_terms(heirs, one) for one in others)
    return _terms(heirs, best), ()


def _sets(n_heirs: int, size: int, best: tuple[int, ...]) -> list[tuple[int, ...]]:
    """Return all sets of a size, or where they are too many those that hold the best before."""
    if comb(n_heirs, size) <= _MOST_SETS:
        return list(combinations(range(n_heirs), size))
    return [tuple(sorted((*best, new))) for new in range(n_heirs) if new not in best]


def _residual_sums(columns: Floats, even: Floats, sets: list[tuple[int, ...]]) -> Floats:
    """Return the residual sum of squares of each set; infinite where its terms are dependent."""
    total = float(even @ even)
    if not sets[0]:
        return np.array([total])
    index: Integers = np.array(sets, dtype=np.int64)
    gram, moments = columns.T @ columns, columns.T @ even
    own = gram[index[:, :, None], index[:, None, :]]
    diagonal = np.einsum("nii->ni", own).prod(axis=1)
    is_free = np.linalg.det(own) > _EQUAL * diagonal
    sums = np.full(len(sets), np.inf)
    right = moments[index[is_free]]
    solved = np.linalg.solve(own[is_free], right[..., None])[..., 0]
    sums[is_free] = total - np.sum(solved * right, axis=1)
    return np.asarray(np.maximum(sums, 0.0))


def _first_of_smallest(sums: Floats, total: float) -> int:
    """Return the first set whose residual is the smallest, but for rounding."""
    return int(np.argmax(sums <= sums.min() + _EQUAL * total))


def _terms(heirs: list[Term], chosen: tuple[int, ...]) -> tuple[Term, ...]:
    """Return chosen heirs as terms."""
    return tuple(heirs[number] for number in chosen)


def _estimates(coded: Floats, left: Floats, chosen: tuple[Term, ...]) -> Floats:
    """Return the effects of second-order terms beside one another."""
    if not chosen:
        return np.empty(0)
    X = np.column_stack([np.ones(len(coded)), *(column(coded, term) for term in chosen)])
    found = np.linalg.lstsq(X, left, rcond=None)[0][1:]
    return np.asarray(found * np.array([1.0 if a == b else 2.0 for a, b in chosen]))
