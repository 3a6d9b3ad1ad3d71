"""The greatest tension of a curve with its interval: the top of a curve, not the luckiest point."""

from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from electrodoe.preprocess.adhesion.noise import variance_inflation
from electrodoe.preprocess.adhesion.segments import rupture_index

_WINDOWS: Final = (0.05, 0.025, 0.012, 0.006)
"""Share of the peak by which the points of the polynomial may lie below it."""
_CLEAR: Final = 6.0
"""Standard errors by which a window reaches below the peak, at least."""
_LACK_OF_FIT: Final = 1.1
_SUDDEN: Final = 0.1
"""A rupture within one sample takes more than this share of the peak."""
_LEAST_FOR_DEGREE: Final = (4, 12, 30, 60)
"""Points from which on a line, a parabola, a cubic, a quartic is laid through the top."""
_FEWEST: Final = 5
"""Points before a sudden rupture through which a line is laid, however low they lie."""
_COVERAGE: Final = 0.975


@dataclass(frozen=True, kw_only=True)
class Peak:
    """The greatest tension.

    Attributes
    ----------
    index : int
        The point with the greatest force.
    window : slice
        Points of the polynomial.
    rupture : int
        First point after the rupture; the number of points where there is none.
    force_n, std_n : float, N
        Top of the polynomial and its standard error, without the zero's.
    quantile : float
        Of Student's distribution, for 95 %.
    """

    index: int
    window: slice
    rupture: int
    force_n: float
    std_n: float
    quantile: float


def find_peak(
    time_s: NDArray[np.float64],
    pull_n: NDArray[np.float64],
    start: int,
    noise_n: float,
    inflation: float = 1.0,
) -> Peak:
    """Return the greatest tension.

    Parameters
    ----------
    time_s : array of shape (n_points,), s
        Not falling.
    pull_n : array of shape (n_points,), N
        Less its zero, tension positive.
    start : int
        Where the pull begins.
    noise_n : float, N
        Standard deviation of the noise.
    inflation : float
        By how much the likeness of neighbors widens the variance of a mean, as seen elsewhere in
        the curve.

    Returns
    -------
    Peak
        From a polynomial through the highest points, the fewer the less it fits. A rupture within
        one sample may have come anywhere before the next: the polynomial is read half a sample
        later, and that doubt is part of the standard error.
    """
    index = start + int(pull_n[start:].argmax())
    rupture = rupture_index(pull_n, index)
    for share in _WINDOWS:
        window = _window(pull_n, start, index, rupture, share, noise_n)
        force, std, quantile, scatter = _top(time_s, pull_n, window, rupture, noise_n, inflation)
        if scatter <= _LACK_OF_FIT * noise_n:
            break
    return Peak(
        index=index, window=window, rupture=rupture, force_n=force, std_n=std, quantile=quantile
    )


def _window(
    pull_n: NDArray[np.float64], start: int, index: int, rupture: int, share: float, noise_n: float
) -> slice:
    """Return the points around the peak that lie at most a share below it."""
    height = max(float(pull_n[index]), noise_n, 1e-12)
    n_mean = int(np.clip(np.ceil((_CLEAR * noise_n / (share * height)) ** 2), 1, 201)) | 1
    n_mean = min(n_mean, max((rupture - start) // 4, 1) | 1)
    level = np.convolve(
        np.pad(pull_n[start:rupture], n_mean // 2, mode="edge"), np.ones(n_mean) / n_mean, "valid"
    )
    at = min(index - start, level.size - 1)
    is_low = level < (1.0 - share) * level[max(at - n_mean, 0) : at + n_mean + 1].max()
    below = np.flatnonzero(is_low[:at])
    first = start + (int(below[-1]) + 1 if below.size else 0)
    beyond = np.flatnonzero(is_low[at:])
    last = index + int(beyond[0]) - 1 if beyond.size else rupture - 1
    last = rupture - 1 if rupture - 1 - last <= n_mean else last
    stop = max(last, index) + 1
    if stop == rupture < pull_n.size and stop - first < _FEWEST:
        first = max(start, stop - _FEWEST)
    return slice(min(first, index), stop)


def _top(
    time_s: NDArray[np.float64],
    pull_n: NDArray[np.float64],
    window: slice,
    rupture: int,
    noise_n: float,
    inflation: float,
) -> tuple[float, float, float, float]:
    """Return the top of a window's polynomial, its error, Student's quantile and the scatter."""
    from scipy.special import stdtrit

    y = pull_n[window]
    is_sudden = window.stop == rupture < pull_n.size and y.size > 4
    if y.size < 4:
        return float(y.max()), noise_n, float(stdtrit(1, _COVERAGE)), 0.0
    x = _scaled(time_s[window])
    fitted = slice(0, y.size - 1) if is_sudden and _is_falling(x, y, noise_n) else slice(0, y.size)
    degree = int(np.searchsorted(_LEAST_FOR_DEGREE, y.size, side="right"))
    vander = np.vander(x, degree + 1, increasing=True)
    solved = np.linalg.pinv(vander[fitted])
    coefficients = solved @ y[fitted]
    residuals = y[fitted] - vander[fitted] @ coefficients
    freedom = max(residuals.size - degree - 1, 1)
    scatter = float(np.sqrt(residuals @ residuals / freedom))
    step = float(x[-1] - x[-2])
    reach = np.append(x, x[-1] + step / 2.0) if is_sudden else x
    candidates = np.vander(reach, degree + 1, increasing=True)
    best = int((candidates @ coefficients).argmax())
    variance = float(np.sum((candidates[best] @ solved) ** 2)) * max(scatter, noise_n) ** 2
    variance *= max(variance_inflation(residuals), inflation)
    if is_sudden and best >= x.size - 1:
        rise = float(
            coefficients[1:] @ (np.arange(1, degree + 1) * reach[best] ** np.arange(degree))
        )
        variance += (rise * step) ** 2 / 12.0
    top = float(candidates[best] @ coefficients)
    return top, float(np.sqrt(variance)), float(stdtrit(freedom, _COVERAGE)), scatter


def _scaled(time_s: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return times from -1 to 1; places, where a clock with few digits stands still."""
    x = time_s if np.all(np.diff(time_s) > 0.0) else np.arange(time_s.size, dtype=np.float64)
    share: NDArray[np.float64] = (x - x[0]) / (x[-1] - x[0])
    return 2.0 * share - 1.0


def _is_falling(x: NDArray[np.float64], y: NDArray[np.float64], noise_n: float) -> bool:
    """Return whether the last point lies on the way down: below the line of those before it."""
    near = slice(-8, -1)
    slope, offset = np.polyfit(x[near], y[near], 1)
    return bool(y[-1] < offset + slope * x[-1] - 3.0 * noise_n)
