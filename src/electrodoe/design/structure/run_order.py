"""The order in which runs are made: random, within what cannot be reset at will."""

from collections.abc import Sequence
from typing import Any

import numpy as np
import polars as pl

from electrodoe.arrays import Floats, Integers
from electrodoe.design.region.region import DesignRegion
from electrodoe.design.run_plan import (
    BLOCK,
    EXISTING,
    PURPOSE,
    REPLICATE_OF,
    RUN,
    WHOLE_PLOT,
    RunPlan,
)


def run_order(
    groups: Integers | None, n_existing: int, n_runs: int, *, has_blocks: bool, seed: int
) -> Integers:
    """Return positions of a design in the order of making.

    Whole plots in random order, runs within each group in random order.

    Examples
    --------
    >>> run_order(np.array([0, 0, 1, 1, 2, 2]), 2, 6, has_blocks=False, seed=3).tolist()
    [0, 1, 3, 2, 4, 5]
    """
    rng = np.random.default_rng([seed, 1])
    existing, free = np.arange(n_existing), np.arange(n_existing, n_runs)
    if groups is None:
        return np.concatenate([existing, rng.permutation(free)])
    begun = np.unique(groups[:n_existing])
    new = np.setdiff1d(groups[free], begun)
    order = np.concatenate([begun, new if has_blocks else rng.permutation(new)])
    within = [rng.permutation(free[groups[free] == group]) for group in order]
    return np.concatenate([existing, *within]).astype(np.int64)


def originals_first(
    order: Integers,
    design: Floats,
    purposes: Sequence[str],
    groups: Integers | None,
) -> Integers:
    """Return an order in which whatever is repeated is made before its repeat.

    Runs and whole plots with the same settings have changed places, nothing else: which settings
    are made when stays as it was drawn.
    """
    n_existing = purposes.count(EXISTING)
    is_repeat = np.array(purposes) == "replicate"
    settings = np.round(design, 9)
    if groups is not None:
        drawn = dict.fromkeys(groups[order[n_existing:]].tolist())
        plots = [np.flatnonzero(groups == group) for group in drawn]
        contents = [tuple(sorted(map(tuple, settings[plot].tolist()))) for plot in plots]
        sorted_plots = _repeats_last(contents, [bool(is_repeat[plot].all()) for plot in plots])
        own = [order[np.isin(order, plots[number])] for number in sorted_plots]
        order = np.concatenate([order[:n_existing], *own])
    group_of = np.zeros(len(design), dtype=np.int64) if groups is None else groups
    runs = [(int(group_of[run]), *settings[run].tolist()) for run in order]
    return order[_repeats_last(runs, is_repeat[order].tolist())]


def _repeats_last(contents: Sequence[tuple[Any, ...]], is_repeat: Sequence[bool]) -> list[int]:
    """Return which item takes each place: among equal ones repeats come after the others."""
    equal: dict[tuple[Any, ...], list[int]] = {}
    for number, content in enumerate(contents):
        equal.setdefault(content, []).append(number)
    taken = list(range(len(contents)))
    for places in equal.values():
        items = sorted(places, key=lambda number: is_repeat[number])
        for place, item in zip(places, items, strict=True):
            taken[place] = item
    return taken


def run_plan(
    region: DesignRegion,
    design: Floats,
    purposes: Sequence[str | None],
    groups: Integers | None,
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
            REPLICATE_OF: pl.Series(_first_equal(design, groups), dtype=pl.Int64),
            WHOLE_PLOT: empty if has_blocks else numbered,
            BLOCK: numbered if has_blocks else empty,
            PURPOSE: pl.Series(purposes, dtype=pl.String),
            **region.decoded(design),
        }
    )
    return RunPlan(factors=region.names, frame=frame)


def _first_equal(design: Floats, groups: Integers | None) -> list[int | None]:
    """Return for each run the first with the same settings: in its group, else in any before."""
    first: dict[tuple[float, ...], int] = {}
    found: list[int | None] = []
    own = np.zeros(len(design)) if groups is None else groups
    for number, settings in enumerate(np.round(design, 9).tolist(), start=1):
        within = (float(own[number - 1]), *settings)
        found.append(first.get(within, first.get(tuple(settings))))
        first.setdefault(within, number)
        first.setdefault(tuple(settings), number)
    return found
