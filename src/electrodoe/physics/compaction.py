"""Compaction of a coating by the calender, and the thickness that a wanted compaction asks for."""

import numpy as np

from electrodoe.arrays import Floats
from electrodoe.errors import PhysicsError
from electrodoe.physics.bounds import require_positive


def compaction_rate(
    coating_thickness_um: Floats,
    uncalendered_coating_thickness_um: Floats,
) -> Floats:
    r"""Return the fraction of its thickness that a coating has lost in the calender.

    Parameters
    ----------
    coating_thickness_um : array of shape (n_sheets,), µm
        After calendering, without the foil.
    uncalendered_coating_thickness_um : array of shape (n_sheets,), µm
        After drying, without the foil.

    Returns
    -------
    array of shape (n_sheets,), dimensionless
        Compaction rate, from 0 (not calendered) to below 1; negative where a coating sprang back
        beyond its old thickness.

    Raises
    ------
    PhysicsError
        If a thickness is not positive.

    See Also
    --------
    thickness_for_compaction : The inverse, used to set the calender.

    Notes
    -----
    Eq. (3) of [1]_:

    .. math:: \Pi = 1 - d_\mathrm{cal} / d_\mathrm{uncal}

    The foil gives way by nothing: of thicknesses that hold it, the rate is smaller by the coating's
    fraction of the uncalendered electrode's thickness.

    References
    ----------
    .. [1] Haghi et al., Batteries & Supercaps (2023), 10.1002/batt.202300457.

    Examples
    --------
    >>> import numpy as np
    >>> compaction_rate(np.array([70.0]), np.array([92.5])).round(7)
    array([0.2432432])
    """
    require_positive(coating_thickness_um, "coating_thickness_um")
    require_positive(uncalendered_coating_thickness_um, "uncalendered_coating_thickness_um")
    return 1.0 - coating_thickness_um / uncalendered_coating_thickness_um


def thickness_for_compaction(
    uncalendered_coating_thickness_um: Floats, compaction_rate: Floats
) -> Floats:
    r"""Return the thickness to which a coating is calendered for a wanted compaction.

    Parameters
    ----------
    uncalendered_coating_thickness_um : array of shape (n_sheets,), µm
        After drying, without the foil.
    compaction_rate : array of shape (n_sheets,), dimensionless
        Wanted compaction rate, below 1.

    Returns
    -------
    array of shape (n_sheets,), µm
        Thickness without the foil.

    Raises
    ------
    PhysicsError
        If a thickness is not positive, or a compaction rate is 1 or more.

    See Also
    --------
    compaction_rate : The inverse, used on what was measured.

    Notes
    -----
    Eq. (3) of [1]_, solved for the thickness:

    .. math:: d_\mathrm{cal} = (1 - \Pi)\,d_\mathrm{uncal}

    References
    ----------
    .. [1] Haghi et al., Batteries & Supercaps (2023), 10.1002/batt.202300457.

    Examples
    --------
    >>> import numpy as np
    >>> thickness_for_compaction(np.array([92.5]), np.array([0.2432432])).round(3)
    array([70.])
    """
    require_positive(uncalendered_coating_thickness_um, "uncalendered_coating_thickness_um")
    is_sound = np.asarray(compaction_rate) < 1.0
    if not np.all(is_sound):
        row = int(np.argmin(is_sound))
        found = float(np.ravel(compaction_rate)[row])
        raise PhysicsError(
            f"compaction rate {found:g} where below 1 is possible",
            where=f"row {row}, compaction_rate = {found:g}",
            fix="give the compaction rate as a fraction: 0.24 for 24 %",
        )
    return (1.0 - compaction_rate) * uncalendered_coating_thickness_um
