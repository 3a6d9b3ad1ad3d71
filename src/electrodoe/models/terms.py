"""The terms of a response surface: linear, or the full second degree."""

from collections.abc import Mapping, Sequence
from itertools import combinations
from typing import Any, Final

import numpy as np

from electrodoe.arrays import Booleans, Floats, Integers
from electrodoe.dataset import configuration_means
from electrodoe.models.family import INPUT_OF_COLUMN, Search, State

_MIDDLE_HALF: Final = 0.25 * (1.0 + 1e-9)
"""Farthest from the center of a range, as a fraction of it; a shade more, for rounded units."""
_SAME_LEVEL: Final = 1e-9
"""Of a range; below it two settings differ by the rounding of a unit and not by a hand."""


def linear_matrix(inputs: Floats) -> Floats:
    """Return a column of ones and the inputs, shape (n_samples, 1 + n_inputs)."""
    return np.column_stack([np.ones(len(inputs)), inputs])


def has_curvature(inputs: Floats) -> Booleans:
    """Return which inputs have at least three levels, so that a square can be estimated."""
    return np.array([len(_level_sizes(column)) > 2 for column in inputs.T])


def _level_sizes(column: Floats) -> Integers:
    """Return how often each level of an input stands, values as near as roundings being one."""
    ascending = np.sort(column)
    is_next = np.diff(ascending) > _SAME_LEVEL * (ascending[-1] - ascending[0])
    ends = np.concatenate([[0], np.flatnonzero(is_next) + 1, [len(ascending)]])
    return np.diff(ends)


def has_quadratic_term(inputs: Floats, configurations: Integers) -> Booleans:
    """Return which inputs have levels enough for a square that nothing holds back.

    Two levels that are measured are never twice the same, and their scatter is no third level:
    a measured input needs a setting in the middle half of its range, too. A penalty keeps the
    square of such an input in bounds; least squares and tests of coefficients must do without it.
    An input counts as set where replicates share its value and every value is met again.

    Parameters
    ----------
    inputs : array of shape (n_samples, n_inputs)
        In any unit: neither shift nor scale of a column matters.
    configurations : array of shape (n_samples,), int
        Configuration of each sample.

    Returns
    -------
    array of shape (n_inputs,), bool
        Whether an input gets its square.

    Examples
    --------
    >>> set_to_three = [0.0, 0.0, 10.0, 10.0, 100.0, 100.0]
    >>> measured_near_two = [8.1, 8.2, 8.0, 8.3, 11.1, 11.2]
    >>> inputs = np.column_stack([set_to_three, measured_near_two])
    >>> has_quadratic_term(inputs, np.array([1, 1, 2, 2, 3, 3]))
    array([ True, False])
    """
    means = configuration_means(inputs, configurations)
    position = np.unique(configurations, return_inverse=True)[1]
    near = _SAME_LEVEL * np.ptp(inputs, axis=0)
    is_shared = np.all(np.abs(inputs - means[position]) <= near, axis=0)
    is_set = is_shared & [_level_sizes(column).min() > 1 for column in inputs.T]
    low, high = means.min(axis=0), means.max(axis=0)
    from_center = np.abs(means - (low + high) / 2.0)
    has_middle = np.any(from_center <= _MIDDLE_HALF * (high - low), axis=0)
    return np.asarray(has_curvature(means) & (has_middle | is_set))


def quadratic_terms(search: Search) -> dict[str, Any]:
    """Return which columns get a square, and which inputs they stand for where some are categories.

    As hyperparameters of a quadratic: contrasts of a category have no squares, and none with one
    another.
    """
    quadratic = has_quadratic_term(search.inputs, search.configurations)
    inputs = search.given.get(INPUT_OF_COLUMN)
    if inputs is None:
        return {"quadratic": quadratic.tolist()}
    is_number = np.bincount(inputs)[inputs] == 1
    return {"quadratic": (quadratic & is_number).tolist(), INPUT_OF_COLUMN: list(inputs)}


def crossed(n_columns: int, inputs: Sequence[int] | Integers | None) -> list[tuple[int, int]]:
    """Return the pairs of columns that interact: those that stand for two inputs.

    Examples
    --------
    >>> crossed(3, [0, 1, 1])
    [(0, 1), (0, 2)]
    """
    of = range(n_columns) if inputs is None else inputs
    return [(i, j) for i, j in combinations(range(n_columns), 2) if of[i] != of[j]]


def quadratic_matrix(
    inputs: Floats, quadratic: Booleans, input_of_column: Sequence[int] | Integers | None = None
) -> Floats:
    """Return the model matrix of the second-degree polynomial.

    Parameters
    ----------
    inputs : array of shape (n_samples, n_columns)
        Normalized inputs.
    quadratic : array of shape (n_columns,), bool
        Which inputs get their square.
    input_of_column : sequence of int, or None
        Where categories have several columns: the input that each column stands for.

    Returns
    -------
    array of shape (n_samples, n_terms)
        Ones, inputs, two-factor interactions, squares.

    Examples
    --------
    >>> quadratic_matrix(np.array([[2.0, 3.0]]), np.array([True, True]))
    array([[1., 2., 3., 6., 4., 9.]])
    """
    pairs = crossed(inputs.shape[1], input_of_column)
    products = [inputs[:, i] * inputs[:, j] for i, j in pairs]
    return np.column_stack([linear_matrix(inputs), *products, inputs[:, quadratic] ** 2])


def quadratic_names(
    names: Sequence[str],
    quadratic: Booleans,
    input_of_column: Sequence[int] | Integers | None = None,
) -> list[str]:
    """Return the names of the columns of :func:`quadratic_matrix`.

    Examples
    --------
    >>> quadratic_names(["a", "b"], np.array([True, False]))
    ['1', 'a', 'b', 'a × b', 'a²']
    """
    pairs = crossed(len(names), input_of_column)
    products = [f"{names[first]} × {names[second]}" for first, second in pairs]
    powers = [f"{name}²" for name, square in zip(names, quadratic, strict=True) if square]
    return ["1", *names, *products, *powers]


def matrix_of(inputs: Floats, terms: Mapping[str, Any]) -> Floats:
    """Return the model matrix with the terms that hyperparameters, or a fitted state, name."""
    quadratic = np.array(terms["quadratic"], dtype=np.bool_)
    return quadratic_matrix(inputs, quadratic, terms.get(INPUT_OF_COLUMN))


def state_of(coefficients: Floats, terms: Mapping[str, Any]) -> State:
    """Return coefficients and terms as arrays that :func:`predict_quadratic` reads."""
    state = {
        "coefficients": coefficients,
        "quadratic": np.array(terms["quadratic"], dtype=np.bool_),
    }
    if INPUT_OF_COLUMN in terms:
        state[INPUT_OF_COLUMN] = np.array(terms[INPUT_OF_COLUMN], dtype=np.int64)
    return state


def predict_quadratic(state: State, inputs: Floats) -> Floats:
    """Return the heights of a quadratic with the coefficients and squares of a fitted state."""
    return np.asarray(matrix_of(inputs, state) @ state["coefficients"])


def anonymous_names(n_inputs: int) -> list[str]:
    """Return stand-in names for inputs whose own names are not at hand."""
    return [f"input {number}" for number in range(1, n_inputs + 1)]
