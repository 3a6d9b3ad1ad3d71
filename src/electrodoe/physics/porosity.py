"""Porosity of a coating, and the thickness that a wanted porosity asks for."""

from typing import Final

import numpy as np

from electrodoe.arrays import Floats
from electrodoe.errors import PhysicsError
from electrodoe.physics.bounds import require_positive

_G_CM3_PER_MG_CM2_UM: Final = 10.0
"""1 mg/cm² spread over 1 µm has a density of 10 g/cm³."""


def porosity(
    mass_loading_mg_cm2: Floats,
    coating_thickness_um: Floats,
    theoretical_density_g_cm3: float,
) -> Floats:
    r"""Return the empty fraction of a coating's volume.

    Parameters
    ----------
    mass_loading_mg_cm2 : array of shape (n_sheets,), mg/cm²
        Mass of the whole coating (not of the active material alone) over its area.
    coating_thickness_um : array of shape (n_sheets,), µm
        Thickness without the foil.
    theoretical_density_g_cm3 : float, g/cm³
        Density of the coating's solids without pores (Table 3).

    Returns
    -------
    array of shape (n_sheets,), dimensionless
        Porosity, from 0 (solid) to below 1.

    Raises
    ------
    PhysicsError
        If a sheet would be denser than its own solids.

    See Also
    --------
    thickness_for_porosity : The inverse, used to set the calender.

    Notes
    -----
    Eq. (1) of [1]_, with the bulk density written out:

    .. math:: \varepsilon = 1 - \frac{m}{A\,d\,\rho_\mathrm{theor}}

    References
    ----------
    .. [1] Haghi et al., Batteries & Supercaps (2023), 10.1002/batt.202300457.

    Examples
    --------
    >>> import numpy as np
    >>> porosity(np.array([8.72, 11.91]), np.array([62.2, 73.6]), 2.158).round(2)
    array([0.35, 0.25])
    """
    bulk_density_g_cm3 = _G_CM3_PER_MG_CM2_UM * mass_loading_mg_cm2 / coating_thickness_um
    result = 1.0 - bulk_density_g_cm3 / theoretical_density_g_cm3
    if np.any(result < 0.0):
        row = int(np.argmin(result))
        raise PhysicsError(
            f"porosity {result[row]:.2f}: the coating is denser than its own solids",
            where=f"row {row}, coating_thickness_um = {coating_thickness_um[row]:g}",
            fix="give the thickness in µm and without the foil",
        )
    return result


def thickness_for_porosity(
    mass_loading_mg_cm2: Floats,
    porosity: Floats,
    theoretical_density_g_cm3: float,
) -> Floats:
    r"""Return the thickness to which a coating is calendered for a wanted porosity.

    Parameters
    ----------
    mass_loading_mg_cm2 : array of shape (n_sheets,), mg/cm²
        Mass of the whole coating (not of the active material alone) over its area.
    porosity : array of shape (n_sheets,), dimensionless
        Wanted porosity, from 0 (solid) to below 1.
    theoretical_density_g_cm3 : float, g/cm³
        Density of the coating's solids without pores (Table 3).

    Returns
    -------
    array of shape (n_sheets,), µm
        Thickness without the foil.

    Raises
    ------
    PhysicsError
        If a porosity is not from 0 to below 1, or a loading or the density is not positive.

    See Also
    --------
    porosity : The inverse, used on what was measured.

    Notes
    -----
    Eq. (1) of [1]_, solved for the thickness:

    .. math:: d = \frac{m}{A\,(1 - \varepsilon)\,\rho_\mathrm{theor}}

    References
    ----------
    .. [1] Haghi et al., Batteries & Supercaps (2023), 10.1002/batt.202300457.

    Examples
    --------
    The lightest and the heaviest anode of the paper, at its lowest and its highest porosity.

    >>> import numpy as np
    >>> loading = np.array([8.2, 11.2]) / 0.94
    >>> thickness_for_porosity(loading, np.array([0.25, 0.40]), 2.158).round(3)
    array([53.898, 92.021])
    """
    require_positive(mass_loading_mg_cm2, "mass_loading_mg_cm2")
    require_positive(theoretical_density_g_cm3, "theoretical_density_g_cm3")
    if not np.all((porosity >= 0.0) & (porosity < 1.0)):
        row = int(np.argmin((porosity >= 0.0) & (porosity < 1.0)))
        raise PhysicsError(
            f"porosity {porosity[row]:g} where 0 to below 1 is possible",
            where=f"row {row}, porosity = {porosity[row]:g}",
            fix="give the porosity as a fraction: 0.3 for 30 %",
        )
    bulk_density_g_cm3 = (1.0 - porosity) * theoretical_density_g_cm3
    return _G_CM3_PER_MG_CM2_UM * mass_loading_mg_cm2 / bulk_density_g_cm3
