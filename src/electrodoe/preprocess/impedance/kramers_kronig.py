"""Whether spectra agree with Kramers and Kronig: one linear least squares for all of them."""

from dataclasses import dataclass
from typing import Final

import numpy as np

from electrodoe.arrays import Booleans, Complexes, Floats, Integers
from electrodoe.preprocess.impedance.sweeps import Sweeps

N_ELEMENTS: Final = 17
"""Time constants of the fixed ladder."""
_BEYOND: Final = 0.5
"""Decades by which the slowest element is slower than the sweep: without them a sound line leaves
0.08 % and a short 0.3 %, with them 0.01 and 0.02 %."""
_WORST: Final = 1e7
"""Condition of a normal matrix up to which at least nine digits are left."""
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
        Fraction of a point's noise that the ladder follows, mean of real and imaginary part.
    rms : array of shape (n_spectra,)
        Of the real and imaginary residuals, over the degrees of freedom that are left; NaN where
        none are.
    """

    residuals: Complexes
    leverages: Floats
    rms: Floats


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
    weights = sweeps.weights("modulus")
    squared = weights * weights
    # one basis for all spectra of the grid, orthonormal under their usual weights
    ladder = _ladder(sweeps.log_omega)
    basis = _basis(ladder, weights)
    columns = basis.T @ ladder
    # normal matrices as packed upper triangles, with a small ridge in the ladder's columns
    first, second = np.triu_indices(len(columns))
    products = (columns[first] * columns[second].conj()).real
    ridge = _RIDGE * squared @ np.square(np.abs(ladder)).T
    packed = squared @ products.T + ridge @ (basis[:, first] * basis[:, second])
    inverse = _inverse(packed, first, second, len(columns))
    # the ladder's coefficients, what it leaves, and each point's leverage on itself
    measured = squared * sweeps.impedance_ohm
    aim = measured.real @ columns.real.T + measured.imag @ columns.imag.T
    found = np.matmul(inverse, aim[..., None])[..., 0]
    residuals = (sweeps.impedance_ohm - found @ columns) * weights
    doubled = np.where(first == second, 1.0, 2.0) * inverse[:, first, second]
    leverages = 0.5 * squared * (doubled @ products)
    # spectra whose weights are unlike the usual ones are solved by a QR of their own
    is_unusual = _are_unusual(packed, inverse, first, second)
    if is_unusual.any():
        alone = _one_by_one(ladder, weights[is_unusual], sweeps.impedance_ohm[is_unusual])
        residuals[is_unusual], leverages[is_unusual] = alone
    n_free = 2 * sweeps.n_used - len(columns)
    rss = np.sum(residuals.real**2 + residuals.imag**2, axis=1)
    return KramersKronig(
        residuals=residuals,
        leverages=leverages,
        rms=np.sqrt(rss / np.where(n_free > 0, n_free, np.nan)),
    )


def _basis(ladder: Complexes, weights: Floats) -> Floats:
    """Return combinations of the ladder's columns that are orthonormal under usual weights.

    Neighbouring elements are nearly alike: their own normal matrices keep four digits of sixteen.
    """
    is_used = weights > 0.0
    logs = np.log(weights, where=is_used, out=np.zeros_like(weights))
    usual = np.exp(logs.sum(axis=0) / np.maximum(is_used.sum(axis=0), 1)) * is_used.any(axis=0)
    rows, scale = _weighted_rows(ladder, usual)
    triangle = np.linalg.qr(rows, mode="r")
    return np.asarray(scale[:, None] * np.linalg.solve(triangle, np.eye(len(ladder))))


def _weighted_rows(ladder: Complexes, weights: Floats) -> tuple[Floats, Floats]:
    """Return the rows of the least squares, the ridge's below, and what scales its columns."""
    weighted = weights[..., :, None] * ladder.T
    rows = np.concatenate([weighted.real, weighted.imag], axis=-2)
    size = np.sqrt(np.sum(rows * rows, axis=-2))
    scale = 1.0 / np.where(size > 0.0, size, 1.0)
    ridge = np.broadcast_to(np.sqrt(_RIDGE) * np.eye(len(ladder)), (*scale.shape, len(ladder)))
    return np.concatenate([rows * scale[..., None, :], ridge], axis=-2), scale


def _are_unusual(
    packed: Floats,
    inverse: Floats,
    first: Integers,
    second: Integers,
) -> Booleans:
    """Return whose weights are so unlike the usual ones that the basis does not part them."""
    normal = np.where(first == second, 1.0, 2.0) @ np.square(packed).T
    return np.asarray(np.sqrt(normal * np.einsum("ijk,ijk->i", inverse, inverse)) > _WORST)


def _one_by_one(
    ladder: Complexes,
    weights: Floats,
    impedance_ohm: Complexes,
) -> tuple[Complexes, Floats]:
    """Return residuals and leverages by each spectrum's own orthonormal columns."""
    n_points = weights.shape[1]
    rows = _weighted_rows(ladder, weights)[0]
    columns: Floats = np.linalg.qr(rows)[0][:, : 2 * n_points]
    measured = impedance_ohm * weights
    parts = np.concatenate([measured.real, measured.imag], axis=1)
    found = np.einsum("ijk,ij->ik", columns, parts)
    left = parts - np.einsum("ijk,ik->ij", columns, found)
    fractions = np.square(columns).sum(axis=2)
    leverages = 0.5 * (fractions[:, :n_points] + fractions[:, n_points:])
    return left[:, :n_points] + 1j * left[:, n_points:], leverages


def _inverse(packed: Floats, first: Integers, second: Integers, n_columns: int) -> Floats:
    """Return the inverses of normal matrices, given as their upper triangles."""
    normal = np.empty((len(packed), n_columns, n_columns))
    normal[:, first, second] = normal[:, second, first] = packed
    normal[~packed.any(axis=1)] = np.eye(n_columns)
    return np.asarray(np.linalg.inv(normal), dtype=np.float64)


def _ladder(log_omega: Floats) -> Complexes:
    """Return the columns of the least squares: R, L, 1/C, and the elements."""
    omega = np.exp(log_omega)
    slowest = log_omega.min() - _BEYOND * np.log(10.0)
    tau = np.exp(-np.linspace(slowest, log_omega.max(), N_ELEMENTS))
    plain = [np.ones_like(omega) + 0j, 1j * omega, -1j / omega]
    return np.stack([*plain, *(1.0 / (1.0 + 1j * omega * tau[:, None]))])
