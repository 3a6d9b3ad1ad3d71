"""Predictions for left-out configurations, in closed form where a model is linear in its data."""

from typing import Final

import numpy as np
from numpy.typing import NDArray


def left_out_by_hat(
    hat: NDArray[np.float64], response: NDArray[np.float64], configurations: NDArray[np.int64]
) -> NDArray[np.float64]:
    r"""Return each sample's prediction by a linear fit that saw nothing of its configuration.

    Parameters
    ----------
    hat : array of shape (..., n_samples, n_samples)
        Matrix that turns the response into fitted values; leading axes are candidates.
    response : array of shape (n_samples,)
        Response.
    configurations : array of shape (n_samples,), int
        Configuration of each sample.

    Returns
    -------
    array of shape (..., n_samples)
        Predictions; NaN where the others do not determine the model.

    Notes
    -----
    No model is fitted anew: the residuals of a left-out group g are

    .. math:: e_{(g)} = (I - H_{gg})^{-1} e_g

    References
    ----------
    .. [1] Cook, Weisberg, Residuals and Influence in Regression (1982), ch. 3.6.

    Examples
    --------
    >>> mean_of_three = np.full((3, 3), 1 / 3)
    >>> left_out_by_hat(mean_of_three, np.array([1.0, 2.0, 6.0]), np.array([0, 1, 2])).round(9)
    array([4. , 3.5, 1.5])
    """
    residuals = response - hat @ response
    predicted = np.empty_like(residuals)
    for number in np.unique(configurations):
        rows = np.flatnonzero(configurations == number)
        block = np.eye(len(rows)) - hat[..., rows[:, None], rows]
        is_open = np.linalg.svd(block, compute_uv=False)[..., -1] > _LEAST_FREEDOM
        safe = np.where(is_open[..., None, None], block, np.eye(len(rows)))
        left_out = np.linalg.solve(safe, residuals[..., rows, None])[..., 0]
        predicted[..., rows] = response[rows] - np.where(is_open[..., None], left_out, np.nan)
    return predicted


_LEAST_FREEDOM: Final = 1e-9
"""Singular value of I - H_gg below which a group alone determines a coefficient."""


def left_out_by_inverse(
    inverse: NDArray[np.float64], response: NDArray[np.float64], configurations: NDArray[np.int64]
) -> NDArray[np.float64]:
    r"""Return the same for a Gaussian process of known covariance.

    Parameters
    ----------
    inverse : array of shape (n_samples, n_samples)
        Inverse of the covariance of the measured response.
    response : array of shape (n_samples,)
        Response.
    configurations : array of shape (n_samples,), int
        Configuration of each sample.

    Returns
    -------
    array of shape (n_samples,)
        Predictions.

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
    for number in np.unique(configurations):
        rows = np.flatnonzero(configurations == number)
        block = inverse[rows[:, None], rows]
        predicted[rows] = response[rows] - np.linalg.solve(block, weights[rows])
    return predicted
