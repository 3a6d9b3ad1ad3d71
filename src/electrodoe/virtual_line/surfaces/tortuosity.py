"""Tortuosity of the virtual line's coatings, and how well they touch the foil."""

from typing import Final

import numpy as np

from electrodoe.virtual_line.coatings import Coatings, Floats

_LEVEL: Final = 6.0
"""At the middle of the paper's factors; with its cells, eq. (2) makes some 450 ohm of it."""
_BY_POROSITY: Final = -1.4
"""Exponent of a modified Bruggeman relation; steeper than -0.5 of spheres, as for flakes."""
_BY_LOADING: Final = 0.12
_BY_TEMPERATURE: Final = (0.06, 0.11)
"""At the lightest and at the heaviest coating: the paper finds the effect there (Figure 3)."""
_CONTACT_OHM_CM2: Final = (20.0, 8.0)


def true_tortuosity(coatings: Coatings) -> Floats:
    r"""Return the tortuosity of coatings, before or after calendering.

    Parameters
    ----------
    coatings : Coatings
        Settings of n coatings.

    Returns
    -------
    array of shape (n,), dimensionless
        Falls with porosity, rises with mass loading, falls with drying temperature, the more so
        the heavier the coating: the trends of [1]_ (Figures 3 and 9).

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
    light, heavy = _BY_TEMPERATURE
    slope = light + (heavy - light) * 0.5 * (1.0 + x)
    return (
        _LEVEL * coatings.porosity_ratio**_BY_POROSITY * (1.0 + _BY_LOADING * x) * (1.0 - slope * t)
    )


def contact_resistance_ohm_cm2(coatings: Coatings) -> Floats:
    """Return the resistance between a calendered coating and its foil.

    Parameters
    ----------
    coatings : Coatings
        Settings of n coatings.

    Returns
    -------
    array of shape (n,), ohm·cm²
        Rises with the drying temperature, as binder leaves the foil: the paper's capacity at 5C
        falls with it (Figure 13), although the pores open. Level and slope are assumptions.

    Examples
    --------
    >>> contact_resistance_ohm_cm2(Coatings.at(9.7, [50.0, 65.0], 0.3))
    array([12., 28.])
    """
    level, slope = _CONTACT_OHM_CM2
    return np.maximum(level + slope * coatings.temperature_code, 1.0)
