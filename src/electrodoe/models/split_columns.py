"""Trees on categories: a column per level in place of contrasts, so that a split parts one."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from functools import partial
from typing import Any, Final

import numpy as np

from electrodoe.arrays import Floats, Integers
from electrodoe.dataset.categories import contrasts
from electrodoe.models.family import (
    INPUT_OF_COLUMN,
    Family,
    Hyperparameters,
    Search,
    State,
)

_DECIMALS: Final = 6
"""Of indicators, which are 0 or 1 but for the rounding of contrasts to ten digits."""


def level_columns(inputs: Floats, input_of_column: Integers) -> Floats:
    """Return inputs with a column per level in place of the contrasts of a category.

    Two levels have one contrast, -1 and +1, which stays: one split parts them.

    Examples
    --------
    >>> level_columns(contrasts(3), np.array([0, 0, 0])[:2]).tolist()
    [[1.0, 0.0, 0.0], [0.0, 1.0, 0.0], [0.0, 0.0, 1.0]]
    """
    parts = []
    for number in np.unique(input_of_column):
        own = inputs[:, input_of_column == number]
        n_levels = own.shape[1] + 1
        if n_levels > 2:
            along = own @ contrasts(n_levels).T  # 1 at its own level, -1/(L - 1) at others
            own = np.round((along * (n_levels - 1) + 1.0) / n_levels, _DECIMALS)
        parts.append(own)
    return np.column_stack(parts)


def input_of_level_column(input_of_column: Integers) -> Integers:
    """Return the input that each column of :func:`level_columns` stands for.

    Examples
    --------
    >>> input_of_level_column(np.array([0, 1, 1, 2])).tolist()
    [0, 1, 1, 1, 2]
    """
    numbers, sizes = np.unique(input_of_column, return_counts=True)
    return np.repeat(numbers, np.where(sizes > 1, sizes + 1, sizes))


def splitting(family: Family) -> Family:
    """Return a family of trees that splits on levels where inputs are categories.

    Without categories it is asked as it is, to the bit.
    """

    def tune(search: Search) -> Hyperparameters:
        if INPUT_OF_COLUMN not in search.given:
            return family.tune(search)
        return {**family.tune(_searched(search)), **_kept(search.given)}

    def fit(inputs: Floats, response: Floats, hyperparameters: Hyperparameters, seed: int) -> State:
        if INPUT_OF_COLUMN not in hyperparameters:
            return family.fit(inputs, response, hyperparameters, seed)
        of = np.array(hyperparameters[INPUT_OF_COLUMN], dtype=np.int64)
        state = family.fit(level_columns(inputs, of), response, _without(hyperparameters), seed)
        return {**state, INPUT_OF_COLUMN: of}

    def predict(state: State, inputs: Floats) -> Floats:
        if INPUT_OF_COLUMN not in state:
            return family.predict(state, inputs)
        return family.predict(state, level_columns(inputs, state[INPUT_OF_COLUMN]))

    return replace(
        family,
        tune=tune,
        fit=fit,
        predict=predict,
        left_out=None if family.left_out is None else partial(_left_out, family.left_out),
        gains=None if family.gains is None else partial(_gains, family.gains),
    )


def _left_out(
    left_out: Callable[[Search, Hyperparameters], Floats],
    search: Search,
    hyperparameters: Hyperparameters,
) -> Floats:
    """Return a family's predictions of left-out configurations."""
    if INPUT_OF_COLUMN not in search.given:
        return left_out(search, hyperparameters)
    return left_out(_searched(search), _without(hyperparameters))


def _gains(gains: Callable[[State, int], Floats], state: State, n_inputs: int) -> Floats:
    """Return what splits on each input gain: those on all levels of a category together."""
    if INPUT_OF_COLUMN not in state:
        return gains(state, n_inputs)
    of = input_of_level_column(state[INPUT_OF_COLUMN])
    return np.asarray(np.bincount(of, gains(state, len(of)), n_inputs), dtype=np.float64)


def _searched(search: Search) -> Search:
    """Return a search that looks at a column per level."""
    of = np.array(search.given[INPUT_OF_COLUMN], dtype=np.int64)
    return replace(search, inputs=level_columns(search.inputs, of), given=_without(search.given))


def _kept(given: Mapping[str, Any]) -> dict[str, Any]:
    """Return which input each column stands for."""
    return {INPUT_OF_COLUMN: list(given[INPUT_OF_COLUMN])}


def _without(hyperparameters: Mapping[str, Any]) -> dict[str, Any]:
    """Return hyperparameters without what the trees do not know."""
    return {name: value for name, value in hyperparameters.items() if name != INPUT_OF_COLUMN}
