"""A proven ceiling of a quadratic form of the model's terms over the whole region."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import product
from math import comb
from typing import Final

import numpy as np

from electrodoe.arrays import Booleans, Floats
from electrodoe.design.model.plan_model import prediction_variance
from electrodoe.design.model.terms import ModelTerms
from electrodoe.design.region.region import DesignRegion

_GAP: Final = 1e-3
"""Share by which the ceiling may lie above the maximum value met."""
_MOST_AT_ONCE: Final = 500_000
"""Bernstein coefficients that are held at once."""
_MOST_WORK: Final = 30_000_000
"""Bernstein coefficients after which the ceiling reached so far is taken."""


@dataclass(frozen=True, kw_only=True)
class _Boxes:
    """Boxes with the Bernstein coefficients of a polynomial on each.

    Attributes
    ----------
    held : array of shape (n_boxes, n_factors)
        Settings of the factors that do not vary inside a box.
    low, high : array of shape (n_boxes, n_free)
        Ends of those that do.
    coefficients : array of shape (n_boxes, degree + 1, ...)
        One axis for each free factor; they enclose the polynomial's values.
    """

    held: Floats
    low: Floats
    high: Floats
    coefficients: Floats

    def take(self, kept: Booleans | slice) -> "_Boxes":
        """Return some of the boxes."""
        return _Boxes(
            held=self.held[kept],
            low=self.low[kept],
            high=self.high[kept],
            coefficients=self.coefficients[kept],
        )

    def points(self, free: tuple[int, ...], inside: Floats) -> Floats:
        """Return a whole setting for each box, the free factors at some values."""
        points = self.held.copy()
        points[:, list(free)] = inside
        return points


def ceiling(
    terms: ModelTerms, region: DesignRegion, form: Floats, free: tuple[int, ...], held: Floats
) -> float:
    r"""Return a number that ``f(x)' G f(x)`` nowhere exceeds.

    At most 0.1 % above the maximum value that was met, unless the work runs out before.

    Notes
    -----
    A polynomial on a box lies between its lowest and its highest Bernstein coefficient. A box is
    halved along each free factor until its largest coefficient is no more than 0.1 % above the
    maximum value met so far.

    References
    ----------
    .. [1] Garloff, The Bernstein algorithm, Interval Computations 2 (1993) 154.

    Examples
    --------
    >>> from electrodoe.design.region.axes import FactorAxis
    >>> from electrodoe.design.model.formula import model_terms
    >>> from electrodoe.design.region.region import region_of
    >>> x = FactorAxis(name="x", low=-1.0, high=1.0)
    >>> terms = model_terms("quadratic", [x])
    >>> form = np.array([[1.0, 0.0, -1.0], [0.0, 1.0, 0.0], [-1.0, 0.0, 0.9]])
    >>> round(ceiling(terms, region_of([x]), form, (0,), np.zeros((1, 1))), 3)  # 1 - x^2 + .9 x^4
    1.001
    """
    if not free:
        return float(prediction_variance(terms, form, held).max())
    size = (2 * terms.degree + 1) ** len(free)
    at_once = max(1, _MOST_AT_ONCE // (size * 2 ** len(free)))
    waiting = [held[first : first + at_once] for first in range(0, len(held), at_once)]
    open_ = [_boxes(terms, form, free, own) for own in waiting]
    smallest, left, work = 0.0, 0.0, 0
    for boxes in open_:
        smallest = max(smallest, _max_met(boxes, region, free))
    while open_:
        boxes = open_.pop()
        boxes = boxes.take(_may_be_feasible(boxes, region, free))
        if not len(boxes.low):
            continue
        smallest = max(smallest, _max_met(boxes, region, free))
        highest = boxes.coefficients.reshape(len(boxes.low), -1).max(axis=1, initial=0.0)
        is_open = highest > smallest * (1.0 + _GAP)
        work += int(is_open.sum()) * size
        if work > _MOST_WORK:
            left = max(left, float(highest.max(initial=0.0)))
        elif is_open.any():
            open_ += _portions(_halved(boxes.take(is_open)), at_once)
    return max(smallest * (1.0 + _GAP), left)


def _boxes(terms: ModelTerms, form: Floats, free: tuple[int, ...], held: Floats) -> _Boxes:
    """Return one box from -1 to 1 for each combination of the held factors."""
    degree, n_free = 2 * terms.degree, len(free)
    nodes = -np.cos(np.pi * (2 * np.arange(degree + 1) + 1) / (2 * degree + 2))
    mesh = np.array(list(product(nodes, repeat=n_free)))
    points = np.repeat(held, len(mesh), axis=0)
    points[:, list(free)] = np.tile(mesh, (len(held), 1))
    values = prediction_variance(terms, form, points)
    coefficients = values.reshape(len(held), *[degree + 1] * n_free)
    fractions = (nodes + 1.0) / 2.0
    basis = np.column_stack(
        [
            comb(degree, i) * fractions**i * (1.0 - fractions) ** (degree - i)
            for i in range(degree + 1)
        ]
    )
    for axis in range(1, n_free + 1):
        moved = np.moveaxis(coefficients, axis, -1) @ np.linalg.inv(basis).T
        coefficients = np.moveaxis(moved, -1, axis)
    ends = np.ones((len(held), n_free))
    return _Boxes(held=held, low=-ends, high=ends, coefficients=coefficients)


def _halved(boxes: _Boxes) -> _Boxes:
    """Return every box cut in two along each free factor (de Casteljau)."""
    degree = boxes.coefficients.shape[1] - 1
    lower = np.array([[comb(i, j) / 2.0**i for j in range(degree + 1)] for i in range(degree + 1)])
    upper = lower[::-1, ::-1]
    for axis in range(boxes.low.shape[1]):
        middle = (boxes.low[:, axis] + boxes.high[:, axis]) / 2.0
        moved = np.moveaxis(boxes.coefficients, axis + 1, -1)
        halves = [np.moveaxis(moved @ half.T, -1, axis + 1) for half in (lower, upper)]
        low, high = np.vstack([boxes.low] * 2), np.vstack([boxes.high] * 2)
        low[len(middle) :, axis] = middle
        high[: len(middle), axis] = middle
        boxes = _Boxes(
            held=np.vstack([boxes.held] * 2),
            low=low,
            high=high,
            coefficients=np.concatenate(halves),
        )
    return boxes


def _portions(boxes: _Boxes, at_once: int) -> list[_Boxes]:
    """Return boxes in portions that memory holds."""
    step = at_once * 2 ** boxes.low.shape[1]
    return [boxes.take(slice(i, i + step)) for i in range(0, len(boxes.low), step)]


def _may_be_feasible(boxes: _Boxes, region: DesignRegion, free: tuple[int, ...]) -> Booleans:
    """Return which boxes the linear limits do not cut off as a whole."""
    kept = np.ones(len(boxes.low), dtype=np.bool_)
    low, high = boxes.points(free, boxes.low), boxes.points(free, boxes.high)
    for limit in region.inequalities:
        if limit.coefficients is not None:
            rising = np.maximum(limit.coefficients, 0.0)
            smallest = low @ rising + high @ (limit.coefficients - rising)
            kept &= smallest <= limit.bound + 1e-9 * (1.0 + np.abs(limit.coefficients).sum())
    return kept


def _max_met(boxes: _Boxes, region: DesignRegion, free: tuple[int, ...]) -> float:
    """Return the maximum value at a feasible corner of a box, where it is a coefficient."""
    largest = 0.0
    for values, inside in _corners(boxes):
        kept = region.is_feasible(boxes.points(free, inside))
        largest = max(largest, float(values[kept].max(initial=0.0)))
    return largest


def _corners(boxes: _Boxes) -> Iterator[tuple[Floats, Floats]]:
    """Yield the value of every box at a corner and where that corner is."""
    for corner in product((0, -1), repeat=boxes.low.shape[1]):
        inside = np.where(np.array(corner) == 0, boxes.low, boxes.high)
        yield boxes.coefficients.transpose()[corner[::-1]], inside
