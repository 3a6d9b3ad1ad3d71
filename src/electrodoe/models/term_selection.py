"""Fewer terms of a quadratic by a declared rule: AICc of configuration means, under heredity."""

from collections.abc import Iterable, Sequence
from typing import Final

import numpy as np

from electrodoe.arrays import Booleans, Floats
from electrodoe.models.terms import crossed
from electrodoe.ties import first_smallest

_SAME_CRITERION: Final = 1e-6
"""Values of AICc nearer than this are equal; a difference below 2 already means little (Burnham,
Anderson 2002), and what rounding moves is far below."""
_NO_RESIDUAL: Final = 1e-12
"""Of the sum of squares about the mean: a smaller residual is rounding, and none is better."""
_DEPENDENT: Final = 1e-7
"""Length of what is left of a column of unit length that the others make up: normalized inputs are
rounded to ten digits, and products of two of them hold eight."""


def parents(
    quadratic: Booleans, input_of_column: Sequence[int] | None = None
) -> list[frozenset[int]]:
    """Return, for each column of a quadratic's model matrix, the linear terms it is built of.

    Of a category's contrasts a term is built of all.

    Examples
    --------
    >>> [sorted(each) for each in parents(np.array([True, False]))]
    [[], [], [], [1, 2], [1]]
    """
    n_columns = len(quadratic)
    of = range(n_columns) if input_of_column is None else input_of_column
    own = [
        frozenset(1 + other for other in range(n_columns) if of[other] == of[column])
        for column in range(n_columns)
    ]
    pairs = [own[first] | own[second] for first, second in crossed(n_columns, input_of_column)]
    squares = [own[int(column)] for column in np.flatnonzero(quadratic)]
    return [frozenset()] * (1 + n_columns) + pairs + squares


def together(quadratic: Booleans, input_of_column: Sequence[int] | None) -> list[frozenset[int]]:
    """Return, for each column of the model matrix, those that enter and leave with it.

    Which are the contrasts of one category, or their products with one other input's: chosen one
    by one, they would hang on the order of the levels.
    """
    n_columns = len(quadratic)
    of = range(n_columns) if input_of_column is None else input_of_column
    keys: list[tuple[int, ...]] = [(-1,), *((number,) for number in of)]
    keys += [(of[i], of[j]) for i, j in crossed(n_columns, input_of_column)]
    keys += [(of[int(i)], of[int(i)]) for i in np.flatnonzero(quadratic)]
    members: dict[tuple[int, ...], set[int]] = {}
    for term, key in enumerate(keys):
        members.setdefault(key, set()).add(term)
    return [frozenset(members[key]) for key in keys]


