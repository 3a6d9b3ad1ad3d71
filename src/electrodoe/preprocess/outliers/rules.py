"""Rules for outliers: distances from the center, limits, and how few values each can judge."""

from typing import Final, Literal

import numpy as np

from electrodoe.arrays import Booleans, Floats
from electrodoe.robust import robust_sd
from electrodoe.study import OutlierRule


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


_NORMAL_MEAN_DEVIATION: Final = 0.7978845608028654
"""Mean absolute deviation of a standard normal variable."""
_ROUNDING: Final = 1e-12
"""Of four values one may lie 1.5 standard deviations away, and none farther."""


def distances(values: Floats, rule: OutlierRule) -> Floats:
    """Return how far each value lies from the middle of all.

    In (robust) standard deviations; zero where all values are equal. Where more than half of them
    are, the mean absolute deviation stands in for the median one [1]_.

    References
    ----------
    .. [1] Iglewicz and Hoaglin, How to detect and handle outliers, ASQC (1993).
    """
    if rule.rule == "none" or values.size < 2:
        return np.zeros_like(values)
    if rule.rule == "mad":
        away = np.abs(values - np.median(values))
        scale = robust_sd(away) or float(away.mean()) / _NORMAL_MEAN_DEVIATION
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


def are_outliers(values: Floats, rule: OutlierRule) -> Booleans:
    """Return which values a rule flags, in one pass."""
    away = distances(values, rule)
    is_far = away > limit_of(values.size, rule) * (1.0 + _ROUNDING)
    return is_far & (away == away.max()) if rule.rule == "grubbs" and away.size else is_far


_MOST: Final = 1_000_000
"""Bound: no study has as many replicates, and a huge limit stays a number."""


def max_distance(n: int, ddof: Literal[0, 1] = 1) -> float:
    r"""Return the largest distance from its own mean that one of n values can have.

    Parameters
    ----------
    n : int
        Values in the sample.
    ddof : {0, 1}
        Of the standard deviation.

    Returns
    -------
    float
        In standard deviations; a rule with a larger limit can flag nothing.

    Notes
    -----
    :math:`(n - 1) / \sqrt{n}` with ``ddof`` 1, and :math:`\sqrt{n - 1}` with ``ddof`` 0 [1]_.

    References
    ----------
    .. [1] Shiffler, The American Statistician 42 (1988) 79-80, maximum z scores and outliers.

    Examples
    --------
    >>> [round(max_distance(n), 3) for n in (3, 4, 5)]
    [1.155, 1.5, 1.789]
    """
    if n < 2:
        return 0.0
    return float(np.sqrt(n - 1.0) if ddof == 0 else (n - 1.0) / np.sqrt(n))


def fewest_for_a_flag(limit: float, ddof: Literal[0, 1] = 1) -> int:
    """Return the number of values below which a rule of standard deviations is blind.

    Examples
    --------
    >>> fewest_for_a_flag(1.5), fewest_for_a_flag(1.5, ddof=0)
    (5, 4)
    """
    n = limit**2 + 1.0 if ddof == 0 else ((limit + np.sqrt(limit**2 + 4.0)) / 2.0) ** 2
    return min(int(np.floor(round(n, 9))) + 1, _MOST)


def expected_fraction(n: int, limit: float, ddof: Literal[0, 1] = 1) -> float:
    r"""Return the fraction of good values that a rule of standard deviations flags.

    Parameters
    ----------
    n : int
        Values in each configuration.
    limit : float
        In standard deviations of the configuration's own values.
    ddof : {0, 1}
        Of the standard deviation.

    Returns
    -------
    float
        Of independent normal values; 13.4 % for a limit of 1.5 and many values.

    Notes
    -----
    With the sample's own mean and standard deviation, :math:`z^2 n / (n - 1)^2` follows a beta
    distribution with the parameters 1/2 and (n - 2)/2 [1]_.

    References
    ----------
    .. [1] Thompson, Ann. Math. Stat. 6 (1935) 214-219.

    Examples
    --------
    >>> [round(expected_fraction(n, 1.5), 4) for n in (4, 5, 10, 10_000)]
    [0.0, 0.076, 0.1175, 0.1336]
    """
    from scipy.special import betainc

    if n < 2 or limit >= max_distance(n, ddof):
        return 0.0
    squared = limit**2 * ((n - 1.0) / n if ddof == 0 else 1.0)
    fraction = squared * n / (n - 1.0) ** 2
    return 1.0 if n == 2 else float(1.0 - betainc(0.5, (n - 2.0) / 2.0, fraction))
