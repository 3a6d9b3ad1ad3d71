"""Lenth's pseudo standard error, and how large a contrast may be by chance."""

from dataclasses import dataclass
from typing import Final

import numpy as np
import scipy.stats

from electrodoe.arrays import Floats

MIN_CONTRASTS: Final = 5
"""Below, more than half of the contrasts are easily active, and the median is none of noise."""
FALSE_ALARM: Final = 0.05
"""Chance of a false alarm: of one contrast (margin of error), of all (simultaneous margin)."""
_CRITICAL: Final[dict[int, tuple[float, float]]] = {
    5: (2.345, 5.211),
    6: (2.177, 5.157),
    7: (2.296, 4.876),
    8: (2.200, 4.853),
    9: (2.253, 4.626),
    10: (2.192, 4.632),
    11: (2.210, 4.450),
    12: (2.174, 4.455),
    13: (2.182, 4.343),
    14: (2.155, 4.329),
    15: (2.157, 4.239),
    16: (2.138, 4.227),
    17: (2.137, 4.169),
    18: (2.124, 4.156),
    19: (2.122, 4.103),
    20: (2.112, 4.098),
    21: (2.109, 4.061),
    23: (2.098, 4.027),
    25: (2.087, 3.989),
    27: (2.078, 3.962),
    29: (2.071, 3.941),
    31: (2.064, 3.915),
    35: (2.054, 3.891),
    39: (2.044, 3.865),
    43: (2.038, 3.847),
    47: (2.031, 3.838),
    55: (2.022, 3.813),
    63: (2.015, 3.810),
    79: (2.004, 3.794),
    95: (1.998, 3.800),
    127: (1.989, 3.808),
    255: (1.976, 3.882),
}
"""By the number of contrasts: 95 % points of |contrast| / PSE, one by one and of the largest, of
12 million simulated null contrasts each (benchmarks/screening.py makes them again). They are those
of Ye and Hamada (2000), who print 2.297 and 4.867 for 7 contrasts, 2.156 and 4.240 for 15."""


@dataclass(frozen=True, kw_only=True)
class ErrorOfContrasts:
    """The error that contrasts of one variance are judged by.

    Attributes
    ----------
    standard_error : float
        Of a contrast, in its own unit.
    degrees_of_freedom : int or None
        Of pure error; None where the contrasts themselves show the error (Lenth).
    margin, simultaneous_margin : float
        What a contrast without effect exceeds in 5 % of cases; what the largest of all does.
    """

    standard_error: float
    degrees_of_freedom: int | None
    margin: float
    simultaneous_margin: float


def pseudo_standard_error(contrasts: Floats) -> Floats:
    r"""Return Lenth's pseudo standard error of contrasts of which most are noise.

    Parameters
    ----------
    contrasts : array of shape (..., n_contrasts)
        Estimates with one variance.

    Returns
    -------
    array of shape (...,)
        In their unit.

    Notes
    -----
    :math:`1.5 \operatorname{median}_{|c| < 2.5 s_0} |c|`, :math:`s_0 = 1.5 \operatorname{median}
    |c|` [1]_.

    References
    ----------
    .. [1] Lenth, Technometrics 31 (1989) 469, 10.1080/00401706.1989.10488595.

    Examples
    --------
    >>> float(pseudo_standard_error(np.array([0.5, -1.0, 1.5, 2.0, -40.0])))
    1.875
    """
    sizes = np.sort(np.abs(contrasts), axis=-1)
    first = 1.5 * np.median(sizes, axis=-1, keepdims=True)
    n_kept = np.sum(sizes <= 2.5 * first, axis=-1, keepdims=True)  # these are the smallest
    ends = [np.take_along_axis(sizes, at, axis=-1) for at in ((n_kept - 1) // 2, n_kept // 2)]
    return np.asarray(0.75 * (ends[0] + ends[1])[..., 0])


def critical_values(n_contrasts: int) -> tuple[float, float]:
    """Return the 95 % points of one contrast, and of the largest, in pseudo standard errors.

    Parameters
    ----------
    n_contrasts : int
        At least :data:`MIN_CONTRASTS`.

    Returns
    -------
    tuple of float
        For the margin of error and the simultaneous margin of error; between the simulated numbers
        of contrasts they are interpolated, above the largest they are its own.

    References
    ----------
    .. [1] Ye, Hamada, Journal of Quality Technology 32 (2000) 57.

    Examples
    --------
    >>> critical_values(15)
    (2.157, 4.239)
    """
    sizes = np.array(sorted(_CRITICAL), dtype=np.float64)
    columns = np.array([_CRITICAL[int(size)] for size in sizes]).T
    one, largest = (float(np.interp(n_contrasts, sizes, column)) for column in columns)
    return one, largest


def lenth_error(contrasts: Floats) -> ErrorOfContrasts:
    """Return the error that contrasts show themselves, with its margins.

    Parameters
    ----------
    contrasts : array of shape (n_contrasts,)
        Estimates with one variance, at least :data:`MIN_CONTRASTS`.

    Returns
    -------
    ErrorOfContrasts
        Without degrees of freedom.
    """
    error = float(pseudo_standard_error(contrasts))
    one, largest = critical_values(len(contrasts))
    return ErrorOfContrasts(
        standard_error=error,
        degrees_of_freedom=None,
        margin=one * error,
        simultaneous_margin=largest * error,
    )


def known_error(
    standard_error: float, degrees_of_freedom: int, n_contrasts: int
) -> ErrorOfContrasts:
    """Return the margins of contrasts whose error is known from elsewhere, by Student's t.

    Parameters
    ----------
    standard_error : float
        Of a contrast.
    degrees_of_freedom : int
        Of the standard error.
    n_contrasts : int
        Of which the largest must not exceed the simultaneous margin by chance.

    Returns
    -------
    ErrorOfContrasts
        The simultaneous margin is Sidak's.
    """
    of_all = 1.0 - (1.0 - FALSE_ALARM) ** (1.0 / n_contrasts)
    one, largest = (
        float(scipy.stats.t.isf(0.5 * chance, degrees_of_freedom))
        for chance in (FALSE_ALARM, of_all)
    )
    return ErrorOfContrasts(
        standard_error=standard_error,
        degrees_of_freedom=degrees_of_freedom,
        margin=one * standard_error,
        simultaneous_margin=largest * standard_error,
    )
