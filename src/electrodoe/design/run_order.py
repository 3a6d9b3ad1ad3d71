"""The order in which runs are made: random, within what cannot be reset at will."""

from collections.abc import Sequence

import numpy as np
import polars as pl
from numpy.typing import NDArray

from electrodoe.design.region import DesignRegion
from electrodoe.design.run_plan import BLOCK, PURPOSE, REPLICATE_OF, RUN, WHOLE_PLOT, RunPlan

Floats = NDArray[np.float64]


def run_order(
    groups: NDArray[np.int64] | None, n_made: int, n_runs: int, *, has_blocks: bool, seed: int
) -> NDArray[np.int64]:
    """Return positions of a design in the order of making.

    Parameters
    ----------
    groups : array of shape (n_runs,), int, or None
        Whole plots or blocks.
    n_made : int
        Leading runs that were made already; they keep their places.
    n_runs : int
        All runs.
    has_blocks : bool
        Groups are blocks, such as days: they follow one another as declared.
    seed : int
        Of the random order.

    Returns
    -------
    array of shape (n_runs,), int
        Whole plots in random order, runs within each group in random order.

    Examples
    --------
    >>> run_order(np.array([0, 0, 1, 1, 2, 2]), 2, 6, has_blocks=False, seed=3).tolist()
    [0, 1, 3, 2, 4, 5]
    """
    rng = np.random.default_rng([seed, 1])
    made, free = np.arange(n_made), np.arange(n_made, n_runs)
    if groups is None:
        return np.concatenate([made, rng.permutation(free)])
    begun = np.unique(groups[:n_made])
    new = np.setdiff1d(groups[free], begun)
    order = np.concatenate([begun, new if has_blocks else rng.permutation(new)])
    within = [rng.permutation(free[groups[free] == group]) for group in order]
    return np.concatenate([made, *within]).astype(np.int64)


def run_plan(
    region: DesignRegion,
    design: Floats,
    purposes: Sequence[str | None],
    groups: NDArray[np.int64] | None,
    *,
    has_blocks: bool,
) -> RunPlan:
    """Return a coded design, in the order of making, as a plan in the factors' own units.

    Parameters
    ----------
    region : DesignRegion
        The factors.
    design : array of shape (n_runs, n_factors)
        Coded.
    purposes : sequence of str or None
        What each run is for; None where that is not known.
    groups : array of shape (n_runs,), int, or None
        Whole plots or blocks; numbered anew in the order of making.
    has_blocks : bool
        Groups are blocks.

    Returns
    -------
    RunPlan
        The plan.
    """
    n_runs = len(design)
    numbered = pl.Series([None] * n_runs, dtype=pl.Int64)
    if groups is not None:
        numbers = {group: number for number, group in enumerate(dict.fromkeys(groups.tolist()), 1)}
        numbered = pl.Series([numbers[group] for group in groups.tolist()], dtype=pl.Int64)
    empty = pl.Series([None] * n_runs, dtype=pl.Int64)
    frame = pl.DataFrame(
        {
            RUN: pl.Series(range(1, n_runs + 1), dtype=pl.Int64),
            REPLICATE_OF: pl.Series(_first_equal(design), dtype=pl.Int64),
            WHOLE_PLOT: empty if has_blocks else numbered,
            BLOCK: numbered if has_blocks else empty,
            PURPOSE: pl.Series(purposes, dtype=pl.String),
            **region.decoded(design),
        }
    )
    return RunPlan(factors=region.names, frame=frame)


def _first_equal(design: Floats) -> list[int | None]:
    """Return for each run the number of the first run with the same settings, or None."""
    first: dict[tuple[float, ...], int] = {}
    found: list[int | None] = []
    for number, settings in enumerate(np.round(design, 9).tolist(), start=1):
        key = tuple(settings)
        found.append(first.get(key))
        first.setdefault(key, number)
    return found
