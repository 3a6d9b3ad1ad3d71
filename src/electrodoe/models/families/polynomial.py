"""Second-degree polynomial: linear terms, two-factor interactions, squares."""

from typing import Final

import numpy as np
from numpy.typing import NDArray

from electrodoe.models.family import Family, Hyperparameters, Search, State
from electrodoe.models.least_squares import least_squares
from electrodoe.models.terms import (
    anonymous_names,
    bears_square,
    quadratic_matrix,
    quadratic_names,
)


def _choose(search: Search) -> Hyperparameters:
    """Return which inputs have levels enough for a square."""
    return {"squares": bears_square(search.inputs, search.configurations).tolist()}


def _fit(
    inputs: NDArray[np.float64],
    response: NDArray[np.float64],
    hyperparameters: Hyperparameters,
    seed: int,
) -> State:
    """Return the coefficients of all terms."""
    squares = np.array(hyperparameters["squares"], dtype=np.bool_)
    names = quadratic_names(anonymous_names(inputs.shape[1]), squares)
    coefficients = least_squares(quadratic_matrix(inputs, squares), response, names)
    return {"coefficients": coefficients, "squares": squares}


def _predict(state: State, inputs: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return the surface's heights."""
    return np.asarray(quadratic_matrix(inputs, state["squares"]) @ state["coefficients"])


def _terms(inputs: NDArray[np.float64], hyperparameters: Hyperparameters) -> NDArray[np.float64]:
    """Return the terms of the quadratic, squares where there are levels enough."""
    return quadratic_matrix(inputs, np.array(hyperparameters["squares"], dtype=np.bool_))


POLYNOMIAL: Final = Family(
    name="polynomial",
    title="Polynomial",
    reference="Myers, Montgomery, Anderson-Cook, Response Surface Methodology (2016)",
    choose=_choose,
    fit=_fit,
    predict=_predict,
    terms=_terms,
)
"""The full quadratic, fitted by QR; inputs with two levels, set or measured, have no square."""
