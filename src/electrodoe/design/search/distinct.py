"""How many different settings of some factors a plan has, and how far that is from a wish."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np

from electrodoe.arrays import Floats, Integers
from electrodoe.design.region.axes import FactorAxis

PRICE: Final = 1e3
"""What a setting too many or too few adds to the goal: more than any plan that estimates its model
gains by it, so that the search comes to the wished number first and stays there; chosen."""


@dataclass(frozen=True, kw_only=True, eq=False)
class DistinctCount:
    """How many different settings of some factors a plan is to have.

    Attributes
    ----------
    numbers : tuple of int
        Positions of the factors, all with levels.
    borders : tuple of array
        Coded values halfway between the levels of each of them.
    count : int
        Different combinations, over all runs of the plan.
    """

    numbers: tuple[int, ...]
    borders: tuple[Floats, ...]
    count: int

    @property
    def n_combinations(self) -> int:
        """Return how many combinations of the levels there are, limits left aside."""
        return int(np.prod([len(border) + 1 for border in self.borders]))

    def keys(self, points: Floats) -> Integers:
        """Return one number per run, shape (...), equal where the factors' levels are.

        A setting of an existing run that is no level counts as the nearest one.
        """
        found = np.zeros(points.shape[:-1], dtype=np.int64)
        for number, border in zip(self.numbers, self.borders, strict=True):
            level = np.searchsorted(border, points[..., number])
            found = found * (len(border) + 1) + level
        return found

    def n_distinct(self, points: Floats) -> Integers:
        """Return how many different combinations the runs of each design have."""
        return _n_distinct(self.keys(points))


def distinct_count(axes: Sequence[FactorAxis], numbers: Sequence[int], count: int) -> DistinctCount:
    """Return the wish for a number of different settings of some factors with levels.

    Examples
    --------
    >>> axes = [FactorAxis(name="a", low=0.0, high=2.0, levels=np.array([-1.0, 0.0, 1.0]))]
    >>> wish = distinct_count(axes, [0], 2)
    >>> wish.n_distinct(np.array([[[-1.0], [0.0], [1e-12]], [[-1.0], [0.0], [1.0]]]))
    array([2, 3])
    """
    borders = []
    for number in numbers:
        levels = axes[number].levels
        assert levels is not None  # noqa: S101 - the caller has looked
        borders.append((levels[1:] + levels[:-1]) / 2.0)
    return DistinctCount(numbers=tuple(numbers), borders=tuple(borders), count=count)


def _n_distinct(keys: Integers) -> Integers:
    """Return how many different numbers there are along the last axis."""
    ordered = np.sort(keys, axis=-1)
    return np.asarray(np.sum(ordered[..., 1:] != ordered[..., :-1], axis=-1) + 1)


def price(wishes: Sequence[DistinctCount], designs: Floats) -> Floats:
    """Return what designs of shape (..., n_runs, n_factors) pay for the settings they miss."""
    missed = sum(np.abs(wish.n_distinct(designs) - wish.count) for wish in wishes)
    return np.asarray(PRICE * missed, dtype=np.float64)


def price_of_exchange(
    wishes: Sequence[DistinctCount], designs: Floats, run: int, tried: Floats
) -> Floats:
    """Return what designs pay after an exchange less what they pay before it.

    ``tried`` are the candidates for the run, shape (n_designs or 1, n_candidates, n_factors); the
    result has the shape (n_designs, n_candidates).
    """
    change = np.zeros((len(designs), tried.shape[1]))
    for wish in wishes:
        keys = wish.keys(designs)
        others = np.delete(keys, run, axis=1)
        n_others = _n_distinct(others)[:, None]
        is_new = ~(others[:, :, None] == wish.keys(tried)[:, None]).any(axis=1)
        before = np.abs(_n_distinct(keys)[:, None] - wish.count)
        change += np.abs(n_others + is_new - wish.count) - before
    return PRICE * change
