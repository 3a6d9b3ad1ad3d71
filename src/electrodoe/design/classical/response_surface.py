"""Central composite and Box-Behnken designs."""

from itertools import combinations, product
from typing import Final

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]

_BLOCKS: Final[dict[int, tuple[tuple[int, ...], ...]]] = {
    6: ((0, 1, 3), (1, 2, 4), (2, 3, 5), (0, 3, 4), (1, 4, 5), (0, 2, 5)),
    7: ((3, 4, 5), (0, 5, 6), (1, 4, 6), (0, 1, 3), (2, 3, 6), (0, 2, 4), (1, 2, 5)),
}
"""Factors that vary together; up to five factors it is every pair."""


def central_composite(n_factors: int) -> Floats:
    """Return the corners and the centers of the faces, coded; centers of the cube not included.

    Five and more factors take the half fraction in which the last is the product of the others:
    resolution V, so that every two-factor interaction is clear of the others.

    Parameters
    ----------
    n_factors : int
        Two or more.

    Returns
    -------
    array of shape (n_runs, n_factors)
        Face-centered, since factors cannot leave their ends.

    References
    ----------
    .. [1] Box, Wilson, J. R. Statist. Soc. B 13 (1951) 1.

    Examples
    --------
    >>> [len(central_composite(k)) for k in (2, 3, 4, 5)]
    [8, 14, 24, 26]
    """
    if n_factors < 5:
        cube = np.array(list(product((-1.0, 1.0), repeat=n_factors)))
    else:
        cube = np.array(list(product((-1.0, 1.0), repeat=n_factors - 1)))
        cube = np.column_stack([cube, cube.prod(axis=1)])
    faces = np.vstack([np.eye(n_factors), -np.eye(n_factors)])
    return np.vstack([cube, faces])


def box_behnken(n_factors: int) -> Floats:
    """Return the middles of the edges, coded; centers not included.

    Parameters
    ----------
    n_factors : int
        Three to seven.

    Returns
    -------
    array of shape (n_runs, n_factors)
        12, 24, 40, 48 or 56 runs.

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
