"""The choice among equals: by a rule, never by the last bits of a sum.

Sums differ in their last bits between processors, numbers of threads and libraries. Where the best
of several values is chosen, values closer than that count as equal, and the first of them is taken:
whoever lists the candidates decides what comes first.
"""

from typing import Final

import numpy as np

from electrodoe.arrays import Floats, Integers

EQUAL: Final = 1e-9
"""Relative difference below which two values are equal. Sums of some thousand numbers agree to
1e-12 between the kernels of OpenBLAS (benchmarks/machines.py); no measurement is known to 1e-6."""


def first_smallest(
    values: Floats,
    *,
    scale: float | Floats | None = None,
    equal: float = EQUAL,
) -> Integers:
    """Return the position of the first value that equals the smallest.

    Parameters
    ----------
    values : array of shape (..., n)
        NaN is never chosen; infinite values are where all are.
    scale : float or array of shape (...,), or None
        What differences are relative to; the smallest value itself where it is not given.
    equal : float
        Relative difference below which values are equal.

    Returns
    -------
    array of shape (...,), int
        Positions along the last axis.

    Examples
    --------
    >>> int(first_smallest(np.array([3.0, 1.0 + 1e-13, 1.0])))
    1
    """
    known = np.where(np.isnan(values), np.inf, values)
    smallest = known.min(axis=-1)
    margin = equal * np.abs(smallest if scale is None else scale)
    limit = np.where(np.isfinite(smallest), smallest + margin, smallest)
    return np.asarray(np.argmax(known <= limit[..., None], axis=-1), dtype=np.int64)


def first_largest(values: Floats, *, scale: float | Floats | None = None) -> Integers:
    """Return the position of the first value that equals the largest; see :func:`first_smallest`.

    Examples
    --------
    >>> int(first_largest(np.array([0.5, 2.0 - 1e-13, 2.0])))
    1
    """
    return first_smallest(-values, scale=scale)


def levels(values: Floats, *, equal: float = EQUAL) -> Integers:
    """Return which of the distinct values each is, counted from the smallest.

    Parameters
    ----------
    values : array of shape (n,)
        NaN counts as the largest.
    equal : float
        Neighbors in the order are equal where they are nearer than this fraction of the largest
        finite size.

    Returns
    -------
    array of shape (n,), int
        Equal values have one number.

    Notes
    -----
    Gaps are compared, not places on a grid: noise would take values over the lines of a grid.

    Examples
    --------
    >>> levels(np.array([2.0, 1.0 + 1e-13, 1.0])).tolist()
    [1, 0, 0]
    """
    order = np.argsort(values, kind="stable")
    finite = np.where(np.isfinite(values), np.abs(values), 0.0)
    with np.errstate(invalid="ignore"):  # the gap between two infinite values
        is_new = ~(np.diff(values[order]) <= equal * finite.max(initial=0.0))
    is_new &= values[order][1:] != values[order][:-1]
    numbers = np.zeros(len(values), dtype=np.int64)
    numbers[order[1:]] = np.cumsum(is_new)
    return numbers


def ascending(values: Floats) -> Integers:
    """Return positions that sort values; equal ones keep their order.

    Parameters
    ----------
    values : array of shape (n,)
        NaN comes last.

    Returns
    -------
    array of shape (n,), int
        Positions.

    Examples
    --------
    >>> ascending(np.array([2.0, 1.0 + 1e-13, 1.0])).tolist()
    [1, 2, 0]
    """
    return np.asarray(np.argsort(levels(values), kind="stable"), dtype=np.int64)
