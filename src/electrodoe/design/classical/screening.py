"""Definitive screening designs, from conference matrices."""

from typing import Final

import numpy as np
from numpy.typing import NDArray

from electrodoe.errors import DesignError

Floats = NDArray[np.float64]
_PRIMES: Final = (3, 5, 7, 11, 13, 17, 19, 23, 29)


def definitive_screening(n_factors: int) -> Floats:
    """Return three levels in little more than twice as many runs as factors.

    Parameters
    ----------
    n_factors : int
        Three to 30.

    Returns
    -------
    array of shape (2 m + 1, n_factors)
        Coded; m is the next conference matrix's order, the last run is the center. Main effects
        are orthogonal to one another, to all squares and to all two-factor interactions.

    Raises
    ------
    DesignError
        If no such matrix is at hand.

    Notes
    -----
    Fold-over of a conference matrix C, by Paley's construction from the quadratic residues of a
    prime: ``[C; -C; 0]``.

    References
    ----------
    .. [1] Jones, Nachtsheim, Journal of Quality Technology 43 (2011) 1.
    .. [2] Xiao, Lin, Bai, Journal of Quality Technology 44 (2012) 2.

    Examples
    --------
    >>> definitive_screening(6).shape
    (13, 6)
    """
    order = next((prime + 1 for prime in _PRIMES if prime + 1 >= n_factors), None)
    if order is None or n_factors < 3:
        raise DesignError(
            f"no definitive screening design for {n_factors} factors",
            where="[plan], key 'design'",
            fix='plan 3 to 30 factors, or use design = "optimal"',
        )
    C = _conference_matrix(order - 1)[:, :n_factors]
    return np.vstack([C, -C, np.zeros((1, n_factors))])


def _conference_matrix(prime: int) -> Floats:
    """Return Paley's conference matrix of order prime + 1."""
    squares = {number * number % prime for number in range(1, prime)}
    residue = np.array([0.0] + [1.0 if n in squares else -1.0 for n in range(1, prime)])
    core = residue[(np.arange(prime)[:, None] - np.arange(prime)) % prime]
    C = np.zeros((prime + 1, prime + 1))
    C[0, 1:], C[1:, 1:] = 1.0, core
    C[1:, 0] = 1.0 if prime % 4 == 1 else -1.0
    return C
