"""What a fit takes for the ionic resistance where the solid resists too."""

from electrodoe.arrays import Floats
from electrodoe.physics.bounds import require_positive


def apparent_ionic_resistance(r_ion_ohm: Floats, r_electronic_ohm: Floats) -> Floats:
    r"""Return the ionic resistance that the line without electronic resistance would be determined.

    Parameters
    ----------
    r_ion_ohm : array of shape (n_cells,), ohm
        True ionic resistance.
    r_electronic_ohm : array of shape (n_cells,), ohm
        Resistance of the solid, over the same length.

    Returns
    -------
    array of shape (n_cells,), ohm
        Three times the span of the real part from high to low frequencies.

    Raises
    ------
    PhysicsError
        If a resistance is not positive.

    Notes
    -----
    With both rails resisting, the real part runs from
    :math:`R_\mathrm{ion} R_\mathrm{el}/(R_\mathrm{ion}+R_\mathrm{el})` to
    :math:`(R_\mathrm{ion}+R_\mathrm{el})/3`. With :math:`x = R_\mathrm{el}/R_\mathrm{ion}`:

    .. math:: \frac{R_\mathrm{app}}{R_\mathrm{ion}} = 1 + x - \frac{3x}{1+x}

    Graphite anodes have x below 0.01, which costs less than 2 %.

    Examples
    --------
    >>> import numpy as np
    >>> apparent_ionic_resistance(np.array([1.0, 1.0]), np.array([0.01, 0.1])).round(4)
    array([0.9803, 0.8273])
    """
    require_positive(r_ion_ohm, "r_ion_ohm")
    require_positive(r_electronic_ohm, "r_electronic_ohm")
    x = r_electronic_ohm / r_ion_ohm
    return r_ion_ohm * (1.0 + x - 3.0 * x / (1.0 + x))
