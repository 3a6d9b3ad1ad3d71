"""Which of many tests stand out when it is counted how many were made."""

from typing import Final

import numpy as np
import scipy.stats

from electrodoe.arrays import Booleans, Floats

LEVEL: Final = 0.05
"""Of what is marked, the fraction that may be chance."""


def discoveries(p: Floats, level: float = LEVEL) -> Booleans:
    r"""Return which tests the rule of Benjamini and Hochberg keeps.

    Parameters
    ----------
    p : array of shape (n_tests,)
        Of all tests that were made of one kind; NaN where one could not be made.
    level : float
        Of the tests that are kept, the fraction that is expected to be chance (false-discovery
        rate).

    Returns
    -------
    array of bool, shape (n_tests,)
        Those whose p is at most :math:`i \alpha / n`, i being the rank of the largest p of which
        that holds. Where no term has an effect, any is kept in a fraction ``level`` of studies.

    References
    ----------
    .. [1] Benjamini, Hochberg, Journal of the Royal Statistical Society B 57 (1995) 289.

    Examples
    --------
    Of five p below 0.05 two stand out among ten tests:

    >>> p = np.array([0.001, 0.008, 0.039, 0.041, 0.042, 0.06, 0.074, 0.205, 0.212, 0.216])
    >>> discoveries(p).sum(), (p < 0.05).sum()
    (np.int64(2), np.int64(5))
    """
    kept = np.zeros(len(p), dtype=np.bool_)
    is_made = ~np.isnan(p)
    if is_made.any():
        adjusted = scipy.stats.false_discovery_control(p[is_made], method="bh")
        kept[is_made] = adjusted <= level
    return kept
