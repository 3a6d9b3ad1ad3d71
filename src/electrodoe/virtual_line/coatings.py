"""Settings of many coatings at once: mass loading, drying temperature, porosity."""

from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import ArrayLike, NDArray

Floats = NDArray[np.float64]

_LOADING: Final = (9.7, 1.5)
_TEMPERATURE: Final = (57.5, 7.5)
_POROSITY: Final = 0.325
"""Middle and half range of Table 2: laws of the virtual line are anchored there."""


@dataclass(frozen=True, kw_only=True, eq=False)
class Coatings:
    """What the laws of the virtual line ask of a coating.

    Attributes
    ----------
    active_mass_loading_mg_cm2, temperature_c, porosity : array of shape (n,)
        Of the active material; of dryer 2; as a fraction.
    """

    active_mass_loading_mg_cm2: Floats
    temperature_c: Floats
    porosity: Floats

    @classmethod
    def at(cls, loading: ArrayLike, temperature_c: ArrayLike, porosity: ArrayLike) -> "Coatings":
        """Return coatings with these settings; single numbers hold for all.

        Examples
        --------
        >>> Coatings.at([8.2, 11.2], 50.0, 0.25).temperature_code
        array([-1., -1.])
        """
        every = np.broadcast_arrays(
            *(
                np.atleast_1d(np.asarray(v, dtype=np.float64))
                for v in (loading, temperature_c, porosity)
            )
        )
        return cls(active_mass_loading_mg_cm2=every[0], temperature_c=every[1], porosity=every[2])

    @property
    def loading_code(self) -> Floats:
        """Return the mass loading from -1 to 1 over Table 2."""
        return (self.active_mass_loading_mg_cm2 - _LOADING[0]) / _LOADING[1]

    @property
    def temperature_code(self) -> Floats:
        """Return the temperature from -1 to 1 over Table 2."""
        return (self.temperature_c - _TEMPERATURE[0]) / _TEMPERATURE[1]

    @property
    def porosity_ratio(self) -> Floats:
        """Return the porosity over that in the middle of Table 2."""
        return self.porosity / _POROSITY
