"""Tortuosity of a coating from its ionic resistance, and the resistance that a tortuosity makes."""

from typing import Final

import numpy as np
from numpy.typing import ArrayLike

from electrodoe.arrays import Floats
from electrodoe.physics.bounds import require_fraction, require_positive

_CM_PER_UM: Final = 1e-4  # centimeters in a micrometer
_CM_PER_MM: Final = 0.1  # centimeters in a millimeter
_S_PER_US: Final = 1e-6
"""Siemens in a microsiemens."""


def tortuosity(
    r_ion_ohm: ArrayLike,
    coating_thickness_um: ArrayLike,
    porosity: ArrayLike,
    conductivity_us_cm: ArrayLike,
    disc_diameter_mm: ArrayLike,
) -> Floats:
    r"""Return the tortuosity of the two like coatings of a symmetric cell.

    Parameters
    ----------
    r_ion_ohm : array of shape (n_cells,), ohm
        Ionic resistance, the total of both electrodes.
    coating_thickness_um : array of shape (n_cells,), µm
        Mean thickness of one coating, without the foil.
    porosity : array of shape (n_cells,), dimensionless
        Mean porosity.
    conductivity_us_cm : float or array of shape (n_cells,), µS/cm
        Of the electrolyte, at the cell's temperature.
    disc_diameter_mm : float or array of shape (n_cells,), mm
        Of the electrodes.

    Returns
    -------
    array of shape (n_cells,), dimensionless
        1 for straight pores.

    Raises
    ------
    PhysicsError
        If a value is not positive, or a porosity is above 1.

    See Also
    --------
    ionic_resistance : The inverse.

    Notes
    -----
    Eq. (2) of [1]_, after [2]_; a symmetric cell has two electrodes in series:

    .. math:: \tau = \frac{R_\mathrm{ion}\,A\,\kappa\,\varepsilon}{2\,d}

    References
    ----------
    .. [1] Haghi et al., Batteries & Supercaps (2023), 10.1002/batt.202300457.
    .. [2] Landesfeind et al., J. Electrochem. Soc. 163 (2016) A1373, 10.1149/2.1141607jes.

    Examples
    --------
    The paper's disc and electrolyte.

    >>> import numpy as np
    >>> tortuosity(np.array([500.0]), np.array([70.0]), np.array([0.30]), 350.0, 15.0).round(6)
    array([6.626797])
    """
    require_positive(r_ion_ohm, "r_ion_ohm")
    return np.asarray(r_ion_ohm, dtype=np.float64) / ionic_resistance(
        1.0, coating_thickness_um, porosity, conductivity_us_cm, disc_diameter_mm
    )


def ionic_resistance(
    tortuosity: ArrayLike,
    coating_thickness_um: ArrayLike,
    porosity: ArrayLike,
    conductivity_us_cm: ArrayLike,
    disc_diameter_mm: ArrayLike,
) -> Floats:
    """Return the ionic resistance of a symmetric cell, the total of both electrodes.

    Parameters
    ----------
    tortuosity : array of shape (n_cells,), dimensionless
        Of both coatings.
    coating_thickness_um, porosity, conductivity_us_cm, disc_diameter_mm : array
        As in :func:`tortuosity`.

    Returns
    -------
    array of shape (n_cells,), ohm
        Eq. (2), solved for the resistance.

    Raises
    ------
    PhysicsError
        If a value is not positive, or a porosity is above 1.

    See Also
    --------
    electrodoe.physics.tortuosity : The inverse, with its formula.

    Examples
    --------
    >>> import numpy as np
    >>> ionic_resistance(6.626797, 70.0, 0.30, 350.0, 15.0).round(4)
    np.float64(500.0)
    """
    require_positive(tortuosity, "tortuosity")
    require_positive(coating_thickness_um, "coating_thickness_um")
    require_fraction(porosity, "porosity")
    require_positive(conductivity_us_cm, "conductivity_us_cm")
    require_positive(disc_diameter_mm, "disc_diameter_mm")
    area_cm2 = 0.25 * np.pi * (np.asarray(disc_diameter_mm) * _CM_PER_MM) ** 2
    length_cm = 2.0 * np.asarray(coating_thickness_um) * _CM_PER_UM
    conductance = area_cm2 * np.asarray(conductivity_us_cm) * _S_PER_US * np.asarray(porosity)
    return np.asarray(np.asarray(tortuosity) * length_cm / conductance)
