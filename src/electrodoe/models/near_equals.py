"""The choice among candidates whose errors differ by rounding alone."""

from typing import Final

import numpy as np
from numpy.typing import NDArray

_NEAR: Final = 1e-9
"""Relative; sums of some thousand terms differ by 1e-13 between machines, real errors by more."""


def near_least(errors: NDArray[np.float64], near: float = _NEAR) -> NDArray[np.bool_]:
    """Return which errors are the least but for rounding.

    Parameters
    ----------
    errors : array of shape (n_candidates,)
        NaN stands for a candidate that could not be judged.
    near : float
        Relative difference that is none.

    Returns
    -------
    array of shape (n_candidates,), bool
        At least one; all where nothing could be judged.

    Examples
    --------
    >>> near_least(np.array([2.0, 1.0 + 1e-15, 1.0, np.nan]))
    array([False,  True,  True, False])
    """
    known = np.where(np.isnan(errors), np.inf, errors)
    least = known.min()
    return np.asarray((known <= least + near * abs(least)) | (known == least))


def first_of_least(errors: NDArray[np.float64]) -> int:
    """Return the first candidate of those with the least error; name the simplest first."""
    return int(np.argmax(near_least(errors)))


def last_of_least(errors: NDArray[np.float64]) -> int:
    """Return the last of them, where candidates grow simpler."""
    return len(errors) - 1 - int(np.argmax(near_least(errors)[::-1]))
