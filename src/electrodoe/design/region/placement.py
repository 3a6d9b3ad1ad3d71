"""Where the runs of a table lie: beyond a factor's ends, between its levels, past a limit."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Final

import numpy as np
import polars as pl

from electrodoe.arrays import Booleans, Floats, Integers
from electrodoe.design.region.axes import FactorAxis
from electrodoe.design.region.region import DesignRegion

_TOLERANCE: Final = 1e-6
"""Coded distance that two settings may differ by and be the same."""


def is_beyond_ends(axes: Sequence[FactorAxis], design: Floats) -> Booleans:
    """Return which settings, shape (n_runs, n_factors), lie below or above their factor's ends."""
    is_number = np.array([not axis.is_categorical for axis in axes])
    return np.asarray((np.abs(design) > 1.0 + _TOLERANCE) & is_number)


def is_off_levels(axes: Sequence[FactorAxis], design: Floats) -> Booleans:
    """Return which settings, shape (n_runs, n_factors), are none of their factor's levels.

    Examples
    --------
    >>> axis = FactorAxis(name="porosity", low=0.25, high=0.45, levels=np.array([-1.0, 0.0, 1.0]))
    >>> is_off_levels([axis], np.array([[-1.0], [0.2]])).ravel()
    array([False,  True])
    """
    off = np.zeros(design.shape, dtype=np.bool_)
    for number, axis in enumerate(axes):
        if axis.levels is not None and not axis.is_categorical:
            nearest = np.abs(design[:, number, None] - axis.levels).min(axis=1)
            off[:, number] = nearest > _TOLERANCE
    return off


def misplaced_runs(
    region: DesignRegion, design: Floats, groups: Integers | None = None
) -> pl.DataFrame:
    """Return the runs that the study as declared does not allow, each with its reason.

    Parameters
    ----------
    region : DesignRegion
        Factors and limits.
    design : array of shape (n_runs, n_factors)
        Coded settings.
    groups : array of shape (n_runs,), int, or None
        Whole plots, numbered from 0; a hard-to-change factor keeps its setting within one.

    Returns
    -------
    polars.DataFrame
        ``run, reason``: a run counts from 1 and has one row for each of its reasons.

    Examples
    --------
    >>> from electrodoe.design.region.region import region_of
    >>> region = region_of([FactorAxis(name="porosity", low=0.25, high=0.45)])
    >>> misplaced_runs(region, np.array([[0.0], [1.5]])).rows()
    [(2, 'porosity 0.5 lies above 0.45')]
    """
    reasons = [
        *_beyond_ends(region, design),
        *_past_limits(region, design),
        *_reset_within(region, design, groups),
    ]
    schema = {"run": pl.Int64, "reason": pl.String}
    frame = pl.DataFrame(reasons, schema=schema, orient="row")
    return frame.unique(maintain_order=True).sort("run", maintain_order=True)


def _beyond_ends(region: DesignRegion, design: Floats) -> Iterator[tuple[int, str]]:
    """Yield settings below or above a factor's ends."""
    beyond = is_beyond_ends(region.axes, design)
    for row, number in np.argwhere(beyond).tolist():
        axis = region.axes[number]
        value = float(axis.decoded(design[row, number]))
        place = f"above {axis.high:g}" if value > axis.high else f"below {axis.low:g}"
        yield row + 1, f"{axis.name} {value:.6g} lies {place}"


def _past_limits(region: DesignRegion, design: Floats) -> Iterator[tuple[int, str]]:
    """Yield runs that break a constraint or are a forbidden combination."""
    for limit in region.inequalities:
        alone = replace(region, inequalities=(limit,), forbidden=())
        for row in np.flatnonzero(~alone.is_feasible(design)).tolist():
            yield row + 1, f"breaks '{limit.text}'"
    for combination in region.forbidden:
        alone = replace(region, inequalities=(), forbidden=(combination,))
        for row in np.flatnonzero(~alone.is_feasible(design)).tolist():
            yield row + 1, f"is forbidden: '{combination.text}'"


def _reset_within(
    region: DesignRegion, design: Floats, groups: Integers | None
) -> Iterator[tuple[int, str]]:
    """Yield runs in which a hard-to-change factor leaves the first setting of its whole plot."""
    if groups is None:
        return
    _, first, group = np.unique(groups, return_index=True, return_inverse=True)
    changed = np.abs(design - design[first[group]]) > _TOLERANCE
    changed &= np.array([axis.is_hard_to_change for axis in region.axes])
    for row, number in np.argwhere(changed).tolist():
        yield row + 1, f"{region.axes[number].name} changes within whole plot {groups[row] + 1}"
