"""Terms of a factorial model: their columns, and their names as the field writes them."""

from collections.abc import Iterator, Sequence
from itertools import combinations
from typing import Final

import numpy as np

from electrodoe.arrays import Floats

Term = tuple[int, ...]
"""Numbers of the factors that are multiplied: (0,) is A, (0, 1) is AB, (0, 0) is A²."""
_LETTERS: Final = "ABCDEFGHJKLMNOPQRSTUVWXYZ"
"""Of factors; I stands for the identity."""
_NONE: Final = 1e-6
"""Coefficient of an alias below which there is none: rounding of sums of some hundred runs."""
_WHOLE: Final = 1e-6
"""Distance from one within which an alias is whole."""
_MOST: Final = 6
"""Partial aliases that are written out, the largest first; others are counted."""


def letter(factor: int, n_factors: int) -> str:
    """Return what a factor is called in alias chains: A, B, ..., without I, else X1, X2, ..."""
    return _LETTERS[factor] if n_factors <= len(_LETTERS) else f"X{factor + 1}"


def letters(term: Term, n_factors: int) -> str:
    """Return a term in letters.

    Examples
    --------
    >>> letters((0, 1), 4), letters((2, 2), 4), letters((0, 11), 30)
    ('AB', 'C²', 'X1·X12')
    """
    if len(term) == 2 and term[0] == term[1]:
        return f"{letter(term[0], n_factors)}²"
    joint = "" if n_factors <= len(_LETTERS) else "·"
    return joint.join(letter(factor, n_factors) for factor in term)


def named(term: Term, names: Sequence[str]) -> str:
    """Return a term with the columns' names, as the tables of coefficients write it.

    Examples
    --------
    >>> named((0, 1), ["speed", "gap"]), named((1, 1), ["speed", "gap"])
    ('speed × gap', 'gap²')
    """
    if len(term) == 2 and term[0] == term[1]:
        return f"{names[term[0]]}²"
    return " × ".join(names[factor] for factor in term)


def column(coded: Floats, term: Term) -> Floats:
    """Return a term's column, shape (n_runs,)."""
    return np.asarray(np.prod(coded[:, list(term)], axis=1))


def terms_of_order(n_factors: int, order: int) -> Iterator[Term]:
    """Return the products of so many different factors, in canonical order."""
    return combinations(range(n_factors), order)


def aliases(weights: Floats, coded: Floats, own: Term, max_order: int) -> dict[Term, float]:
    """Return what else a contrast estimates.

    Parameters
    ----------
    weights : array of shape (n_runs,)
        Of the runs in the contrast.
    coded : array of shape (n_runs, n_factors)
        Levels -1 and 1.
    own : tuple of int
        The term that the contrast is for.
    max_order : int
        Factors in an alias, at most.

    Returns
    -------
    dict of tuple of int to float
        Coefficient of each other term in the contrast's expectation, its own being 1: the row of
        the alias matrix.

    Examples
    --------
    >>> half = np.array([[-1, -1, 1], [1, -1, -1], [-1, 1, -1], [1, 1, 1.0]])  # C = AB
    >>> aliases(half[:, 0], half, (0,), 2)
    {(1, 2): 1.0}
    """
    scale = float(weights @ column(coded, own))
    found = {
        term: float(weights @ column(coded, term)) / scale
        for order in range(1, max_order + 1)
        for term in terms_of_order(coded.shape[1], order)
        if term != own
    }
    return {term: value for term, value in found.items() if abs(value) > _NONE}


def chain(own: Term, others: dict[Term, float], n_factors: int) -> str:
    """Return a contrast's expectation in the field's words.

    Examples
    --------
    >>> chain((0,), {(1, 3): 1.0, (2, 4): -1.0}, 7)
    'A + BD − CE'
    >>> chain((0,), {(1, 2): -1 / 3}, 11)
    'A − 0.33 BC'
    """
    ranked = sorted(others, key=lambda term: (-round(abs(others[term]), 6), len(term), term))
    is_whole = all(abs(abs(value) - 1.0) < _WHOLE for value in others.values())
    kept = ranked if is_whole else ranked[:_MOST]
    parts = [f" {_signed(others[term])}{letters(term, n_factors)}" for term in kept]
    more = f" and {len(ranked) - len(kept)} more" if len(ranked) > len(kept) else ""
    return letters(own, n_factors) + "".join(parts) + more


def _signed(value: float) -> str:
    """Return a coefficient with its sign; 1 is not written."""
    sign = "+ " if value > 0.0 else "− "
    return sign if abs(abs(value) - 1.0) < _WHOLE else f"{sign}{abs(value):.2f} "
