"""Predictions for left-out configurations, in closed form where a model is linear in its data."""

from collections.abc import Iterator
from typing import Final

import numpy as np

from electrodoe.arrays import Floats, Integers

_MIN_DEGREES_OF_FREEDOM: Final = 1e-9
"""Singular value of I - H_gg below which a group alone determines a coefficient."""
_MOST_ENTRIES: Final = 2_000_000
"""Entries of the blocks held at a time: 16 MB."""


def left_out_by_factor(factor: Floats, response: Floats, configurations: Integers) -> Floats:
    r"""Return each sample's prediction by a linear fit that saw nothing of its configuration.

    Predictions; NaN where the others do not determine the model.

    Notes
    -----
    No model is fitted anew: the residuals of a left-out group g are

    .. math:: e_{(g)} = (I - W_g W_g^T)^{-1} e_g = e_g + W_g (I - W_g^T W_g)^{-1} W_g^T e_g

    of which the form with the smaller matrix is taken.

    References
    ----------
    .. [1] Cook, Weisberg, Residuals and Influence in Regression (1982), ch. 3.6.

    Examples
    --------
    >>> mean_of_three = np.full((3, 1), 3**-0.5)
    >>> left_out_by_factor(mean_of_three, np.array([1.0, 2.0, 6.0]), np.array([0, 1, 2])).round(9)
    array([4. , 3.5, 1.5])
    """
    fitted = factor @ (factor.swapaxes(-1, -2) @ response[:, None])
    residuals = response - fitted[..., 0]
    predicted = np.empty_like(residuals)
    n_candidates = residuals.size // max(len(response), 1)
    for rows in _blocks(configurations, n_candidates * factor.shape[-1]):
        W, e = factor[..., rows, :], residuals[..., rows, None]
        Wt = W.swapaxes(-1, -2)
        is_small = W.shape[-2] <= W.shape[-1]
        block = np.eye(min(W.shape[-2:])) - (W @ Wt if is_small else Wt @ W)
        is_open = np.abs(np.linalg.eigvalsh(block)).min(axis=-1) > _MIN_DEGREES_OF_FREEDOM
        safe = np.where(is_open[..., None, None], block, np.eye(block.shape[-1]))
        left_out = np.linalg.solve(safe, e) if is_small else e + W @ np.linalg.solve(safe, Wt @ e)
        found = response[rows] - left_out[..., 0]
        predicted[..., rows] = np.where(is_open[..., None], found, np.nan)
    return predicted


def _blocks(configurations: Integers, n_each: int) -> Iterator[Integers]:
    """Yield the rows of configurations of one size, shape (n_configurations, n_rows)."""
    _, position, sizes = np.unique(configurations, return_inverse=True, return_counts=True)
    order = np.argsort(position, kind="stable")
    first = np.concatenate([[0], np.cumsum(sizes)[:-1]])
    for size in np.unique(sizes):
        starts = first[sizes == size]
        step = max(_MOST_ENTRIES // (2 * size * n_each), 1)
        for begin in range(0, len(starts), step):
            yield order[starts[begin : begin + step, None] + np.arange(size)]


def left_out_by_inverse(inverse: Floats, response: Floats, groups: Integers) -> Floats:
    r"""Return the same for a Gaussian process of known covariance.

    Notes
    -----
    With K the covariance, the residuals of a left-out group g are

    .. math:: e_{(g)} = (K^{-1}_{gg})^{-1} (K^{-1} y)_g

    References
    ----------
    .. [1] Rasmussen, Williams, Gaussian Processes for Machine Learning (2006), eq. 5.12.
    """
    weights = inverse @ response
    predicted = np.empty_like(response)
    for number in np.unique(groups):
        rows = np.flatnonzero(groups == number)
        block = inverse[rows[:, None], rows]
        predicted[rows] = response[rows] - np.linalg.solve(block, weights[rows])
    return predicted
