"""Ridge regression on the second-degree polynomial, its penalty by leaving configurations out."""

from typing import Final

import numpy as np
from numpy.typing import NDArray

from electrodoe.models.family import Family, Hyperparameters, Search, State
from electrodoe.models.left_out import left_out_by_hat
from electrodoe.models.terms import bears_square, quadratic_matrix

_PENALTIES: Final = {
    width: np.geomspace(1e-3, 1e3, count) for width, count in ((1, 13), (2, 25), (3, 61))
}

_NO_PENALTY: Final = 1e-3
"""Moves a coefficient by a ten-thousandth, and keeps a bootstrap that lost a level solvable."""


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
    squares = bears_square(search.inputs, search.configurations).tolist()
    design = _design(search.inputs, squares)
    penalties = _PENALTIES[search.width]
    predicted = left_out_by_hat(
        design @ _solution(design, penalties), search.response, search.configurations
    )
    errors = np.sum((search.response - predicted) ** 2, axis=1)
    return {"penalty": float(penalties[int(np.argmin(errors))]), "squares": squares}


def _choose_free(search: Search) -> Hyperparameters:
    """Return a penalty too small to matter, or a real one where data are fewer than terms."""
    squares = bears_square(search.inputs, search.configurations)
    n_terms = _design(search.inputs, squares.tolist()).shape[1]
    if len(np.unique(search.configurations)) <= n_terms + 1:
        return _choose(search)
    return {"penalty": _NO_PENALTY, "squares": squares.tolist()}


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

FREE_QUADRATIC: Final = Family(
    name="free_quadratic",
    title="Free quadratic",
    reference="Myers, Montgomery, Anderson-Cook, Response Surface Methodology (2016)",
    choose=_choose_free,
    fit=_fit,
    predict=_predict,
    left_out=_left_out,
)
"""The same without a penalty to speak of; a member of the default, no family."""
