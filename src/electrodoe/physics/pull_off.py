"""Strength of a bond that a testing machine pulls apart, and the force that a strength asks for."""

from typing import Final

import numpy as np

from electrodoe.arrays import Floats
from electrodoe.errors import PhysicsError
from electrodoe.physics.bounds import require_positive

_KPA_PER_N_MM2: Final = 1000.0
"""1 N over 1 mm² is 1 MPa."""


def adhesion_strength(force_n: Floats, area_mm2: float) -> Floats:
    r"""Return the tensile force at which a bond parts over the area of the stamp.

    Parameters
    ----------
    force_n : array of shape (n_tests,), N
        Peak of the tensile force, freed of the load cell's zero.
    area_mm2 : float, mm²
        Of the specimen under the stamp (Table 4 of [1]_: 50.26 mm²).

    Returns
    -------
    array of shape (n_tests,), kPa
        Adhesion strength; a missing force stays missing.

    Raises
    ------
    PhysicsError
        If the area is not positive.

    See Also
    --------
    pull_off_force : The inverse, used to choose a load cell.

    Notes
    -----
    .. math:: \sigma_a = F_\mathrm{max} / A

    References
    ----------
    .. [1] Haghi et al., Batteries & Supercaps (2023), 10.1002/batt.202300457.
    .. [2] Haselrieder et al., Int. J. Adhes. Adhes. 60 (2015) 1-8.

    Examples
    --------
    >>> import numpy as np
    >>> adhesion_strength(np.array([1.0, 25.13]), 50.26).round(4)
    array([ 19.8965, 500.    ])
    """
    require_positive(area_mm2, "area_mm2")
    return _KPA_PER_N_MM2 * force_n / area_mm2


def pull_off_force(adhesion_strength_kpa: Floats, area_mm2: float) -> Floats:
    """Return the force at which a bond of some strength parts.

    Parameters
    ----------
    adhesion_strength_kpa : array of shape (n_tests,), kPa
        Strength, or the stress of the compression before the pull.
    area_mm2 : float, mm²
        Of the specimen under the stamp.

    Returns
    -------
    array of shape (n_tests,), N
        What the load cell has to bear.

    Raises
    ------
    PhysicsError
        If a strength is negative or missing, or the area is not positive.

    See Also
    --------
    adhesion_strength : The inverse, used on what was measured.

    Examples
    --------
    The compression of the paper, 1500 kPa over 50.26 mm².

    >>> import numpy as np
    >>> pull_off_force(np.array([1500.0]), 50.26).round(2)
    array([75.39])
    """
    require_positive(area_mm2, "area_mm2")
    is_sound = np.asarray(adhesion_strength_kpa) >= 0.0
    if not np.all(is_sound):
        row = int(np.argmin(is_sound))
        found = float(np.ravel(adhesion_strength_kpa)[row])
        raise PhysicsError(
            f"adhesion_strength_kpa is {found:g} where zero or more is meant",
            where=f"row {row}, adhesion_strength_kpa = {found:g}",
            fix="give the strength in kPa, tension as a positive number",
        )
    return adhesion_strength_kpa * area_mm2 / _KPA_PER_N_MM2
