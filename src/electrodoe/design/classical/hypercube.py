"""Latin hypercubes whose points keep their distance."""

from typing import Final

import numpy as np
from numpy.typing import NDArray

from electrodoe.design.region import DesignRegion, infeasible

Floats = NDArray[np.float64]
_N_TRIED: Final = 400


def latin_hypercube(region: DesignRegion, n_runs: int, rng: np.random.Generator) -> Floats:
    """Return a maximin Latin hypercube within the limits.

    Parameters
    ----------
    region : DesignRegion
        Levels are met equally often, as far as the number of runs allows.
    n_runs : int
        Runs.
    rng : numpy.random.Generator
        Source of the permutations.

    Returns
    -------
    array of shape (n_runs, n_factors)
        Coded: of 400 hypercubes that of greatest least distance. Where limits cut, runs beyond
        them are replaced by the feasible points farthest from the others.

    Raises
    ------
    DesignError
        If hardly any point is feasible.

    References
    ----------
    .. [1] McKay, Beckman, Conover, Technometrics 21 (1979) 239.
    .. [2] Morris, Mitchell, J. Statist. Plan. Inference 43 (1995) 381.
    """
    tried = [_hypercube(region, n_runs, rng) for _ in range(_N_TRIED)]
    best = max(tried, key=_least_distance)
    is_kept = region.is_feasible(best)
    if is_kept.all():
        return best
    design, pool = best[is_kept], region.sample(50 * n_runs, rng)
    if not len(pool):
        raise infeasible(region)
    while len(design) < n_runs:
        if not len(design):
            design = pool[:1]
            continue
        apart = np.min(np.linalg.norm(pool[:, None] - design, axis=2), axis=1)
        design = np.vstack([design, pool[int(np.argmax(apart))]])
    return design


def _hypercube(region: DesignRegion, n_runs: int, rng: np.random.Generator) -> Floats:
    """Return one random hypercube: each factor's range in n parts, each part met once."""
    columns = []
    for axis in region.axes:
        shares = (rng.permutation(n_runs) + 0.5) / n_runs
        if axis.levels is None:
            columns.append(2.0 * shares - 1.0)
        else:
            columns.append(axis.levels[(shares * len(axis.levels)).astype(np.int64)])
    return np.column_stack(columns)


def _least_distance(design: Floats) -> float:
    """Return the distance of the two nearest points."""
    apart = np.linalg.norm(design[:, None] - design, axis=2)
    return float(np.min(apart[np.triu_indices(len(design), 1)]))
