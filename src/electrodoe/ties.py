"""The choice among equals: by a rule, never by the last bits of a sum.

Sums differ in their last bits between processors, numbers of threads and libraries. Where the best
of several values is chosen, values closer than that count as equal, and the first of them is taken:
whoever lists the candidates decides what comes first.
"""

from typing import Final

import numpy as np
from numpy.typing import NDArray

EQUAL: Final = 1e-9
"""Relative difference below which two values are equal. Sums of some thousand numbers agree to
1e-12 between the kernels of OpenBLAS (benchmarks/machines.py); no measurement is known to 1e-6."""


def first_smallest(
    values: NDArray[np.float64], *, scale: float | NDArray[np.float64] | None = None
) -> NDArray[np.int64]:
    """Return the position of the first value that equals the smallest.

    Parameters
    ----------
    values : array of shape (..., n)
        NaN is never chosen; infinite values are where all are.
    scale : float or array of shape (...,), or None
        What differences are relative to; the smallest value itself where it is not given.

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
    margin = EQUAL * np.abs(smallest if scale is None else scale)
    limit = np.where(np.isfinite(smallest), smallest + margin, smallest)
    return np.asarray(np.argmax(known <= limit[..., None], axis=-1), dtype=np.int64)


def first_largest(
    values: NDArray[np.float64], *, scale: float | NDArray[np.float64] | None = None
) -> NDArray[np.int64]:
    """Return the position of the first value that equals the largest; see :func:`first_smallest`.

    Examples
    --------
    >>> int(first_largest(np.array([0.5, 2.0 - 1e-13, 2.0])))
    1
    """
    return first_smallest(-values, scale=scale)


def on_grid(values: NDArray[np.float64], *, axis: int | None = None) -> NDArray[np.float64]:
    """Return values for comparisons, in steps of :data:`EQUAL` times the largest finite size.

    Parameters
    ----------
    values : array
        NaN and infinite values stay as they are.
    axis : int or None
        Along which the largest is looked for; None for that of all.

    Returns
    -------
    array of the same shape
        Whole numbers of steps.

    Examples
    --------
    >>> on_grid(np.array([2.0, 1.0 + 1e-13, 1.0]))
    array([1.e+09, 5.e+08, 5.e+08])
    """
    sizes = np.where(np.isfinite(values), np.abs(values), 0.0)
    step = EQUAL * sizes.max(axis=axis, keepdims=True, initial=0.0)
    return np.asarray(np.round(values / np.where(step > 0.0, step, 1.0)) + 0.0)


def ascending(values: NDArray[np.float64]) -> NDArray[np.int64]:
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
    return np.asarray(np.argsort(on_grid(values), kind="stable"), dtype=np.int64)
