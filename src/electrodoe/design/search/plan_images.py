"""All images of a plan: what a request allows to exchange, in every way."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import permutations, product
from math import factorial, prod
from typing import Final

import numpy as np

from electrodoe.arrays import Floats, Integers
from electrodoe.design.region.axes import FactorAxis
from electrodoe.ties import EQUAL

_MOST_IMAGES: Final = 50_000
"""Six free factors have 46,080 images, compared in .1 s; with more, factors keep their places."""
RESOLUTION: Final = 1e-4
"""Coded settings that differ by less have one place in the order: local refinement leaves 1e-6."""
_MOST_KEYS: Final = 2**62
"""Numbers that a 64-bit key of a run can distinguish."""


@dataclass(frozen=True, kw_only=True)
class PlanImages:
    """All images of a plan, itself first, each made only when it is asked for.

    Attributes
    ----------
    columns : list of array of shape (n_names, n_runs)
        Each factor's settings by every name that they could have.
    names : array of shape (n_choices, n_factors), int
        Which of them each factor has.
    exchanges : array of shape (n_exchanges, n_factors), int
        Which factor stands where; all choices of names come with each.
    """

    columns: list[Floats]
    names: Integers
    exchanges: Integers

    def listed(self, numbers: Integers) -> Floats:
        """Return some of the images, shape (n_images, n_runs, n_factors)."""
        exchange, choice = np.divmod(numbers, len(self.names))
        found = np.empty((len(numbers), self.columns[0].shape[1], len(self.columns)))
        chosen = zip(found, self.exchanges[exchange], self.names[choice], strict=True)
        for image, order, names in chosen:
            image[:] = np.column_stack([self.columns[axis][names[axis]] for axis in order])
        return found


def plan_images(axes: tuple[FactorAxis, ...], design: Floats) -> PlanImages:
    """Return the images of a plan, by the settings of its factors alone.

    The plan alone where its factors have too many names, and no exchanges where these make too many
    images.

    Examples
    --------
    >>> images = plan_images((FactorAxis(name="a", low=0.0, high=1.0),), np.array([[1.0], [0.5]]))
    >>> images.listed(np.arange(2)).squeeze()
    array([[ 1. ,  0.5],
           [-1. , -0.5]])
    """
    turned = [_turned(axis, design[:, number]) for number, axis in enumerate(axes)]
    n_names = [len(columns) for columns in turned]
    as_they_are = np.arange(len(axes))[None]
    if prod(n_names) > _MOST_IMAGES:
        itself = [column[None] for column in design.T]
        return PlanImages(columns=itself, names=0 * as_they_are, exchanges=as_they_are)
    is_exchanged = prod(n_names) * _n_exchanges(axes) <= _MOST_IMAGES
    return PlanImages(
        columns=[np.stack(own) for own in turned],
        names=np.array(list(product(*map(range, n_names))), dtype=np.int64),
        exchanges=np.stack(list(_exchanges(axes))) if is_exchanged else as_they_are,
    )


def _turned(axis: FactorAxis, column: Floats) -> list[Floats]:
    """Return one factor's settings as they are, and by every other name that they could have."""
    if axis.is_categorical:
        if factorial(len(axis.categories)) > _MOST_IMAGES:
            return [column]
        renamed = permutations(range(len(axis.categories)))
        return [np.array(names, dtype=np.float64)[column.astype(np.int64)] for names in renamed]
    levels = axis.levels
    is_even = levels is None or np.allclose(levels, -levels[::-1], atol=EQUAL)
    return [column, 0.0 - column] if is_even else [column]


def _same_settings(first: FactorAxis, second: FactorAxis) -> bool:
    """Return whether two factors could change places."""
    if (first.is_hard_to_change, len(first.categories)) != (
        second.is_hard_to_change,
        len(second.categories),
    ):
        return False
    if first.levels is None or second.levels is None:
        return first.levels is second.levels
    same_number = len(first.levels) == len(second.levels)
    return same_number and np.allclose(first.levels, second.levels, atol=EQUAL)


def _classes(axes: tuple[FactorAxis, ...]) -> list[list[int]]:
    """Return the positions of factors that could change places, class by class."""
    found: list[list[int]] = []
    for number, axis in enumerate(axes):
        own = next((known for known in found if _same_settings(axes[known[0]], axis)), None)
        if own is None:
            found.append([number])
        else:
            own.append(number)
    return found


def _n_exchanges(axes: tuple[FactorAxis, ...]) -> int:
    """Return in how many ways factors could change places."""
    return prod(factorial(len(own)) for own in _classes(axes))


def _exchanges(axes: tuple[FactorAxis, ...]) -> Iterator[Integers]:
    """Return every order of the factors in which each class keeps its places; as it is, first."""
    classes = _classes(axes)
    for choice in product(*(permutations(own) for own in classes)):
        order = np.arange(len(axes))
        for own, moved in zip(classes, choice, strict=True):
            order[own] = moved
        yield order


def run_keys(images: PlanImages) -> Integers:
    """Return one number per run that sorts as its settings do.

    Equal where settings differ by less than the resolution.

    Examples
    --------
    >>> run_keys(plan_images((FactorAxis(name="a", low=0.0, high=1.0),), np.array([[1.0], [0.5]])))
    array([[3, 2],
           [0, 1]])
    """
    places = [np.round(own / RESOLUTION).astype(np.int64) for own in images.columns]
    values = np.unique(np.concatenate(places))
    ranks = np.zeros((len(places), max(map(len, places)), places[0].shape[1]), dtype=np.int64)
    for own, place in zip(ranks, places, strict=True):
        own[: len(place)] = np.searchsorted(values, place)
    by_place = (ranks[own[:, None], images.names.T[own]] for own in images.exchanges.T)
    return joined_keys(by_place, len(values)).reshape(-1, ranks.shape[2])


def joined_keys(columns: Iterable[Integers], n_values: int) -> Integers:
    """Return one number for each row of numbers that sorts as the row does.

    Ranks are taken in between where the numbers would grow too large.

    Examples
    --------
    >>> joined_keys([np.array([1, 0, 1]), np.array([0, 2, 1])], 3)
    array([3, 2, 4])
    """
    first, *others = columns
    joined, n_joined = first, n_values
    for column in others:
        if n_joined * n_values > _MOST_KEYS:
            known, ranks = np.unique(joined, return_inverse=True)
            joined, n_joined = ranks.reshape(joined.shape), len(known)
        joined, n_joined = joined * n_values + column, n_joined * n_values
    return joined
