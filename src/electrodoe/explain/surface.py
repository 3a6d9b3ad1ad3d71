"""How a prediction moves along one input, and over two."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
import polars as pl

from electrodoe.arrays import Booleans, Floats
from electrodoe.explain.composites import Predict
from electrodoe.quantities import TableSchema

N_INTERVALS: Final = 10
"""Of an input's range, a tenth of the samples each; chosen."""


def accumulated_local_effects(
    predict: Predict, inputs: Floats, index: int, *, n_intervals: int = N_INTERVALS
) -> tuple[Floats, Floats]:
    """Return how the mean prediction moves along one input, the others as they were.

    Unlike a partial dependence, no sample is asked about farther than the ends of its own
    interval, so that the model is not asked where it has never been.

    Parameters
    ----------
    predict : callable
        ``predict(inputs) -> array of shape (n_samples,)``.
    inputs : array of shape (n_samples, n_inputs)
        Samples.
    index : int
        Which input.
    n_intervals : int
        Number of intervals with about equally many samples; fewer where values repeat.

    Returns
    -------
    edges : array of shape (n_edges,)
        Ascending observed values of the input, in its unit.
    effects : array of shape (n_edges,)
        In the response's unit; their mean over the samples is zero.

    References
    ----------
    .. [1] Apley, Zhu, Journal of the Royal Statistical Society B 82 (2020) 1059.

    Examples
    --------
    >>> x = np.array([[1.0, 5], [2, 5], [3, 7]])
    >>> edges, effects = accumulated_local_effects(lambda x: 4 * x[:, 0] + x[:, 1], x, 0)
    >>> np.diff(effects) / np.diff(edges)
    array([4., 4.])
    """
    course = _local_course(inputs, index, n_intervals)
    return course.edges, course.heights(predict(course.asked))


def level_effects(predict: Predict, inputs: Floats, index: int) -> tuple[Floats, Floats]:
    """Return what each level of a category adds to the mean prediction, the others as they were.

    Levels have no order along which effects could be accumulated, and one lies no nearer than
    another, so that every sample is asked at every level.

    Parameters
    ----------
    predict : callable
        ``predict(inputs) -> array of shape (n_samples,)``.
    inputs : array of shape (n_samples, n_inputs)
        Samples.
    index : int
        Which input.

    Returns
    -------
    levels : array of shape (n_levels,)
        Numbers of the levels that occur.
    effects : array of shape (n_levels,)
        In the response's unit; their mean over the samples is zero.

    Examples
    --------
    >>> x = np.array([[1.0, 0], [2, 0], [3, 1], [4, 1]])
    >>> level_effects(lambda x: x[:, 0] + 10 * x[:, 1], x, 1)[1].tolist()
    [-5.0, 5.0]
    """
    course = _level_course(inputs, index)
    return course.edges, course.heights(predict(course.asked))


def effects_along(
    predict: Predict, inputs: Floats, is_category: Sequence[bool]
) -> list[tuple[Floats, Floats]]:
    """Return the course along each input, of a category its levels, from one call of the model.

    Parameters
    ----------
    predict : callable
        ``predict(inputs) -> array of shape (n_samples,)``.
    inputs : array of shape (n_samples, n_inputs)
        Samples.
    is_category : sequence of bool, n_inputs of them
        Which inputs are numbers of levels.

    Returns
    -------
    list of (edges, effects)
        As of :func:`accumulated_local_effects` and :func:`level_effects`.

    Examples
    --------
    >>> x = np.array([[1.0, 0], [2, 0], [3, 1], [4, 1]])
    >>> (_, slope), (_, step) = effects_along(lambda x: x[:, 0] + 10 * x[:, 1], x, [False, True])
    >>> float(slope[-1] - slope[0]), step.tolist()
    (3.0, [-5.0, 5.0])
    """
    courses = [
        _level_course(inputs, index) if category else _local_course(inputs, index, N_INTERVALS)
        for index, category in enumerate(is_category)
    ]
    predicted = predict(np.concatenate([course.asked for course in courses]))
    ends = np.cumsum([len(course.asked) for course in courses])[:-1]
    parts = np.split(predicted, ends)
    return [(one.edges, one.heights(own)) for one, own in zip(courses, parts, strict=True)]


@dataclass(frozen=True, kw_only=True)
class _Course:
    """Where a model is asked for the course along one input, and what its answers make."""

    edges: Floats
    asked: Floats
    heights: Callable[[Floats], Floats]


def _local_course(inputs: Floats, index: int, n_intervals: int) -> _Course:
    """Return the course along a number: each sample at both ends of its interval."""
    column = inputs[:, index]
    fractions = np.linspace(0.0, 1.0, n_intervals + 1)
    edges = np.unique(np.quantile(column, fractions, method="inverted_cdf"))
    if len(edges) == 1:
        return _Course(edges=edges, asked=inputs[:1], heights=lambda _: np.zeros(1))
    interval = np.clip(np.searchsorted(edges, column) - 1, 0, None)
    low, high = inputs.copy(), inputs.copy()
    low[:, index], high[:, index] = edges[interval], edges[interval + 1]
    counts = np.bincount(interval)

    def heights(predicted: Floats) -> Floats:
        step = predicted[len(inputs) :] - predicted[: len(inputs)]
        effects = np.r_[0.0, np.cumsum(np.bincount(interval, weights=step) / counts)]
        middle = (effects[1:] + effects[:-1]) / 2.0
        return np.asarray(effects - np.sum(counts * middle) / len(inputs))

    return _Course(edges=edges, asked=np.concatenate([low, high]), heights=heights)


