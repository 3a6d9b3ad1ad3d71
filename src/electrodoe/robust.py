"""A standard deviation that outliers do not move: from the median of absolute deviations."""

from typing import Final

import numpy as np

from electrodoe.arrays import Floats

NORMAL_MAD: Final = 0.6744897501960817
"""Median absolute deviation of a standard normal variable: its third quartile."""


def robust_sd(deviations: Floats) -> float:
    """Return the standard deviation of a normal variable with the median of these deviations.

    Parameters
    ----------
    deviations : array of shape (n,)
        Of values from their middle, signed or not; NaN only where nothing is known.

    Returns
    -------
    float
        In the unit of the deviations: the median of their absolute values times 1.4826 [1]_.

    References
    ----------
    .. [1] Rousseeuw and Croux, J. Am. Stat. Assoc. 88 (1993) 1273, 10.1080/01621459.1993.10476408.

    Examples
    --------
    >>> round(robust_sd(np.array([-1.0, 1.0, 1.0, -1.0, 900.0])), 4)
    1.4826
    """
    return float(np.median(np.abs(deviations))) / NORMAL_MAD
