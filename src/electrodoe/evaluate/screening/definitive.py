"""Definitive screening and other OMARS designs in two stages: main effects, then their heirs."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from itertools import combinations
from math import comb
from typing import Final

import numpy as np
import scipy.stats

from electrodoe.arrays import Booleans, Floats, Integers
from electrodoe.evaluate.screening.lenth import (
    FALSE_ALARM,
    ErrorOfContrasts,
    known_error,
    pseudo_standard_error,
)
from electrodoe.evaluate.screening.terms import Term, column, terms_of_order
from electrodoe.ties import EQUAL, first_largest, first_smallest

MIN_ERROR_FREEDOM: Final = 3
"""Degrees of freedom from which main effects are tested by Student's t; with fewer, its 5 % point
lies above 4 standard errors, and Lenth's method finds more."""
_MOST_SETS: Final = 60_000
"""Sets of second-order terms that are compared: a second of work."""
_N_DRAWS: Final = 4000
"""Simulated noise: its 95 % point has a standard error of a third of a percent point."""
_SEED: Final = 0
"""Of that noise: the same answer at every run."""
_ORTHOGONAL: Final = 1e-6
"""Largest correlation of what is orthogonal: rounding of coded levels."""


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
    runs) is error of any truth; with fewer than three degrees of freedom of it, Lenth's method
    judges main effects, by the smaller of the errors of main effects alone and of all contrasts,
    with critical values simulated for it: either may hold few active ones. In the second stage the
    error is pooled with what second order leaves; squares and interactions of active factors enter
    one by one, as long as noise has so large an F in less than 5 % of simulations. Reference [1]_
    judges all that is left at once, which misses single terms, and pools the main effects that were
    not active, which the first stage has made too small.

    References
    ----------
    .. [1] Jones, Nachtsheim, Technometrics 59 (2017) 319, 10.1080/00401706.2016.1234979.
    """
    lengths = np.linalg.norm(coded, axis=0)
    contrasts = coded.T @ response / lengths
    beyond = _beyond(coded)
    spare = beyond.T @ response
    error = _first_error(contrasts, spare, _even(coded).T @ response)
    is_active = np.abs(contrasts) > error.margin
    pooled = (float(spare @ spare), len(spare))
    heirs = list(_heirs(np.flatnonzero(is_active).tolist()))
    left = response - coded @ (contrasts / lengths)
    even = _even(coded)
    chosen, rivals = _second_stage(coded, even, even.T @ left, heirs, pooled)
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


def _first_error(contrasts: Floats, spare: Floats, even: Floats) -> ErrorOfContrasts:
    """Return the error of main effects: of what no term reaches, else Lenth's."""
    if len(spare) >= MIN_ERROR_FREEDOM:
        return known_error(float(np.sqrt(np.mean(spare**2))), len(spare), len(contrasts))
    values = np.concatenate([contrasts, spare, even])
    n_odd = len(contrasts) + len(spare)
    error = float(_smaller_error(values, n_odd))
    one, largest = _critical_values(len(contrasts), n_odd, len(values))
    return ErrorOfContrasts(
        standard_error=error,
        degrees_of_freedom=None,
        margin=one * error,
        simultaneous_margin=largest * error,
    )


@cache
def _critical_values(n_contrasts: int, n_odd: int, n_all: int) -> tuple[float, float]:
    """Return the 95 % points of one main effect, and of the largest, of simulated noise."""
    noise = np.random.default_rng(_SEED).standard_normal((_N_DRAWS, n_all))
    ratios = np.abs(noise[:, :n_contrasts]) / _smaller_error(noise, n_odd)[:, None]
    own, largest = (np.quantile(each, 1.0 - FALSE_ALARM) for each in (ratios, ratios.max(axis=1)))
    return float(own), float(largest)


def _smaller_error(values: Floats, n_odd: int) -> Floats:
    """Return the smaller of Lenth's errors: of main effects alone, and with second order."""
    alone, all_together = (pseudo_standard_error(part) for part in (values[..., :n_odd], values))
    return np.asarray(np.minimum(alone, all_together))


def _second_order_columns(coded: Floats) -> Floats:
    """Return all squares and interactions."""
    n_factors = coded.shape[1]
    return np.column_stack([coded**2, *(column(coded, t) for t in terms_of_order(n_factors, 2))])


def _beyond(coded: Floats) -> Floats:
    """Return orthonormal columns that no main effect and no second-order term reaches."""
    ones = np.ones((len(coded), 1))
    left, sizes, _ = np.linalg.svd(np.hstack([ones, coded, _second_order_columns(coded)]))
    return np.asarray(left[:, int(np.sum(sizes > _ORTHOGONAL * sizes[0])) :])


