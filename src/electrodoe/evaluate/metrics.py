"""How far predictions are from what was measured."""

import numpy as np

from electrodoe.arrays import Floats
from electrodoe.errors import EvaluationError


def root_mean_squared_error(observed: Floats, predicted: Floats) -> float:
    """Return the root of the mean squared error, in the response's unit.

    Parameters
    ----------
    observed, predicted : array of shape (n_samples,)
        In the same unit.

    Returns
    -------
    float
        Zero for perfect predictions.

    Examples
    --------
    >>> y, p = np.array([1.0, 2, 3, 4]), np.array([1.1, 1.9, 3.2, 3.8])
    >>> round(root_mean_squared_error(y, p), 7)
    0.1581139
    """
    return float(np.sqrt(np.mean((observed - predicted) ** 2)))


def r_squared(observed: Floats, predicted: Floats) -> float:
    r"""Return the coefficient of determination.

    Parameters
    ----------
    observed, predicted : array of shape (n_samples,)
        In the same unit; at least two different observed values.

    Returns
    -------
    float
        One for perfect predictions, zero for the observed mean, below zero for worse than that.

    Raises
    ------
    EvaluationError
        If the observed values do not vary.

    Notes
    -----
    .. math:: R^2 = 1 - \frac{\sum (y - \hat y)^2}{\sum (y - \bar y)^2}

    Examples
    --------
    >>> y, p = np.array([1.0, 2, 3, 4]), np.array([1.1, 1.9, 3.2, 3.8])
    >>> round(r_squared(y, p), 2)
    0.98
    """
    spread = float(np.sum((observed - observed.mean()) ** 2))
    if spread == 0.0:
        raise EvaluationError(
            f"R² of {len(observed)} equal values is not defined",
            where="r_squared(observed, predicted)",
            fix="give at least two different observed values",
        )
    return 1.0 - float(np.sum((observed - predicted) ** 2)) / spread
