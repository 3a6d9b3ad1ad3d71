"""Grubbs' test: whether the farthest of n values is too far to be one of them."""

import numpy as np


def grubbs_critical(n: int, alpha: float = 0.05) -> float:
    r"""Return how far the farthest of n normal values lies from their mean at most.

    Parameters
    ----------
    n : int
        Values; three or more.
    alpha : float
        Chance of a larger distance, on either side.

    Returns
    -------
    float
        In sample standard deviations (``ddof`` 1); infinite below three values.

    Notes
    -----
    With Student's quantile :math:`t` for :math:`\alpha / (2 n)` and :math:`n - 2` degrees of
    freedom [1]_:

    .. math:: G = \frac{n - 1}{\sqrt{n}} \sqrt{\frac{t^2}{n - 2 + t^2}}

    References
    ----------
    .. [1] Grubbs, Technometrics 11 (1969) 1-21.

    Examples
    --------
    >>> round(grubbs_critical(10), 3)
    2.29
    """
    from scipy.special import stdtrit

    if n < 3:
        return float("inf")
    squared = float(stdtrit(n - 2.0, alpha / (2.0 * n))) ** 2
    return float((n - 1.0) / np.sqrt(n) * np.sqrt(squared / (n - 2.0 + squared)))
