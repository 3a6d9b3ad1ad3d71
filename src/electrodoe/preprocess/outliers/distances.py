"""How far each value lies from its configuration, by each rule, and how far it may."""

from typing import Final

import numpy as np
from numpy.typing import NDArray

from electrodoe.preprocess.outliers.grubbs import grubbs_critical
from electrodoe.study import OutlierRule

_NORMAL_MAD: Final = 0.6744897501960817
"""Median absolute deviation of a standard normal variable."""
_NORMAL_MEAN_DEVIATION: Final = 0.7978845608028654
"""Mean absolute deviation of a standard normal variable."""
_ROUNDING: Final = 1e-12
"""Of four values one may lie 1.5 standard deviations away, and none farther."""


def distances(values: NDArray[np.float64], rule: OutlierRule) -> NDArray[np.float64]:
    """Return how far each value lies from the middle of all.

    Parameters
    ----------
    values : array of shape (n,)
        Of one configuration; all finite.
    rule : OutlierRule
        Mean and standard deviation, or median and median absolute deviation.

    Returns
    -------
    array of shape (n,)
        In (robust) standard deviations; zero where all values are equal. Where more than half of
        them are, the mean absolute deviation stands in for the median one [1]_.

    References
    ----------
    .. [1] Iglewicz and Hoaglin, How to detect and handle outliers, ASQC (1993).
    """
    if rule.rule == "none" or values.size < 2:
        return np.zeros_like(values)
    if rule.rule == "mad":
        away = np.abs(values - np.median(values))
        scale = float(np.median(away)) / _NORMAL_MAD or float(away.mean()) / _NORMAL_MEAN_DEVIATION
    else:
        away = np.abs(values - values.mean())
        scale = float(values.std(ddof=1 if rule.rule == "grubbs" else rule.ddof))
    is_one_value = float(np.ptp(values)) == 0.0
    return np.zeros_like(values) if is_one_value else away / scale


def limit_of(n: int, rule: OutlierRule) -> float:
    """Return the distance beyond which one of n values is flagged."""
    if rule.rule == "grubbs":
        return grubbs_critical(n, rule.alpha)
    return float("inf") if rule.rule == "none" else rule.limit_in_use


def are_outliers(values: NDArray[np.float64], rule: OutlierRule) -> NDArray[np.bool_]:
    """Return which values a rule flags, in one pass.

    Parameters
    ----------
    values : array of shape (n,)
        Of one configuration; all finite.
    rule : OutlierRule
        The study's.

    Returns
    -------
    array of shape (n,), bool
        By Grubbs' test the farthest value at most.
    """
    away = distances(values, rule)
    is_far = away > limit_of(values.size, rule) * (1.0 + _ROUNDING)
    return is_far & (away == away.max()) if rule.rule == "grubbs" and away.size else is_far
