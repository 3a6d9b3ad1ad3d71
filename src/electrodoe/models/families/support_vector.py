"""Support vector machine for regression (SVM) with a radial kernel."""

from typing import Final

import numpy as np
from scipy.spatial.distance import cdist

from electrodoe.arrays import Booleans, Floats
from electrodoe.dataset.thinning import by_turns
from electrodoe.models.family import Family, Hyperparameters, Search, Setting, State
from electrodoe.models.libsvm import solve
from electrodoe.models.tuning import grid, search_folds, simplest_of_smallest, with_given

_CANDIDATES: Final = {
    1: grid(penalty=[1.0, 10.0], kernel_width=[0.1, 0.5], tube=[0.1]),
    2: grid(penalty=[1.0, 10.0, 100.0], kernel_width=[0.05, 0.2, 0.8], tube=[0.1]),
    3: grid(
        penalty=[0.3, 1.0, 3.0, 10.0, 100.0],
        kernel_width=[0.02, 0.05, 0.2, 0.8],
        tube=[0.3, 0.1, 0.03],
    ),
}
"""The simplest first: less weight on errors, smoother kernels, wider tubes."""
_SETTINGS: Final = (
    Setting(name="penalty", also=("C",), low=1e-6, high=1e6),
    Setting(name="kernel_width", also=("gamma",), low=1e-6, high=1e3),
    Setting(name="tube", also=("epsilon",), low=0.0, high=10.0),
)
"""In units of normalized inputs and response, as where a publication has scaled both; bounds are so
wide that nobody's model lies outside."""
_MOST_IN_SEARCH: Final = 300
"""Rows that candidates are evaluated on at most: 45 fits take some seconds."""
_ROWS_AT_ONCE: Final = 2_000
"""Of a prediction; with as many support vectors their kernel takes 32 MB."""


def _tune(search: Search) -> Hyperparameters:
    """Return the best candidate by grouped folds; every width's kernel is computed once."""
    few = search.take(np.sort(by_turns(search.configurations)[:_MOST_IN_SEARCH]))
    candidates = with_given(_CANDIDATES[search.width], search.given)
    if len(candidates) == 1:
        return candidates[0]
    apart = cdist(few.inputs, few.inputs, "sqeuclidean")
    folds = search_folds(few)
    errors = np.zeros(len(candidates))
    for width in {candidate["kernel_width"] for candidate in candidates}:
        kernel = np.exp(-width * apart)
        for position, candidate in enumerate(candidates):
            if candidate["kernel_width"] == width:
                errors[position] = _error(kernel, few.response, folds, candidate)
    return candidates[simplest_of_smallest(errors)]


def _error(
    kernel: Floats,
    response: Floats,
    folds: list[Booleans],
    candidate: Hyperparameters,
) -> float:
    """Return a candidate's mean squared error on left-out folds."""
    squares = 0.0
    for test in folds:
        train, held_out = np.flatnonzero(~test), np.flatnonzero(test)
        support, weights, intercept = solve(
            kernel[np.ix_(train, train)],
            response[train],
            candidate["penalty"],
            candidate["tube"],
        )
        predicted = kernel[np.ix_(held_out, train[support])] @ weights + intercept
        squares += float(np.sum((response[held_out] - predicted) ** 2))
    return squares / len(response)


def _fit(
    inputs: Floats,
    response: Floats,
    hyperparameters: Hyperparameters,
    seed: int,
) -> State:
    """Return support vectors and their weights."""
    kernel = np.exp(-hyperparameters["kernel_width"] * cdist(inputs, inputs, "sqeuclidean"))
    support, weights, intercept = solve(
        kernel, response, hyperparameters["penalty"], hyperparameters["tube"]
    )
    return {
        "support_vectors": inputs[support],
        "weights": weights,
        "intercept": np.array(intercept),
        "kernel_width": np.array(hyperparameters["kernel_width"]),
    }


def _predict(state: State, inputs: Floats) -> Floats:
    """Return the weighted sum of radial kernels around the support vectors."""
    predicted = np.empty(len(inputs))
    for start in range(0, len(inputs), _ROWS_AT_ONCE):
        rows = slice(start, start + _ROWS_AT_ONCE)
        apart = cdist(inputs[rows], state["support_vectors"], "sqeuclidean")
        kernel = np.exp(-state["kernel_width"] * apart)
        predicted[rows] = kernel @ state["weights"] + state["intercept"]
    return predicted


SUPPORT_VECTOR: Final = Family(
    name="svm",
    title="SVM",
    reference="Vapnik, The Nature of Statistical Learning Theory (2000)",
    tune=_tune,
    fit=_fit,
    predict=_predict,
    max_rows=1_000,
    settings=_SETTINGS,
)
"""Epsilon-insensitive regression; like every family it sees a normalized response."""
