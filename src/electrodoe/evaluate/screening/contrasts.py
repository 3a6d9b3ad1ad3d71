"""Orthogonal contrasts of a two-level design in canonical order, each with what it estimates."""

from dataclasses import dataclass
from typing import Final

import numpy as np

from electrodoe.arrays import Floats, Integers
from electrodoe.evaluate.screening.terms import Term, column, terms_of_order

_ROUNDING: Final = 1e-8
"""Fraction of a column's sum of squares below which nothing of it is left: rounding."""


@dataclass(frozen=True, kw_only=True, eq=False)
class Contrast:
    """One degree of freedom between settings.

    Attributes
    ----------
    term : tuple of int
        The first term in canonical order that it estimates.
    weights : array of shape (n_runs,)
        Of length one, so that every contrast has the variance of a run.
    factor : float
        What the contrast is multiplied by to be an effect: the mean response at the term's high
        level less that at its low level.
    is_rest : bool
        Whether it is only what other effects have left of the term.
    """

    term: Term
    weights: Floats
    factor: float
    is_rest: bool


def orthogonal_contrasts(coded: Floats, blocks: Integers | None = None) -> tuple[Contrast, ...]:
    """Return the contrasts of a two-level design: regular, Plackett-Burman or irregular.

    Parameters
    ----------
    coded : array of shape (n_runs, n_factors)
        Levels -1 and 1.
    blocks : array of shape (n_runs,), int, or None
        Blocks whose differences are no effect.

    Returns
    -------
    tuple of Contrast
        One for each degree of freedom between settings within blocks: main effects first, then
        interactions of two factors, of three, as far as they are new. Main effects of an irregular
        design are estimated by least squares beside one another, and are correlated; whatever
        comes after is orthogonal to all before it.

    Examples
    --------
    >>> half = np.array([[-1, -1, 1], [1, -1, -1], [-1, 1, -1], [1, 1, 1.0]])  # C = AB
    >>> [contrast.term for contrast in orthogonal_contrasts(half)]
    [(0,), (1,), (2,)]
    """
    n_runs, n_factors = coded.shape
    base = _blocks(n_runs, blocks)
    known = base
    room = _n_between(coded, base)
    found: list[Contrast] = []
    for order in range(1, n_factors + 1):
        for term in terms_of_order(n_factors, order):
            if len(found) == room:
                break
            own = column(coded, term)
            rest = _without(own, known)
            if rest @ rest <= _ROUNDING * n_runs:
                continue
            is_rest = bool(rest @ rest < (1.0 - _ROUNDING) * n_runs)
            found.append(_contrast(term, own, rest, is_rest=is_rest))
            known = np.column_stack([known, found[-1].weights])
        if order == 1:
            found = _beside_one_another(coded, base, found)
    return tuple(found)


def _blocks(n_runs: int, blocks: Integers | None) -> Floats:
    """Return orthonormal columns of the mean and of the blocks."""
    if blocks is None:
        return np.full((n_runs, 1), n_runs**-0.5)
    one_each = (blocks[:, None] == np.unique(blocks)).astype(np.float64)
    return np.asarray(one_each / np.sqrt(one_each.sum(axis=0)))


def _n_between(coded: Floats, base: Floats) -> int:
    """Return the degrees of freedom between settings that are left beside the blocks."""
    numbers = np.unique(coded, axis=0, return_inverse=True)[1].ravel()
    settings = (numbers[:, None] == np.unique(numbers)).astype(np.float64)
    rank: int = int(np.linalg.matrix_rank(np.column_stack([base, settings])))
    return rank - int(base.shape[1])


def _without(values: Floats, known: Floats) -> Floats:
    """Return a column less its projection on orthonormal columns, taken twice against rounding."""
    once = values - known @ (known.T @ values)
    return np.asarray(once - known @ (known.T @ once))


def _contrast(term: Term, own: Floats, direction: Floats, *, is_rest: bool) -> Contrast:
    """Return a contrast along a direction."""
    weights = direction / np.linalg.norm(direction)
    return Contrast(term=term, weights=weights, factor=2.0 / float(weights @ own), is_rest=is_rest)


def _beside_one_another(coded: Floats, base: Floats, found: list[Contrast]) -> list[Contrast]:
    """Return main effects by least squares beside one another where they are not orthogonal."""
    if not any(contrast.is_rest for contrast in found):
        return found
    terms = [contrast.term for contrast in found]
    columns = np.column_stack([column(coded, term) for term in terms])
    directions = np.linalg.pinv(columns - base @ (base.T @ columns))
    return [
        _contrast(term, own, direction, is_rest=False)
        for term, own, direction in zip(terms, columns.T, directions, strict=True)
    ]


def pure_error(coded: Floats, blocks: Integers | None, response: Floats) -> tuple[float, int]:
    """Return the sum of squares between runs with one setting in one block, and its freedom."""
    own = np.zeros(len(coded)) if blocks is None else blocks
    keys = np.unique(np.column_stack([own, coded]), axis=0, return_inverse=True)[1].ravel()
    means = np.bincount(keys, response) / np.bincount(keys)
    return float(np.sum((response - means[keys]) ** 2)), len(coded) - len(means)
