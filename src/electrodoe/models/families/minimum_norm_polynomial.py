"""The full quadratic where there are more terms than settings: the shortest of all solutions."""

from typing import Final

import numpy as np

from electrodoe.arrays import Floats
from electrodoe.models.family import Family, Hyperparameters, Search, State
from electrodoe.models.terms import matrix_of, predict_quadratic, quadratic_terms, state_of

_SAME_RANK: Final = 1e-6
"""Singular values below this fraction of the largest count as none, as in scikit-learn 1.9's
``LinearRegression``; those of terms that cannot be distinguished are 1e-16."""


def _tune(search: Search) -> Hyperparameters:
    """Return which inputs have levels enough for a square."""
    return quadratic_terms(search)


def _fit(
    inputs: Floats,
    response: Floats,
    hyperparameters: Hyperparameters,
    seed: int,
) -> State:
    """Return the shortest coefficients that meet the response best; the mean is free."""
    terms = matrix_of(inputs, hyperparameters)[:, 1:]
    middle, mean = terms.mean(axis=0), float(response.mean())
    coefficients = np.linalg.pinv(terms - middle, rcond=_SAME_RANK) @ (response - mean)
    intercept = mean - float(middle @ coefficients)
    return state_of(np.append(intercept, coefficients), hyperparameters)


MINIMUM_NORM_POLYNOMIAL: Final = Family(
    name="minimum_norm_polynomial",
    title="Minimum-norm polynomial",
    reference="Penrose, Math. Proc. Cambridge 52 (1956) 17",
    tune=_tune,
    fit=_fit,
    predict=predict_quadratic,
)
"""What scikit-learn's ``LinearRegression`` gives where terms outnumber settings, and so what a
publication that reports a full quadratic of them must have. It meets every configuration's mean
exactly: its score on known ones is that of the replicates, and only left-out ones judge it."""
