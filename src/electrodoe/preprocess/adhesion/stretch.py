"""Some points of a pull, with what is known of their noise."""

from dataclasses import dataclass, replace
from typing import Final

import numpy as np
from numpy.typing import NDArray

_LEAST_FOR_DEGREE: Final = (4, 12, 30, 60)
"""Points from which on a line, a parabola, a cubic, a quartic is laid through them."""


@dataclass(frozen=True, kw_only=True, eq=False)
class Stretch:
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

    time_s: NDArray[np.float64]
    pull_n: NDArray[np.float64]
    noise_n: float
    inflation: float

    @property
    def size(self) -> int:
        """Return the number of points."""
        return self.pull_n.size

    @property
    def degree(self) -> int:
        """Return the degree of the polynomial that so many points carry."""
        return int(np.searchsorted(_LEAST_FOR_DEGREE, self.size, side="right"))

    def part(self, points: slice) -> "Stretch":
        """Return some of the points."""
        return replace(self, time_s=self.time_s[points], pull_n=self.pull_n[points])

    def scaled_time(self) -> NDArray[np.float64]:
        """Return times from -1 to 1; places, where a clock with few digits stands still."""
        is_rising = bool(np.all(np.diff(self.time_s) > 0.0))
        x = self.time_s if is_rising else np.arange(self.size, dtype=np.float64)
        share: NDArray[np.float64] = (x - x[0]) / (x[-1] - x[0])
        return 2.0 * share - 1.0
