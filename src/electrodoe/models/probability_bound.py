"""Lower confidence bound of the chance that a specification holds."""

from typing import Final

import numpy as np
import scipy.special

from electrodoe.arrays import Floats

_MIN_LEVERAGE: Final = 1e-12
"""So that no division is by zero; chosen."""
_MIN_DEVIATION: Final = 1e-150
"""So that no division is by zero where a response does not scatter at all."""
_NEAR: Final = 2e-3
"""Where the deviation's error no longer shows; SciPy 1.17 fails to invert there."""
_FAR: Final = 500.0
"""Where the prediction's own error no longer shows beside that of the deviation."""


def lower_probability_bound(
    margin: Floats, leverage: Floats, degrees_of_freedom: float, confidence: float
) -> Floats:
    r"""Return the chance of one end of a specification that is kept at least.

    Notes
    -----
    The one-sided tolerance limit, asked the other way round. With margin k, leverage v, the chance
    is :math:`\Phi(\delta \sqrt{v})` for the noncentrality of Student's t that solves

    .. math:: P(t_\nu(\delta) \le k / \sqrt{v}) = \text{confidence}

    Exact for least squares with normal errors, one setting at a time [1]_.

    References
    ----------
    .. [1] Krishnamoorthy, Mathew, Statistical Tolerance Regions (2009), ch. 1.2 and 3.2.

    Examples
    --------
    The tolerance factor of ten measurements, 2.355 for 90 % with 95 % confidence:

    >>> print(lower_probability_bound(np.array([2.355]), np.array([0.1]), 9.0, 0.95).round(3))
    [0.9]
    """
    root = np.sqrt(np.maximum(leverage, _MIN_LEVERAGE))
    t = margin / root
    is_above = t >= 0.0
    fraction = np.where(is_above, confidence, 1.0 - confidence)  # the mirror image, below zero
    noncentrality = _noncentrality(np.abs(t), degrees_of_freedom, fraction)
    return np.asarray(scipy.special.ndtr(np.where(is_above, 1.0, -1.0) * noncentrality * root))


def _noncentrality(t: Floats, degrees_of_freedom: float, fraction: Floats) -> Floats:
    """Return for which noncentrality a fraction of Student's t lies below ``t``, from 0 upward."""
    found = scipy.special.nctdtrinc(degrees_of_freedom, fraction, np.clip(t, _NEAR, _FAR))
    deviation = np.sqrt(scipy.special.chdtri(degrees_of_freedom, fraction) / degrees_of_freedom)
    found = np.where(t > _FAR, t * deviation, found)
    return np.asarray(np.where(t < _NEAR, t - scipy.special.ndtri(fraction), found))


def guaranteed_probability(
    center: Floats,
    deviation: float,
    leverage: Floats,
    degrees_of_freedom: float,
    ends: tuple[float, float],
    confidence: float,
) -> Floats:
    """Return the chance that a measurement lies between two ends, no lower at a confidence."""
    n_ends = sum(map(np.isfinite, ends))
    each = 1.0 - (1.0 - confidence) / max(n_ends, 1)
    scale = max(deviation, _MIN_DEVIATION)
    missed = np.zeros(len(center))
    for end, sign in zip(ends, (1.0, -1.0), strict=True):
        if np.isfinite(end):
            margin = sign * (center - end) / scale
            missed += 1.0 - lower_probability_bound(margin, leverage, degrees_of_freedom, each)
    return np.maximum(1.0 - missed, 0.0)
