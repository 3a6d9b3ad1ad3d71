"""The greatest tension of a curve with its interval: the top of a curve, not the luckiest point."""

from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from electrodoe.preprocess.adhesion.brink import find_brink
from electrodoe.preprocess.adhesion.segments import rupture_index
from electrodoe.preprocess.adhesion.stretch import Stretch
from electrodoe.preprocess.adhesion.top import Top, find_top

_WINDOWS: Final = (0.05, 0.025, 0.012, 0.006)
"""Share of the peak by which the points of the polynomial may lie below it."""
_CLEAR: Final = 6.0
"""Standard errors by which a window reaches below the peak, at least."""
_LACK_OF_FIT: Final = 1.1
_MUCH_WIDER: Final = 2.0
"""A wide window that fits comes first, unless its interval is so many times that of another."""
_FEWEST: Final = 5
"""Points before a fall through which a line is laid, however low they lie."""
_LED: Final = 12
"""Points up to the greatest one that lead to where the fall is looked for, at least."""


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
    top : Top
        Of the polynomial, without the zero's error.
    """

    index: int
    window: slice
    rupture: int
    top: Top

    @property
    def force_n(self) -> float:
        """Return the greatest tension in N."""
        return self.top.force_n

    @property
    def std_n(self) -> float:
        """Return its standard error in N, without the zero's."""
        return self.top.std_n

    @property
    def quantile(self) -> float:
        """Return Student's quantile for 95 %."""
        return self.top.quantile


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
        From a polynomial through the highest points before the fall, the fewer the less it fits.
        A rupture within one sample may have come anywhere before the next: the polynomial is read
        half a sample later, and that doubt is part of the standard error. A fall over several
        samples is looked for from its end, and what may lie on it is left out.
    """
    index = start + int(pull_n[start:].argmax())
    rupture = rupture_index(pull_n, index)
    pull = Stretch(time_s=time_s, pull_n=pull_n, noise_n=noise_n, inflation=inflation)
    peaks: list[Peak] = []
    for share in _WINDOWS:
        around = _around(pull, slice(start, rupture), index, share)
        led = slice(max(start, min(around.start, index + 1 - _LED)), around.stop)
        window, n_unsure = _before_the_fall(pull, around, led, rupture)
        top = find_top(pull.part(window), n_unsure, is_sudden=window.stop == rupture)
        peaks.append(Peak(index=index, window=window, rupture=rupture, top=top))
    return _widest_of_use(peaks, noise_n)


def _widest_of_use(peaks: list[Peak], noise_n: float) -> Peak:
    """Return the first peak whose polynomial fits, unless another's is known much better."""
    fitting = [each for each in peaks if each.top.scatter_n <= _LACK_OF_FIT * noise_n] or peaks
    least = min(each.top.half_width_n for each in fitting)
    return next(each for each in fitting if each.top.half_width_n <= _MUCH_WIDER * least)


def _before_the_fall(pull: Stretch, around: slice, led: slice, rupture: int) -> tuple[slice, int]:
    """Return a window without the fall, and within how many samples after it the fall begins."""
    if led.stop - led.start < _FEWEST:
        return led, int(led.stop == rupture < pull.size)
    brink = find_brink(pull.part(led), is_parted=led.stop == rupture < pull.size)
    stop = led.start + brink.stop
    return slice(max(led.start, min(around.start, stop - _FEWEST)), stop), brink.n_unsure


def _around(pull: Stretch, parts: slice, index: int, share: float) -> slice:
    """Return the points that lie at most a share below the peak, and the first of the fall.

    Means of the way up and of the way down are taken apart, so that neither lowers the other.
    """
    height = max(float(pull.pull_n[index]), pull.noise_n, 1e-12)
    n_mean = int(np.clip(np.ceil((_CLEAR * pull.noise_n / (share * height)) ** 2), 1, 201)) | 1
    n_mean = min(n_mean, max((parts.stop - parts.start) // 4, 1) | 1)
    rise = _running_mean(pull.pull_n[parts.start : index + 1], n_mean)
    fall = _running_mean(pull.pull_n[index : parts.stop], n_mean)
    least = (1.0 - share) * rise[-n_mean:].max()
    below = np.flatnonzero(rise < least)
    beyond = np.flatnonzero(fall < least)
    first = parts.start + (int(below[-1]) + 1 if below.size else 0)
    stop = index + int(beyond[0]) + 1 + n_mean // 2 if beyond.size else parts.stop
    return slice(min(first, index), int(np.clip(stop, index + 1, parts.stop)))


def _running_mean(values: NDArray[np.float64], n_mean: int) -> NDArray[np.float64]:
    """Return the mean over an odd number of points around each; over those there are, at an end."""
    sums = np.concatenate([[0.0], np.cumsum(values)])
    places = np.arange(values.size)
    low = np.maximum(places - n_mean // 2, 0)
    high = np.minimum(places + n_mean // 2 + 1, values.size)
    mean: NDArray[np.float64] = (sums[high] - sums[low]) / (high - low)
    return mean
