"""How far the inputs of a scenario depend on one another: correlation and VIF."""

from dataclasses import dataclass
from typing import Final

import numpy as np

from electrodoe.arrays import Floats
from electrodoe.ties import first_largest

MAX_CORRELATION: Final = 0.3
"""From here on |r| is no longer weak (Ratner 2009, the paper's reference 50)."""
MAX_VIF: Final = 5.0
"""The stricter of the usual limits, 5 and 10 (James et al. 2013, the paper's reference 35)."""


def correlation_matrix(inputs: Floats) -> Floats:
    """Return Pearson's r between the columns of the inputs.

    Parameters
    ----------
    inputs : array of shape (n_samples, n_inputs)
        Complete rows; no column constant.

    Returns
    -------
    array of shape (n_inputs, n_inputs)
        Symmetric, with ones on the diagonal.
    """
    return np.atleast_2d(np.corrcoef(inputs, rowvar=False))


def variance_inflation_factors(inputs: Floats) -> Floats:
    r"""Return the variance inflation factor of each input.

    Parameters
    ----------
    inputs : array of shape (n_samples, n_inputs)
        Complete rows; no column constant.

    Returns
    -------
    array of shape (n_inputs,)
        From 1 (independent) upwards; infinite where an input follows exactly from the others.

    Notes
    -----
    .. math:: \mathrm{VIF}_j = (R^{-1})_{jj}

    with R the correlation matrix [1]_.

    References
    ----------
    .. [1] Kutner, Nachtsheim, Neter, Li, Applied Linear Statistical Models (2005), ch. 10.

    Examples
    --------
    >>> corners = np.array([[-1.0, -1], [-1, 1], [1, -1], [1, 1]])
    >>> variance_inflation_factors(corners)
    array([1., 1.])
    """
    correlation = correlation_matrix(inputs)
    if np.linalg.matrix_rank(correlation, hermitian=True, rtol=1e-10) < len(correlation):
        return _pairwise_infinite(correlation)
    return np.asarray(np.diag(np.linalg.inv(correlation)))


def _pairwise_infinite(correlation: Floats) -> Floats:
    """Return infinity for the inputs that take part in an exact dependence."""
    eigenvalues, vectors = np.linalg.eigh(correlation)
    null = vectors[:, eigenvalues < 1e-10 * eigenvalues.max()]
    takes_part = np.abs(null).max(axis=1) > 1e-6
    rest = np.linalg.pinv(correlation)
    return np.where(takes_part, np.inf, np.diag(rest))


@dataclass(frozen=True, kw_only=True)
class Dependence:
    """Correlations and VIF of a scenario's inputs, and whether they may be distinguished.

    Attributes
    ----------
    input_names : tuple of str
        Order of the rows and columns.
    correlation : array of shape (n_inputs, n_inputs)
        Pearson's r.
    vif : array of shape (n_inputs,)
        Variance inflation factors.
    """

    input_names: tuple[str, ...]
    correlation: Floats
    vif: Floats

    @property
    def strongest_pair(self) -> tuple[str, str, float]:
        """Return the two inputs with the largest |r|, and r; r is 0 for a single input."""
        off = self.correlation - np.eye(len(self.input_names))
        first, second = divmod(int(first_largest(np.abs(off).ravel())), len(self.input_names))
        return self.input_names[first], self.input_names[second], float(off[first, second])

    @property
    def is_independent(self) -> bool:
        """Return whether effects can be distinguished: all |r| < 0.3 and all VIF < 5."""
        weak = abs(self.strongest_pair[2]) < MAX_CORRELATION
        return weak and bool(np.all(self.vif < MAX_VIF))


def dependence(input_names: tuple[str, ...], inputs: Floats) -> Dependence:
    """Return how the inputs depend on one another.

    Parameters
    ----------
    input_names : tuple of str
        Names of the columns.
    inputs : array of shape (n_samples, n_inputs)
        Rows with an empty cell (NaN) are passed over.

    Returns
    -------
    Dependence
        Correlations and variance inflation factors.
    """
    complete = inputs[~np.isnan(inputs).any(axis=1)]
    return Dependence(
        input_names=input_names,
        correlation=correlation_matrix(complete),
        vif=variance_inflation_factors(complete),
    )
