"""Left-out residuals with their weights; of many, the quantiles that say the same."""

from dataclasses import dataclass
from typing import Final

import numpy as np

from electrodoe.arrays import Floats, Integers

_MOST: Final = 2_000
"""Residuals that are kept one by one: with 5,000 settings they are 80 MB."""
_N_QUANTILES: Final = 50
"""Of each refit beyond that: the ends of a 90 % interval are then known to a percent."""


@dataclass(frozen=True, kw_only=True)
class Residuals:
    """Sizes of residuals.

    Attributes
    ----------
    sizes : array of shape (n_residuals,)
        Absolute residuals.
    positions : array of shape (n_residuals,), int
        Which refit each belongs to.
    weights : array of shape (n_residuals,)
        Weights.
    """

    sizes: Floats
    positions: Integers
    weights: Floats


def condensed(sizes: Floats, positions: Integers, weights: Floats) -> Residuals:
    """Return residuals as they are, or as quantiles of each refit's where they are many.

    Up to 2,000 all of them; else 50 of each refit with equal fractions of its weight, the total of
    which stays.

    Examples
    --------
    >>> many = condensed(np.arange(3000.0), np.zeros(3000, dtype=np.int64), np.full(3000, 1e-3))
    >>> len(many.sizes), round(float(many.weights.sum()), 9), many.sizes[[0, 25, 49]].tolist()
    (50, 3.0, [29.0, 1529.0, 2969.0])
    """
    if len(sizes) <= _MOST:
        return Residuals(sizes=sizes, positions=positions, weights=weights)
    middles = (np.arange(_N_QUANTILES) + 0.5) / _N_QUANTILES
    order = np.lexsort((sizes, positions))
    kept, totals = [], []
    for rows in np.split(order, np.cumsum(np.bincount(positions))[:-1]):
        weight = np.cumsum(weights[rows])
        at = np.searchsorted(weight, middles * weight[-1] * (1.0 - 1e-12))
        kept.append(sizes[rows[at]])
        totals.append(float(weight[-1]))
    return Residuals(
        sizes=np.concatenate(kept),
        positions=np.repeat(np.arange(len(kept)), _N_QUANTILES),
        weights=np.repeat(np.array(totals) / _N_QUANTILES, _N_QUANTILES),
    )


def upper_quantile(values: Floats, weights: Floats, level: float) -> Floats:
    """Return the smallest value below which at least ``level`` of the weight lies, by column.

    Examples
    --------
    >>> upper_quantile(np.array([[3.0], [1.0], [2.0]]), np.full(3, 0.25), 0.5)
    array([2.])
    """
    order = np.argsort(values, axis=0, kind="stable")
    weight = np.cumsum(weights[order], axis=0)
    first = np.argmax(weight >= level - 1e-12, axis=0)
    found = np.take_along_axis(values, order, axis=0)[first, np.arange(values.shape[1])]
    return np.asarray(np.where(weight[-1] >= level - 1e-12, found, np.inf))
