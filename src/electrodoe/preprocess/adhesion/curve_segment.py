"""A segment of a force curve, and the polynomial that its noise allows."""

from dataclasses import dataclass, replace
from typing import Final

import numpy as np

from electrodoe.arrays import Floats
from electrodoe.preprocess.adhesion.zero import variance_inflation

_MIN_FOR_DEGREE: Final = (4, 12, 30, 60)
"""Points from which on a line, a parabola, a cubic, a quartic is laid through them."""


@dataclass(frozen=True, kw_only=True, eq=False)
class CurveSegment:
    """Points that follow one another.

    Attributes
    ----------
    time_s : array of shape (n_points,), s
        Not falling.
    pull_n : array of shape (n_points,), N
        Less its zero, tension positive.
    noise_n : float, N
        Standard deviation of the noise.
    inflation : float
        By how much the likeness of neighbors widens the variance of a mean.
    """

    time_s: Floats
    pull_n: Floats
    noise_n: float
    inflation: float

    @property
    def size(self) -> int:
        """Return the number of points."""
        return self.pull_n.size

    @property
    def degree(self) -> int:
        """Return the degree of the polynomial that so many points carry."""
        return int(np.searchsorted(_MIN_FOR_DEGREE, self.size, side="right"))

    def part(self, points: slice) -> "CurveSegment":
        """Return some of the points."""
        return replace(self, time_s=self.time_s[points], pull_n=self.pull_n[points])

    def scaled_time(self) -> Floats:
        """Return times from -1 to 1; places, where a clock with few digits stands still."""
        is_rising = bool(np.all(np.diff(self.time_s) > 0.0))
        x = self.time_s if is_rising else np.arange(self.size, dtype=np.float64)
        fraction: Floats = (x - x[0]) / (x[-1] - x[0])
        return 2.0 * fraction - 1.0


_CURVED: Final = 4.0
"""Variances of noise that two more degrees have to explain (Akaike 1974)."""
_MIN_CURVED: Final = 30
"""Points from which on two more degrees are tried."""


@dataclass(frozen=True, kw_only=True, eq=False)
class Polynomial:
    """A polynomial by least squares, over a time from -1 to 1.

    Attributes
    ----------
    coefficients : array of shape (degree + 1,), N
        Rising powers.
    solved : array of shape (degree + 1, n_points)
        By which the points give the coefficients.
    residuals_n : array of shape (n_points,), N
        Points less the polynomial.
    """

    coefficients: Floats
    solved: Floats
    residuals_n: Floats

    @property
    def degrees_of_freedom(self) -> int:
        """Return how many more points there are than coefficients; one at least."""
        return max(self.residuals_n.size - self.coefficients.size, 1)

    @property
    def scatter_n(self) -> float:
        """Return the standard deviation of the points about the polynomial, in N."""
        unit = max(float(np.abs(self.residuals_n).max()), np.finfo(float).tiny)
        fraction = self.residuals_n / unit
        return unit * float(np.sqrt(fraction @ fraction / self.degrees_of_freedom))

    @property
    def inflation(self) -> float:
        """Return by how much the likeness of neighbors widens the variance of a mean."""
        return variance_inflation(self.residuals_n)

    def at(self, x: Floats) -> Floats:
        """Return the polynomial at some times, in N."""
        return np.asarray(np.polynomial.polynomial.polyval(x, self.coefficients), np.float64)

    def slope_at(self, x: float) -> float:
        """Return its slope at a time, in N."""
        derivative = np.polynomial.polynomial.polyder(self.coefficients)
        return float(np.polynomial.polynomial.polyval(x, derivative))

    def weights_at(self, x: float) -> Floats:
        """Return by how much each point counts in the polynomial's value at a time."""
        weights: Floats = x ** np.arange(self.coefficients.size) @ self.solved
        return weights


def fit_polynomial(segment: CurveSegment) -> Polynomial:
    """Return the polynomial through some points.

    A line to a quartic, by the number of points; two degrees more, where these explain more of the
    curve than Akaike's criterion grants to noise.
    """
    degree = segment.degree + (2 if _is_curved(segment) else 0)
    basis = np.vander(segment.scaled_time(), degree + 1, increasing=True)
    solved = np.asarray(np.linalg.pinv(basis), np.float64)
    coefficients = solved @ segment.pull_n
    return Polynomial(
        coefficients=coefficients,
        solved=solved,
        residuals_n=segment.pull_n - basis @ coefficients,
    )


def _is_curved(segment: CurveSegment) -> bool:
    """Return whether two more degrees say more than noise does."""
    if segment.size < _MIN_CURVED:
        return False
    basis, _ = np.linalg.qr(np.vander(segment.scaled_time(), segment.degree + 3, increasing=True))
    further = float(np.hypot(*(basis[:, -2:].T @ segment.pull_n)))
    return bool(further > np.sqrt(_CURVED * segment.inflation) * segment.noise_n)
