"""The arc of a contact between coating and foil: a resistance beside a constant-phase element."""

import numpy as np
from numpy.typing import ArrayLike

from electrodoe.arrays import Complexes, Floats
from electrodoe.physics.bounds import require_fraction, require_positive
from electrodoe.physics.transmission_line import QUARTER_TURN


def contact_arc(
    frequency_hz: Floats, r_c_ohm: ArrayLike, q_c: ArrayLike, gamma_c: ArrayLike
) -> Complexes:
    r"""Return the impedance of a contact, which stands in series with the line.

    Parameters
    ----------
    frequency_hz : array of shape (n_points,), Hz
        Positive.
    r_c_ohm : float or array of shape (n_cells,), ohm
        Contact resistance of both electrodes.
    q_c : float or array of shape (n_cells,), s^gamma/ohm
        Constant-phase element of the contact.
    gamma_c : float or array of shape (n_cells,), dimensionless
        Its exponent, above 0 to 1.

    Returns
    -------
    complex array of shape (n_points,) or (n_cells, n_points), ohm
        An arc from ``r_c_ohm`` at low frequencies to 0 at high ones.

    Raises
    ------
    PhysicsError
        If a value is not positive, or an exponent is above 1.

    Notes
    -----
    .. math:: Z_c = \frac{R_c}{1 + R_c\,Q_c\,(\mathrm{j}\omega)^{\gamma_c}}

    Examples
    --------
    >>> import numpy as np
    >>> top_hz = 1.0 / (2.0 * np.pi * 10.0 * 1e-4)
    >>> contact_arc(np.array([top_hz]), 10.0, 1e-4, 1.0).round(6)
    array([5.-5.j])
    """
    require_positive(frequency_hz, "frequency_hz")
    require_positive(r_c_ohm, "r_c_ohm")
    require_positive(q_c, "q_c")
    require_fraction(gamma_c, "gamma_c")
    log_omega = np.log(2.0 * np.pi * frequency_hz)
    ln_tau = np.log(np.multiply(r_c_ohm, q_c))
    resistance = np.asarray(r_c_ohm, dtype=np.float64)[..., None]
    return resistance * reduced_arc(log_omega, ln_tau, np.asarray(gamma_c))[0]


def reduced_arc(
    log_omega: Floats, ln_tau: Floats, gamma_c: Floats
) -> tuple[Complexes, Complexes, Complexes]:
    r"""Return the arc of one ohm with its derivatives by ln tau and its exponent.

    Parameters
    ----------
    log_omega : array of shape (n_points,)
        Logarithm of the angular frequency, over any reference.
    ln_tau, gamma_c : array of any shape
        Logarithm of R_c Q_c times the reference to the power of the exponent, and the exponent.

    Returns
    -------
    tuple of three complex arrays, of that shape and (n_points,)
        :math:`1/(1+s)` with :math:`s = \tau (\mathrm{j}\omega)^{\gamma_c}`, and its derivatives.

    Examples
    --------
    >>> import numpy as np
    >>> reduced_arc(np.array([0.0]), np.array(0.0), np.array(1.0))[0]
    array([0.5-0.5j])
    """
    log_j_omega = log_omega + QUARTER_TURN
    s: Complexes = np.exp(ln_tau[..., None] + gamma_c[..., None] * log_j_omega)
    arc = 1.0 / (1.0 + s)
    by_ln_tau = -s * arc * arc
    return arc, by_ln_tau, by_ln_tau * log_j_omega
