"""Where fits of circuits with more than a line begin: the line's grid, once per further element."""

from typing import Final

import numpy as np
from numpy.typing import NDArray

from electrodoe.preprocess.impedance.circuit import Circuit
from electrodoe.preprocess.impedance.contact_starts import contact_starts
from electrodoe.preprocess.impedance.starts import line_starts

_SHARES: Final = np.logspace(-3.0, -0.02, 10)
"""Conductances of a short that are tried, over the greatest that a spectrum allows."""


def starts(
    circuit: Circuit,
    log_omega: NDArray[np.float64],
    spectra: NDArray[np.complex128],
    weights: NDArray[np.float64],
) -> NDArray[np.float64]:
    """Return starting values of any circuit, several where one valley is not enough.

    Parameters
    ----------
    circuit : Circuit
        What is to be fitted.
    log_omega : array of shape (n_points,)
        Logarithm of the angular frequency over its reference.
    spectra : complex array of shape (n_spectra, n_points)
        What was measured.
    weights : array of shape (n_spectra, n_points)
        Of the residuals, not squared.

    Returns
    -------
    array of shape (n_starts, n_spectra, n_parameters)
        Of the circuit's parameters; each start is worth a descent.
    """
    if circuit.name == "shorted":
        return _shorted_starts(log_omega, spectra, weights)[None]
    if circuit.name == "contact":
        return contact_starts(log_omega, spectra, weights)
    line = line_starts(log_omega, spectra, weights)[0]
    return np.pad(line, ((0, 0), (0, len(circuit.parameters) - line.shape[1])))[None]


def _shorted_starts(
    log_omega: NDArray[np.float64], spectra: NDArray[np.complex128], weights: NDArray[np.float64]
) -> NDArray[np.float64]:
    """Return the line that is left once the best of some shorts is taken away."""
    admittance = 1.0 / spectra
    most = np.min(np.where(weights > 0.0, admittance.real, np.inf), axis=1)
    most = np.maximum(most, 1e-6 * np.abs(admittance).max(axis=1))
    best = np.full(len(spectra), np.inf)
    values = np.zeros((len(spectra), 5))
    for share in _SHARES:
        short = share * most
        cell = 1.0 / (admittance - short[:, None])
        line, squares = line_starts(log_omega, cell, weights * np.abs(spectra / cell) ** 2)
        is_better = squares < best
        best = np.where(is_better, squares, best)
        values[is_better] = np.column_stack([line, np.log(short)])[is_better]
    return values
