"""Samples of like settings, gathered: all that a Gaussian process needs to know of many rows."""

from dataclasses import dataclass
from typing import Final

import numpy as np

from electrodoe.arrays import Booleans, Floats, Integers

MOST_GATHERED: Final = 300
"""Settings that a process is fitted to at most: its time grows with their cube, .02 s a likelihood
here, and it is asked for 60 of them in each of 40 refits."""
_DECIMALS: Final = 9
"""Of normalized settings that are one: a little coarser than the normalization's own rounding."""
_MIDDLE: Final = (0.25, 0.75)
"""Part of a group's rows between which it may be parted, so that no group is a single odd row."""


@dataclass(frozen=True, kw_only=True)
class Gathered:
    """Groups of samples with one setting.

    Attributes
    ----------
    inputs : array of shape (n_groups, n_inputs)
        Mean of the normalized inputs.
    response : array of shape (n_groups,)
        Mean of the normalized response.
    counts : array of shape (n_groups,)
        Samples of each.
    position : array of shape (n_samples,), int
        Group of each sample.
    """

    inputs: Floats
    response: Floats
    counts: Floats
    position: Integers


def gathered(
    inputs: Floats,
    response: Floats,
    labels: Integers | None = None,
    most: int = MOST_GATHERED,
) -> Gathered:
    """Return groups of samples that share their setting, or are near where settings are many.

    Where replicates share their inputs, the mean and the number of each group say all that the
    samples say about a surface; nothing is lost. Where there are more settings than ``most``,
    groups of the widest spread are parted until there are so many, and a group stands for its
    rows at their mean.

    In an order that depends on the settings alone.

    Examples
    --------
    >>> x = np.array([[0.0], [1.0], [1.0], [5.0]])
    >>> found = gathered(x, np.array([3.0, 1, 2, 9]))
    >>> found.response, found.counts
    (array([3. , 1.5, 9. ]), array([1., 2., 1.]))
    """
    keys = np.round(inputs, _DECIMALS) + 0.0  # no -0
    if labels is not None:
        keys = np.column_stack([labels, keys])
    _, position = np.unique(keys, axis=0, return_inverse=True)
    if position.max() >= most:
        is_labelled = labels is not None and len(np.unique(labels)) <= most
        position = _parted(inputs, labels if is_labelled else None, most)
    counts = np.bincount(position).astype(np.float64)
    return Gathered(
        inputs=np.column_stack([_means(column, position, counts) for column in inputs.T]),
        response=_means(response, position, counts),
        counts=counts,
        position=np.asarray(position, dtype=np.int64),
    )


def _means(values: Floats, position: Integers, counts: Floats) -> Floats:
    """Return group means; groups of one value have exactly that value."""
    first = np.empty(len(counts))
    first[position[::-1]] = values[::-1]
    return np.asarray(first + np.bincount(position, values - first[position]) / counts)


def _parted(inputs: Floats, labels: Integers | None, most: int) -> Integers:
    """Return the groups that come of parting the widest one again and again."""
    # one group, or one for each label
    start = np.zeros(len(inputs), dtype=np.int64)
    if labels is not None:
        start = np.unique(labels, return_inverse=True)[1].astype(np.int64)
    groups = [np.flatnonzero(start == number) for number in range(int(start.max()) + 1)]
    spreads = [_spread(inputs[rows]) for rows in groups]
    # split the widest group at its widest gap until there are enough
    while len(groups) < most:
        widest = int(np.argmax([spread[0] for spread in spreads]))
        if spreads[widest][0] <= 0.0:
            break
        rows = groups[widest]
        is_low = _is_low(inputs[rows, spreads[widest][1]])
        groups[widest], spreads[widest] = rows[is_low], _spread(inputs[rows[is_low]])
        groups.append(rows[~is_low])
        spreads.append(_spread(inputs[rows[~is_low]]))
    # the number of each row's group
    position = np.empty(len(inputs), dtype=np.int64)
    for number, rows in enumerate(groups):
        position[rows] = number
    return position


def _spread(inputs: Floats) -> tuple[float, int]:
    """Return the sum of squares along the widest input, and which that is; settled by digits."""
    squares = np.round(len(inputs) * inputs.var(axis=0), _DECIMALS)
    index = int(np.argmax(squares))
    return float(squares[index]), index


def _is_low(column: Floats) -> Booleans:
    """Return which rows lie below the widest gap in the middle half of a group."""
    ascending = np.sort(column)
    n = len(ascending)
    low, high = (min(max(int(fraction * n), 1), n - 1) for fraction in _MIDDLE)
    gaps = np.round(ascending[low : high + 1] - ascending[low - 1 : high], _DECIMALS)
    at = low + int(np.argmax(gaps))
    if gaps.max() <= 0.0:  # the middle half is one level: its end is the border
        is_low = column < ascending[low]
        return np.asarray(is_low if is_low.any() else column <= ascending[low])
    return np.asarray(column < 0.5 * (ascending[at - 1] + ascending[at]))
