"""One plan among its mirror images: what a request allows to exchange, exchanged by rule.

A request seldom cares which end of a factor is called low, or which of two factors with the same
levels comes first. Every plan then has images that are exactly as good, and a search ends at one of
them by the last bits of its sums. The canonical image is the one whose settings come first.
"""

from collections.abc import Iterator
from itertools import permutations, product
from math import factorial, prod
from typing import Final

import numpy as np
from numpy.typing import NDArray

from electrodoe.design.region.axes import Axis
from electrodoe.design.search.problem import SearchProblem
from electrodoe.ties import EQUAL

Floats = NDArray[np.float64]
Integers = NDArray[np.int64]
_MOST_IMAGES: Final = 50_000
"""Six free factors have 46,080 images, listed in .2 s; with more, factors keep their places."""
RESOLUTION: Final = 1e-4
"""Coded settings that differ by less have one place in the order: local refinement leaves 1e-6."""
_N_TRIED: Final = 64
"""Images whose criterion is computed at once."""
_MOST_KEYS: Final = 2**62
"""Numbers that a 64-bit key of a run can tell apart."""


def canonical_image(problem: SearchProblem, design: Floats) -> Floats:
    """Return the image of a plan whose sorted settings come first.

    Parameters
    ----------
    problem : SearchProblem
        What the plan was searched for: an image counts if it is feasible, has the same criterion
        and keeps the runs made already.
    design : array of shape (n_runs, n_factors)
        Coded settings; runs made already come first.

    Returns
    -------
    array of shape (n_runs, n_factors)
        Runs made already as they were, the others sorted, whole plots and blocks of one size among
        each other as well. Where a request has more than 50,000 images, factors keep their places.

    Notes
    -----
    Images are made by turning a factor end for end, by renaming categories, and by exchanging
    factors with the same settings.

    Examples
    --------
    >>> from electrodoe.design.model.criterion import mean_variance
    >>> from electrodoe.design.model.formula import model_terms
    >>> from electrodoe.design.region.region import region_of
    >>> axes = [Axis(name="a", low=0.0, high=1.0)]
    >>> problem = SearchProblem(region=region_of(axes), terms=model_terms("linear", axes),
    ...     goal=mean_variance(np.eye(2)), n_runs=3, fixed=np.empty((0, 1)), groups=None,
    ...     variance_ratio=1.0, prior=np.zeros((2, 2)), coarse=3)
    >>> canonical_image(problem, np.array([[1.0], [-1.0], [1.0]])).ravel()
    array([-1., -1.,  1.])
    """
    images = _images(problem.region.axes, design)
    keys = _run_keys(images)
    kept = _keeps_fixed(problem, keys)
    images, keys = images[kept], keys[kept]
    order = _order(problem, keys)
    value = problem.information(design[None]).value[0]
    margin = EQUAL * max(1.0, abs(float(value)))
    for first in range(0, len(order), _N_TRIED):
        some = images[order[first : first + _N_TRIED]]
        is_equal = np.abs(problem.information(some).value - value) <= margin
        is_equal &= problem.region.is_feasible(some[:, list(problem.free_runs)]).all(axis=1)
        if is_equal.any():
            number = int(order[first + int(np.argmax(is_equal))])
            return _arranged(problem, images[number], keys[number], design)
    return design


def _images(axes: tuple[Axis, ...], design: Floats) -> Floats:
    """Return all images of a design, itself first, shape (n_images, n_runs, n_factors)."""
    turned = [_turned(axis, design[:, number]) for number, axis in enumerate(axes)]
    n_turned = prod(len(columns) for columns in turned)
    if n_turned > _MOST_IMAGES:
        return design[None]
    every = np.stack([np.column_stack(columns) for columns in product(*turned)])
    if n_turned * _n_exchanges(axes) > _MOST_IMAGES:
        return every
    return np.concatenate([every[..., list(exchange)] for exchange in _exchanges(axes)])


def _turned(axis: Axis, column: Floats) -> list[Floats]:
    """Return one factor's settings as they are, and by every other name that they could have."""
    if axis.is_categorical:
        if factorial(len(axis.categories)) > _MOST_IMAGES:
            return [column]
        renamed = permutations(range(len(axis.categories)))
        return [np.array(names, dtype=np.float64)[column.astype(np.int64)] for names in renamed]
    levels = axis.levels
    is_even = levels is None or np.allclose(levels, -levels[::-1], atol=EQUAL)
    return [column, 0.0 - column] if is_even else [column]


