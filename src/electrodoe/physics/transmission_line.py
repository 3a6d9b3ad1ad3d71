"""Transmission line of a porous electrode whose pores block: impedance and derivatives."""

from typing import Final

import numpy as np
from numpy.typing import ArrayLike

from electrodoe.arrays import Complexes, Floats
from electrodoe.errors import PhysicsError
from electrodoe.physics.bounds import require_fraction, require_positive

QUARTER_TURN: Final = np.complex128(0.5j * np.pi)
"""Logarithm of the imaginary unit."""


def transmission_line(
    frequency_hz: Floats,
    r0_ohm: ArrayLike,
    r_ion_ohm: ArrayLike,
    q: ArrayLike,
    gamma: ArrayLike,
) -> Complexes:
    r"""Return the impedance of a symmetric cell in a blocking electrolyte.

    Parameters
    ----------
    frequency_hz : array of shape (n_points,), Hz
        Positive.
    r0_ohm : float or array of shape (n_cells,), ohm
        Separator, cables and everything else in series.
    r_ion_ohm : float or array of shape (n_cells,), ohm
        Ionic resistance in the pores, the total of both electrodes.
    q : float or array of shape (n_cells,), s^gamma/ohm
        Constant-phase element of the pores' surface.
    gamma : float or array of shape (n_cells,), dimensionless
        Its exponent, above 0 to 1.

    Returns
    -------
    complex array of shape (n_points,) or (n_cells, n_points), ohm
        Capacitive points have a negative imaginary part.

    Raises
    ------
    PhysicsError
        If a value but that of ``r0_ohm`` is not positive, or an exponent is above 1.

    See Also
    --------
    transmission_line_derivatives : By each of the four parameters.
    electrodoe.physics.tortuosity : What the ionic resistance tells.

    Notes
    -----
    The line that [1]_ fits under blocking conditions, the resistance of the solid left out:

    .. math::
        Z = R_0 + R_\mathrm{ion}\,\frac{\coth x}{x},\qquad
        x = \sqrt{R_\mathrm{ion}\,Q\,(\mathrm{j}\omega)^\gamma}

    At low frequencies with an exponent of 1 the real part is :math:`R_0 + R_\mathrm{ion}/3`.

    References
    ----------
    .. [1] Landesfeind et al., J. Electrochem. Soc. 163 (2016) A1373, 10.1149/2.1141607jes.

    Examples
    --------
    >>> import numpy as np
    >>> transmission_line(np.array([1.0, 0.1]), 0.0, 300.0, 1e-3, 1.0).round(3)
    array([97.822 -171.311j, 99.977-1592.806j])
    """
    _require_line(frequency_hz, r_ion_ohm, q, gamma)
    log_omega = np.log(2.0 * np.pi * frequency_hz)
    shape = reduced_line(log_omega, np.log(np.multiply(r_ion_ohm, q)), np.asarray(gamma))[0]
    return _by_point(r0_ohm) + _by_point(r_ion_ohm) * shape


def transmission_line_derivatives(
    frequency_hz: Floats, r_ion_ohm: ArrayLike, q: ArrayLike, gamma: ArrayLike
) -> tuple[Complexes, ...]:
    """Return the derivatives of the impedance by R0, R_ion, Q and gamma.

    Parameters
    ----------
    frequency_hz : array of shape (n_points,), Hz
        Positive.
    r_ion_ohm, q, gamma : float or array of shape (n_cells,)
        As in :func:`transmission_line`.

    Returns
    -------
    tuple of four complex arrays of shape (n_points,) or (n_cells, n_points)
        In ohm per unit of each parameter.

    Raises
    ------
    PhysicsError
        If a value is not positive, or an exponent is above 1.

    Examples
    --------
    >>> import numpy as np
    >>> by_r0, by_r_ion, by_q, by_gamma = transmission_line_derivatives(
    ...     np.array([0.001]), 300.0, 1e-3, 1.0
    ... )
    >>> by_r0.real, by_r_ion.real.round(6)
    (array([1.]), array([0.333333]))
    """
    _require_line(frequency_hz, r_ion_ohm, q, gamma)
    log_omega = np.log(2.0 * np.pi * frequency_hz)
    shape, by_ln_a, by_gamma = reduced_line(
        log_omega, np.log(np.multiply(r_ion_ohm, q)), np.asarray(gamma)
    )
    resistance = _by_point(r_ion_ohm)
    return (
        np.ones_like(shape),
        shape + by_ln_a,
        resistance / _by_point(q) * by_ln_a,
        resistance * by_gamma,
    )


def reduced_line(
    log_omega: Floats, ln_a: Floats, gamma: Floats
) -> tuple[Complexes, Complexes, Complexes]:
    r"""Return coth(x)/x with its derivatives by ln a and gamma, at :math:`x^2 = a(j\omega)^\gamma`.

    Parameters
    ----------
    log_omega : array of shape (n_points,)
        Logarithm of the angular frequency, over any reference.
    ln_a, gamma : array of any shape
        Logarithm of R_ion Q times the reference to the power gamma, and the exponent.

    Returns
    -------
    tuple of three complex arrays, of that shape and (n_points,)
        Safe for any x: the exponential that is evaluated never grows, and its distance from 1 is
        taken without cancellation.

    Examples
    --------
    >>> import numpy as np
    >>> reduced_line(np.array([80.0]), np.array(0.0), np.array(1.0))[0].round(6)
    array([0.-0.j])
    """
    log_j_omega = log_omega + QUARTER_TURN
    x: Complexes = np.exp(0.5 * (ln_a[..., None] + gamma[..., None] * log_j_omega))
    distance = -np.expm1(-2.0 * x)
    coth = (2.0 - distance) / distance
    shape = coth / x
    by_ln_a = 0.5 * (1.0 - coth * coth - shape)
    return shape, by_ln_a, by_ln_a * log_j_omega


def _by_point(values: ArrayLike) -> Floats:
    """Return values of cells with an axis for the points."""
    return np.asarray(values, dtype=np.float64)[..., None]


def _require_line(
    frequency_hz: Floats, r_ion_ohm: ArrayLike, q: ArrayLike, gamma: ArrayLike
) -> None:
    """Refuse what no line can have."""
    require_positive(frequency_hz, "frequency_hz")
    require_positive(r_ion_ohm, "r_ion_ohm")
    require_positive(q, "q")
    require_fraction(gamma, "gamma")
    if np.ndim(frequency_hz) != 1:
        raise PhysicsError(
            f"frequencies of shape {np.shape(frequency_hz)} where (n_points,) is meant",
            where="frequency_hz",
            fix="give the frequencies of one sweep",
        )
