"""Whether spectra agree with Kramers and Kronig: one linear least squares for all of them."""

from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from electrodoe.preprocess.impedance.sweeps import Sweeps

N_ELEMENTS: Final = 17
"""Time constants of the fixed ladder."""
_BEYOND: Final = 0.5
"""Decades by which the slowest element is slower than the sweep: without them a sound line leaves
0.08 % and a short 0.3 %, with them 0.01 and 0.02 %."""
_RIDGE: Final = 1e-12
"""Keeps normal matrices of short sweeps, which do not tell all elements apart, invertible."""


@dataclass(frozen=True, kw_only=True, eq=False)
class KramersKronig:
    """What the ladder leaves over.

    Attributes
    ----------
    residuals : complex array of shape (n_spectra, n_points)
        Measured less ladder, over the modulus; 0 where a point is left out.
    leverages : array of shape (n_spectra, n_points)
        Share of a point's noise that the ladder follows, mean of real and imaginary part.
    rms : array of shape (n_spectra,)
        Of the real and imaginary residuals, over the degrees of freedom that are left; NaN where
        none are.
    """

    residuals: NDArray[np.complex128]
    leverages: NDArray[np.float64]
    rms: NDArray[np.float64]


def kramers_kronig(sweeps: Sweeps) -> KramersKronig:
    r"""Return the residuals of a ladder that every causal, steady, linear cell can follow.

    Parameters
    ----------
    sweeps : Sweeps
        Spectra and the points that count.

    Returns
    -------
    KramersKronig
        Small residuals without a pattern mean that the sweep is valid, not that a line fits.

    Notes
    -----
    The linear test of [1]_ with a fixed number of elements, each point weighted by its modulus:

    .. math::
        Z = R + \mathrm{j}\omega L + \frac{1}{\mathrm{j}\omega C}
        + \sum_{k=1}^{17} \frac{R_k}{1+\mathrm{j}\omega\tau_k}

    The products of the columns are the same for all spectra of a grid, so that all normal matrices
    come from one product with the squared weights.

    References
    ----------
    .. [1] Boukamp, J. Electrochem. Soc. 142 (1995) 1885, 10.1149/1.2044210.
    """
    columns = _ladder(sweeps.log_omega)
    weights = sweeps.weights("modulus")
    squared = weights * weights
    first, second = np.triu_indices(len(columns))
    products = (columns[first] * columns[second].conj()).real
    inverse = _inverse(squared @ products.T, first, second, len(columns))
    measured = squared * sweeps.impedance_ohm
    aim = measured.real @ columns.real.T + measured.imag @ columns.imag.T
    found = np.matmul(inverse, aim[..., None])[..., 0]
    residuals = (sweeps.impedance_ohm - found @ columns) * weights
    doubled = np.where(first == second, 1.0, 2.0) * inverse[:, first, second]
    n_free = 2 * sweeps.n_used - len(columns)
    squares = np.sum(residuals.real**2 + residuals.imag**2, axis=1)
    return KramersKronig(
        residuals=residuals,
        leverages=0.5 * squared * (doubled @ products),
        rms=np.sqrt(squares / np.where(n_free > 0, n_free, np.nan)),
    )


def _inverse(
    packed: NDArray[np.float64], first: NDArray[np.int64], second: NDArray[np.int64], n_columns: int
) -> NDArray[np.float64]:
    """Return the inverses of normal matrices, given as their upper triangles."""
    normal = np.empty((len(packed), n_columns, n_columns))
    normal[:, first, second] = normal[:, second, first] = packed
    diagonal = np.einsum("ijj->ij", normal)
    scale = 1.0 / np.sqrt(np.where(diagonal > 0.0, diagonal, 1.0))
    both = scale[:, :, None] * scale[:, None, :]
    normal *= both
    index = np.arange(n_columns)
    normal[:, index, index] = 1.0 + _RIDGE
    return np.linalg.inv(normal) * both


def _ladder(log_omega: NDArray[np.float64]) -> NDArray[np.complex128]:
    """Return the columns of the least squares: R, L, 1/C, and the elements."""
    omega = np.exp(log_omega)
    slowest = log_omega.min() - _BEYOND * np.log(10.0)
    tau = np.exp(-np.linspace(slowest, log_omega.max(), N_ELEMENTS))
    plain = [np.ones_like(omega) + 0j, 1j * omega, -1j / omega]
    return np.stack([*plain, *(1.0 / (1.0 + 1j * omega * tau[:, None]))])
