"""Definitive screening designs, from conference matrices."""

from typing import Final

import numpy as np

from electrodoe.arrays import Floats, Integers
from electrodoe.errors import DesignError

_ORDERS: Final = (4, 6, 8, 10, 12, 14, 16, 18, 20, 24, 26, 28, 30)
"""Of the conference matrices up to 30; there is none of order 22."""
_FIELDS: Final = {9: (3, (1, 0)), 25: (5, (3, 0)), 27: (3, (1, 2, 0))}
"""Prime and the lower coefficients of the polynomial that makes a field of its power."""


def definitive_screening(n_factors: int) -> Floats:
    """Return three levels in little more than twice as many runs as factors.

    Coded; m is the next conference matrix's order, the last run is the center. Main effects are
    orthogonal to one another, to all squares and to all two-factor interactions.

    Notes
    -----
    Fold-over of a conference matrix C: ``[C; -C; 0]``. C is Paley's, from the squares of a
    finite field, and for order 16 twice that of order 8. Where no matrix has as many columns as
    there are factors (odd numbers, 21 and 22), the next one lends its leading columns [2]_.

    References
    ----------
    .. [1] Jones, Nachtsheim, Journal of Quality Technology 43 (2011) 1.
    .. [2] Xiao, Lin, Bai, Journal of Quality Technology 44 (2012) 2.

    Examples
    --------
    >>> definitive_screening(6).shape
    (13, 6)
    """
    order = next((order for order in _ORDERS if order >= n_factors), None)
    if order is None or n_factors < 3:
        raise DesignError(
            f"no definitive screening design for {n_factors} factors",
            where="[plan], key 'design'",
            fix='plan 3 to 30 factors, or use design = "optimal"',
        )
    C = _conference_matrix(order)[:, :n_factors]
    return np.vstack([C, -C, np.zeros((1, n_factors))])


def _conference_matrix(order: int) -> Floats:
    """Return C with zeros on its diagonal, -1 or 1 elsewhere, and orthogonal columns."""
    if order == 16:
        S, one = _conference_matrix(8), np.eye(8)
        return np.block([[S, S + one], [S - one, -S]])
    C = np.zeros((order, order))
    C[0, 1:], C[1:, 1:] = 1.0, _paley_core(order - 1)
    C[1:, 0] = 1.0 if order % 4 == 2 else -1.0
    return C


def _paley_core(size: int) -> Floats:
    """Return for each pair in a field whether their difference is a square (1) or not (-1)."""
    prime, lower = _FIELDS.get(size, (size, (0,)))
    degree = len(lower)
    weights = prime ** np.arange(degree)
    elements = np.arange(size)[:, None] // weights % prime
    squares = {int(_square(element, prime, lower) @ weights) for element in elements[1:]}
    character = np.array([0.0] + [1.0 if n in squares else -1.0 for n in range(1, size)])
    apart = (elements[:, None] - elements) % prime @ weights
    return np.asarray(character[apart])


def _square(element: Integers, prime: int, lower: tuple[int, ...]) -> Integers:
    """Return the square of a polynomial, modulo ``x^degree + lower`` and a prime."""
    result = np.convolve(element, element)
    degree = len(lower)
    for top in range(len(result) - 1, degree - 1, -1):
        result[top - degree : top] -= result[top] * np.array(lower)
    return np.asarray(result[:degree] % prime)
