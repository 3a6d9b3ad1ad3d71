"""A blocking cell with an electronic path through its separator."""

import numpy as np
from numpy.typing import ArrayLike

from electrodoe.arrays import Complexes
from electrodoe.physics.bounds import require_positive


def shorted_cell(impedance_ohm: Complexes, r_short_ohm: ArrayLike) -> Complexes:
    r"""Return the impedance of a cell beside an electronic short.

    Parameters
    ----------
    impedance_ohm : complex array of shape (n_points,) or (n_cells, n_points), ohm
        Of the sound cell.
    r_short_ohm : float or array of shape (n_cells,), ohm
        Resistance of the path, from one current collector to the other.

    Returns
    -------
    complex array of the shape of ``impedance_ohm``, ohm
        Finite at low frequencies, where a sound cell blocks.

    Raises
    ------
    PhysicsError
        If the resistance of the path is not positive.

    Notes
    -----
    .. math:: \frac{1}{Z} = \frac{1}{Z_\mathrm{cell}} + \frac{1}{R_\mathrm{short}}

    Examples
    --------
    >>> import numpy as np
    >>> shorted_cell(np.array([20.0 + 0.0j, 1e9 + 0.0j]), 20.0).real.round(3)
    array([10., 20.])
    """
    require_positive(r_short_ohm, "r_short_ohm")
    resistance = np.asarray(r_short_ohm, dtype=np.float64)[..., None]
    return impedance_ohm / (1.0 + impedance_ohm / resistance)
