"""One plan among its mirror images: what a request allows to exchange, exchanged by rule.

A request seldom cares which end of a factor is called low, or which of two factors with the same
levels comes first. Every plan then has images that are exactly as good, and a search ends at one of
them by the last bits of its sums. The canonical image is the one whose settings come first.
"""

from collections.abc import Iterator
from typing import Final

import numpy as np

from electrodoe.arrays import Booleans, Floats, Integers
from electrodoe.design.search.plan_images import joined_keys, plan_images, run_keys
from electrodoe.design.search.problem import SearchProblem
from electrodoe.ties import EQUAL

_N_TRIED: Final = 64
"""Images whose criterion is computed at once."""
_ROUNDING: Final = 1e3 * float(np.finfo(np.float64).eps)
"""Relative error of a criterion over the criterion itself: a plan that is nearly singular has few
digits, and other ones on another processor."""


def canonical_image(problem: SearchProblem, design: Floats) -> Floats:
    """Return the image of a plan whose sorted settings come first.

    Existing runs as they were, the others sorted, whole plots and blocks of one size among each
    other as well. Where a request has more than 50,000 images, factors keep their places.

    Notes
    -----
    Images are made by turning a factor end for end, by renaming categories, and by exchanging
    factors with the same settings.

    Examples
    --------
    >>> from electrodoe.design.region.axes import FactorAxis
    >>> from electrodoe.design.model.criterion import mean_variance
    >>> from electrodoe.design.model.formula import model_terms
    >>> from electrodoe.design.region.region import region_of
    >>> axes = [FactorAxis(name="a", low=0.0, high=1.0)]
    >>> problem = SearchProblem(region=region_of(axes), terms=model_terms("linear", axes),
    ...     goal=mean_variance(np.eye(2)), n_runs=3, fixed=np.empty((0, 1)), groups=None,
    ...     variance_ratio=1.0, prior=np.zeros((2, 2)), coarse=3)
    >>> canonical_image(problem, np.array([[1.0], [-1.0], [1.0]])).ravel()
    array([-1., -1.,  1.])
    """
    images = plan_images(problem.region.axes, design)
    keys = run_keys(images)
    kept = _keeps_fixed(problem, keys)
    numbers, keys = np.flatnonzero(kept), keys[kept]
    value = problem.information(design[None]).value[0]
    margin = EQUAL * max(1.0, abs(float(value))) + _ROUNDING * float(value) ** 2
    for some in _in_order(_compared(problem, keys), np.arange(len(keys))):
        found = images.listed(numbers[some])
        is_equal = np.abs(problem.information(found).value - value) <= margin
        is_equal &= problem.region.is_feasible(found[:, list(problem.free_runs)]).all(axis=1)
        if is_equal.any():
            first = int(np.argmax(is_equal))
            return _arranged(problem, found[first], keys[some[first]], design)
    return design


def _keeps_fixed(problem: SearchProblem, keys: Integers) -> Booleans:
    """Return which images have the existing runs that the plan has, group by group."""
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


def _compared(problem: SearchProblem, keys: Integers) -> Integers:
    """Return a row per image, so that the first row belongs to the first by sorted settings."""
    columns: list[Integers] = []
    for alike in _free_groups(problem):
        own = np.stack([np.sort(keys[:, members], axis=1) for members in alike])
        if len(alike) > 1:
            known, ranks = np.unique(own, return_inverse=True)
            joined = joined_keys(np.moveaxis(ranks.reshape(own.shape), 2, 0), len(known))
            columns.append(np.sort(joined.T, axis=1))
        else:
            columns.append(own[0])
    return np.concatenate(columns, axis=1)


def _in_order(rows: Integers, numbers: Integers, column: int = 0) -> Iterator[Integers]:
    """Yield the positions of rows in their order, some at once; sorted as far as they are asked."""
    if len(numbers) <= _N_TRIED or column == rows.shape[1]:
        order = numbers[np.lexsort(rows[numbers].T[::-1])]
        yield from (order[first : first + _N_TRIED] for first in range(0, len(order), _N_TRIED))
        return
    values = rows[numbers, column]
    for value in np.unique(values):
        yield from _in_order(rows, numbers[values == value], column + 1)


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
