"""The terms of a response surface: linear, or the full second degree."""

from collections.abc import Sequence
from itertools import combinations

import numpy as np
from numpy.typing import NDArray


def linear_matrix(inputs: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return a column of ones and the inputs, shape (n_samples, 1 + n_inputs)."""
    return np.column_stack([np.ones(len(inputs)), inputs])


def has_curvature(inputs: NDArray[np.float64]) -> NDArray[np.bool_]:
    """Return which inputs have at least three levels, so that a square can be estimated."""
    return np.array([len(np.unique(column)) > 2 for column in inputs.T])


def quadratic_matrix(
    inputs: NDArray[np.float64], squares: NDArray[np.bool_]
) -> NDArray[np.float64]:
    """Return the model matrix of the second-degree polynomial.

    Parameters
    ----------
    inputs : array of shape (n_samples, n_inputs)
        Normalized inputs.
    squares : array of shape (n_inputs,), bool
        Which inputs get their square.

    Returns
    -------
    array of shape (n_samples, n_terms)
        Ones, inputs, two-factor interactions, squares.

    Examples
    --------
    >>> quadratic_matrix(np.array([[2.0, 3.0]]), np.array([True, True]))
    array([[1., 2., 3., 6., 4., 9.]])
    """
    pairs = list(combinations(range(inputs.shape[1]), 2))
    products = [inputs[:, i] * inputs[:, j] for i, j in pairs]
    return np.column_stack([linear_matrix(inputs), *products, inputs[:, squares] ** 2])


def quadratic_names(names: Sequence[str], squares: NDArray[np.bool_]) -> list[str]:
    """Return the names of the columns of :func:`quadratic_matrix`.

    Examples
    --------
    >>> quadratic_names(["a", "b"], np.array([True, False]))
    ['1', 'a', 'b', 'a × b', 'a²']
    """
    pairs = [f"{first} × {second}" for first, second in combinations(names, 2)]
    powers = [f"{name}²" for name, square in zip(names, squares, strict=True) if square]
    return ["1", *names, *pairs, *powers]


def anonymous_names(n_inputs: int) -> list[str]:
    """Return stand-in names for inputs whose own names are not at hand."""
    return [f"input {number}" for number in range(1, n_inputs + 1)]
