"""What a fit needs to know of a circuit: its parameters, their bounds, impedance, derivatives."""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Evaluation = tuple[NDArray[np.complex128], NDArray[np.complex128]]
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
    evaluate: Callable[[NDArray[np.float64], NDArray[np.float64]], Evaluation]
