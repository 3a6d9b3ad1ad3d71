"""The force at which a bond parts: the onset of the drop, and the curve up to it."""

from dataclasses import dataclass
from typing import Final

import numpy as np

from electrodoe.arrays import Floats, Integers
from electrodoe.preprocess.adhesion.curve_segment import CurveSegment, Polynomial, fit_polynomial
from electrodoe.preprocess.adhesion.segments import rupture_index

_LIMIT: Final = 4.0
"""Standard errors by which the last points may leave the polynomial through the rest."""
_SUSPECT: Final = 2.0
"""Standard errors by which they may lie low next to a fall that has been seen."""
_FEWEST_LEFT: Final = 5
"""Points that are left, at least: a line, and something to compare it with."""
_HIGH: Final = 6.0
"""Standard deviations of noise below the largest point: what is left reaches up to there."""
_LARGEST: Final = 3
"""A block at the end is at most this part of a segment, so that the rest leads to it."""


@dataclass(frozen=True, kw_only=True)
class Onset:
    """The end of the way up.

    Attributes
    ----------
    stop : int
        First point of the fall, or of what may belong to it; the number of points where none falls.
    n_unsure : int
        Samples within which the fall begins; 0 where none was seen.
    """

    stop: int
    n_unsure: int


def find_onset(segment: CurveSegment, *, is_parted: bool) -> Onset:
    """Return where the last points of a segment begin to fall.

    The last 1, 2, 4, ... points are taken away until none of these blocks leaves the polynomial
    through the rest by more than noise may. One point is looked at first, so that a steep fall
    costs no more than itself; a fall that only a block shows may begin at any of its points. Once a
    fall is seen, less is enough to suspect the points before it.

    Examples
    --------
    >>> rise = np.linspace(9.0, 10.0, 20)
    >>> pull = np.concatenate([rise, [9.5, 8.9, 8.3]])
    >>> time = np.arange(23.0)
    >>> segment = CurveSegment(time_s=time, pull_n=pull, noise_n=0.02, inflation=1.0)
    >>> find_onset(segment, is_parted=False)
    Onset(stop=20, n_unsure=1)
    """
    stop, n_unsure = segment.size, int(is_parted)
    is_high = segment.pull_n >= segment.pull_n.max() - _HIGH * segment.noise_n
    kept = max(_FEWEST_LEFT, int(is_high.argmax()) + 1)
    while n_apart := _n_apart(segment.part(slice(stop)), stop - kept):
        stop, n_unsure = stop - n_apart, n_apart
    while n_unsure and (n_low := _n_low(segment.part(slice(stop)), min(2 * n_unsure, stop - kept))):
        stop, n_unsure = stop - n_low, n_unsure + n_low
    return Onset(stop=stop, n_unsure=n_unsure)


def _n_apart(segment: CurveSegment, most: int) -> int:
    """Return the size of the smallest block at the end that is apart from the rest, or 0."""
    sizes, errors = _last_blocks(segment)
    return int(sizes[(np.abs(errors) > _LIMIT) & (sizes <= most)][:1].sum())


def _n_low(segment: CurveSegment, most: int) -> int:
    """Return the size of the smallest block at the end that may lie on a fall, or 0."""
    sizes, errors = _last_blocks(segment)
    return int(sizes[(errors < -_SUSPECT) & (sizes <= most)][:1].sum())