def select_terms(
    X: Floats, y: Floats, quadratic: Booleans, input_of_column: Sequence[int] | None = None
) -> list[int]:
    r"""Return the terms of a quadratic that forward selection by AICc keeps.

    Parameters
    ----------
    X : array of shape (n_configurations, n_terms)
        :func:`electrodoe.models.terms.quadratic_matrix` at the configurations' mean inputs.
    y : array of shape (n_configurations,)
        Means of the configurations: replicates of one say nothing of its terms.
    quadratic : array of shape (n_inputs,), bool
        Which inputs have a square among the terms.
    input_of_column : sequence of int, or None
        Where categories have several columns: the input that each stands for. Their terms are
        taken or left together.

    Returns
    -------
    list of int
        Positions of the columns, ascending; the intercept is always among them, and with an
        interaction or a square the linear terms it is built of.

    Notes
    -----
    With K configurations and k parameters (coefficients and the variance)

    .. math:: \mathrm{AICc} = K \ln(RSS / K) + 2k + \frac{2k(k + 1)}{K - k - 1}

    Forward: from the mean on, each step adds the term that gives the smallest AICc, with the linear
    terms it needs, whether AICc falls or rises, until the configurations support no more. Of all
    sets on that way the one with the smallest AICc is taken; then terms are left out one by one as
    long as AICc falls. Of equal sets the one with the fewest terms is taken, then the first in the
    order of the inputs. Under heredity the choice does not hang on where an input's zero lies [2]_.

    References
    ----------
    .. [1] Hurvich, Tsai, Biometrika 76 (1989) 297, 10.1093/biomet/76.2.297.
    .. [2] Nelder, J. R. Stat. Soc. A 140 (1977) 48.

    Examples
    --------
    >>> from electrodoe.models.terms import quadratic_matrix
    >>> x = np.linspace(-1.0, 1.0, 9)
    >>> bent = 5.0 + x**2 + 0.01 * np.cos(7.0 * x)
    >>> squared = np.array([True])
    >>> select_terms(quadratic_matrix(x[:, None], squared), bent, squared)
    [0, 1, 2]
    """
    built_of = parents(quadratic, input_of_column)
    group = together(quadratic, input_of_column)
    kept, smallest = frozenset({0}), corrected_akaike(X[:, [0]], y)
    # forward, through sets that are worse for the moment
    reached = kept
    while True:
        wider = [reached | built_of[term] | group[term] for term in range(X.shape[1])]
        reached, value = _best([terms for terms in wider if terms > reached], X, y)
        if not np.isfinite(value):
            break
        if value < smallest - _SAME_CRITERION:
            kept, smallest = reached, value
    # backward, as long as that is better
    while True:
        left_out = [term for term in kept if term and not is_needed(term, kept, built_of)]
        narrower, value = _best([kept - group[term] for term in left_out], X, y)
        if not value < smallest - _SAME_CRITERION:
            return sorted(kept)
        kept, smallest = narrower, value


def _best(
    candidates: Sequence[frozenset[int]], X: Floats, y: Floats
) -> tuple[frozenset[int], float]:
    """Return the set of terms with the smallest AICc, and that; infinite where there is none."""
    if not candidates:
        return frozenset(), np.inf
    ordered = sorted(set(candidates), key=lambda terms: (len(terms), sorted(terms)))
    values = np.array([corrected_akaike(X[:, sorted(terms)], y) for terms in ordered])
    best = int(first_smallest(values, scale=1.0, equal=_SAME_CRITERION))
    return ordered[best], float(values[best])


def is_needed(term: int, kept: Iterable[int], built_of: list[frozenset[int]]) -> bool:
    """Return whether a kept term is built of another one."""
    return any(term in built_of[other] for other in kept)


def residual_sum_of_squares(X: Floats, y: Floats) -> float | None:
    """Return what a least-squares fit leaves, no less than rounding; None if terms depend."""
    length = np.linalg.norm(X, axis=0)
    Q, R = np.linalg.qr(X / np.where(length > 0.0, length, 1.0))
    if np.abs(np.diag(R)).min() < _DEPENDENT:
        return None
    residual = float(np.sum((y - Q @ (Q.T @ y)) ** 2))
    return max(residual, _NO_RESIDUAL * float(np.sum((y - y.mean()) ** 2)))


def corrected_akaike(X: Floats, y: Floats) -> float:
    """Return AICc of a least-squares fit; infinite where the data do not support so many terms.

    Examples
    --------
    >>> X = np.column_stack([np.ones(6), np.arange(6.0)])
    >>> round(corrected_akaike(X, np.array([0.0, 1, 2, 3, 4, 6])), 3)
    2.798
    """
    n_configurations, n_terms = X.shape
    k = n_terms + 1
    if n_configurations <= k + 1:
        return np.inf
    squares = residual_sum_of_squares(X, y)
    if squares is None:
        return np.inf
    mean_square = max(squares, np.finfo(np.float64).tiny) / n_configurations
    penalty = 2.0 * k + 2.0 * k * (k + 1.0) / (n_configurations - k - 1.0)
    return float(n_configurations * np.log(mean_square) + penalty)
