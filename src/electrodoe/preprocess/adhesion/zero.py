"""The zero of a load cell: noise and drift of its free travel, carried to the peak."""

from dataclasses import dataclass
from typing import Final

import numpy as np

from electrodoe.arrays import Floats
from electrodoe.robust import robust_sd


def force_noise_n(force_n: Floats) -> float:
    """Return the standard deviation of a force's noise, whatever the force itself does.

    From second differences, which a straight rise does not touch and a rupture hardly does; at
    least that of rounding to the smallest step in the curve.

    Examples
    --------
    >>> rng = np.random.default_rng(1)
    >>> round(force_noise_n(np.linspace(0.0, 50.0, 20_000) + rng.normal(0.0, 0.02, 20_000)), 3)
    0.02
    """
    second = np.diff(force_n, n=2)
    scatter = robust_sd(second) / np.sqrt(6.0)
    steps = np.abs(np.diff(force_n))
    steps = steps[steps > 0.0]
    rounding = float(steps.min()) / np.sqrt(12.0) if steps.size else 0.0
    return max(float(scatter), rounding)


def variance_inflation(residuals: Floats) -> float:
    """Return by how much neighbors that resemble one another widen a mean's variance.

    (1 + ρ) / (1 - ρ) with ρ the correlation of neighbors; 1 for white noise.
    """
    if residuals.size < 3 or not residuals.any():
        return 1.0
    fractions = residuals / np.abs(residuals).max()
    rho = min(max(float(fractions[1:] @ fractions[:-1]) / float(fractions @ fractions), 0.0), 0.98)
    return (1.0 + rho) / (1.0 - rho)


@dataclass(frozen=True, kw_only=True, eq=False)
class FreeLine:
    """A line by least squares.

    Attributes
    ----------
    middle_s : float, s
        Mean of the times.
    offset_n : float, N
        Force there.
    slope_n_s : float, N/s
        Its drift.
    residuals_n : array of shape (n_points,), N
        Points less the line, in the order of time.
    spread_s2 : float, s²
        Sum of the squared distances from the middle.
    """

    middle_s: float
    offset_n: float
    slope_n_s: float
    residuals_n: Floats
    spread_s2: float

    def at(self, time_s: Floats | float) -> Floats:
        """Return the line at some times, in N."""
        return np.asarray(self.offset_n + self.slope_n_s * (time_s - self.middle_s))

    @property
    def variance_n2(self) -> float:
        """Return the variance of a point about the line, in N²."""
        degrees_of_freedom = max(self.residuals_n.size - 2, 1)
        return float(self.residuals_n @ self.residuals_n) / degrees_of_freedom

    def std_n(self, time_s: float) -> float:
        """Return the line's standard error at a time, in N; neighbors may resemble one another."""
        if self.residuals_n.size == 0:
            return 0.0
        away = (time_s - self.middle_s) ** 2
        fraction = 1.0 / self.residuals_n.size + (away / self.spread_s2 if self.spread_s2 else 0.0)
        return float(np.sqrt(self.variance_n2 * variance_inflation(self.residuals_n) * fraction))


def fit_line(time_s: Floats, force_n: Floats) -> FreeLine:
    """Return the line through some points; zero through none.

    By least squares; level, where all times are equal.

    Examples
    --------
    >>> import numpy as np
    >>> line = fit_line(np.array([0.0, 1.0, 2.0]), np.array([0.5, 0.7, 0.9]))
    >>> float(line.at(10.0).round(3))
    2.5
    """
    if time_s.size == 0:
        return FreeLine(
            middle_s=0.0, offset_n=0.0, slope_n_s=0.0, residuals_n=np.zeros(0), spread_s2=0.0
        )
    middle, offset = float(time_s.mean()), float(force_n.mean())
    away = time_s - middle
    spread = float(away @ away)
    slope = float(away @ force_n) / spread if spread > 0.0 else 0.0
    residuals = force_n - offset - slope * away
    return FreeLine(
        middle_s=middle,
        offset_n=offset,
        slope_n_s=slope,
        residuals_n=residuals,
        spread_s2=spread,
    )


_MIN_POINTS: Final = 10
"""Of a segment that tells a line and its scatter; chosen."""
_BLOCK: Final = 0.1
"""Fraction of a segment that is looked at, and left out, at a time."""
_LIMIT: Final = 4.0
"""Standard errors by which a segment's end may leave the line through its rest."""
_MOST_CUTS: Final = 30
"""Bound: after 30 cuts of a tenth 4 % of a segment are left."""
_CREDIBLE: Final = 0.05
"""Fraction of the maximum force by which one segment alone may drift; more is the load's own
rise."""
_NOTHING: Final = slice(0, 0)


