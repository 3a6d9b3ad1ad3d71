"""Mass loading of the active material, of the whole coating, and of the wet film."""

from electrodoe.arrays import Floats
from electrodoe.physics.bounds import require_fraction, require_positive


def coating_mass_loading(active_mass_loading_mg_cm2: Floats, active_mass_fraction: float) -> Floats:
    r"""Return the mass of the whole dry coating over its area.

    Parameters
    ----------
    active_mass_loading_mg_cm2 : array of shape (n_sheets,), mg/cm²
        Mass of the active material over the area, as Table 2 of [1]_ gives it.
    active_mass_fraction : float, dimensionless
        Active material over all solids, by mass (Table 3).

    Returns
    -------
    array of shape (n_sheets,), mg/cm²
        What the balance shows, and what eq. (1) of [1]_ needs.

    Raises
    ------
    PhysicsError
        If a loading is not positive or the fraction is no fraction.

    See Also
    --------
    active_mass_loading : The inverse.

    Notes
    -----
    .. math:: m_\mathrm{coating} = m_\mathrm{active} / w_\mathrm{active}

    References
    ----------
    .. [1] Haghi et al., Batteries & Supercaps (2023), 10.1002/batt.202300457.

    Examples
    --------
    >>> import numpy as np
    >>> coating_mass_loading(np.array([8.2, 9.2, 10.2, 11.2]), 0.94).round(4)
    array([ 8.7234,  9.7872, 10.8511, 11.9149])
    """
    require_positive(active_mass_loading_mg_cm2, "active_mass_loading_mg_cm2")
    require_fraction(active_mass_fraction, "active_mass_fraction")
    return active_mass_loading_mg_cm2 / active_mass_fraction


def active_mass_loading(coating_mass_loading_mg_cm2: Floats, active_mass_fraction: float) -> Floats:
    """Return the mass of the active material over the coating's area.

    Parameters
    ----------
    coating_mass_loading_mg_cm2 : array of shape (n_sheets,), mg/cm²
        Mass of the whole dry coating over its area.
    active_mass_fraction : float, dimensionless
        Active material over all solids, by mass (Table 3).

    Returns
    -------
    array of shape (n_sheets,), mg/cm²
        What the capacity follows from.

    Raises
    ------
    PhysicsError
        If a loading is not positive or the fraction is no fraction.

    See Also
    --------
    coating_mass_loading : The inverse.

    Examples
    --------
    >>> import numpy as np
    >>> active_mass_loading(np.array([8.7234]), 0.94).round(4)
    array([8.2])
    """
    require_positive(coating_mass_loading_mg_cm2, "coating_mass_loading_mg_cm2")
    require_fraction(active_mass_fraction, "active_mass_fraction")
    return coating_mass_loading_mg_cm2 * active_mass_fraction


def wet_mass_loading(coating_mass_loading_mg_cm2: Floats, solid_content: float) -> Floats:
    r"""Return the mass of the wet film over its area, before any liquid has left it.

    Parameters
    ----------
    coating_mass_loading_mg_cm2 : array of shape (n_sheets,), mg/cm²
        Mass of the whole dry coating over its area.
    solid_content : float, dimensionless
        Solids over slurry, by mass (Table 3).

    Returns
    -------
    array of shape (n_sheets,), mg/cm²
        What an inline gauge shows between the coating head and the dryer.

    Raises
    ------
    PhysicsError
        If a loading is not positive or the solid content is no fraction.

    Notes
    -----
    .. math:: m_\mathrm{wet} = m_\mathrm{coating} / w_s

    Examples
    --------
    The lightest and the heaviest anode of the paper, from a slurry with 52 % solids.

    >>> import numpy as np
    >>> wet_mass_loading(np.array([8.7234, 11.9149]), 0.52).round(3)
    array([16.776, 22.913])
    """
    require_positive(coating_mass_loading_mg_cm2, "coating_mass_loading_mg_cm2")
    require_fraction(solid_content, "solid_content")
    return coating_mass_loading_mg_cm2 / solid_content
