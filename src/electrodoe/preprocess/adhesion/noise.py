"""How far a load cell's points scatter, and how much they depend on one another."""

from typing import Final

import numpy as np
from numpy.typing import NDArray

_STD_PER_MEDIAN: Final = 1.4826
"""Standard deviation of a normal variable over the median of its absolute value."""


def force_noise_n(force_n: NDArray[np.float64]) -> float:
    """Return the standard deviation of a force's noise, whatever the force itself does.

    Parameters
    ----------
    force_n : array of shape (n_points,), N
        Three points or more.

    Returns
    -------
    float, N
        From second differences, which a straight rise does not touch and a rupture hardly does;
        at least that of rounding to the smallest step in the curve.

    Examples
    --------
    >>> rng = np.random.default_rng(1)
    >>> round(force_noise_n(np.linspace(0.0, 50.0, 20_000) + rng.normal(0.0, 0.02, 20_000)), 3)
    0.02
    """
    second = np.diff(force_n, n=2)
    scatter = _STD_PER_MEDIAN * float(np.median(np.abs(second))) / np.sqrt(6.0)
    steps = np.abs(np.diff(force_n))
    steps = steps[steps > 0.0]
    rounding = float(steps.min()) / np.sqrt(12.0) if steps.size else 0.0
    return max(float(scatter), rounding)


def variance_inflation(residuals: NDArray[np.float64]) -> float:
    """Return by how much neighbors that resemble one another widen a mean's variance.

    Parameters
    ----------
    residuals : array of shape (n_points,)
        Of a fit, in the order of time.

    Returns
    -------
    float
        (1 + ρ) / (1 - ρ) with ρ the correlation of neighbors; 1 for white noise.
    """
    if residuals.size < 3 or not residuals.any():
        return 1.0
    shares = residuals / np.abs(residuals).max()
    rho = min(max(float(shares[1:] @ shares[:-1]) / float(shares @ shares), 0.0), 0.98)
    return (1.0 + rho) / (1.0 - rho)
