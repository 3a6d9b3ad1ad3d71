"""The zero of the load cell and its drift, from the travel before contact and after rupture."""

from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from electrodoe.preprocess.adhesion.noise import variance_inflation

_LEAST_POINTS: Final = 10
_BLOCK: Final = 0.1
"""Share of a stretch that is looked at, and left out, at a time."""
_LIMIT: Final = 4.0
"""Standard errors by which a stretch's end may leave the line through its rest."""
_MOST_CUTS: Final = 30
_CREDIBLE: Final = 0.05
"""Share of the greatest force by which one stretch alone may drift; more is the load's own rise."""


@dataclass(frozen=True, kw_only=True, eq=False)
class Baseline:
    """A straight line through the free stretches of a curve.

    Attributes
    ----------
    before, after : slice
        The stretches; empty where there is none.
    middle_s, offset_n, slope_n_s : float
        The line: ``offset_n`` at the time ``middle_s``.
    covariance : array of shape (2, 2)
        Of offset and slope.
    misfit_n : float
        By how much the stretch after the rupture lies off the common line.
    """

    before: slice
    after: slice
    middle_s: float
    offset_n: float
    slope_n_s: float
    covariance: NDArray[np.float64]
    misfit_n: float

    @property
    def is_known(self) -> bool:
        """Return whether there is any free stretch."""
        return not (_is_empty(self.before) and _is_empty(self.after))

    def at(self, time_s: NDArray[np.float64]) -> NDArray[np.float64]:
        """Return the zero at some times, in N."""
        return self.offset_n + self.slope_n_s * (time_s - self.middle_s)

    def std_n(self, time_s: float) -> float:
        """Return the standard error of the zero at a time, in N."""
        x = np.array([1.0, time_s - self.middle_s])
        return float(np.sqrt(x @ self.covariance @ x + self.misfit_n**2))


def fit_baseline(
    time_s: NDArray[np.float64], force_n: NDArray[np.float64], before: slice, after: slice
) -> Baseline:
    """Return the zero of the load cell as a line in time.

    Parameters
    ----------
    time_s : array of shape (n_points,), s
        Rising.
    force_n : array of shape (n_points,), N
        As measured.
    before, after : slice
        Where the stamp may be free. Each is shortened at the end that is nearer to the test until
        that end lies on the line through the rest.

    Returns
    -------
    Baseline
        By least squares; zero everywhere, and not known, where no stretch of ten points is free. A
        single stretch has to be nearly level, since it might as well be the slow begin of a load.
    """
    free = _shortened(time_s, force_n, before, at_end=True)
    gone = _shortened(time_s, force_n, after, at_end=False)
    if _is_empty(gone) and not _is_credible(time_s, force_n, free, float(np.ptp(time_s))):
        free = slice(0, 0)
    lasted = 0.0 if _is_empty(gone) else float(np.ptp(time_s[gone]))
    if _is_empty(free) and not _is_credible(time_s, force_n, gone, lasted):
        gone = slice(0, 0)
    x = np.concatenate([time_s[free], time_s[gone]])
    y = np.concatenate([force_n[free], force_n[gone]])
    if x.size == 0:
        zero = np.zeros((2, 2))
        return Baseline(
            before=free,
            after=gone,
            middle_s=0.0,
            offset_n=0.0,
            slope_n_s=0.0,
            covariance=zero,
            misfit_n=0.0,
        )
    middle = float(x.mean())
    offset, slope, covariance, residuals = _line(x - middle, y)
    own = residuals[-(gone.stop - gone.start) :] if gone.stop > gone.start else np.zeros(1)
    return Baseline(
        before=free,
        after=gone,
        middle_s=middle,
        offset_n=offset,
        slope_n_s=slope,
        covariance=covariance,
        misfit_n=abs(float(own.mean())),
    )


def _is_empty(stretch: slice) -> bool:
    """Return whether a stretch has no points."""
    return bool(stretch.stop <= stretch.start)


def _is_credible(
    time_s: NDArray[np.float64], force_n: NDArray[np.float64], stretch: slice, lasting_s: float
) -> bool:
    """Return whether a stretch's slope is small enough for a drift, over some time."""
    if _is_empty(stretch):
        return True
    middle = float(time_s[stretch].mean())
    offset, slope, _, _ = _line(time_s[stretch] - middle, force_n[stretch])
    return bool(abs(slope) * lasting_s <= _CREDIBLE * np.abs(force_n - offset).max())


def _line(
    x: NDArray[np.float64], y: NDArray[np.float64]
) -> tuple[float, float, NDArray[np.float64], NDArray[np.float64]]:
    """Return offset and slope over centered x, their covariance, and the residuals."""
    power = float(x @ x)
    slope = float(x @ y) / power if power > 0.0 else 0.0
    offset = float(y.mean())
    residuals = y - offset - slope * x
    variance = float(residuals @ residuals) / max(x.size - 2, 1) * variance_inflation(residuals)
    spread = np.diag([variance / x.size, variance / power if power > 0.0 else 0.0])
    return offset, slope, spread, residuals


def _shortened(
    time_s: NDArray[np.float64], force_n: NDArray[np.float64], stretch: slice, *, at_end: bool
) -> slice:
    """Return a stretch without what is no straight line at its end, or at its start."""
    start, stop = stretch.start, stretch.stop
    for _ in range(_MOST_CUTS):
        n = stop - start
        if n < _LEAST_POINTS:
            return slice(start, start)
        n_block = max(int(_BLOCK * n), 3)
        block = slice(stop - n_block, stop) if at_end else slice(start, start + n_block)
        rest = slice(start, stop - n_block) if at_end else slice(start + n_block, stop)
        if _continues(time_s, force_n, rest, block):
            return slice(start, stop)
        start, stop = rest.start, rest.stop
    return slice(start, start)


def _continues(
    time_s: NDArray[np.float64], force_n: NDArray[np.float64], rest: slice, block: slice
) -> bool:
    """Return whether a block lies where the line through the rest leads, at either of its ends."""
    middle = float(time_s[rest].mean())
    offset, slope, covariance, residuals = _line(time_s[rest] - middle, force_n[rest])
    variance = float(residuals @ residuals) / max(residuals.size - 2, 1)
    inflation = variance_inflation(residuals)
    for part in np.array_split(np.arange(block.start, block.stop), 3):
        x = float(time_s[part].mean()) - middle
        miss = float(force_n[part].mean()) - offset - slope * x
        error = variance * inflation / part.size + covariance[0, 0] + covariance[1, 1] * x**2
        if abs(miss) > _LIMIT * np.sqrt(error) + 1e-12 * np.abs(force_n).max():
            return False
    return True