def _level_course(inputs: Floats, index: int) -> _Course:
    """Return the course over the levels of a category: each sample at every level."""
    levels, counts = np.unique(inputs[:, index], return_counts=True)
    asked = np.tile(inputs, (len(levels), 1))
    asked[:, index] = np.repeat(levels, len(inputs))

    def heights(predicted: Floats) -> Floats:
        means = predicted.reshape(len(levels), -1).mean(axis=1)
        return np.asarray(means - float(counts @ means) / len(inputs))

    return _Course(edges=levels, asked=asked, heights=heights)


N_STEPS: Final = 21
"""Points along either input."""

SURFACE_SCHEMA: Final = TableSchema(
    name="surfaces",
    columns={
        **dict.fromkeys(("target", "scenario", "family", "input_1", "input_2"), pl.String),
        **dict.fromkeys(("value_1", "value_2", "predicted"), pl.Float64),
        "is_inside": pl.Boolean,
        "levels": pl.String,
    },
)
"""Prediction by two inputs, the others at the middle of their range, categories at the levels that
are named; empty where there are none."""


def response_surface(
    predict: Predict,
    inputs: Floats,
    pair: tuple[int, int],
    *,
    n_steps: int = N_STEPS,
    held: Mapping[int, float] | None = None,
) -> tuple[Floats, Floats, Booleans]:
    """Return the prediction on a grid over two inputs, the others at the middle of their range.

    Parameters
    ----------
    predict : callable
        ``predict(inputs) -> array of shape (n_samples,)``.
    inputs : array of shape (n_samples, n_inputs)
        What the model was fitted to; the grid spans its range.
    pair : tuple of int
        Which two inputs.
    n_steps : int
        Points along either.
    held : mapping of int to float, or None
        Categories, by their position, with the number of the level that is drawn; only samples of
        these levels say where the model extrapolates.

    Returns
    -------
    grid : array of shape (n_steps**2, 2)
        Values of the two inputs, the second running fastest.
    predicted : array of shape (n_steps**2,)
        In the response's unit.
    is_inside : array of bool, shape (n_steps**2,)
        Whether a point lies between configurations, as seen along the other inputs; elsewhere
        the model extrapolates.

    Examples
    --------
    >>> x = np.array([[0.0, 0, 1], [0, 2, 3], [2, 0, 3]])
    >>> grid, predicted, is_inside = response_surface(lambda x: x.sum(axis=1), x, (0, 1), n_steps=2)
    >>> predicted, is_inside
    (array([2., 4., 4., 6.]), array([ True,  True,  True, False]))
    """
    low, high = inputs.min(axis=0), inputs.max(axis=0)
    first, second = pair
    along = [np.linspace(low[index], high[index], n_steps) for index in pair]
    grid = np.column_stack([values.ravel() for values in np.meshgrid(*along, indexing="ij")])
    asked = np.tile(0.5 * (low + high), (len(grid), 1))
    asked[:, first], asked[:, second] = grid[:, 0], grid[:, 1]
    is_there = np.ones(len(inputs), dtype=np.bool_)
    for index, level in (held or {}).items():
        asked[:, index] = level
        is_there &= inputs[:, index] == level
    return grid, predict(asked), is_between(grid, inputs[is_there][:, list(pair)])


def is_between(points: Floats, corners: Floats) -> Booleans:
    """Return which points of a plane lie in the convex hull of others.

    Parameters
    ----------
    points : array of shape (n_points, 2)
        What is asked about.
    corners : array of shape (n_corners, 2)
        What spans the hull; it may be a line.

    Returns
    -------
    array of bool, shape (n_points,)
        Points on the edge are inside.

    Examples
    --------
    >>> square = np.array([[0.0, 0], [1, 0], [1, 1], [0, 1]])
    >>> is_between(np.array([[0.5, 0.5], [1.0, 1.0], [1.1, 0.5]]), square)
    array([ True,  True, False])
    """
    low = corners.min(axis=0)
    span = np.where(np.ptp(corners, axis=0) > 0.0, np.ptp(corners, axis=0), 1.0)
    hull, scaled = _hull(np.unique((corners - low) / span, axis=0)), (points - low) / span
    edges = np.roll(hull, -1, axis=0) - hull
    offsets = scaled[:, None, :] - hull[None, :, :]
    is_left = edges[:, 0] * offsets[..., 1] - edges[:, 1] * offsets[..., 0] >= -_ROUNDING
    is_boxed = (scaled >= -_ROUNDING) & (scaled <= 1.0 + _ROUNDING)
    return np.asarray(is_left.all(axis=1) & is_boxed.all(axis=1))


_ROUNDING: Final = 1e-9
"""Of points scaled to one."""


def _hull(sorted_points: Floats) -> Floats:
    """Return the corners of the convex hull, counterclockwise (Andrew's monotone chain)."""
    if len(sorted_points) < 3:
        return sorted_points
    lower, upper = _chain(sorted_points), _chain(sorted_points[::-1])
    return np.array(lower[:-1] + upper[:-1])


def _chain(points: Floats) -> list[Floats]:
    """Return one half of a hull: the points at which it turns left."""
    chain: list[Floats] = []
    for point in points:
        while len(chain) > 1 and _turn(chain[-2], chain[-1], point) <= 0.0:
            chain.pop()
        chain.append(point)
    return chain


def _turn(start: Floats, middle: Floats, end: Floats) -> float:
    """Return a positive number where the way turns left."""
    first, second = middle - start, end - middle
    return float(first[0] * second[1] - first[1] * second[0])
