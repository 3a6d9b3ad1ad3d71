"""Support vector machine for regression (SVM) with a radial kernel."""

from typing import Final

import numpy as np
import sklearn
from numpy.typing import NDArray
from scipy.spatial.distance import cdist
from sklearn.svm import SVR

from electrodoe.models.family import Family, Hyperparameters, Search, State
from electrodoe.models.tuning import best_by_grouped_folds, grid

_CANDIDATES: Final = {
    1: grid(penalty=[1.0, 10.0], kernel_width=[0.1, 0.5], tube=[0.1]),
    2: grid(penalty=[1.0, 10.0, 100.0], kernel_width=[0.05, 0.2, 0.8], tube=[0.1]),
    3: grid(
        penalty=[0.3, 1.0, 3.0, 10.0, 100.0],
        kernel_width=[0.02, 0.05, 0.2, 0.8],
        tube=[0.03, 0.1, 0.3],
    ),
}


def _choose(search: Search) -> Hyperparameters:
    """Return the best candidate by grouped folds."""
    return best_by_grouped_folds(search, _CANDIDATES[search.width], _fit, _predict)


def _fit(
    inputs: NDArray[np.float64],
    response: NDArray[np.float64],
    hyperparameters: Hyperparameters,
    seed: int,
) -> State:
    """Return support vectors and their weights."""
    machine = SVR(
        C=hyperparameters["penalty"],
        gamma=hyperparameters["kernel_width"],
        epsilon=hyperparameters["tube"],
        max_iter=1_000_000,
    )
    with sklearn.config_context(skip_parameter_validation=True, assume_finite=True):
        machine.fit(inputs, response)
    return {
        "support_vectors": machine.support_vectors_,
        "weights": machine.dual_coef_[0],
        "intercept": np.array(machine.intercept_[0]),
        "kernel_width": np.array(hyperparameters["kernel_width"]),
    }


def _predict(state: State, inputs: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return the weighted sum of radial kernels around the support vectors."""
    apart = cdist(inputs, state["support_vectors"], "sqeuclidean")
    kernel = np.exp(-state["kernel_width"] * apart)
    return np.asarray(kernel @ state["weights"] + state["intercept"])


SUPPORT_VECTOR: Final = Family(
    name="svm",
    title="SVM",
    reference="Vapnik, The Nature of Statistical Learning Theory (2000)",
    choose=_choose,
    fit=_fit,
    predict=_predict,
)
"""Epsilon-insensitive regression; like every family it sees a normalized response."""
