"""Ridge regression on the second-degree polynomial, its penalty by leaving configurations out."""

from typing import Final

import numpy as np

from electrodoe.arrays import Floats
from electrodoe.models.family import Family, Hyperparameters, Search, Setting, State
from electrodoe.models.left_out import left_out_by_factor
from electrodoe.models.terms import matrix_of, predict_quadratic, quadratic_terms, state_of
from electrodoe.ties import first_smallest

_PENALTIES: Final = {
    width: np.geomspace(1e-3, 1e3, count) for width, count in ((1, 13), (2, 25), (3, 61))
}
_MOST_ENTRIES: Final = 5_000_000
"""Of the factors held at a time: 40 MB; all penalties together for up to some thousand rows."""
_NO_PENALTY: Final = 1e-3
"""Moves a coefficient by a ten-thousandth, and keeps a bootstrap that lost a level solvable."""


def _normal_equations(design: Floats, penalties: Floats) -> Floats:
    """Return the left sides of the penalized normal equations; the intercept is free."""
    is_penalized = np.diag(np.arange(design.shape[1]) > 0).astype(np.float64)
    return np.asarray(design.T @ design + penalties[:, None, None] * is_penalized)


def _thin_factors(design: Floats, penalties: Floats) -> Floats:
    """Return W for each penalty, with W W' the matrix from the response to fitted values.

    Its shape is (n_penalties, n_samples, n_terms): nothing is written out as large as W W'.
    """
    lower = np.linalg.cholesky(_normal_equations(design, penalties))
    right = np.broadcast_to(design.T, (len(lower), *design.T.shape))
    return np.asarray(np.linalg.solve(lower, right)).swapaxes(1, 2)


def _tune(search: Search) -> Hyperparameters:
    """Return the penalty with the smallest left-out error, the largest of equals.

    A larger penalty is the simpler model.
    """
    terms = quadratic_terms(search)
    if "penalty" in search.given:
        return {"penalty": search.given["penalty"], **terms}
    design = matrix_of(search.inputs, terms)
    penalties = _PENALTIES[search.width]
    n_together = max(_MOST_ENTRIES // design.size, 1)
    parts = np.split(penalties, range(n_together, len(penalties), n_together))
    errors = np.concatenate([_left_out_errors(design, part, search) for part in parts])
    strongest_first = penalties[::-1]  # of equals the simplest
    chosen = strongest_first[int(first_smallest(errors[::-1]))]
    return {"penalty": float(chosen), **terms}


def _left_out_errors(design: Floats, penalties: Floats, search: Search) -> Floats:
    """Return sums of squared left-out errors; NaN where some configuration is not predicted."""
    factors = _thin_factors(design, penalties)
    predicted = left_out_by_factor(factors, search.response, search.left_out_units)
    return np.asarray(np.sum((search.response - predicted) ** 2, axis=-1))


def _tune_penalty(search: Search) -> Hyperparameters:
    """Return a penalty too small to matter, or a real one where data are fewer than terms."""
    terms = quadratic_terms(search)
    n_terms = matrix_of(search.inputs, terms).shape[1]
    if len(np.unique(search.configurations)) <= n_terms + 1:
        return _tune(search)
    return {"penalty": _NO_PENALTY, **terms}


def _fit(
    inputs: Floats,
    response: Floats,
    hyperparameters: Hyperparameters,
    seed: int,
) -> State:
    """Return shrunken coefficients; the intercept is free."""
    design = matrix_of(inputs, hyperparameters)
    left = _normal_equations(design, np.array([hyperparameters["penalty"]]))[0]
    return state_of(np.linalg.solve(left, design.T @ response), hyperparameters)


def _left_out(search: Search, hyperparameters: Hyperparameters) -> Floats:
    """Return the predictions of all configurations, each without itself, from one fit."""
    design = matrix_of(search.inputs, hyperparameters)
    factor = _thin_factors(design, np.array([hyperparameters["penalty"]]))[0]
    return left_out_by_factor(factor, search.response, search.left_out_units)


RIDGE_QUADRATIC: Final = Family(
    name="ridge_quadratic",
    title="Ridge quadratic",
    reference="Hoerl, Kennard, Technometrics 12 (1970) 55",
    tune=_tune,
    fit=_fit,
    predict=predict_quadratic,
    left_out=_left_out,
    settings=(Setting(name="penalty", also=("alpha",), low=1e-6, high=1e6),),
)
"""The full quadratic with a penalty chosen by leaving configurations out."""

FREE_QUADRATIC: Final = Family(
    name="free_quadratic",
    title="Free quadratic",
    reference="Myers, Montgomery, Anderson-Cook, Response Surface Methodology (2016)",
    tune=_tune_penalty,
    fit=_fit,
    predict=predict_quadratic,
    left_out=_left_out,
)
"""The same without a penalty to speak of; a member of the default, no family."""
