"""Latin hypercubes whose points keep their distance."""

from typing import Final

import numpy as np
from scipy.spatial.distance import cdist

from electrodoe.arrays import Floats, Integers
from electrodoe.design.region.region import DesignRegion
from electrodoe.ties import first_largest

_SWAPS_PER_RUN: Final = 60
"""Swaps tried, in which a run takes part 120 times on average; chosen."""
_MOST_SWAPS: Final = 5000
"""Bound on the time of large hypercubes, chosen."""
_LARGEST_POOL: Final = 5000
"""Feasible points from which gaps are filled: bound on time and memory, chosen."""
_NEARNESS_POWER: Final = 8
"""Of squared distances: phi_p of Morris and Mitchell (1995) with p = 16, near to maximin."""
_NO_DISTANCE: Final = 1e-3
"""Added to squared coded distances, so that two runs at one place stay finite; chosen."""


def latin_hypercube(region: DesignRegion, n_runs: int, rng: np.random.Generator) -> Floats:
    """Return a maximin Latin hypercube within the limits.

    Coded; numbers lie in the middle of their parts.

    Notes
    -----
    Swaps within a column keep a hypercube one. A swap stays if it brings more runs within the
    limits, or, with as many, if it lowers the criterion of Morris and Mitchell [2]_, whose least
    value has the maximin distance. Two categories are as far apart as two ends. Limits
    that no hypercube can keep leave some runs outside: they are replaced by the feasible points
    farthest from the others, and the parts are then no longer met equally often.

    References
    ----------
    .. [1] McKay, Beckman, Conover, Technometrics 21 (1979) 239.
    .. [2] Morris, Mitchell, J. Statist. Plan. Inference 43 (1995) 381.

    Examples
    --------
    >>> from electrodoe.design.region.axes import FactorAxis
    >>> from electrodoe.design.region.region import region_of
    >>> region = region_of([FactorAxis(name="a", low=0, high=1)])
    >>> np.sort(latin_hypercube(region, 4, np.random.default_rng(0)).ravel())
    array([-0.75, -0.25,  0.25,  0.75])
    """
    design = _spread(region, _hypercube(region, n_runs, rng), rng)
    kept = design[region.is_feasible(design)]
    return design if len(kept) == n_runs else _filled(region, kept, n_runs, rng)


def _hypercube(region: DesignRegion, n_runs: int, rng: np.random.Generator) -> Floats:
    """Return one random hypercube: each factor's range in n parts, each part met once."""
    columns = []
    for axis in region.axes:
        halves = 2 * rng.permutation(n_runs) + 1
        if axis.levels is None:
            columns.append(halves / n_runs - 1.0)
        else:
            columns.append(axis.levels[halves * len(axis.levels) // (2 * n_runs)])
    return np.column_stack(columns)


def _spread(region: DesignRegion, design: Floats, rng: np.random.Generator) -> Floats:
    """Return a hypercube after swaps within its columns."""
    n_runs, n_factors = design.shape
    if n_runs < 2:
        return design
    is_kept = region.is_feasible(design)
    for _ in range(min(_SWAPS_PER_RUN * n_runs, _MOST_SWAPS)):
        column = int(rng.integers(n_factors))
        pair = _two(n_runs, rng)
        swapped = design[pair]
        swapped[:, column] = swapped[::-1, column]
        now = region.is_feasible(swapped)
        gain = int(now.sum()) - int(is_kept[pair].sum())
        if gain > 0 or (gain == 0 and _is_wider(region, design, pair, swapped)):
            design[pair], is_kept[pair] = swapped, now
    return design


def _two(n_runs: int, rng: np.random.Generator) -> Integers:
    """Return the numbers of two different runs."""
    first, step = int(rng.integers(n_runs)), int(rng.integers(1, n_runs))
    return np.array([first, (first + step) % n_runs])


def _is_wider(region: DesignRegion, design: Floats, pair: Integers, swapped: Floats) -> bool:
    """Return whether two runs stand farther from all others after a swap."""
    others = _placed(region, np.delete(design, pair, axis=0))
    return _nearness(region, others, swapped) < _nearness(region, others, design[pair])


def _nearness(region: DesignRegion, others: Floats, runs: Floats) -> float:
    """Return the sum of inverse distances to a high power."""
    squared = cdist(_placed(region, runs), others, "sqeuclidean") / len(region.axes)
    return float(np.sum((squared + _NO_DISTANCE) ** -_NEARNESS_POWER))


def _placed(region: DesignRegion, design: Floats) -> Floats:
    """Return coordinates in which two different categories are 2 apart, like two ends."""
    columns = []
    for number, axis in enumerate(region.axes):
        if axis.is_categorical:
            names = np.arange(len(axis.categories))
            columns.append(np.sqrt(2.0) * (design[:, number, None] == names))
        else:
            columns.append(design[:, number, None])
    return np.hstack(columns)


def _filled(region: DesignRegion, design: Floats, n_runs: int, rng: np.random.Generator) -> Floats:
    """Return a design with the feasible points added that are farthest from all others."""
    pool = region.sample(min(50 * n_runs, _LARGEST_POOL), rng)
    places = _placed(region, pool)
    if not len(design):
        design = pool[:1]
    apart = cdist(places, _placed(region, design)).min(axis=1)
    while len(design) < n_runs:
        farthest = int(first_largest(apart))
        design = np.vstack([design, pool[farthest]])
        apart = np.minimum(apart, cdist(places, places[farthest : farthest + 1])[:, 0])
    return design
