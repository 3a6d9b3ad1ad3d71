"""Balance of a cell: how much cathode an anode needs, and the reverse."""

from typing import Final

from electrodoe.arrays import Floats
from electrodoe.physics.bounds import require_positive

_G_PER_MG: Final = 1e-3
"""Grams in a milligram."""


def areal_capacity(active_mass_loading_mg_cm2: Floats, specific_capacity_mah_g: float) -> Floats:
    r"""Return the capacity of an electrode over its area.

    Parameters
    ----------
    active_mass_loading_mg_cm2 : array of shape (n_sheets,), mg/cm²
        Mass of the active material over the area.
    specific_capacity_mah_g : float, mAh/g
        Of the active material (Table 3).

    Returns
    -------
    array of shape (n_sheets,), mAh/cm²
        Capacity over area.

    Raises
    ------
    PhysicsError
        If a loading or the capacity is not positive.

    Notes
    -----
    .. math:: C_A = m_\mathrm{active}\, q

    Examples
    --------
    >>> import numpy as np
    >>> areal_capacity(np.array([8.2]), 355.0)
    array([2.911])
    """
    require_positive(active_mass_loading_mg_cm2, "active_mass_loading_mg_cm2")
    require_positive(specific_capacity_mah_g, "specific_capacity_mah_g")
    return active_mass_loading_mg_cm2 * specific_capacity_mah_g * _G_PER_MG


def matching_cathode_loading(
    anode_active_mass_loading_mg_cm2: Floats,
    anode_specific_capacity_mah_g: float,
    cathode_specific_capacity_mah_g: float,
    n_to_p: float,
) -> Floats:
    r"""Return the cathode's active loading that balances an anode.

    Parameters
    ----------
    anode_active_mass_loading_mg_cm2 : array of shape (n_sheets,), mg/cm²
        Mass of the anode's active material over its area.
    anode_specific_capacity_mah_g, cathode_specific_capacity_mah_g : float, mAh/g
        Of the active materials (Table 3).
    n_to_p : float, dimensionless
        Areal capacity of the anode over that of the cathode. With discs of unlike size, the ratio
        of whole capacities is another one.

    Returns
    -------
    array of shape (n_sheets,), mg/cm²
        Mass of the cathode's active material over its area.

    Raises
    ------
    PhysicsError
        If a loading, a capacity or the ratio is not positive.

    See Also
    --------
    matching_anode_loading : The inverse.

    Notes
    -----
    .. math:: m_c = \frac{m_a\,q_a}{q_c\,(N\!:\!P)}

    Examples
    --------
    The paper's four cathodes at N:P 1.2; it prints 14.27, 16.01, 17.75 and 19.49.

    >>> import numpy as np
    >>> anodes = np.array([8.2, 9.2, 10.2, 11.2])
    >>> matching_cathode_loading(anodes, 355.0, 170.0, 1.2).round(4)
    array([14.2696, 16.0098, 17.75  , 19.4902])
    """
    anode_mah_cm2 = areal_capacity(anode_active_mass_loading_mg_cm2, anode_specific_capacity_mah_g)
    require_positive(cathode_specific_capacity_mah_g, "cathode_specific_capacity_mah_g")
    require_positive(n_to_p, "n_to_p")
    return anode_mah_cm2 / (n_to_p * cathode_specific_capacity_mah_g * _G_PER_MG)


def matching_anode_loading(
    cathode_active_mass_loading_mg_cm2: Floats,
    cathode_specific_capacity_mah_g: float,
    anode_specific_capacity_mah_g: float,
    n_to_p: float,
) -> Floats:
    """Return the anode's active loading that balances a cathode.

    Parameters
    ----------
    cathode_active_mass_loading_mg_cm2 : array of shape (n_sheets,), mg/cm²
        Mass of the cathode's active material over its area.
    cathode_specific_capacity_mah_g, anode_specific_capacity_mah_g : float, mAh/g
        Of the active materials.
    n_to_p : float, dimensionless
        Areal capacity of the anode over that of the cathode.

    Returns
    -------
    array of shape (n_sheets,), mg/cm²
        Mass of the anode's active material over its area.

    Raises
    ------
    PhysicsError
        If a loading, a capacity or the ratio is not positive.

    See Also
    --------
    matching_cathode_loading : The inverse, with its formula.

    Examples
    --------
    >>> import numpy as np
    >>> matching_anode_loading(np.array([17.75]), 170.0, 355.0, 1.2).round(6)
    array([10.2])
    """
    cathode_mah_cm2 = areal_capacity(
        cathode_active_mass_loading_mg_cm2, cathode_specific_capacity_mah_g
    )
    require_positive(anode_specific_capacity_mah_g, "anode_specific_capacity_mah_g")
    require_positive(n_to_p, "n_to_p")
    return cathode_mah_cm2 * n_to_p / (anode_specific_capacity_mah_g * _G_PER_MG)
