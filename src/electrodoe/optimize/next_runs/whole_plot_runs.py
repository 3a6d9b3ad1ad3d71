"""Next runs in few whole plots: what is hard to change is set seldom, and runs share it."""

import math
from typing import Final

import numpy as np

from electrodoe.arrays import Floats, Integers
from electrodoe.dataset import TrainingData
from electrodoe.design.region.region import DesignRegion
from electrodoe.ties import first_largest, first_smallest

_RUNS_PER_PLOT: Final = 4
"""Where the existing runs do not say how many share a setting: a usual plan's."""
_FEWEST: Final = 2
"""Whole plots at least: one alone would mix what it adds with what its settings do."""
_DECIMALS: Final = 9
"""Of coded settings: the rounding of a unit is no reset."""


def hard_axes(region: DesignRegion) -> list[int]:
    """Return the numbers of the axes that are hard to change."""
    return [number for number, axis in enumerate(region.axes) if axis.is_hard_to_change]


def n_whole_plots(data: TrainingData, n_runs: int) -> int:
    """Return how many whole plots some new runs have: as large as the existing ones are.

    Two at least, as long as there are two runs.
    """
    size = float(_RUNS_PER_PLOT)
    if data.whole_plots is not None:
        size = data.n_configurations / len(np.unique(data.whole_plots))
    return min(max(math.ceil(n_runs / max(size, 1.0) - 1e-9), _FEWEST), n_runs)


def hard_settings(region: DesignRegion, points: Floats, kept: Floats, n: int) -> Floats:
    """Return the few settings of the hard-to-change axes that are nearest to what runs ask for.

    Parameters
    ----------
    region : DesignRegion
        Its axes that are hard to change.
    points : array of shape (n_points, n_axes)
        Coded runs, chosen as if each could be set anew.
    kept : array of shape (n_axes,)
        Coded; its setting is the first.
    n : int
        Settings at most.

    Returns
    -------
    array of shape (at most n, n_hard)
        Coded, taken one by one, each where it lowers the sum of distances to the nearest most.
    """
    axes = hard_axes(region)
    asked = np.unique(np.round(points[:, axes], _DECIMALS), axis=0)
    chosen = [np.round(kept[axes], _DECIMALS)]
    wanted = np.round(points[:, axes], _DECIMALS)
    left = _distances(region, wanted, np.array(chosen))[:, 0]
    between = _distances(region, wanted, asked)
    while len(chosen) < n and left.max() > 0.0:
        gains = np.sum(np.maximum(left[:, None] - between, 0.0), axis=0)
        best = int(first_largest(gains))
        chosen.append(asked[best])
        left = np.minimum(left, between[:, best])
    return np.array(chosen)


def in_whole_plots(region: DesignRegion, points: Floats, hard: Floats) -> Floats:
    """Return runs moved to the nearest of some settings of the hard-to-change axes.

    Parameters
    ----------
    region : DesignRegion
        Its limits are kept: a run goes to the nearest setting that is possible with its others.
    points : array of shape (n_points, n_axes)
        Coded, feasible.
    hard : array of shape (n_settings, n_hard)
        As :func:`hard_settings` returns them.

    Returns
    -------
    array of shape (at most n_points, n_axes)
        Coded; a run that is possible with none of them is left out.
    """
    axes = hard_axes(region)
    distances = _distances(region, points[:, axes], hard)
    moved = np.repeat(points[:, None, :], len(hard), axis=1)
    moved[:, :, axes] = hard
    possible = region.is_feasible(moved.reshape(-1, points.shape[1])).reshape(distances.shape)
    nearest = first_smallest(np.where(possible, distances, np.inf), scale=1.0)
    rows = np.flatnonzero(possible.any(axis=1))
    return np.asarray(moved[rows, nearest[rows]])


def plots_of_runs(region: DesignRegion, points: Floats, is_confirmation: list[bool]) -> Integers:
    """Return the whole plot of each run: runs that share their hard-to-change settings.

    Confirmation runs are dealt out to two whole plots of one setting: what a setting gives in a new
    whole plot is not known from one alone.
    """
    axes = hard_axes(region)
    rounded = np.round(points[:, axes], _DECIMALS)
    plots = 2 * np.unique(rounded, axis=0, return_inverse=True)[1].ravel()
    confirming = np.flatnonzero(is_confirmation)
    if len(confirming) > 1:
        others = np.flatnonzero(plots == plots[confirming[0]])
        ordered = [*confirming, *np.setdiff1d(others, confirming)]
        plots[ordered[1::2]] += 1
    return np.asarray(plots, dtype=np.int64)


def _distances(region: DesignRegion, first: Floats, second: Floats) -> Floats:
    """Return the distances of settings of the hard-to-change axes; a level is as far as a range."""
    is_level = np.array([region.axes[number].is_categorical for number in hard_axes(region)])
    apart = np.abs(first[:, None, :] - second[None, :, :])
    apart = np.where(is_level, 2.0 * (apart > 0.0), apart)
    return np.asarray(np.sqrt(np.sum(apart**2, axis=-1)))
