"""Charge that passed within each step: current integrated over time, never across two steps."""

import numpy as np
from numpy.typing import NDArray

_MAH_PER_AS = 1.0 / 3.6
_ROUNDING = 1.01
_FALLING = 0.98
"""A current that falls by less from row to row is held."""


def charge_within(
    time_s: NDArray[np.float64], current_a: NDArray[np.float64], starts: NDArray[np.int64]
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Return the charge that went in and the charge that came out, step by step.

    Parameters
    ----------
    time_s, current_a : array of shape (n_rows,), s and A
        Time that never falls; current positive on charge.
    starts : array of shape (n_steps,), int
        First row of each step, the first of them 0.

    Returns
    -------
    tuple of two arrays of shape (n_steps,), mAh
        Both positive, by the trapezoidal rule.

    Examples
    --------
    >>> time, current = np.array([0.0, 3600.0, 3600.0, 7200.0]), np.array([1.0, 1.0, -0.5, -0.5])
    >>> charge_within(time, current, np.array([0, 2]))
    (array([1000.,    0.]), array([  0., 500.]))
    """
    pieces = np.zeros(len(time_s))
    pieces[1:] = 0.5 * (current_a[1:] + current_a[:-1]) * np.diff(time_s) * _MAH_PER_AS
    pieces[starts] = 0.0
    went_in = np.add.reduceat(np.maximum(pieces, 0.0), starts)
    came_out = np.add.reduceat(np.maximum(-pieces, 0.0), starts)
    return went_in, came_out


def charge_before_first_row(
    time_s: NDArray[np.float64],
    current_a: NDArray[np.float64],
    starts: NDArray[np.int64],
    step_time_s: NDArray[np.float64] | None,
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Return what passed between a step's start and its first row: known, and at most missed.

    Parameters
    ----------
    time_s, current_a : array of shape (n_rows,), s and A
        As for :func:`charge_within`.
    starts : array of shape (n_steps,), int
        First row of each step.
    step_time_s : array of shape (n_rows,), s, or None
        Time since the step began, where the file tells it.

    Returns
    -------
    tuple of two arrays of shape (n_steps,), mAh
        What the step time tells, with the sign of the current; and, where it tells nothing, what
        may have passed since the row before.

    Notes
    -----
    The current of the first row is taken to have flowed since the step began. Where it falls from
    the row before and goes on falling, a voltage is held: then the logarithmic mean of both is
    taken, as of a current that decays exponentially.
    """
    before = np.maximum(starts - 1, 0)
    gap_s = np.where(starts > 0, time_s[starts] - time_s[before], time_s[starts])
    at_most = np.abs(current_a[starts]) * gap_s * _MAH_PER_AS
    if step_time_s is None:
        return np.zeros(len(starts)), at_most
    since_s = np.nan_to_num(step_time_s[starts], nan=-1.0)
    is_known = (since_s >= 0.0) & (since_s <= _ROUNDING * gap_s + 1e-3)
    mean_a = np.where(
        _decays(current_a, starts),
        _logarithmic_mean(current_a[before], current_a[starts]),
        current_a[starts],
    )
    known = np.where(is_known, mean_a * since_s * _MAH_PER_AS, 0.0)
    return known, np.where(is_known, 0.0, at_most)


def _decays(current_a: NDArray[np.float64], starts: NDArray[np.int64]) -> NDArray[np.bool_]:
    """Return the steps whose current falls from the row before, and on within the step."""
    size = np.abs(current_a)
    before, after = np.maximum(starts - 1, 0), np.minimum(starts + 1, len(current_a) - 1)
    goes_on = ~np.isin(after, starts) & (after > starts)
    same_sign = current_a[before] * current_a[starts] > 0.0
    falls = (size[before] > size[starts]) & (_FALLING * size[starts] > size[after])
    return np.asarray(goes_on & same_sign & falls)


def _logarithmic_mean(
    first: NDArray[np.float64], second: NDArray[np.float64]
) -> NDArray[np.float64]:
    """Return the mean of an exponential between two values of one sign; else the second."""
    is_apart = (first * second > 0.0) & (np.abs(first - second) > 1e-9 * np.abs(second))
    ratio = np.where(is_apart, first / np.where(second == 0.0, 1.0, second), np.e)
    return np.where(is_apart, (first - second) / np.log(ratio), second)


def main_current(time_s: NDArray[np.float64], current_a: NDArray[np.float64]) -> float:
    """Return the size of the current below which half of a step's charge passed.

    Of a step that first holds the current and then the voltage it is the held current.

    Examples
    --------
    >>> main_current(np.array([0.0, 80.0, 90.0, 100.0]), np.array([2.0, 2.0, 1.0, 0.1]))
    2.0
    """
    if len(time_s) < 2:
        return float(np.abs(current_a).max(initial=0.0))
    size = np.abs(current_a)
    weight = np.zeros(len(size))
    half = 0.5 * np.diff(time_s)
    weight[1:] += half
    weight[:-1] += half
    order = np.argsort(size)
    passed = np.cumsum((size * weight)[order])
    if passed[-1] <= 0.0:
        return float(size.max())
    return float(size[order][np.searchsorted(passed, 0.5 * passed[-1])])
