"""How far a value can lie from the mean of its own sample, and how often good ones do."""

from typing import Final, Literal

import numpy as np

_MOST: Final = 1_000_000


def greatest_distance(n: int, ddof: Literal[0, 1] = 1) -> float:
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
    >>> [round(greatest_distance(n), 3) for n in (3, 4, 5)]
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


def expected_share(n: int, limit: float, ddof: Literal[0, 1] = 1) -> float:
    r"""Return the share of good values that a rule of standard deviations flags.

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
    >>> [round(expected_share(n, 1.5), 4) for n in (4, 5, 10, 10_000)]
    [0.0, 0.076, 0.1175, 0.1336]
    """
    from scipy.special import betainc

    if n < 2 or limit >= greatest_distance(n, ddof):
        return 0.0
    squared = limit**2 * ((n - 1.0) / n if ddof == 0 else 1.0)
    share = squared * n / (n - 1.0) ** 2
    return 1.0 if n == 2 else float(1.0 - betainc(0.5, (n - 2.0) / 2.0, share))