def _last_blocks(segment: CurveSegment) -> tuple[Integers, Floats]:
    """Return sizes of blocks at the end, and how many standard errors each lies above the rest."""
    n, degree = segment.size, segment.degree
    largest = min(max(n // _LARGEST, 1), n - _FEWEST_LEFT)
    sizes = 2 ** np.arange(max(largest, 0).bit_length())
    basis, _ = np.linalg.qr(np.vander(segment.scaled_time(), degree + 1, increasing=True))
    residuals = segment.pull_n - basis @ (basis.T @ segment.pull_n)
    unit = max(float(np.abs(residuals).max()), segment.noise_n, np.finfo(float).tiny)
    residuals, noise = residuals / unit, segment.noise_n / unit
    leading = np.cumsum(basis[::-1], axis=0)[sizes - 1]
    free = np.maximum(sizes - np.sum(leading**2, axis=1), 1e-12)
    shift = np.cumsum(residuals[::-1])[sizes - 1] / np.sqrt(free)
    rest = np.maximum(residuals @ residuals - shift**2, 0.0) / max(n - degree - 2, 1)
    variance = np.maximum(rest, noise**2) * np.minimum(segment.inflation, sizes)
    return sizes, shift / np.sqrt(np.maximum(variance, np.finfo(float).tiny))


_COVERAGE: Final = 0.975
"""Upper end of a two-sided 95 % interval."""
_MIN_POINTS: Final = 4
"""Below it the peak is the highest point, and no polynomial's top (D417); chosen."""
_UNSEEN: Final = 2.0
"""Standard deviations of noise by which the last point may lie on a slow fall unseen, at most."""


@dataclass(frozen=True, kw_only=True)
class Top:
    """The maximum value of a polynomial.

    Attributes
    ----------
    force_n, std_n : float, N
        The value and its standard error.
    quantile : float
        Of Student's distribution, for 95 %.
    scatter_n : float, N
        Standard deviation of the points about the polynomial.
    """

    force_n: float
    std_n: float
    quantile: float
    scatter_n: float

    @property
    def half_width_n(self) -> float:
        """Return half of the 95 % interval, in N."""
        return self.quantile * self.std_n


def find_top(segment: CurveSegment, n_unsure: int, *, is_sudden: bool) -> Top:
    """Return the maximum value of a polynomial through some points.

    The largest point itself where there are less than four.
    """
    from scipy.special import stdtrit

    if segment.size < _MIN_POINTS:
        return Top(
            force_n=float(segment.pull_n.max()),
            std_n=segment.noise_n,
            quantile=float(stdtrit(1, _COVERAGE)),
            scatter_n=0.0,
        )
    fitted = fit_polynomial(segment)
    x = segment.scaled_time()
    gap = n_unsure * float(x[-1] - x[-2])
    is_led = is_sudden or segment.degree > 1
    reach = np.append(x, x[-1] + gap / 2.0) if is_led else x
    force = fitted.at(reach)
    at = float(reach[force.argmax()])
    doubts = (
        _fit_std_n(fitted, segment, at),
        _place_std_n(fitted, at, gap, is_sudden=is_sudden) if at >= x[-1] else 0.0,
        _unseen_std_n(fitted, segment, at) if gap and not is_sudden else 0.0,
    )
    return Top(
        force_n=float(force.max()),
        std_n=float(np.hypot(np.hypot(*doubts[:2]), doubts[2])),
        quantile=float(stdtrit(fitted.degrees_of_freedom, _COVERAGE)),
        scatter_n=fitted.scatter_n,
    )


def _fit_std_n(fitted: Polynomial, segment: CurveSegment, at: float) -> float:
    """Return the polynomial's standard error at a time, from the scatter of its points."""
    point = max(fitted.scatter_n, segment.noise_n)
    inflation = max(fitted.inflation, segment.inflation)
    weights = fitted.weights_at(at)
    return point * float(np.sqrt(weights @ weights * inflation))


def _place_std_n(fitted: Polynomial, at: float, gap: float, *, is_sudden: bool) -> float:
    """Return the doubt about where a fall begins: within the gap, a slow one also before it."""
    fraction = 1.0 / np.sqrt(12.0) if is_sudden else 0.5
    return abs(fitted.slope_at(at) * gap) * float(fraction)


def _unseen_std_n(fitted: Polynomial, segment: CurveSegment, at: float) -> float:
    """Return the doubt about a last point that lies low by anything up to what would be seen."""
    point = max(fitted.scatter_n, segment.noise_n)
    return _UNSEEN * point * abs(float(fitted.weights_at(at)[-1])) / float(np.sqrt(3.0))


_WINDOWS: Final = (0.05, 0.025, 0.012, 0.006)
"""Fraction of the peak by which the points of the polynomial may lie below it."""
_CLEAR: Final = 6.0
"""Standard errors by which a window reaches below the peak, at least."""
_LACK_OF_FIT: Final = 1.1
"""Scatter about a polynomial that fits, over the noise elsewhere; chosen."""
_MUCH_WIDER: Final = 2.0
"""A wide window that fits comes first, unless its interval is so many times that of another."""
_FEWEST: Final = 5
"""Points before a fall through which a line is laid, however low they lie."""
_LED: Final = 12
"""Points up to the largest one that lead to where the fall is looked for, at least."""


@dataclass(frozen=True, kw_only=True)
class Peak:
    """The maximum tension.

    Attributes
    ----------
    index : int
        The point with the maximum force.
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
        """Return the maximum tension in N."""
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
    time_s: Floats,
    pull_n: Floats,
    start: int,
    noise_n: float,
    inflation: float = 1.0,
) -> Peak:
    """Return the maximum tension.

    From a polynomial through the highest points before the fall, the fewer the less it fits. A
    rupture within one sample may have come anywhere before the next: the polynomial is read half a
    sample later, and that doubt is part of the standard error. A fall over several samples is
    looked for from its end, and what may lie on it is left out.
    """
    index = start + int(pull_n[start:].argmax())
    rupture = rupture_index(pull_n, index)
    pull = CurveSegment(time_s=time_s, pull_n=pull_n, noise_n=noise_n, inflation=inflation)
    peaks: list[Peak] = []
    for fraction in _WINDOWS:
        around = _around(pull, slice(start, rupture), index, fraction)
        led = slice(max(start, min(around.start, index + 1 - _LED)), around.stop)
        window, n_unsure = _before_the_fall(pull, around, led, rupture)
        top = find_top(pull.part(window), n_unsure, is_sudden=window.stop == rupture)
        peaks.append(Peak(index=index, window=window, rupture=rupture, top=top))
    return _widest_of_use(peaks, noise_n)


def _widest_of_use(peaks: list[Peak], noise_n: float) -> Peak:
    """Return the first peak whose polynomial fits, unless another's is known much better."""
    fitting = [each for each in peaks if each.top.scatter_n <= _LACK_OF_FIT * noise_n] or peaks
    smallest = min(each.top.half_width_n for each in fitting)
    return next(each for each in fitting if each.top.half_width_n <= _MUCH_WIDER * smallest)


def _before_the_fall(
    pull: CurveSegment, around: slice, led: slice, rupture: int
) -> tuple[slice, int]:
    """Return a window without the fall, and within how many samples after it the fall begins."""
    if led.stop - led.start < _FEWEST:
        return led, int(led.stop == rupture < pull.size)
    onset = find_onset(pull.part(led), is_parted=led.stop == rupture < pull.size)
    stop = led.start + onset.stop
    return slice(max(led.start, min(around.start, stop - _FEWEST)), stop), onset.n_unsure


def _around(pull: CurveSegment, parts: slice, index: int, fraction: float) -> slice:
    """Return the points that lie at most a fraction below the peak, and the first of the fall.

    Means of the way up and of the way down are taken apart, so that neither lowers the other.
    """
    height = max(float(pull.pull_n[index]), pull.noise_n, 1e-12)
    n_mean = int(np.clip(np.ceil((_CLEAR * pull.noise_n / (fraction * height)) ** 2), 1, 201)) | 1
    n_mean = min(n_mean, max((parts.stop - parts.start) // 4, 1) | 1)
    rise = _running_mean(pull.pull_n[parts.start : index + 1], n_mean)
    fall = _running_mean(pull.pull_n[index : parts.stop], n_mean)
    smallest = (1.0 - fraction) * rise[-n_mean:].max()
    below = np.flatnonzero(rise < smallest)
    beyond = np.flatnonzero(fall < smallest)
    first = parts.start + (int(below[-1]) + 1 if below.size else 0)
    stop = index + int(beyond[0]) + 1 + n_mean // 2 if beyond.size else parts.stop
    return slice(min(first, index), int(np.clip(stop, index + 1, parts.stop)))


def _running_mean(values: Floats, n_mean: int) -> Floats:
    """Return the mean over an odd number of points around each; over those there are, at an end."""
    sums = np.concatenate([[0.0], np.cumsum(values)])
    places = np.arange(values.size)
    low = np.maximum(places - n_mean // 2, 0)
    high = np.minimum(places + n_mean // 2 + 1, values.size)
    mean: Floats = (sums[high] - sums[low]) / (high - low)
    return mean
