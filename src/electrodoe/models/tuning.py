"""The search for hyperparameters, by folds that part no configuration, setting or whole plot."""

from collections.abc import Callable, Sequence
from itertools import product
from typing import Any, Final

import numpy as np

from electrodoe.arrays import Booleans, Floats
from electrodoe.dataset import grouped_folds
from electrodoe.models.family import Hyperparameters, Search, State
from electrodoe.ties import first_smallest

N_FOLDS: Final = 5
"""A usual compromise of cost and bias (Hastie et al. 2017, the paper's reference 36)."""
_MOST_REFITS: Final = 9
"""For one family's left-out errors in the average: bound on time, chosen."""
_SAME_ERROR: Final = 1e-6
"""Mean squared errors nearer than this, relative, are equal: what a fit's own tolerance moves (1e-8
of a prediction) is far below, and no difference between candidates that means anything is."""

Fit = Callable[[Floats, Floats, Hyperparameters, int], State]
Predict = Callable[[State, Floats], Floats]


def grid(**choices: Sequence[Any]) -> list[Hyperparameters]:
    """Return every combination of some choices.

    Examples
    --------
    >>> grid(depth=[2, 3], rate=[0.1])
    [{'depth': 2, 'rate': 0.1}, {'depth': 3, 'rate': 0.1}]
    """
    return [dict(zip(choices, values, strict=True)) for values in product(*choices.values())]


def with_given(
    candidates: Sequence[Hyperparameters], given: Hyperparameters
) -> list[Hyperparameters]:
    """Return candidates with what is given in place of what would be searched, each once.

    Examples
    --------
    >>> with_given(grid(depth=[2, 3], rate=[0.1, 0.2]), {"depth": 4})
    [{'depth': 4, 'rate': 0.1}, {'depth': 4, 'rate': 0.2}]
    """
    replaced = [{**candidate, **given} for candidate in candidates]
    return [each for place, each in enumerate(replaced) if each not in replaced[:place]]


def search_folds(search: Search, n_folds: int = N_FOLDS) -> list[Booleans]:
    """Return the test masks that every candidate of a search is evaluated by."""
    return grouped_folds(search.left_out_units, n_folds, np.random.default_rng(search.seed))


def out_of_fold(
    search: Search,
    hyperparameters: Hyperparameters,
    fit: Fit,
    predict: Predict,
    folds: Sequence[Booleans],
) -> Floats:
    """Return each sample's prediction by a model that saw nothing of its configuration."""
    predicted = np.empty_like(search.response)
    for test in folds:
        state = fit(search.inputs[~test], search.response[~test], hyperparameters, search.seed)
        predicted[test] = predict(state, search.inputs[test])
    return predicted


def best_by_grouped_folds(
    search: Search, candidates: Sequence[Hyperparameters], fit: Fit, predict: Predict
) -> Hyperparameters:
    """Return the simplest candidate with the smallest pooled error on left-out configurations."""
    folds = search_folds(search)
    errors = [
        np.mean((search.response - out_of_fold(search, candidate, fit, predict, folds)) ** 2)
        for candidate in candidates
    ]
    return candidates[simplest_of_smallest(np.array(errors))]


def simplest_of_smallest(errors: Floats) -> int:
    """Return the first position whose error is the smallest, or equal to it but for rounding.

    Position. Errors nearer than a millionth are equal: which of them is less by its last digits
    differs between processors.

    Examples
    --------
    >>> simplest_of_smallest(np.array([2.0, 1.0 + 1e-12, 1.0]))
    1
    """
    return int(first_smallest(errors, equal=_SAME_ERROR))


def left_out_by_refitting(
    search: Search, hyperparameters: Hyperparameters, fit: Fit, predict: Predict
) -> Floats:
    """Return each sample's prediction by a refit without its configuration.

    Predictions in normalized units. Beyond nine configurations several are left out at once.
    """
    folds = search_folds(search, _MOST_REFITS)
    return out_of_fold(search, hyperparameters, fit, predict, folds)
