"""Central composite and Box-Behnken designs."""

from itertools import combinations, product
from typing import Final

import numpy as np

from electrodoe.arrays import Floats

_BLOCKS: Final[dict[int, tuple[tuple[int, ...], ...]]] = {
    6: ((0, 1, 3), (1, 2, 4), (2, 3, 5), (0, 3, 4), (1, 4, 5), (0, 2, 5)),
    7: ((3, 4, 5), (0, 5, 6), (1, 4, 6), (0, 1, 3), (2, 3, 6), (0, 2, 4), (1, 2, 5)),
}
"""Factors that vary together; up to five factors it is every pair."""
_GENERATORS: Final[dict[int, tuple[tuple[int, ...], ...]]] = {
    5: ((0, 1, 2, 3),),
    6: ((0, 1, 2, 3, 4),),
    7: ((0, 1, 2, 3, 4, 5),),
    8: ((0, 1, 2, 3), (0, 1, 4, 5)),
    9: ((0, 2, 3, 5, 6), (1, 2, 4, 5, 6)),
    10: ((0, 1, 2, 6), (1, 2, 3, 4), (0, 2, 3, 5)),
    11: ((0, 1, 2, 6), (1, 2, 3, 4), (0, 2, 3, 5), (0, 1, 2, 3, 4, 5, 6)),
}
"""Of which factors' product each of the last factors is set, in a fraction of the cube."""


def central_composite(n_factors: int) -> Floats:
    """Return the corners and the centers of the faces, coded; centers of the cube not included.

    Five and more factors take a fraction of the cube of resolution V or higher: two-factor
    interactions are orthogonal to one another and to main effects.

    Face-centered, since factors cannot leave their ends.

    References
    ----------
    .. [1] Box, Wilson, J. R. Statist. Soc. B 13 (1951) 1.
    .. [2] Box, Hunter, Hunter, Statistics for Experimenters (1978), ch. 12.

    Examples
    --------
    >>> [len(central_composite(k)) for k in (2, 3, 4, 5, 8)]
    [8, 14, 24, 26, 80]
    """
    generators = _GENERATORS.get(n_factors, ())
    free = np.array(list(product((-1.0, 1.0), repeat=n_factors - len(generators))))
    cube = np.column_stack([free, *(free[:, list(own)].prod(axis=1) for own in generators)])
    faces = np.vstack([np.eye(n_factors), -np.eye(n_factors)])
    return np.vstack([cube, faces])


def box_behnken(n_factors: int) -> Floats:
    """Return the published blocks: few factors at their ends, all others at the center point.

    Coded: 12, 24, 40, 48 or 56 runs; centers not included.

    References
    ----------
    .. [1] Box, Behnken, Technometrics 2 (1960) 455.

    Examples
    --------
    >>> [len(box_behnken(k)) for k in (3, 4, 5, 6, 7)]
    [12, 24, 40, 48, 56]
    """
    blocks = _BLOCKS.get(n_factors) or tuple(combinations(range(n_factors), 2))
    runs = []
    for block in blocks:
        for signs in product((-1.0, 1.0), repeat=len(block)):
            run = np.zeros(n_factors)
            run[list(block)] = signs
            runs.append(run)
    return np.array(runs)
