"""Thickness of the wet film, and the coating gap that leaves it."""

from typing import Final

from electrodoe.arrays import Floats
from electrodoe.physics.bounds import require_positive

_UM_PER_MG_CM2_G_CM3: Final = 10.0
"""1 mg/cm² of a liquid of 1 g/cm³ stands 10 µm high."""


def wet_film_thickness(wet_mass_loading_mg_cm2: Floats, slurry_density_g_cm3: float) -> Floats:
    r"""Return the thickness of the wet film, before any liquid has left it.

    Parameters
    ----------
    wet_mass_loading_mg_cm2 : array of shape (n_sheets,), mg/cm²
        Mass of the wet film over its area.
    slurry_density_g_cm3 : float, g/cm³
        Density of the slurry without bubbles.

    Returns
    -------
    array of shape (n_sheets,), µm
        Thickness without the foil.

    Raises
    ------
    PhysicsError
        If a loading or the density is not positive.

    Notes
    -----
    .. math:: d_\mathrm{wet} = m_\mathrm{wet} / (A\,\rho_\mathrm{slurry})

    Examples
    --------
    >>> import numpy as np
    >>> wet_film_thickness(np.array([16.776, 22.913]), 1.387).round(1)
    array([121. , 165.2])
    """
    require_positive(wet_mass_loading_mg_cm2, "wet_mass_loading_mg_cm2")
    require_positive(slurry_density_g_cm3, "slurry_density_g_cm3")
    return _UM_PER_MG_CM2_G_CM3 * wet_mass_loading_mg_cm2 / slurry_density_g_cm3


def coating_gap(wet_film_thickness_um: Floats, wet_film_per_gap: float) -> Floats:
    r"""Return an estimate of the gap under the blade that leaves a wet film.

    Parameters
    ----------
    wet_film_thickness_um : array of shape (n_sheets,), µm
        Wanted thickness of the wet film.
    wet_film_per_gap : float, dimensionless
        Wet film over gap, measured on the line with the slurry in question.

    Returns
    -------
    array of shape (n_sheets,), µm
        A first setting, to be corrected by the measured mass loading.

    Raises
    ------
    PhysicsError
        If a thickness or the ratio is not positive.

    Notes
    -----
    .. math:: h = d_\mathrm{wet} / k

    Dragged by the web alone, a Newtonian liquid under a parallel gap leaves :math:`k = 1/2`; the
    slurry's head and shear thinning raise it. It changes with speed and viscosity, which is why
    the result is an estimate.

    Examples
    --------
    >>> import numpy as np
    >>> coating_gap(np.array([120.0]), 0.5)
    array([240.])
    """
    require_positive(wet_film_thickness_um, "wet_film_thickness_um")
    require_positive(wet_film_per_gap, "wet_film_per_gap")
    return wet_film_thickness_um / wet_film_per_gap
