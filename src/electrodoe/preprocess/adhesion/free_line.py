"""A straight line through the force while nothing pulls or presses."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from electrodoe.preprocess.adhesion.noise import variance_inflation


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
    residuals_n: NDArray[np.float64]
    spread_s2: float

    def at(self, time_s: NDArray[np.float64] | float) -> NDArray[np.float64]:
        """Return the line at some times, in N."""
        return np.asarray(self.offset_n + self.slope_n_s * (time_s - self.middle_s))

    @property
    def variance_n2(self) -> float:
        """Return the variance of a point about the line, in N²."""
        freedom = max(self.residuals_n.size - 2, 1)
        return float(self.residuals_n @ self.residuals_n) / freedom

    def std_n(self, time_s: float) -> float:
        """Return the line's standard error at a time, in N; neighbors may resemble one another."""
        if self.residuals_n.size == 0:
            return 0.0
        away = (time_s - self.middle_s) ** 2
        share = 1.0 / self.residuals_n.size + (away / self.spread_s2 if self.spread_s2 else 0.0)
        return float(np.sqrt(self.variance_n2 * variance_inflation(self.residuals_n) * share))


def fit_line(time_s: NDArray[np.float64], force_n: NDArray[np.float64]) -> FreeLine:
    """Return the line through some points; zero through none.

    Parameters
    ----------
    time_s : array of shape (n_points,), s
        In order.
    force_n : array of shape (n_points,), N
        As measured.

    Returns
    -------
    FreeLine
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
