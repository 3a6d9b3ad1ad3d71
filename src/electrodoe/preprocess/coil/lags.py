"""How far a sensor lags behind another, by the correlation of their profiles along the web."""

from dataclasses import dataclass
from typing import Final

import numpy as np
import scipy

from electrodoe.arrays import Floats, Integers

SMOOTHED_BINS: Final = 2.0
"""Standard deviation of the smoothing, so that a peak is wider than a bin and round."""
_MIN_FILLED: Final = 0.2
"""Of the bins; with fewer, nothing is said of a distance; chosen."""


def comparable(profile: Floats, drift_bins: float) -> Floats | None:
    """Return a course without its drift, in units of its own standard deviation.

    None where fewer than a fifth of the bins are filled, or nothing changes.

    Examples
    --------
    >>> import numpy as np
    >>> comparable(np.ones(50), 10.0) is None
    True
    """
    is_known = np.isfinite(profile)
    if np.mean(is_known) < _MIN_FILLED:
        return None
    bins = np.arange(len(profile))
    filled = np.interp(bins, bins[is_known], profile[is_known])
    smooth = scipy.ndimage.gaussian_filter1d(filled, SMOOTHED_BINS, mode="nearest")
    rest = smooth - scipy.ndimage.gaussian_filter1d(filled, drift_bins, mode="nearest")
    spread = float(np.std(rest))
    is_flat = spread <= 1e-9 * max(float(np.max(np.abs(filled))), 1e-300)
    return None if is_flat else (rest - rest.mean()) / spread


def profile_edges(length_m: float, n_running: int, n_most: int = 262_144) -> Floats:
    """Return fine bins along the web, in which sensors are compared with one another.

    Equal bins of about four rows each, of 5 mm or more.

    Examples
    --------
    >>> profile_edges(0.02, 1000)
    array([0.   , 0.005, 0.01 , 0.015, 0.02 ])
    """
    bin_m = max(0.005, 4.0 * length_m / max(n_running, 1), length_m / n_most)
    return bin_m * np.arange(int(np.ceil(length_m / bin_m - 1e-9)) + 1, dtype=np.float64)


_N_BLOCKS: Final = 20
"""Blocks of web from which the variance comes: intervals held 94 to 100 % (decision 0008)."""
_MIN_FREE: Final = 4.0
"""Fisher's z has the spread 1/√(n − 3), so n has to be above three."""


@dataclass(frozen=True, kw_only=True)
class Lag:
    """One lag, with its doubts.

    Attributes
    ----------
    bins : float
        By how much the second course lags behind the first.
    standard_error : float
        Of it, in bins.
    correlation : float
        At the peak; negative where one falls as the other rises.
    height : float
        Fisher's z of the correlation over its spread by chance.
    """

    bins: float
    standard_error: float
    correlation: float
    height: float


def correlation(course: Floats | None, other: Floats | None, most: int) -> tuple[Integers, Floats]:
    """Return the correlation of two courses at every lag up to some bins either way.

    Examples
    --------
    >>> import numpy as np
    >>> lags, curve = correlation(np.eye(9)[2], np.eye(9)[4], 3)
    >>> int(lags[curve.argmax()])
    2
    """
    lags = np.arange(-most, most + 1)
    if course is None or other is None:
        return lags, np.zeros(len(lags))
    whole = scipy.signal.correlate(other, course, mode="full", method="fft")
    middle = len(course) - 1
    norm = np.sqrt(_energy(course, -lags) * _energy(other, lags))
    products = whole[middle - most : middle + most + 1]
    return lags, np.divide(products, norm, out=np.zeros(len(lags)), where=norm > 0.0)


def _energy(course: Floats, lags: Integers) -> Floats:
    """Return the sum of squares without as many bins at the start, or at the end if negative."""
    sums = np.append(0.0, np.cumsum(course**2))
    energy: Floats = sums[len(course) + np.minimum(lags, 0)] - sums[np.maximum(lags, 0)]
    return energy


def lag_between(course: Floats, other: Floats, lags: Integers, curve: Floats) -> Lag | None:
    r"""Return the lag at the highest correlation of either sign, or None at the search's end.

    Placed between bins by one Newton iteration from the bin of the peak.

    Notes
    -----
    With :math:`C(\delta) = \sum_x g(x)\,y(x+\delta)` over the bins that both have at the peak:

    .. math:: \hat\delta = \delta_0 - C'(\delta_0) / C''(\delta_0), \qquad
        \mathrm{var}\,\hat\delta = \mathrm{var}\,C'(\delta_0) / C''(\delta_0)^2

    The slope is written antisymmetrically, :math:`\tfrac12\sum (g y' - g' y)`, which is zero bin by
    bin where one course is a multiple of the other: what is left over twenty blocks of web is
    noise, however it is correlated along the web, and its spread is the slope's variance.

    The correlation is compared with what two independent courses reach by chance (Bartlett): as
    many free values as :math:`n / \sum_k \rho_g(k)\,\rho_y(k)`.
    """
    # the highest correlation, unless it lies at an end of the search
    best = int(np.argmax(np.abs(curve)))
    if best in {0, len(curve) - 1}:
        return None
    lag, sign = int(lags[best]), float(np.sign(curve[best]))
    # both courses at that lag, with slope and curvature of their product there
    g = course[max(0, -lag) : len(course) - max(0, lag)]
    y = sign * other[max(0, lag) : len(other) - max(0, -lag)]
    slope = 0.25 * (g[1:-1] * (y[2:] - y[:-2]) - y[1:-1] * (g[2:] - g[:-2]))
    curvature_parts = -0.5 * (g[1:-1] * np.diff(y, 2) + y[1:-1] * np.diff(g, 2))
    curvature = float(curvature_parts.sum())
    if curvature <= 0.0:
        return None
    # the top between bins, and its variance from blocks of web
    shift = float(np.clip(slope.sum() / curvature, -1.0, 1.0))
    parts = np.array(
        [block.sum() for block in np.array_split(slope - shift * curvature_parts, _N_BLOCKS)]
    )
    variance = _N_BLOCKS / (_N_BLOCKS - 1.0) * float(np.sum((parts - parts.mean()) ** 2))
    r = sign * float(np.corrcoef(g, y)[0, 1])
    return Lag(
        bins=lag + shift,
        standard_error=float(np.sqrt(variance)) / curvature,
        correlation=r,
        height=_height(g, y, abs(r)),
    )


def _height(g: Floats, y: Floats, r: float) -> float:
    """Return Fisher's z over its spread, with as many values as are free along the web."""
    rho = [_autocorrelation(one) for one in (g, y)]
    n_free = len(g) / max(float(np.sum(rho[0] * rho[1])), 1.0)
    if n_free <= _MIN_FREE:
        return 0.0
    return float(np.arctanh(min(r, 1.0 - 1e-12)) * np.sqrt(n_free - 3.0))


def _autocorrelation(course: Floats) -> Floats:
    """Return the autocorrelation at all lags either way."""
    rest = course - course.mean()
    whole: Floats = scipy.signal.correlate(rest, rest, mode="full", method="fft")
    scaled: Floats = whole / whole[len(course) - 1]
    return scaled
