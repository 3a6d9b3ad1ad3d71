"""What is true of a coating at given settings: porosity as dried, adhesion, tortuosity, contact."""

from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import ArrayLike

from electrodoe.arrays import Floats

_LOADING: Final = (9.7, 1.5)  # mg/cm² of active material, 8.2 to 11.2
_TEMPERATURE: Final = (57.5, 7.5)  # °C of the second dryer, 50 to 65
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


_DRIED: Final = 0.50  # porosity as graphite coatings usually have it, an assumption
_DRIED_BY_TEMPERATURE: Final = 0.008  # over half a range: an assumption, as below
_DRIED_BY_LOADING: Final = 0.004
"""Over half a range: an assumption."""


def dry_porosity(coatings: Coatings) -> Floats:
    """Return the porosity of coatings as they leave the dryer.

    Around one half, as graphite coatings usually have it; a little looser where it was hot, since
    the paper finds that the temperature acts on the thickness but not on the loading.

    Examples
    --------
    >>> dry_porosity(Coatings.at(9.7, [50.0, 65.0], 0.3))
    array([0.492, 0.508])
    """
    return (
        _DRIED
        + _DRIED_BY_TEMPERATURE * coatings.temperature_code
        + _DRIED_BY_LOADING * coatings.loading_code
    )


_LEVEL_KPA: Final = 320.0  # of our own, as the paper prints none
_BY_LOADING_KPA: Final = 45.0
"""Fall over half a range of the mass loading: the paper's trend, a size of our own."""
_KPA_BY_POROSITY: Final = 3.33
"""Per unit of porosity: calendering from 50 to 32.5 % raises the strength 1.8 times."""
_ZONE: Final = 0.5
"""Width of the zones of light, medium and heavy coatings, on the scale of the loading's code."""


def true_adhesion_kpa(coatings: Coatings) -> Floats:
    r"""Return the pull-off strength of coatings, before or after calendering.

    What [1]_ describes in words, with levels of our own: the paper prints none.

    Notes
    -----
    With the mass loading x from -1 to 1, the temperature T in °C, and zones of loading
    :math:`w_k \propto \exp(-((x - c_k)/0.5)^2)` around -1, 0 and 1 that add up to one:

    .. math::
        \sigma = \left(320 - 45x + \sum_k w_k(x)\,f_k(T)\right)
                 e^{-3.33(\varepsilon - 0.325)}

    Light coatings are best at 50 °C and indifferent above 55 °C; medium ones have a local optimum
    between 55 and 60 °C; heavy ones lose strength where it gets hot (Figures 2 and 7).

    References
    ----------
    .. [1] Haghi et al., Batteries & Supercaps (2023), 10.1002/batt.202300457.

    Examples
    --------
    >>> true_adhesion_kpa(Coatings.at([9.7, 11.2], [57.0, 65.0], 0.325)).round()
    array([339., 201.])
    """
    zones = np.exp(-(((coatings.loading_code - np.array([[-1.0], [0.0], [1.0]])) / _ZONE) ** 2))
    by_zone = np.stack([_light(coatings), _medium(coatings), _heavy(coatings)])
    drying = (zones * by_zone).sum(axis=0) / zones.sum(axis=0)
    before_calender = _LEVEL_KPA - _BY_LOADING_KPA * coatings.loading_code + drying
    strength: Floats = before_calender * np.exp(-_KPA_BY_POROSITY * (coatings.porosity - _POROSITY))
    return strength


def _light(coatings: Coatings) -> Floats:
    """Return what drying adds to light coatings: pores empty in the first dryer already."""
    return 50.0 * np.exp(-(coatings.temperature_c - 50.0) / 2.5) - 5.0


def _medium(coatings: Coatings) -> Floats:
    """Return what drying adds to medium coatings."""
    from_optimum = coatings.temperature_c - 57.5
    return 40.0 * np.exp(-((from_optimum / 4.5) ** 2)) - 20.0 - 1.2 * from_optimum


def _heavy(coatings: Coatings) -> Floats:
    """Return what drying takes from heavy coatings: binder leaves the foil."""
    return -80.0 / (1.0 + np.exp(-(coatings.temperature_c - 59.0) / 2.2))


_TORTUOSITY: Final = 6.0
"""At the middle of the paper's factors; with its cells, eq. (2) makes some 450 ohm of it."""
_TORTUOSITY_BY_POROSITY: Final = -1.4
"""Exponent of a modified Bruggeman relation; steeper than -0.5 of spheres, as for flakes."""
_TORTUOSITY_BY_LOADING: Final = 0.12
"""Relative rise over half a range: the paper's trend, a size of our own."""
_TORTUOSITY_BY_TEMPERATURE: Final = (0.06, 0.11)
"""At the lightest and at the heaviest coating: the paper finds the effect there (Figure 3)."""
_CONTACT_OHM_CM2: Final = (20.0, 8.0)
"""Level, and rise over half a range of the temperature: assumptions."""


def true_tortuosity(coatings: Coatings) -> Floats:
    r"""Return the tortuosity of coatings, before or after calendering.

    It falls with porosity, rises with mass loading, falls with drying temperature, the more so the
    heavier the coating: the trends of [1]_ (Figures 3 and 9).

    Notes
    -----
    With x and t the mass loading and the temperature from -1 to 1:

    .. math::
        \tau = 6.0\left(\frac{\varepsilon}{0.325}\right)^{-1.4}(1 + 0.12x)
               \left(1 - t\,(0.06 + 0.05\,\frac{1 + x}{2})\right)

    References
    ----------
    .. [1] Haghi et al., Batteries & Supercaps (2023), 10.1002/batt.202300457.

    Examples
    --------
    >>> middle = Coatings.at(9.7, 57.5, 0.325)
    >>> true_tortuosity(middle)
    array([6.])
    """
    x, t = coatings.loading_code, coatings.temperature_code
    light, heavy = _TORTUOSITY_BY_TEMPERATURE
    slope = light + (heavy - light) * 0.5 * (1.0 + x)
    return (
        _TORTUOSITY
        * coatings.porosity_ratio**_TORTUOSITY_BY_POROSITY
        * (1.0 + _TORTUOSITY_BY_LOADING * x)
        * (1.0 - slope * t)
    )


def contact_resistance_ohm_cm2(coatings: Coatings) -> Floats:
    """Return the resistance between a calendered coating and its foil.

    It rises with the drying temperature, as binder leaves the foil: the paper's capacity at 5C
    falls with it (Figure 13), although the pores open. Level and slope are assumptions.

    Examples
    --------
    >>> contact_resistance_ohm_cm2(Coatings.at(9.7, [50.0, 65.0], 0.3))
    array([12., 28.])
    """
    level, slope = _CONTACT_OHM_CM2
    return np.maximum(level + slope * coatings.temperature_code, 1.0)
