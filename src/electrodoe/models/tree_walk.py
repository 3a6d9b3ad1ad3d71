"""Settings on their way down the trees of a model: the leaf's value in each tree."""

from collections.abc import Iterator
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from electrodoe.arrays import Floats
from electrodoe.errors import ModelError
from electrodoe.models.family import State
from electrodoe.models.fixed_point import PAST_MIDWAY, on_grid

_ROWS_AT_ONCE: Final = 512
"""Rows that walk down all trees together and still fit the processor's cache."""


def leaf_values(state: State, inputs: Floats) -> Iterator[NDArray[Any]]:
    """Return the values of the leaves that settings end in, some rows at a time.

    Values of the next rows, in single precision where the state's are.
    """
    for start in range(0, len(inputs), _ROWS_AT_ONCE):
        yield _walk(state, asked(inputs[start : start + _ROWS_AT_ONCE]))


def asked(inputs: Floats) -> NDArray[np.float32]:
    """Return settings as they are compared with thresholds."""
    return np.asarray((on_grid(inputs) + PAST_MIDWAY).astype(np.float32))


def _walk(state: State, settings: NDArray[np.float32]) -> NDArray[Any]:
    """Return the values of some rows' leaves, all trees side by side."""
    # rows and nodes as flat arrays; the right child stands before the left one
    n_trees, n_samples, n_inputs = len(state["roots"]), *settings.shape
    values = settings.ravel()
    is_inner = state["left"] >= 0
    children = np.column_stack([state["right"], state["left"]]).ravel()
    first = np.tile(np.arange(n_samples) * n_inputs, n_trees)
    # all rows start at all roots, and step down together
    node = np.repeat(state["roots"], n_samples)
    walking = np.flatnonzero(is_inner.take(node))
    for _ in range(len(is_inner)):
        if not len(walking):
            break
        # one step: the left child where the value is at most the threshold
        here = node.take(walking)
        value = values.take(first.take(walking) + state["feature"].take(here))
        below = children.take(2 * here + (value <= state["threshold"].take(here)))
        node[walking] = below
        walking = walking[is_inner.take(below)]
    if len(walking):
        raise ModelError(
            "trees whose branches lead back to themselves",
            where="the arrays of a forest",
            fix="fit the model anew",
        )
    return np.asarray(state["value"].take(node).reshape(n_trees, n_samples))