def _even(coded: Floats) -> Floats:
    """Return orthonormal columns of second order beside the mean, in canonical order."""
    known = np.full((len(coded), 1), len(coded) ** -0.5)
    for own in _second_order_columns(coded).T:
        rest = own - known @ (known.T @ own)
        rest = rest - known @ (known.T @ rest)
        if rest @ rest > _ORTHOGONAL * (own @ own):
            known = np.column_stack([known, rest / np.linalg.norm(rest)])
    return np.asarray(known[:, 1:])


def _heirs(active: list[int]) -> Iterator[Term]:
    """Return squares and interactions whose factors are all active, squares first."""
    yield from ((factor, factor) for factor in active)
    yield from combinations(active, 2)


def _second_stage(
    coded: Floats, even: Floats, values: Floats, heirs: list[Term], pooled: tuple[float, int]
) -> tuple[tuple[Term, ...], tuple[tuple[Term, ...], ...]]:
    """Return the heirs that stand out from error, and other sets of as many that fit alike."""
    if not heirs:
        return (), ()
    columns = even.T @ np.column_stack([column(coded, term) for term in heirs])
    entered = _standing_out(columns, values, pooled)
    size = len(entered)
    if not size:
        return (), ()
    is_small = comb(len(heirs), size) <= _MOST_SETS
    sets = list(combinations(range(len(heirs)), size)) if is_small else [tuple(sorted(entered))]
    sums = _residual_sums(columns, values, sets)
    best = int(first_smallest(sums, scale=float(values @ values)))
    freedom = len(values) - size + pooled[1]
    variance = (sums[best] + pooled[0]) / freedom
    limit = variance * float(scipy.stats.f.isf(FALSE_ALARM, 1, freedom))
    alike = np.flatnonzero(sums - sums[best] <= limit)
    others = [sets[number] for number in alike.tolist() if number != best]
    return _terms(heirs, sets[best]), tuple(_terms(heirs, one) for one in others)


def _standing_out(columns: Floats, values: Floats, pooled: tuple[float, int]) -> list[int]:
    """Return the heirs that enter one by one, before noise would let the next enter as well."""
    rng = np.random.default_rng(_SEED)
    chosen: list[int] = []
    while len(chosen) < min(len(values) // 2, columns.shape[1]):
        base = np.linalg.qr(columns[:, chosen])[0] if chosen else np.empty((len(values), 0))
        rest = columns - base @ (base.T @ columns)
        lengths = np.linalg.norm(rest, axis=0)
        is_free = lengths > _ORTHOGONAL * np.linalg.norm(columns, axis=0)
        directions = np.where(is_free, rest / np.where(is_free, lengths, 1.0), 0.0)
        left = values - base @ (base.T @ values)
        freedom = len(values) - len(chosen)
        limit = _limit(directions, base, freedom, pooled[1], rng)
        gains = (directions.T @ left) ** 2
        best = int(first_largest(gains))
        error = (left @ left - gains[best] + pooled[0]) / (freedom - 1 + pooled[1])
        if gains[best] <= limit * error:
            break
        chosen.append(best)
    return chosen


def _limit(
    directions: Floats, base: Floats, freedom: int, pooled: int, rng: np.random.Generator
) -> float:
    """Return the 95 % point of the largest F among heirs, of simulated noise."""
    noise = rng.standard_normal((_N_DRAWS, len(directions)))
    noise = noise - (noise @ base) @ base.T
    gains = ((noise @ directions) ** 2).max(axis=1)
    spare = rng.chisquare(pooled, _N_DRAWS) if pooled else 0.0
    errors = (np.sum(noise**2, axis=1) - gains + spare) / (freedom - 1 + pooled)
    return float(np.quantile(gains / errors, 1.0 - FALSE_ALARM))


def _residual_sums(columns: Floats, even: Floats, sets: list[tuple[int, ...]]) -> Floats:
    """Return the residual sum of squares of each set; infinite where its terms are dependent."""
    total = float(even @ even)
    index: Integers = np.array(sets, dtype=np.int64)
    gram, moments = columns.T @ columns, columns.T @ even
    own = gram[index[:, :, None], index[:, None, :]]
    diagonal = np.einsum("nii->ni", own).prod(axis=1)
    is_free = np.linalg.det(own) > EQUAL * diagonal
    sums = np.full(len(sets), np.inf)
    right = moments[index[is_free]]
    solved = np.linalg.solve(own[is_free], right[..., None])[..., 0]
    sums[is_free] = total - np.sum(solved * right, axis=1)
    return np.asarray(np.maximum(sums, 0.0))


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
