"""The top of the polynomial through some points, with its standard error."""

from dataclasses import dataclass
from typing import Final

import numpy as np

from electrodoe.preprocess.adhesion.polynomial import Polynomial, fit_polynomial
from electrodoe.preprocess.adhesion.stretch import Stretch

_COVERAGE: Final = 0.975
_LEAST_POINTS: Final = 4
_UNSEEN: Final = 2.0
"""Standard deviations of noise by which the last point may lie on a slow fall unseen, at most."""


@dataclass(frozen=True, kw_only=True)
class Top:
    """The greatest value of a polynomial.

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


def find_top(stretch: Stretch, n_unsure: int, *, is_sudden: bool) -> Top:
    """Return the greatest value of a polynomial through some points.

    Parameters
    ----------
    stretch : Stretch
        Points at the top, none of them on the way down from a brink.
    n_unsure : int
        Samples after them within which a fall begins: the polynomial is read up to the middle of
        these, and the doubt is part of the standard error; a line through few points is not
        carried on over a slow fall, since the top may be round. 0 where the top lies among the
        points.
    is_sudden : bool
        Whether that fall is a rupture within one sample. A slow one may have begun unseen before
        the last point.

    Returns
    -------
    Top
        The greatest point itself where there are less than four.
    """
    from scipy.special import stdtrit

    if stretch.size < _LEAST_POINTS:
        return Top(
            force_n=float(stretch.pull_n.max()),
            std_n=stretch.noise_n,
            quantile=float(stdtrit(1, _COVERAGE)),
            scatter_n=0.0,
        )
    fitted = fit_polynomial(stretch)
    x = stretch.scaled_time()
    gap = n_unsure * float(x[-1] - x[-2])
    is_led = is_sudden or stretch.degree > 1
    reach = np.append(x, x[-1] + gap / 2.0) if is_led else x
    force = fitted.at(reach)
    at = float(reach[force.argmax()])
    doubts = (
        _fit_std_n(fitted, stretch, at),
        _place_std_n(fitted, at, gap, is_sudden=is_sudden) if at >= x[-1] else 0.0,
        _unseen_std_n(fitted, stretch, at) if gap and not is_sudden else 0.0,
    )
    return Top(
        force_n=float(force.max()),
        std_n=float(np.hypot(np.hypot(*doubts[:2]), doubts[2])),
        quantile=float(stdtrit(fitted.freedom, _COVERAGE)),
        scatter_n=fitted.scatter_n,
    )


def _fit_std_n(fitted: Polynomial, stretch: Stretch, at: float) -> float:
    """Return the polynomial's standard error at a time, from the scatter of its points."""
    point = max(fitted.scatter_n, stretch.noise_n)
    inflation = max(fitted.inflation, stretch.inflation)
    weights = fitted.weights_at(at)
    return point * float(np.sqrt(weights @ weights * inflation))


def _place_std_n(fitted: Polynomial, at: float, gap: float, *, is_sudden: bool) -> float:
    """Return the doubt about where a fall begins: within the gap, a slow one also before it."""
    share = 1.0 / np.sqrt(12.0) if is_sudden else 0.5
    return abs(fitted.slope_at(at) * gap) * float(share)


def _unseen_std_n(fitted: Polynomial, stretch: Stretch, at: float) -> float:
    """Return the doubt about a last point that lies low by anything up to what would be seen."""
    point = max(fitted.scatter_n, stretch.noise_n)
    return _UNSEEN * point * abs(float(fitted.weights_at(at)[-1])) / float(np.sqrt(3.0))
