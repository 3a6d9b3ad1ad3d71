"""Ridge regression on the second-degree polynomial, its penalty by leaving configurations out."""

from typing import Final

import numpy as np
from numpy.typing import NDArray

from electrodoe.models.family import Family, Hyperparameters, Search, State
from electrodoe.models.left_out import left_out_by_hat
from electrodoe.models.terms import has_curvature, quadratic_matrix

_PENALTIES: Final = {
    width: np.geomspace(1e-3, 1e3, count) for width, count in ((1, 13), (2, 25), (3, 61))
}


def _design(inputs: NDArray[np.float64], squares: list[bool]) -> NDArray[np.float64]:
    """Return the model matrix."""
    return quadratic_matrix(inputs, np.array(squares, dtype=np.bool_))


def _solution(design: NDArray[np.float64], penalties: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return the matrices that turn a response into coefficients, one for each penalty."""
    is_penalized = np.diag(np.arange(design.shape[1]) > 0).astype(np.float64)
    gram = design.T @ design + penalties[:, None, None] * is_penalized
    right = np.broadcast_to(design.T, (len(gram), *design.T.shape))
    return np.asarray(np.linalg.solve(gram, right), dtype=np.float64)


def _choose(search: Search) -> Hyperparameters:
    """Return the penalty with the least leave-one-configuration-out error."""
    squares = has_curvature(search.inputs).tolist()
    design = _design(search.inputs, squares)
    penalties = _PENALTIES[search.width]
    predicted = left_out_by_hat(
        design @ _solution(design, penalties), search.response, search.configurations
    )
    errors = np.sum((search.response - predicted) ** 2, axis=1)
    return {"penalty": float(penalties[int(np.argmin(errors))]), "squares": squares}


def _fit(
    inputs: NDArray[np.float64],
    response: NDArray[np.float64],
    hyperparameters: Hyperparameters,
    seed: int,
) -> State:
    """Return shrunken coefficients; the intercept is free."""
    design = _design(inputs, hyperparameters["squares"])
    solution = _solution(design, np.array([hyperparameters["penalty"]]))[0]
    return {
        "coefficients": solution @ response,
        "squares": np.array(hyperparameters["squares"], dtype=np.bool_),
    }


def _predict(state: State, inputs: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return the surface's heights."""
    return np.asarray(quadratic_matrix(inputs, state["squares"]) @ state["coefficients"])


def _left_out(search: Search, hyperparameters: Hyperparameters) -> NDArray[np.float64]:
    """Return the predictions of all configurations, each without itself, from one hat matrix."""
    design = _design(search.inputs, hyperparameters["squares"])
    solution = _solution(design, np.array([hyperparameters["penalty"]]))[0]
    return left_out_by_hat(design @ solution, search.response, search.configurations)


RIDGE_QUADRATIC: Final = Family(
    name="ridge_quadratic",
    title="Ridge quadratic",
    reference="Hoerl, Kennard, Technometrics 12 (1970) 55",
    choose=_choose,
    fit=_fit,
    predict=_predict,
    left_out=_left_out,
)
"""The full quadratic with a penalty chosen by leaving configurations out."""
