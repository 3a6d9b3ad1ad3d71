"""Circuits: the transmission line alone, or with one more element in series or parallel."""

from collections.abc import Callable
from dataclasses import dataclass
from math import inf
from typing import Final

import numpy as np

from electrodoe.arrays import Complexes, Floats
from electrodoe.physics.contact_arc import reduced_arc
from electrodoe.physics.transmission_line import reduced_line

Evaluation = tuple[Complexes, Complexes]
"""Impedance (n_spectra, n_points) and derivatives (n_parameters, n_spectra, n_points)."""


@dataclass(frozen=True, kw_only=True)
class Circuit:
    """A circuit in the parameters in which it is fitted.

    Attributes
    ----------
    name : str
        As a protocol asks for it.
    parameters : tuple of str
        ``r0`` in units of the spectrum's own scale, ``ln_r_ion``, ``ln_a``, ``gamma`` come first in
        every circuit; logarithms where a quantity is positive.
    lower, upper : tuple of float
        Bounds; a fit that ends at one says so.
    evaluate : callable
        ``evaluate(log_omega, values)`` with values of shape (n_spectra, n_parameters).
    """

    name: str
    parameters: tuple[str, ...]
    lower: tuple[float, ...]
    upper: tuple[float, ...]
    evaluate: Callable[[Floats, Floats], Evaluation]


MIN_GAMMA: Final = 0.5
"""Bound of the exponent (D310): 0.5 is diffusion, and no capacity any more."""
MOST_GAMMA: Final = 1.0
"""Bound of the exponent (D310): an ideal capacity."""


def _line(log_omega: Floats, values: Floats) -> Evaluation:
    """Return R0 + R_ion coth(x)/x with its derivatives by r0, ln R_ion, ln a and gamma."""
    r0, ln_r_ion, ln_a, gamma = values.T[:4]
    shape, by_ln_a, by_gamma = reduced_line(log_omega, ln_a, gamma)
    resistance = np.exp(ln_r_ion)[:, None]
    derivatives = np.empty((4, *shape.shape), dtype=np.complex128)
    derivatives[0] = 1.0
    np.multiply(resistance, shape, out=derivatives[1])
    np.multiply(resistance, by_ln_a, out=derivatives[2])
    np.multiply(resistance, by_gamma, out=derivatives[3])
    return r0[:, None] + derivatives[1], derivatives


def _inductive(log_omega: Floats, values: Floats) -> Evaluation:
    """Return the line in series with an inductance, in units of the spectrum's scale."""
    impedance, derivatives = _line(log_omega, values)
    reactance = np.broadcast_to(1j * np.exp(log_omega), impedance.shape)
    return (
        impedance + values[:, 4, None] * reactance,
        np.concatenate([derivatives, reactance[None]]),
    )


def _contact(log_omega: Floats, values: Floats) -> Evaluation:
    """Return the line in series with a contact's arc."""
    impedance, derivatives = _line(log_omega, values)
    ln_r_c, ln_tau, gamma_c = values.T[4:]
    arc, by_ln_tau, by_gamma_c = reduced_arc(log_omega, ln_tau, gamma_c)
    of_arc = np.exp(ln_r_c)[:, None] * np.stack([arc, by_ln_tau, by_gamma_c])
    return impedance + of_arc[0], np.concatenate([derivatives, of_arc])


def _shorted(log_omega: Floats, values: Floats) -> Evaluation:
    """Return the cell beside a short, whose parameter is the logarithm of its conductance."""
    cell, derivatives = _line(log_omega, values)
    conductance = np.exp(values[:, 4, None])
    divisor = 1.0 / (1.0 + conductance * cell)
    impedance = cell * divisor
    by_short = -conductance * impedance * impedance
    return impedance, np.concatenate([derivatives * divisor * divisor, by_short[None]])


_NAMES: Final = ("r0", "ln_r_ion", "ln_a", "gamma")
_LOWER: Final = (-inf, -inf, -60.0, MIN_GAMMA)
_UPPER: Final = (inf, inf, 60.0, MOST_GAMMA)

LINE: Final = Circuit(name="line", parameters=_NAMES, lower=_LOWER, upper=_UPPER, evaluate=_line)
INDUCTIVE: Final = Circuit(
    name="inductive",
    parameters=(*_NAMES, "l"),
    lower=(*_LOWER, -inf),
    upper=(*_UPPER, inf),
    evaluate=_inductive,
)
CONTACT: Final = Circuit(
    name="contact",
    parameters=(*_NAMES, "ln_r_c", "ln_tau", "gamma_c"),
    lower=(*_LOWER, -20.0, -30.0, MIN_GAMMA),
    upper=(*_UPPER, 20.0, 30.0, MOST_GAMMA),
    evaluate=_contact,
)
SHORTED: Final = Circuit(
    name="shorted",
    parameters=(*_NAMES, "ln_short"),
    lower=(*_LOWER, -30.0),
    upper=(*_UPPER, 30.0),
    evaluate=_shorted,
)

CIRCUITS: Final = {circuit.name: circuit for circuit in (LINE, INDUCTIVE, CONTACT, SHORTED)}
"""By the name that a protocol gives."""
