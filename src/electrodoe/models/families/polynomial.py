"""Second-degree polynomial: linear terms, two-factor interactions, squares."""

from typing import Final

import numpy as np

from electrodoe.arrays import Floats
from electrodoe.models.family import INPUT_OF_COLUMN, Family, Hyperparameters, Search, State
from electrodoe.models.least_squares import least_squares
from electrodoe.models.terms import (
    anonymous_names,
    matrix_of,
    predict_quadratic,
    quadratic_names,
    quadratic_terms,
    state_of,
)

_FEWER: Final = (
    "take inputs out of the scenario, or add [models.reduced_polynomial] (terms chosen by AICc) or"
    " [models.minimum_norm_polynomial] (all terms, as scikit-learn fits them) to study.toml"
)
"""What a study can declare where a full quadratic has too many terms; never done unasked."""


def _tune(search: Search) -> Hyperparameters:
    """Return which inputs have levels enough for a square."""
    return quadratic_terms(search)


def _fit(
    inputs: Floats,
    response: Floats,
    hyperparameters: Hyperparameters,
    seed: int,
) -> State:
    """Return the coefficients of all terms."""
    names = quadratic_names(
        anonymous_names(inputs.shape[1]),
        np.array(hyperparameters["quadratic"], dtype=np.bool_),
        hyperparameters.get(INPUT_OF_COLUMN),
    )
    X = matrix_of(inputs, hyperparameters)
    return state_of(least_squares(X, response, names, fewer=_FEWER), hyperparameters)


def _terms(inputs: Floats, hyperparameters: Hyperparameters) -> Floats:
    """Return the terms of the quadratic, squares where there are levels enough."""
    return matrix_of(inputs, hyperparameters)


POLYNOMIAL: Final = Family(
    name="polynomial",
    title="Polynomial",
    reference="Myers, Montgomery, Anderson-Cook, Response Surface Methodology (2016)",
    tune=_tune,
    fit=_fit,
    predict=predict_quadratic,
    terms=_terms,
)
"""The full quadratic, fitted by QR; inputs with two levels, set or measured, have no square."""
