"""Multiple linear regression (MLR)."""

from typing import Final

import numpy as np

from electrodoe.arrays import Floats
from electrodoe.models.family import Family, Hyperparameters, Search, State
from electrodoe.models.least_squares import least_squares
from electrodoe.models.left_out import left_out_by_factor
from electrodoe.models.terms import anonymous_names, linear_matrix


def _tune(search: Search) -> Hyperparameters:
    """Return nothing: the family has no hyperparameters."""
    return {}


def _fit(
    inputs: Floats,
    response: Floats,
    hyperparameters: Hyperparameters,
    seed: int,
) -> State:
    """Return intercept and slopes."""
    names = ["1", *anonymous_names(inputs.shape[1])]
    return {"coefficients": least_squares(linear_matrix(inputs), response, names)}


def _predict(state: State, inputs: Floats) -> Floats:
    """Return the plane's heights."""
    return np.asarray(linear_matrix(inputs) @ state["coefficients"])


def _terms(inputs: Floats, hyperparameters: Hyperparameters) -> Floats:
    """Return the intercept and the inputs."""
    return linear_matrix(inputs)


def _slopes(state: State) -> Floats:
    """Return all coefficients but the intercept."""
    return np.asarray(state["coefficients"][1:], dtype=np.float64)


def _left_out(search: Search, hyperparameters: Hyperparameters) -> Floats:
    """Return the predictions of all configurations, each without itself, from one fit."""
    Q = np.linalg.qr(linear_matrix(search.inputs)).Q
    return left_out_by_factor(Q, search.response, search.left_out_units)


MULTIPLE_LINEAR: Final = Family(
    name="mlr",
    title="MLR",
    reference="Kutner, Nachtsheim, Neter, Li, Applied Linear Statistical Models (2005)",
    tune=_tune,
    fit=_fit,
    predict=_predict,
    left_out=_left_out,
    terms=_terms,
    slopes=_slopes,
)
"""A plane through the inputs, fitted by QR."""
