"""Density of a mixture: of a coating's solids without pores, and of the slurry."""

from typing import Final

import numpy as np

from electrodoe.arrays import Floats
from electrodoe.errors import PhysicsError
from electrodoe.physics.bounds import require_fraction, require_positive

_SUM_TOLERANCE: Final = 1e-6
"""For the rounding of a sum of decimals: chosen, a forgotten component is far larger."""


def theoretical_density(mass_fraction: Floats, density_g_cm3: Floats) -> float:
    r"""Return the density of a mixture of solids without pores.

    Parameters
    ----------
    mass_fraction : array of shape (n_components,), dimensionless
        Fraction of each solid in the mixture's mass; they add up to 1.
    density_g_cm3 : array of shape (n_components,), g/cm³
        Density of each solid.

    Returns
    -------
    float, g/cm³
        The harmonic mean of the densities, weighted by mass: volumes add, densities do not.

    Raises
    ------
    PhysicsError
        If shares do not add up to 1, or a fraction or a density is impossible.

    Notes
    -----
    It is :math:`\rho_\mathrm{theor}` in eq. (1) of [1]_:

    .. math:: \frac{1}{\rho_\mathrm{theor}} = \sum_i \frac{w_i}{\rho_i}

    References
    ----------
    .. [1] Haghi et al., Batteries & Supercaps (2023), 10.1002/batt.202300457.

    Examples
    --------
    Graphite, carbon black, CMC and SBR of the paper's anode, whose Table 3 prints 2.158.

    >>> import numpy as np
    >>> fractions = np.array([0.94, 0.01, 0.02, 0.03])
    >>> round(theoretical_density(fractions, np.array([2.26, 2.0, 1.6, 1.0])), 6)
    2.157827
    """
    require_fraction(mass_fraction, "mass_fraction")
    require_positive(density_g_cm3, "density_g_cm3")
    total = float(np.sum(mass_fraction))
    if abs(total - 1.0) > _SUM_TOLERANCE:
        raise PhysicsError(
            f"mass fractions add up to {total:g}, not 1",
            where="mass_fraction",
            fix="give every component's fraction of the solids, as fractions",
        )
    return float(1.0 / np.sum(mass_fraction / density_g_cm3))


def slurry_density(
    solid_content: float, theoretical_density_g_cm3: float, solvent_density_g_cm3: float
) -> float:
    r"""Return the density of a slurry without bubbles.

    Parameters
    ----------
    solid_content : float, dimensionless
        Solids over slurry, by mass (Table 3).
    theoretical_density_g_cm3 : float, g/cm³
        Density of the solids without pores.
    solvent_density_g_cm3 : float, g/cm³
        Density of the liquid: 1.0 for water, 1.03 for NMP.

    Returns
    -------
    float, g/cm³
        The harmonic mean of solids and liquid, weighted by mass.

    Raises
    ------
    PhysicsError
        If the solid content is no fraction, or a density is not positive.

    Notes
    -----
    With the solid content :math:`w_s`, as in :func:`theoretical_density`:

    .. math:: \frac{1}{\rho} = \frac{w_s}{\rho_\mathrm{theor}} + \frac{1 - w_s}{\rho_\mathrm{solv}}

    Examples
    --------
    The paper's anode slurry: 52 % solids in water.

    >>> round(slurry_density(0.52, 2.158, 1.0), 4)
    1.387
    """
    require_fraction(solid_content, "solid_content")
    require_positive(theoretical_density_g_cm3, "theoretical_density_g_cm3")
    require_positive(solvent_density_g_cm3, "solvent_density_g_cm3")
    liquid = 1.0 - solid_content
    volume_cm3_g = solid_content / theoretical_density_g_cm3 + liquid / solvent_density_g_cm3
    return 1.0 / volume_cm3_g
