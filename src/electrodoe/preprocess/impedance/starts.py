"""Where fits begin: the best node of a grid, found for all spectra at once."""

from typing import Final

import numpy as np
from numpy.typing import NDArray

from electrodoe.physics.transmission_line import reduced_line

_GAMMAS: Final = np.array([0.55, 0.67, 0.78, 0.87, 0.94, 0.99])
_NODES_PER_DECADE: Final = 3
_MARGIN_DECADES: Final = 1.0


def grid_nodes(log_omega: NDArray[np.float64]) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Return ln a and gamma of the grid's nodes.

    The line's bend, where a ω^gamma is 1, lies anywhere from a decade below the sweep to a decade
    above it.
    """
    margin = _MARGIN_DECADES * np.log(10.0)
    least, most = log_omega.min() - margin, log_omega.max() + margin
    n_bends = 2 + int((most - least) / np.log(10.0) * _NODES_PER_DECADE)
    gamma, bend = np.meshgrid(_GAMMAS, np.linspace(least, most, n_bends), indexing="ij")
    return -(gamma * bend).ravel(), gamma.ravel()


def line_starts(
    log_omega: NDArray[np.float64], spectra: NDArray[np.complex128], weights: NDArray[np.float64]
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Return starting values of the line, and the sums of squares there.

    Parameters
    ----------
    log_omega : array of shape (n_points,)
        Logarithm of the angular frequency over its reference.
    spectra : complex array of shape (n_spectra, n_points)
        What was measured.
    weights : array of shape (n_spectra, n_points)
        Of the residuals, not squared.

    Returns
    -------
    values : array of shape (n_spectra, 4)
        ``r0, ln_r_ion, ln_a, gamma``.
    squares : array of shape (n_spectra,)
        Infinite where no node has a positive resistance; the values are then a guess.

    Notes
    -----
    Variable projection [1]_: with ln a and gamma given, R0 and R_ion enter linearly, and their
    normal equations are five products of a matrix of spectra with a matrix of nodes.

    References
    ----------
    .. [1] Golub and Pereyra, SIAM J. Numer. Anal. 10 (1973) 413, 10.1137/0710036.
    """
    ln_a, gamma = grid_nodes(log_omega)
    shape = reduced_line(log_omega, ln_a, gamma)[0]
    squared = weights * weights
    measured = squared * spectra
    n_11 = squared.sum(axis=1)[:, None]
    n_12 = squared @ shape.real.T
    n_22 = squared @ (shape.real**2 + shape.imag**2).T
    b_1 = measured.real.sum(axis=1)[:, None]
    b_2 = measured.real @ shape.real.T + measured.imag @ shape.imag.T
    determinant = np.maximum(n_11 * n_22 - n_12 * n_12, np.finfo(np.float64).tiny)
    r_ion = (n_11 * b_2 - n_12 * b_1) / determinant
    r0 = (b_1 - n_12 * r_ion) / n_11
    total = np.einsum("ij,ij->i", measured.real, spectra.real) + np.einsum(
        "ij,ij->i", measured.imag, spectra.imag
    )
    squares = np.where(r_ion > 0.0, total[:, None] - r0 * b_1 - r_ion * b_2, np.inf)
    best = np.argmin(squares, axis=1)
    row = np.arange(len(spectra))
    found = r_ion[row, best]
    values = np.stack(
        [r0[row, best], np.log(np.where(found > 0.0, found, 1.0)), ln_a[best], gamma[best]], axis=1
    )
    return values, squares[row, best]
