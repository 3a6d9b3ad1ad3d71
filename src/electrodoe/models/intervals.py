"""Where the next measurement will lie: the interval's kind, its level, what data can support it."""

import math
from dataclasses import dataclass
from typing import Final, Literal, Protocol

import numpy as np

from electrodoe.arrays import Floats
from electrodoe.dataset import Transform
from electrodoe.errors import ModelError

Kind = Literal["new configuration", "new replicate"]
LEVEL: Final = 0.9
"""What is meant where no level is given."""


@dataclass(frozen=True, kw_only=True)
class Intervals:
    """Prediction intervals of some settings, in the response's unit.

    Attributes
    ----------
    kind : {"new configuration", "new replicate"}
        One measurement at settings that were never made, or one more of a configuration that was.
    method : str
        How they were found.
    level : float
        Fraction of measurements that they are to hold.
    center, lower, upper : array of shape (n_settings,)
        Prediction and ends.
    """

    kind: Kind
    method: str
    level: float
    center: Floats
    lower: Floats
    upper: Floats


class Predictive(Protocol):
    """What is known of one measurement at any settings of a new configuration."""

    @property
    def method(self) -> str:
        """Return how it was found."""
        ...

    @property
    def unseen(self) -> float:
        """Return the weight of what was never seen, half of which counts in every chance."""
        ...

    def predict(self, inputs: Floats) -> Floats:
        """Return the predictions, shape (n_settings,)."""
        ...

    def intervals(self, inputs: Floats, level: float = LEVEL) -> Intervals:
        """Return intervals for a new configuration."""
        ...

    def probability(self, inputs: Floats, lower: float, upper: float) -> Floats:
        """Return the chance that a measurement lies from ``lower`` to ``upper``."""
        ...

    def guaranteed(self, inputs: Floats, lower: float, upper: float, confidence: float) -> Floats:
        """Return the same chance as it is at least in a fraction ``confidence`` of studies."""
        ...

    def require(self, level: float) -> None:
        """Raise where so many configurations cannot support a level."""
        ...


def in_unit(transform: Transform | None, ends: Floats) -> Floats:
    """Return ends that were found on the scale of a transform, in the response's unit."""
    return ends if transform is None else transform.inverse(ends)


def on_scale(transform: Transform | None, end: float) -> float:
    """Return the end of a specification on the scale of a transform.

    Zero and less lie below everything on a scale that has no place for them, and what reaches a
    logit's ceiling above everything.
    """
    if transform is None:
        return end
    if end <= 0.0:
        return -np.inf
    if end >= transform.ceiling:
        return np.inf
    return float(transform.forward(np.array([end]))[0])


def require_level(level: float, n_configurations: int, where: str) -> None:
    """Raise where so many configurations cannot support a level without assumptions.

    The next of K + 1 exchangeable configurations is the oddest of all with a chance of 1/(K + 1);
    no finite interval without assumptions misses more rarely than that.

    References
    ----------
    .. [1] Lee, Barber, Willett, Distribution-free inference with hierarchical data (2023),
       arXiv 2306.06342.

    Examples
    --------
    >>> require_level(0.90, 9, "here")
    """
    if not 0.0 < level < 1.0:
        raise ModelError(
            f"a level of {level:g}; a fraction between 0 and 1 is meant",
            where=where,
            fix="give 0.9 for 90 %",
        )
    n_needed = math.ceil(1.0 / (1.0 - level) - 1.0 - 1e-9)
    if n_configurations < n_needed:
        most = n_configurations / (n_configurations + 1.0)
        raise ModelError(
            f"{n_configurations} configurations cannot support {100 * level:.0f} %: the interval"
            f" would be infinite, for it needs at least {n_needed}",
            where=where,
            fix=f"ask for {math.floor(100.0 * most)} % or less, or measure more configurations",
        )
