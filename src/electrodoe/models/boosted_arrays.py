"""XGBoost's trees as plain arrays, out of the bytes of its own binary JSON."""

import struct
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from electrodoe.arrays import Floats, Integers
from electrodoe.errors import ModelError
from electrodoe.models.family import State
from electrodoe.models.tree_walk import leaf_values

_TYPES: Final = {b"d": ">f4", b"l": ">i4", b"L": ">i8", b"U": "u1", b"i": "i1"}
"""Letters of UBJSON (draft 12) for the numbers of an array of one type."""
_HEAD: Final = b"?#L"
"""Bytes before an array's count: the letter of its type, then the mark of a count."""
_NAMES: Final = (
    *("left_children", "right_children", "split_indices"),
    *("split_conditions", "loss_changes"),
)
"""Children, inputs, thresholds (values at leaves) and gains of a tree's nodes."""


def trees_of(content: bytes) -> State:
    """Return a booster's trees.

    ``roots``, and of every node ``left``, ``right``, ``feature``, ``threshold``, ``value`` and
    ``gain``; ``base`` is what the trees' values are added to. A setting goes left up to the
    threshold, which XGBoost itself excludes: it is the next smaller number here.
    """
    values, counts = zip(*(_gathered(content, name) for name in _NAMES), strict=True)
    sizes = counts[0]
    if not all(np.array_equal(sizes, other) for other in counts):
        raise _unknown_form()
    left, right, feature, condition, gain = values
    roots = np.cumsum(sizes) - sizes
    root = np.repeat(roots, sizes)
    is_leaf = left < 0
    conditions = condition.astype(np.float32)
    below = np.nextafter(conditions, np.float32(-np.inf))
    return {
        "roots": roots,
        "left": np.where(is_leaf, -1, left + root),
        "right": np.where(is_leaf, -1, right + root),
        "feature": np.where(is_leaf, 0, feature).astype(np.int64),
        "threshold": np.where(is_leaf, np.float32(0.0), below),
        "value": np.where(is_leaf, conditions, np.float32(0.0)),
        "gain": np.where(is_leaf, 0.0, gain.astype(np.float64)),
        "base": np.array(_base(content), dtype=np.float32),
    }


def ask_boosted(state: State, inputs: Floats) -> Floats:
    """Return the sum of all trees, shape (n_samples,), in XGBoost's precision and order."""
    steps = boosted_path(state, inputs)
    return np.asarray(steps[-1], dtype=np.float64)


def boosted_path(state: State, inputs: Floats) -> NDArray[np.float32]:
    """Return the prediction after each round."""
    parts = [_added_up(state, leaves) for leaves in leaf_values(state, inputs)]
    n_rounds = len(state["roots"])
    return np.hstack(parts) if parts else np.empty((n_rounds + 1, 0), dtype=np.float32)


def _added_up(state: State, leaves: NDArray[Any]) -> NDArray[np.float32]:
    """Return partial sums of some rows' leaves, tree after tree."""
    base = np.full((1, leaves.shape[1]), state["base"], dtype=np.float32)
    values = np.concatenate([base, leaves.astype(np.float32)])
    return np.asarray(np.add.accumulate(values, axis=0))


def _gathered(content: bytes, name: str) -> tuple[NDArray[Any], Integers]:
    """Return all arrays of one type that stand under a name, one after the other, and their sizes.

    Their bytes are joined first: a tree has three to thirty nodes, and arrays of so few numbers
    take longer to concatenate than to read.
    """
    key = name.encode() + b"[$"
    parts, sizes = [], []
    # the first array tells the numbers' type
    place = content.find(key)
    start = place + len(key)
    head = content[start : start + len(_HEAD)]
    if place < 0 or head[:1] not in _TYPES or head[1:] != _HEAD[1:]:
        raise _unknown_form()
    numbers = np.dtype(_TYPES[head[:1]])
    # each array: the same head, a count of eight bytes, the numbers
    while place >= 0:
        start = place + len(key)
        if content[start : start + len(head)] != head:
            raise _unknown_form()
        (count,) = struct.unpack_from(">q", content, start + len(head))
        first = start + len(head) + 8
        end = first + count * numbers.itemsize
        parts.append(content[first:end])
        sizes.append(count)
        place = content.find(key, end)
    return np.frombuffer(b"".join(parts), numbers), np.array(sizes, dtype=np.int64)


def _base(content: bytes) -> float:
    """Return what all trees' values are added to."""
    start = content.find(b"base_scoreSL")
    if start < 0:
        raise _unknown_form()
    (length,) = struct.unpack_from(">q", content, start + 12)
    text = content[start + 20 : start + 20 + length].decode("ascii", "replace")
    return float(text.strip("[]"))


def _unknown_form() -> ModelError:
    """Return the error of bytes that this XGBoost writes in another form."""
    return ModelError(
        "XGBoost's binary JSON has another form than that of release 3.2",
        where="a booster's trees",
        fix="install the release of xgboost that electrodoe asks for",
    )