@dataclass(frozen=True, kw_only=True, eq=False)
class Baseline:
    """A straight line through the free segments of a curve.

    Attributes
    ----------
    before, after : slice
        The segments; empty where there is none.
    line : FreeLine
        Through both.
    misfit_n : float, N
        By how much the line through the segment after the rupture alone leaves the common one where
        the bond has parted: a drift that is not straight, or a load that is not yet gone.
    scatter_n : float, N
        Standard deviation of the free force about each segment's own line.
    inflation : float
        By how much the likeness of neighbors widens the variance of a mean.
    """

    before: slice
    after: slice
    line: FreeLine
    misfit_n: float
    scatter_n: float
    inflation: float

    def std_n(self, time_s: float) -> float:
        """Return the standard error of the zero at a time, in N."""
        return float(np.hypot(self.line.std_n(time_s), self.misfit_n))


def fit_baseline(time_s: Floats, force_n: Floats, before: slice, after: slice) -> Baseline:
    """Return the zero of the load cell as a line in time.

    By least squares; zero everywhere, and not known, where no segment of ten points is free. A
    single segment has to be nearly level, since it might as well be the slow begin of a load.
    """
    free = _shortened(time_s, force_n, before, at_end=True)
    gone = _shortened(time_s, force_n, after, at_end=False)
    if _is_empty(gone) and not _is_credible(time_s, force_n, free, float(np.ptp(time_s))):
        free = _NOTHING
    lasted = 0.0 if _is_empty(gone) else float(np.ptp(time_s[gone]))
    if _is_empty(free) and not _is_credible(time_s, force_n, gone, lasted):
        gone = _NOTHING
    own = [fit_line(time_s[part], force_n[part]) for part in (free, gone)]
    line = fit_line(*(np.concatenate([each[free], each[gone]]) for each in (time_s, force_n)))
    parted_s = 0.0 if _is_empty(gone) else float(time_s[gone.start])
    apart = np.concatenate([each.residuals_n for each in own])
    return Baseline(
        before=free,
        after=gone,
        line=line,
        misfit_n=0.0 if _is_empty(gone) else abs(float(own[1].at(parted_s) - line.at(parted_s))),
        scatter_n=float(np.sqrt(apart @ apart / max(apart.size - 4, 1))),
        inflation=variance_inflation(apart),
    )


def _is_empty(segment: slice) -> bool:
    """Return whether a segment has no points."""
    return bool(segment.stop <= segment.start)


def _is_credible(time_s: Floats, force_n: Floats, segment: slice, lasting_s: float) -> bool:
    """Return whether a segment's slope is small enough for a drift, over some time."""
    line = fit_line(time_s[segment], force_n[segment])
    largest = float(np.abs(force_n - line.offset_n).max())
    return abs(line.slope_n_s) * lasting_s <= _CREDIBLE * largest


def _shortened(time_s: Floats, force_n: Floats, segment: slice, *, at_end: bool) -> slice:
    """Return a segment without what is no straight line at its end, or at its start."""
    start, stop = segment.start, segment.stop
    for _ in range(_MOST_CUTS):
        n = stop - start
        if n < _MIN_POINTS:
            break
        n_block = max(int(_BLOCK * n), 3)
        block = slice(stop - n_block, stop) if at_end else slice(start, start + n_block)
        rest = slice(start, stop - n_block) if at_end else slice(start + n_block, stop)
        if _continues(time_s, force_n, rest, block):
            return slice(start, stop)
        start, stop = rest.start, rest.stop
    return _NOTHING


def _continues(time_s: Floats, force_n: Floats, rest: slice, block: slice) -> bool:
    """Return whether each third of a block lies where the line through the rest leads."""
    line = fit_line(time_s[rest], force_n[rest])
    point = line.variance_n2 * variance_inflation(line.residuals_n)
    smallest = 1e-12 * float(np.abs(force_n).max())
    for part in np.array_split(np.arange(block.start, block.stop), 3):
        at = float(time_s[part].mean())
        miss = abs(float(force_n[part].mean() - line.at(at)))
        if miss > _LIMIT * np.hypot(np.sqrt(point / part.size), line.std_n(at)) + smallest:
            return False
    return True
