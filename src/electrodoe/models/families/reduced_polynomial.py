"""A quadratic with fewer terms, chosen by AICc or p values under heredity."""

from typing import Any, Final

import numpy as np

from electrodoe.arrays import Floats
from electrodoe.dataset import configuration_means
from electrodoe.models.family import (
    INPUT_OF_COLUMN,
    Family,
    Hyperparameters,
    Search,
    Setting,
    State,
)
from electrodoe.models.least_squares import least_squares
from electrodoe.models.term_elimination import eliminate_terms
from electrodoe.models.term_selection import select_terms
from electrodoe.models.terms import (
    anonymous_names,
    matrix_of,
    predict_quadratic,
    quadratic_matrix,
    quadratic_names,
    quadratic_terms,
    state_of,
)

_AICC, _P = "aicc", "p"
"""Rules by which terms are chosen."""
_ALPHA: Final = 0.1
"""P value above which a term leaves, where terms are chosen by p: as Design-Expert has it."""


def _tune(search: Search) -> Hyperparameters:
    """Return the names of the terms that the means of the configurations support."""
    possible = quadratic_terms(search)
    quadratic = np.array(possible["quadratic"], dtype=np.bool_)
    inputs = possible.pop(INPUT_OF_COLUMN, None)
    means = configuration_means(
        np.column_stack([search.inputs, search.response]), search.configurations
    )
    X = quadratic_matrix(means[:, :-1], quadratic, inputs)
    names = quadratic_names(anonymous_names(search.inputs.shape[1]), quadratic, inputs)
    rule: dict[str, Any] = {"select": _AICC, "alpha": _ALPHA, **search.given}
    kept = (
        select_terms(X, means[:, -1], quadratic, inputs)
        if rule["select"] == _AICC
        else eliminate_terms(X, means[:, -1], quadratic, rule["alpha"], inputs)
    )
    chosen = {name: rule[name] for name in ("select", "alpha")}
    chosen["terms"] = [names[term] for term in kept]
    return chosen if inputs is None else {**chosen, INPUT_OF_COLUMN: inputs}


def _fit(
    inputs: Floats,
    response: Floats,
    hyperparameters: Hyperparameters,
    seed: int,
) -> State:
    """Return the coefficients of all terms; those of the terms left out are zero."""
    quadratic = np.ones(inputs.shape[1], dtype=np.bool_)
    terms = {**hyperparameters, "quadratic": quadratic}
    names = quadratic_names(
        anonymous_names(inputs.shape[1]), quadratic, hyperparameters.get(INPUT_OF_COLUMN)
    )
    kept = [names.index(name) for name in hyperparameters["terms"]]
    X = matrix_of(inputs, terms)[:, kept]
    coefficients = np.zeros(len(names))
    coefficients[kept] = least_squares(X, response, hyperparameters["terms"])
    return state_of(coefficients, terms)


REDUCED_POLYNOMIAL: Final = Family(
    name="reduced_polynomial",
    title="Reduced polynomial",
    reference="Hurvich, Tsai, Biometrika 76 (1989) 297",
    tune=_tune,
    fit=_fit,
    predict=predict_quadratic,
    settings=(
        Setting(name="alpha", low=0.001, high=0.5),
        Setting(name="select", choices=(_AICC, _P)),
    ),
)
"""Hierarchical, of the configurations' means: by forward selection with AICc, or by backward
elimination of what has a p value above ``alpha``, as the study's ``select`` says. Its terms are
chosen anew for every configuration that is left out, so that neither score nor interval takes them
as known: they come of refits, not of a t distribution."""
