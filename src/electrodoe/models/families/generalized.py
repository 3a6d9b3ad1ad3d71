"""Families of two outcomes and of counts: logistic and Poisson regression of chosen degree."""

from collections.abc import Mapping
from functools import partial
from typing import Any, Final

import numpy as np

from electrodoe.arrays import Floats
from electrodoe.errors import ModelError
from electrodoe.models.family import (
    Family,
    Hyperparameters,
    Search,
    Setting,
    State,
)
from electrodoe.models.generalized_linear import GeneralizedLinear, fit_generalized, inverse_link
from electrodoe.models.least_squares import least_squares
from electrodoe.models.terms import (
    anonymous_names,
    linear_matrix,
    matrix_of,
    quadratic_terms,
    state_of,
)
from electrodoe.study import ResponseKind

_SAME: Final = 1e-6
"""Difference of two AICc that is rounding: of equals the plane is taken."""
_DEGREE: Final = Setting(name="degree", low=1, high=2, is_whole=True)


def generalized_matrix(inputs: Floats, terms: Mapping[str, Any]) -> Floats:
    """Return the model matrix of normalized inputs: linear, or of second degree."""
    return linear_matrix(inputs) if int(terms["degree"]) == 1 else matrix_of(inputs, terms)


def _tune(search: Search, kind: ResponseKind) -> Hyperparameters:
    """Return the degree, by AICc at the penalized estimates, unless it is given."""
    terms = quadratic_terms(search)
    if "degree" in search.given:
        return {"degree": int(search.given["degree"]), **terms}
    n = len(np.unique(search.configurations))
    plane = _aicc(search, {"degree": 1, **terms}, kind, n)
    try:
        curved = _aicc(search, {"degree": 2, **terms}, kind, n)
    except ModelError:
        curved = np.inf
    return {"degree": 2 if curved < plane - _SAME else 1, **terms}


def _aicc(search: Search, terms: Hyperparameters, kind: ResponseKind, n: int) -> float:
    """Return Akaike's criterion corrected for few configurations; infinite where they are."""
    X = generalized_matrix(search.inputs, terms)
    n_terms = X.shape[1]
    if n - n_terms - 1 <= 0:
        return np.inf
    found = _fitted(search.inputs, search.response, terms, kind)
    return float(-2.0 * found.log_likelihood + 2.0 * n_terms * n / (n - n_terms - 1))


def _fitted(
    inputs: Floats, response: Floats, terms: Hyperparameters, kind: ResponseKind
) -> GeneralizedLinear:
    """Return the penalized fit; terms that cannot be distinguished are refused by their names."""
    if np.ptp(response) == 0.0:
        raise ModelError(
            f"all {len(response)} samples have one outcome: {response[0]:g}",
            where=f"{kind} response",
            fix="measure runs with the other outcome",
        )
    X = generalized_matrix(inputs, terms)
    names = ["1", *anonymous_names(X.shape[1] - 1)]
    least_squares(X, response, names, fewer="give degree = 1")
    return fit_generalized(X, response, kind)


def _fit(
    inputs: Floats,
    response: Floats,
    hyperparameters: Hyperparameters,
    seed: int,
    kind: ResponseKind,
) -> State:
    """Return the coefficients with what their terms are."""
    found = _fitted(inputs, response, hyperparameters, kind)
    degree = np.array(int(hyperparameters["degree"]), dtype=np.int64)
    return {
        **state_of(found.coefficients, hyperparameters),
        "covariance": found.covariance,
        "degree": degree,
    }


def _predict(state: State, inputs: Floats, kind: ResponseKind) -> Floats:
    r"""Return probabilities of the next run, or mean counts.

    Notes
    -----
    A probability is averaged over what is not known of the logit, with variance v:
    :math:`1 / (1 + e^{-\eta / \sqrt{1 + \pi v / 8}})` (MacKay, Neural Computation 4 (1992) 720).
    The probability at the estimates alone is too bold: of few runs, and far away from them.
    """
    F = generalized_matrix(inputs, state)
    linear = F @ state["coefficients"]
    if kind == "binary":
        left_open = np.sum((F @ state["covariance"]) * F, axis=1)
        linear = linear / np.sqrt(1.0 + np.pi * left_open / 8.0)
    return inverse_link(kind, linear)


def _family(kind: ResponseKind, name: str, title: str, reference: str) -> Family:
    """Return the family of one kind of response."""
    return Family(
        name=name,
        title=title,
        reference=reference,
        tune=partial(_tune, kind=kind),
        fit=partial(_fit, kind=kind),
        predict=partial(_predict, kind=kind),
        kind=kind,
        settings=(_DEGREE,),
    )


LOGISTIC: Final = _family(
    "binary",
    "logistic",
    "Logistic regression",
    "Firth, Biometrika 80 (1993) 27; Heinze, Schemper, Statistics in Medicine 21 (2002) 2409",
)
"""Logistic regression with Firth's penalty; of second degree where AICc says so."""
POISSON: Final = _family(
    "count",
    "poisson",
    "Poisson regression",
    "McCullagh, Nelder, Generalized Linear Models (1989); Firth, Biometrika 80 (1993) 27",
)
"""Poisson regression likewise; its intervals are wider where counts scatter more than Poisson's."""
