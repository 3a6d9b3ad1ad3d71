"""An impedance sweep of a symmetric cell: the line, a contact, a short, noise."""

from typing import Final

import numpy as np
from numpy.typing import NDArray

from electrodoe.physics import contact_arc, shorted_cell, transmission_line
from electrodoe.virtual_line.coatings import Floats

_POINTS_A_DECADE: Final = 10
_HIGHEST: Final = 4
_LOWEST: Final = -1
_SEPARATOR_OHM: Final = (45.0, 3.0)
_CAPACITY: Final = (1.0e-3, 0.05)
"""Level and relative scatter of Q: graphite of a 15 mm disc in a blocking electrolyte."""
_GAMMA: Final = (0.94, 0.008)
_CONTACT_OHM: Final = (35.0, 6.0)
_CONTACT_Q: Final = 3.0e-6
_CONTACT_GAMMA: Final = 0.85
_SHORT_OHM: Final = (150.0, 400.0)
_NOISY: Final = 12.0
"""How many times noisier a bad cable makes a spectrum."""


def sweep_hz() -> Floats:
    """Return the frequencies of the paper's sweep: 10 kHz to 100 mHz, ten a decade.

    Examples
    --------
    >>> sweep_hz().size, float(sweep_hz()[-1])
    (51, 0.1)
    """
    n = _POINTS_A_DECADE * (_HIGHEST - _LOWEST) + 1
    return np.logspace(_HIGHEST, _LOWEST, n)


def sweep(
    r_ion_ohm: float,
    noise: float,
    rng: np.random.Generator,
    *,
    has_contact: bool = False,
    is_shorted: bool = False,
    is_noisy: bool = False,
) -> NDArray[np.complex128]:
    """Return the impedance that the analyzer recorded.

    Parameters
    ----------
    r_ion_ohm : float, ohm
        Ionic resistance of both electrodes.
    noise : float
        Standard deviation of real and imaginary part over the modulus.
    rng : numpy.random.Generator
        For noise, and for what differs from cell to cell without mattering here.
    has_contact, is_shorted, is_noisy : bool
        An arc of contact resistance; a path around the separator; a bad cable.

    Returns
    -------
    complex array of shape (51,), ohm
        Over :func:`sweep_hz`.
    """
    r0, capacity, gamma, contact, short = _of_the_cell(rng)
    hz = sweep_hz()
    impedance = transmission_line(hz, r0, r_ion_ohm, capacity, gamma)
    if has_contact:
        impedance = impedance + contact_arc(hz, contact, _CONTACT_Q, _CONTACT_GAMMA)
    if is_shorted:
        impedance = shorted_cell(impedance, short)
    parts = rng.standard_normal((2, hz.size)) * noise * (_NOISY if is_noisy else 1.0)
    seen: NDArray[np.complex128] = impedance + np.abs(impedance) * (parts[0] + 1j * parts[1])
    return seen


def _of_the_cell(rng: np.random.Generator) -> tuple[float, float, float, float, float]:
    """Return separator, Q, gamma, contact and short of one cell."""
    z = rng.standard_normal(4)
    return (
        _SEPARATOR_OHM[0] + _SEPARATOR_OHM[1] * float(np.clip(z[0], -3.0, 3.0)),
        _CAPACITY[0] * (1.0 + _CAPACITY[1] * float(np.clip(z[1], -3.0, 3.0))),
        _GAMMA[0] + _GAMMA[1] * float(np.clip(z[2], -3.0, 3.0)),
        _CONTACT_OHM[0] + _CONTACT_OHM[1] * float(np.clip(z[3], -3.0, 3.0)),
        float(rng.uniform(*_SHORT_OHM)),
    )
