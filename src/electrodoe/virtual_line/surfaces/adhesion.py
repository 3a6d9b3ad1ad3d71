"""Adhesion of the virtual line's coatings: porosity first, then loading, with its optimum in T."""

from typing import Final

import numpy as np

from electrodoe.virtual_line.coatings import Coatings, Floats

_LEVEL_KPA: Final = 320.0
_BY_LOADING_KPA: Final = 45.0
_BY_POROSITY: Final = 3.33
"""Per unit of porosity: calendering from 50 to 32.5 % raises the strength 1.8 times."""
_MIDDLE_POROSITY: Final = 0.325
_ZONE: Final = 0.5
"""Width of the zones of light, medium and heavy coatings, on the scale of the loading's code."""


def true_adhesion_kpa(coatings: Coatings) -> Floats:
    r"""Return the pull-off strength of coatings, before or after calendering.

    Parameters
    ----------
    coatings : Coatings
        Settings of n coatings.

    Returns
    -------
    array of shape (n,), kPa
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
    strength: Floats = before_calender * np.exp(
        -_BY_POROSITY * (coatings.porosity - _MIDDLE_POROSITY)
    )
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
