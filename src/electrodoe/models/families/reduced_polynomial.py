"""A quadratic with fewer terms, chosen by AICc under heredity: for fewer settings than terms."""

from typing import Final

import numpy as np

from electrodoe.arrays import Floats
from electrodoe.dataset import configuration_means
from electrodoe.models.family import INPUT_OF_COLUMN, Family, Hyperparameters, Search, State
from electrodoe.models.least_squares import least_squares
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
    kept = [names[term] for term in select_terms(X, means[:, -1], quadratic, inputs)]
    return {"terms": kept} if inputs is None else {"terms": kept, INPUT_OF_COLUMN: inputs}


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
)
"""Hierarchical, by forward selection with AICc of the configurations' means. Its terms are chosen
anew for every configuration that is left out, so that neither score nor interval takes them as
known: they come of refits, not of a t distribution."""
