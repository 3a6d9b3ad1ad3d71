"""Where one sweep ends and the next begins, when only the frequencies can tell."""

from typing import Final

import numpy as np

from electrodoe.arrays import Floats, Integers

MIN_POINTS: Final = 3
"""A segment of fewer points is no sweep, unless it is the last, which may have been cut."""
_MIN_SHARED: Final = 0.5
"""Fraction of a segment's points that lie in the range of the first, if it repeats the sweep."""


def split_sweeps(frequency_hz: Floats) -> tuple[Integers, ...]:
    """Return the points of each sweep, in the order of measurement.

    Positions; a single array where the frequencies are one sweep, or are in no order.

    Examples
    --------
    >>> import numpy as np
    >>> sweep = np.array([1e3, 1e2, 1e1, 1.0])
    >>> [part.tolist() for part in split_sweeps(np.concatenate([sweep, sweep]))]
    [[0, 1, 2, 3], [4, 5, 6, 7]]
    """
    parts = tuple(np.split(np.arange(len(frequency_hz)), _turns(frequency_hz)))
    first = frequency_hz[parts[0]]
    are_long = all(len(part) >= MIN_POINTS for part in parts[:-1])
    are_repeated = all(_fractions_range(frequency_hz[part], first) for part in parts[1:])
    return parts if are_long and are_repeated else (np.arange(len(frequency_hz)),)


def is_ordered(frequency_hz: Floats) -> bool:
    """Return whether frequencies only fall or only rise."""
    steps = np.diff(frequency_hz)
    return bool(np.all(steps <= 0.0) or np.all(steps >= 0.0))


def _turns(frequency_hz: Floats) -> list[int]:
    """Return where the direction of a segment breaks, as first position of the next."""
    turns, direction = [], 0.0
    steps = np.sign(np.diff(frequency_hz))
    for position in np.flatnonzero(steps) + 1:
        step = steps[position - 1]
        if direction in (0.0, step):
            direction = step
        else:
            turns.append(int(position))
            direction = 0.0
    return turns


def _fractions_range(part: Floats, first: Floats) -> bool:
    """Return whether a segment runs through the frequencies of the first one again."""
    is_shared = (part >= first.min() * 0.999) & (part <= first.max() * 1.001)
    return bool(np.mean(is_shared) >= _MIN_SHARED)