def _same_settings(first: Axis, second: Axis) -> bool:
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


def _classes(axes: tuple[Axis, ...]) -> list[list[int]]:
    """Return the positions of factors that could change places, class by class."""
    found: list[list[int]] = []
    for number, axis in enumerate(axes):
        own = next((known for known in found if _same_settings(axes[known[0]], axis)), None)
        if own is None:
            found.append([number])
        else:
            own.append(number)
    return found


def _n_exchanges(axes: tuple[Axis, ...]) -> int:
    """Return in how many ways factors could change places."""
    return prod(factorial(len(own)) for own in _classes(axes))


def _exchanges(axes: tuple[Axis, ...]) -> Iterator[Integers]:
    """Return every order of the factors in which each class keeps its places; as it is, first."""
    classes = _classes(axes)
    for choice in product(*(permutations(own) for own in classes)):
        order = np.arange(len(axes))
        for own, moved in zip(classes, choice, strict=True):
            order[own] = moved
        yield order


def _run_keys(images: Floats) -> Integers:
    """Return one number per run that sorts as its settings do, shape (n_images, n_runs)."""
    places = np.round(images / RESOLUTION).astype(np.int64)
    values = np.unique(places)
    ranks = np.searchsorted(values, places)
    n_factors = images.shape[2]
    if len(values) ** n_factors <= _MOST_KEYS:
        weights = len(values) ** np.arange(n_factors - 1, -1, -1, dtype=np.int64)
        return np.asarray(ranks @ weights, dtype=np.int64)
    _, keys = np.unique(ranks.reshape(-1, n_factors), axis=0, return_inverse=True)
    return np.asarray(keys.reshape(places.shape[:2]), dtype=np.int64)


def _keeps_fixed(problem: SearchProblem, keys: Integers) -> NDArray[np.bool_]:
    """Return which images have the runs made already that the plan has, group by group."""
    n_fixed = len(problem.fixed)
    kept = np.ones(len(keys), dtype=np.bool_)
    for members in _groups(problem):
        own = np.sort(keys[:, members[members < n_fixed]], axis=1)
        kept &= np.all(own == own[0], axis=1)
    return kept


def _groups(problem: SearchProblem) -> list[Integers]:
    """Return the positions of the runs of each whole plot or block; of all, where there is none."""
    if problem.groups is None:
        return [np.arange(problem.n_runs)]
    return [np.flatnonzero(problem.groups == group) for group in np.unique(problem.groups)]


def _free_groups(problem: SearchProblem) -> list[list[Integers]]:
    """Return the runs that are free in each group, groups that could change places together."""
    n_fixed = len(problem.fixed)
    found: dict[tuple[int, int], list[Integers]] = {}
    for number, members in enumerate(_groups(problem)):
        free = members[members >= n_fixed]
        is_begun = len(free) < len(members)
        if not len(free):
            continue
        found.setdefault((number if is_begun else -1, len(free)), []).append(free)
    return list(found.values())


def _order(problem: SearchProblem, keys: Integers) -> Integers:
    """Return the images in the order of their sorted settings."""
    columns: list[Integers] = []
    for alike in _free_groups(problem):
        own = np.stack([np.sort(keys[:, members], axis=1) for members in alike], axis=1)
        shape = own.shape
        _, ranks = np.unique(own.reshape(-1, shape[2]), axis=0, return_inverse=True)
        columns.append(np.sort(ranks.reshape(shape[:2]), axis=1))
    return np.asarray(np.lexsort(np.concatenate(columns, axis=1).T[::-1]), dtype=np.int64)


def _arranged(problem: SearchProblem, image: Floats, keys: Integers, design: Floats) -> Floats:
    """Return an image with its free runs, and its groups of one size, in their order."""
    arranged = image.copy()
    arranged[: len(problem.fixed)] = design[: len(problem.fixed)]
    for alike in _free_groups(problem):
        inside = [members[np.argsort(keys[members], kind="stable")] for members in alike]
        inside.sort(key=lambda members: tuple(keys[members].tolist()))
        for members, runs in zip(alike, inside, strict=True):
            arranged[members] = image[runs]
    return arranged
