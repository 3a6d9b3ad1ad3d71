"""Fewer terms of a quadratic by p values, under heredity: backward elimination."""

from collections.abc import Sequence
from typing import Final

import numpy as np
from scipy.special import fdtrc

from electrodoe.arrays import Booleans, Floats
from electrodoe.models.term_selection import (
    is_needed,
    parents,
    residual_sum_of_squares,
    together,
)
from electrodoe.ties import first_smallest

_SAME: Final = 1e-6
"""P values nearer than this are equal: which is larger by its last digits differs by machine."""


def eliminate_terms(
    X: Floats,
    y: Floats,
    quadratic: Booleans,
    alpha: float,
    input_of_column: Sequence[int] | None = None,
) -> list[int]:
    """Return the terms of a quadratic that backward elimination by p values keeps.

    Parameters
    ----------
    X : array of shape (n_configurations, n_terms)
        :func:`electrodoe.models.terms.quadratic_matrix` at the configurations' mean inputs.
    y : array of shape (n_configurations,)
        Means of the configurations.
    quadratic : array of shape (n_columns,), bool
        Which columns have a square among the terms.
    alpha : float
        P value above which a term leaves.
    input_of_column : sequence of int, or None
        Where categories have several columns: the input that each stands for. Their terms leave
        together.

    Returns
    -------
    list of int
        Positions of the columns, ascending; the intercept is always among them, and with an
        interaction or a square the linear terms it is built of.

    Notes
    -----
    From all terms on, the one with the largest p of its partial F test leaves, as long as that is
    above ``alpha``; a linear term whose product or square stays is not asked. Of equal p the last
    in the order of the terms leaves. Where the configurations do not determine all terms with one
    degree of freedom to spare, terms enter first, that of the smallest p with the linear ones it
    needs, as long as p is at most ``alpha``.

    References
    ----------
    .. [1] Draper, Smith, Applied Regression Analysis (1998), ch. 15.

    Examples
    --------
    >>> from electrodoe.models.terms import quadratic_matrix
    >>> x = np.linspace(-1.0, 1.0, 9)
    >>> y = 5.0 + x + 0.01 * np.cos(7.0 * x)
    >>> eliminate_terms(quadratic_matrix(x[:, None], np.array([True])), y, np.array([True]), 0.1)
    [0, 1]
    """
    built_of = parents(quadratic, input_of_column)
    group = together(quadratic, input_of_column)
    kept = frozenset(range(X.shape[1]))
    if _residual(X, y, kept) is None:
        kept = _entered(X, y, built_of, group, alpha)
    while True:
        free = {group[term] for term in kept if term and not is_needed(term, kept, built_of)}
        asked = sorted(free, key=lambda terms: -max(terms))
        if not asked:
            return sorted(kept)
        chances = np.array([_chance(X, y, kept - terms, kept) for terms in asked])
        worst = int(first_smallest(-chances, scale=1.0, equal=_SAME))
        if chances[worst] <= alpha:
            return sorted(kept)
        kept = kept - asked[worst]


def _entered(
    X: Floats,
    y: Floats,
    built_of: list[frozenset[int]],
    group: list[frozenset[int]],
    alpha: float,
) -> frozenset[int]:
    """Return the terms that enter one after the other, each with what it is built of."""
    kept = frozenset({0})
    while True:
        wider = {kept | group[term] | built_of[term] for term in range(X.shape[1])} - {kept}
        ordered = sorted(wider, key=lambda terms: (len(terms), sorted(terms)))
        chances = np.array([_chance(X, y, kept, terms) for terms in ordered])
        if not ordered:
            return kept
        best = int(first_smallest(chances, scale=1.0, equal=_SAME))
        if chances[best] > alpha:
            return kept
        kept = ordered[best]


def _chance(X: Floats, y: Floats, narrow: frozenset[int], wide: frozenset[int]) -> float:
    """Return the p value of the terms by which two sets differ; 1 where it is not known."""
    large = _residual(X, y, wide)
    small = _residual(X, y, narrow)
    if large is None or small is None:
        return 1.0
    spare = len(y) - len(wide)
    error = max(large, np.finfo(np.float64).tiny) / spare
    gained = max(small - large, 0.0) / (len(wide) - len(narrow))
    return float(fdtrc(len(wide) - len(narrow), spare, gained / error))


def _residual(X: Floats, y: Floats, terms: frozenset[int]) -> float | None:
    """Return the residual sum of squares; None where terms are not determined, or nothing spare."""
    return None if len(y) <= len(terms) else residual_sum_of_squares(X[:, sorted(terms)], y)
