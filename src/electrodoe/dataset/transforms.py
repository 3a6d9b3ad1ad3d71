"""Another scale for a response: logarithm, square root, logit or a power, and the way back."""

from dataclasses import dataclass, replace
from typing import Final, Literal

import numpy as np

from electrodoe.arrays import Booleans, Floats
from electrodoe.quantities import is_fraction, unit_of

TransformName = Literal["log", "sqrt", "logit", "box-cox"]
_POWERS: Final[dict[TransformName, float]] = {"log": 0.0, "sqrt": 0.5}
"""Powers of the transforms that are declared as such."""
_FAR: Final = 1e3
"""Times the largest measured value, beyond which nothing is predicted: where a scale has an end, as
1/y has at zero, a wide interval would reach infinity; chosen."""
_NAMED: Final = {-1.0: "reciprocal", 0.0: "natural logarithm", 0.5: "square root", 1.0: "none"}
"""Powers that have a name."""


@dataclass(frozen=True, kw_only=True)
class Transform:
    """A rising function of a response, on whose scale it is modeled.

    Attributes
    ----------
    name : {"log", "sqrt", "logit", "box-cox"}
        As it is declared.
    power : float or None
        Of the response; 0 is the logarithm. None for a logit, and for a Box-Cox power that is
        still to be estimated.
    ceiling : float
        What a response of a logit stays below: 1, or 100 for percent; infinite for the others.
    low, high : float
        Values beyond which nothing is said, in the response's unit: a thousandth of the way from
        the end of what is possible to the smallest measured value, and a thousand times the
        largest (or as near to the ceiling).

    Examples
    --------
    >>> square_root = Transform(name="sqrt", power=0.5)
    >>> square_root.forward(np.array([4.0, 9.0])), square_root.inverse(np.array([2.0, -1.0]))
    (array([2., 3.]), array([4., 0.]))
    """

    name: TransformName
    power: float | None = None
    ceiling: float = np.inf
    low: float = 0.0
    high: float = np.inf

    @property
    def is_open(self) -> bool:
        """Return whether the power is still to be estimated."""
        return self.name == "box-cox" and self.power is None

    @property
    def is_lossless_below(self) -> bool:
        """Return whether every number is the transform of some response."""
        return self.name == "logit" or self.power == 0.0

    @property
    def words(self) -> str:
        """Return the scale in words, for the middle of a sentence."""
        if self.power is None:
            return "logit" if self.name == "logit" else "Box–Cox power"
        named = _NAMED.get(self.power, "")
        if self.name != "box-cox":
            return named
        return f"Box–Cox power {self.power:g}" + (f" ({named})" if named else "")

    @property
    def sign(self) -> str:
        """Return the scale as a sign that stands before a response or its unit: ``ln``."""
        known = {None: "logit", 0.0: "ln", 0.5: "√", -1.0: "−1/"}
        return known.get(self.power, f"power {self.power:g} of")

    def is_possible(self, response: Floats) -> Booleans:
        """Return which values have a place on the scale; a missing value has."""
        is_inside = (response > 0.0) & (response < self.ceiling)
        return np.asarray(is_inside | np.isnan(response))

    def forward(self, response: Floats) -> Floats:
        """Return a response on the scale of the model.

        Parameters
        ----------
        response : array of shape (n,)
            In its own unit; what lies beyond ``low`` and ``high`` is taken as these.

        Returns
        -------
        array of shape (n,)
            Rising with the response.
        """
        y = np.clip(response, self.low, self.high)
        if self.power is None:
            return np.asarray(np.log(y / (self.ceiling - y)))
        if self.power == 0.0:
            return np.asarray(np.log(y))
        return np.asarray(np.sign(self.power) * y**self.power)

    def inverse(self, scaled: Floats) -> Floats:
        """Return the response that stands at some place of the scale, in its own unit.

        Of a mean on the scale that is the median of the response, for the scale rises with it.
        """
        if self.power is None:
            found = self.ceiling / (1.0 + np.exp(-np.clip(scaled, -_LARGE, _LARGE)))
        elif self.power == 0.0:
            found = np.exp(np.clip(scaled, -_LARGE, _LARGE))
        elif self.power > 0.0:
            found = np.maximum(scaled, 0.0) ** (1.0 / self.power)
        else:
            nearest = max(self.high**self.power, _SMALL)
            found = np.maximum(-scaled, nearest) ** (1.0 / self.power)
        return np.asarray(np.minimum(found, self.high))

    def bounded(self, response: Floats) -> "Transform":
        """Return the same transform with the bounds that follow from measured values."""
        smallest, largest = float(np.min(response)), float(np.max(response))
        high = self.ceiling - (self.ceiling - largest) / _FAR
        return replace(
            self, low=smallest / _FAR, high=high if np.isfinite(high) else largest * _FAR
        )


_LARGE: Final = 700.0
"""Of which an exponential is still a number."""
_SMALL: Final = 1e-100
"""Of which even the power −2 is still a number."""


def declared_transform(
    name: TransformName | None, response: str, unit: str | None = None
) -> Transform | None:
    """Return the transform that a study declares of a response.

    Parameters
    ----------
    name : str or None
        As declared.
    response : str
        Column; its unit says whether a logit's ceiling is 1 or 100.
    unit : str or None
        As the study declares it, where the column's name does not say it.

    Returns
    -------
    Transform or None
        None where the response is modeled as it is.

    Examples
    --------
    >>> declared_transform("logit", "capacity_retention_pct").ceiling
    100.0
    """
    if name is None:
        return None
    ceiling = np.inf
    if name == "logit":
        is_percent = (unit or unit_of(response)) == "%" and not is_fraction(response)
        ceiling = 100.0 if is_percent else 1.0
    return Transform(name=name, power=_POWERS.get(name), ceiling=ceiling)
