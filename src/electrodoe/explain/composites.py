"""Predictions at settings put together from two: some inputs of the one, the rest of the other."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Final

import numpy as np

from electrodoe.arrays import Booleans, Floats, Integers
from electrodoe.errors import ExplanationError

MAX_INPUTS: Final = 12
"""2^12 coalitions are still asked one by one; more would need sampling."""
_MAX_COMPOSITES: Final = 1_000_000
"""Composites held at a time: 8 MB of positions."""
_MAX_ROWS: Final = 4_000
"""Rows per call of a model: a forest holds some megabytes for them."""
_LARGEST_KEY: Final = 2**62
"""Keys are 64-bit integers; before they overflow they are numbered anew."""

Predict = Callable[[Floats], Floats]


@dataclass(frozen=True, kw_only=True)
class CoalitionGame:
    """What a model predicts when only some inputs are known.

    Attributes
    ----------
    values : array of shape (2**n_inputs, n_explained)
        Mean prediction over the background, the inputs of the coalition taken from the
        explained settings. Coalition c holds input j where bit j of c is set.
    swaps : array of shape (n_inputs, n_explained, n_background)
        Prediction at each background setting with one input taken from the explained one.

    Where inputs are grouped, a group takes the place of an input throughout.
    """

    values: Floats
    swaps: Floats


def coalitions(n_inputs: int) -> Booleans:
    """Return all coalitions of inputs, shape (2**n_inputs, n_inputs).

    Examples
    --------
    >>> coalitions(2).astype(int).tolist()
    [[0, 0], [1, 0], [0, 1], [1, 1]]
    """
    return np.asarray((np.arange(2**n_inputs)[:, None] >> np.arange(n_inputs)) % 2 == 1)


def coalition_game(
    predict: Predict, explained: Floats, background: Floats, groups: Integers | None = None
) -> CoalitionGame:
    """Return the predictions of all coalitions of inputs, or of groups of them.

    Its mean over the background is the interventional expectation. ``groups`` holds the number of
    each input's group, from 0; without it each input stands for itself.
    """
    of = np.arange(explained.shape[1]) if groups is None else groups
    n_inputs = int(of.max()) + 1
    if n_inputs > MAX_INPUTS:
        raise ExplanationError(
            f"{n_inputs} inputs; exact Shapley values are computed for up to {MAX_INPUTS}",
            where="inputs of the scenario",
            fix=f"choose a scenario with at most {MAX_INPUTS} inputs",
        )
    values = np.empty((2**n_inputs, len(explained)))
    swaps = np.empty((n_inputs, len(explained), len(background)))
    for block in _blocks(len(explained), 2**n_inputs * len(background)):
        table = _composite_predictions(
            predict, explained[block], background, coalitions(n_inputs)[:, of]
        )
        values[:, block] = table.mean(axis=2)
        swaps[:, block] = table[2 ** np.arange(n_inputs)]
    return CoalitionGame(values=values, swaps=swaps)


def _blocks(n_explained: int, n_each: int) -> Iterator[slice]:
    """Return slices of the explained settings that bound the memory of their composites."""
    step = max(_MAX_COMPOSITES // n_each, 1)
    return (slice(start, start + step) for start in range(0, n_explained, step))


def _composite_predictions(
    predict: Predict, explained: Floats, background: Floats, members: Booleans
) -> Floats:
    """Return predictions of shape (2**n_inputs, n_explained, n_background), each row asked once."""
    keys = _composite_keys(members, explained, background)
    _, first, position = np.unique(keys, return_index=True, return_inverse=True)
    coalition, row, other = np.unravel_index(first, keys.shape)
    predicted = np.empty(len(first))
    for start in range(0, len(first), _MAX_ROWS):
        part = slice(start, start + _MAX_ROWS)
        predicted[part] = predict(
            np.where(members[coalition[part]], explained[row[part]], background[other[part]])
        )
    return predicted[position].reshape(keys.shape)


def _composite_keys(members: Booleans, explained: Floats, background: Floats) -> Integers:
    """Return a number for each composite; equal numbers mean equal settings."""
    keys = np.zeros((len(members), len(explained), len(background)), dtype=np.int64)
    n_keys = 1
    for index, is_member in enumerate(members.T):
        column = np.concatenate([explained[:, index], background[:, index]])
        levels, code = np.unique(column, return_inverse=True)
        if n_keys * len(levels) > _LARGEST_KEY:
            distinct, keys = np.unique(keys, return_inverse=True)
            n_keys = len(distinct)
        own, others = code[: len(explained), None], code[None, len(explained) :]
        keys = keys * len(levels) + np.where(is_member[:, None, None], own, others)
        n_keys *= len(levels)
    return keys
