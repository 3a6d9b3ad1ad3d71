"""The zero of the load cell and its drift, from the travel before contact and after rupture."""

from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from electrodoe.preprocess.adhesion.free_line import FreeLine, fit_line
from electrodoe.preprocess.adhesion.noise import variance_inflation

_LEAST_POINTS: Final = 10
_BLOCK: Final = 0.1
"""Share of a stretch that is looked at, and left out, at a time."""
_LIMIT: Final = 4.0
"""Standard errors by which a stretch's end may leave the line through its rest."""
_MOST_CUTS: Final = 30
_CREDIBLE: Final = 0.05
"""Share of the greatest force by which one stretch alone may drift; more is the load's own rise."""
_NOTHING: Final = slice(0, 0)


@dataclass(frozen=True, kw_only=True, eq=False)
class Baseline:
    """A straight line through the free stretches of a curve.

    Attributes
    ----------
    before, after : slice
        The stretches; empty where there is none.
    line : FreeLine
        Through both.
    misfit_n : float, N
        By how much the line through the stretch after the rupture alone leaves the common one where
        the bond has parted: a drift that is not straight, or a load that is not yet gone.
    scatter_n : float, N
        Standard deviation of the free force about each stretch's own line.
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


def _is_empty(stretch: slice) -> bool:
    """Return whether a stretch has no points."""
    return bool(stretch.stop <= stretch.start)


def _is_credible(
    time_s: NDArray[np.float64], force_n: NDArray[np.float64], stretch: slice, lasting_s: float
) -> bool:
    """Return whether a stretch's slope is small enough for a drift, over some time."""
    line = fit_line(time_s[stretch], force_n[stretch])
    greatest = float(np.abs(force_n - line.offset_n).max())
    return abs(line.slope_n_s) * lasting_s <= _CREDIBLE * greatest


def _shortened(
    time_s: NDArray[np.float64], force_n: NDArray[np.float64], stretch: slice, *, at_end: bool
) -> slice:
    """Return a stretch without what is no straight line at its end, or at its start."""
    start, stop = stretch.start, stretch.stop
    for _ in range(_MOST_CUTS):
        n = stop - start
        if n < _LEAST_POINTS:
            break
        n_block = max(int(_BLOCK * n), 3)
        block = slice(stop - n_block, stop) if at_end else slice(start, start + n_block)
        rest = slice(start, stop - n_block) if at_end else slice(start + n_block, stop)
        if _continues(time_s, force_n, rest, block):
            return slice(start, stop)
        start, stop = rest.start, rest.stop
    return _NOTHING


def _continues(
    time_s: NDArray[np.float64], force_n: NDArray[np.float64], rest: slice, block: slice
) -> bool:
    """Return whether each third of a block lies where the line through the rest leads."""
    line = fit_line(time_s[rest], force_n[rest])
    point = line.variance_n2 * variance_inflation(line.residuals_n)
    least = 1e-12 * float(np.abs(force_n).max())
    for part in np.array_split(np.arange(block.start, block.stop), 3):
        at = float(time_s[part].mean())
        miss = abs(float(force_n[part].mean() - line.at(at)))
        if miss > _LIMIT * np.hypot(np.sqrt(point / part.size), line.std_n(at)) + least:
            return False
    return True
