"""How far the inputs of a scenario depend on one another: correlation and VIF."""

from dataclasses import dataclass
from typing import Final

import numpy as np

from electrodoe.arrays import Booleans, Floats, Integers
from electrodoe.dataset.categories import InputColumns, Levels, input_columns
from electrodoe.ties import first_largest

MAX_CORRELATION: Final = 0.3
"""From here on |r| is no longer weak (Ratner 2009, the paper's reference 50)."""
MAX_VIF: Final = 5.0
"""The stricter of the usual limits, 5 and 10 (James et al. 2013, the paper's reference 35)."""

_SINGULAR: Final = 1e-10
"""Fraction of the largest eigenvalue below which columns follow from one another."""


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
    if np.linalg.matrix_rank(correlation, hermitian=True, rtol=_SINGULAR) < len(correlation):
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
        """Return whether effects can be distinguished: all VIF below 5."""
        return bool(np.all(self.vif < MAX_VIF))

    @property
    def is_weak(self) -> bool:
        """Return whether the paper would explain, too: all |r| < 0.3."""
        return abs(self.strongest_pair[2]) < MAX_CORRELATION


def dependence(
    input_names: tuple[str, ...], inputs: Floats, levels: Levels | None = None
) -> Dependence:
    r"""Return how the inputs depend on one another.

    Parameters
    ----------
    input_names : tuple of str
        Names of the columns.
    inputs : array of shape (n_samples, n_inputs)
        Rows with an empty cell (NaN) are passed over.
    levels : mapping of str to mapping of int to str, or None
        Names of the levels of the inputs that are categories.

    Returns
    -------
    Dependence
        Correlations and variance inflation factors; the contrasts of a category count as one.

    Notes
    -----
    Between a category and another input stands the root of the mean squared canonical correlation
    of their columns, less what chance explains with so many settings; it has no sign. The variance
    inflation factor of a category with p contrasts is :math:`GVIF^{1/p}` [1]_,

    .. math:: GVIF = \det R_{jj} \det R_{-j} / \det R

    References
    ----------
    .. [1] Fox, Monette, Journal of the American Statistical Association 87 (1992) 178,
       10.1080/01621459.1992.10475190.

    Examples
    --------
    >>> crossed = np.array([[8.0, 0], [8, 1], [8, 2], [12, 0], [12, 1], [12, 2]])
    >>> levels = {"binder": {0: "CMC", 1: "PVDF", 2: "PAA"}}
    >>> found = dependence(("loading", "binder"), crossed, levels)
    >>> found.vif.round(6).tolist(), found.is_independent
    ([1.0, 1.0], True)
    """
    complete = inputs[~np.isnan(inputs).any(axis=1)]
    columns = input_columns(input_names, levels or {})
    if columns.has_categories:
        return _of_columns(input_names, complete, columns)
    return Dependence(
        input_names=input_names,
        correlation=correlation_matrix(complete),
        vif=variance_inflation_factors(complete),
    )


def _of_columns(input_names: tuple[str, ...], inputs: Floats, columns: InputColumns) -> Dependence:
    """Return the dependence of inputs of which some are categories."""
    of = columns.input_of_column
    between = correlation_matrix(columns.contrasts(inputs))
    n_settings = len(np.unique(inputs, axis=0))
    n_inputs = len(input_names)
    correlation = np.eye(n_inputs)
    for first in range(n_inputs):
        for second in range(first):
            own = _association(between, of == first, of == second, n_settings)
            correlation[first, second] = correlation[second, first] = own
    return Dependence(
        input_names=input_names, correlation=correlation, vif=_generalized_vif(between, of)
    )


def _association(between: Floats, first: Booleans, second: Booleans, n_settings: int) -> float:
    """Return r of two numbers; else the root of the adjusted mean squared canonical correlation."""
    crossed = between[np.ix_(first, second)]
    if crossed.size == 1:
        return float(crossed[0, 0])
    left = np.linalg.pinv(between[np.ix_(first, first)], rcond=_SINGULAR, hermitian=True)
    right = np.linalg.pinv(between[np.ix_(second, second)], rcond=_SINGULAR, hermitian=True)
    mean = float(np.trace(left @ crossed @ right @ crossed.T)) / min(crossed.shape)
    chance = max(crossed.shape) / max(n_settings - 1, 1)
    if chance >= 1.0:
        return float(np.sqrt(mean))
    return float(np.sqrt(max((mean - chance) / (1.0 - chance), 0.0)))


def _generalized_vif(between: Floats, of: Integers) -> Floats:
    """Return GVIF to the power of one over an input's columns; infinite where it follows."""
    if np.linalg.matrix_rank(between, hermitian=True, rtol=_SINGULAR) < len(between):
        single = _pairwise_infinite(between)
        return np.array([single[of == number].max() for number in np.unique(of)])
    whole = np.linalg.slogdet(between)[1]
    found = []
    for number in np.unique(of):
        own, others = of == number, of != number
        parts = [np.linalg.slogdet(between[np.ix_(each, each)])[1] for each in (own, others)]
        found.append(np.exp((sum(parts) - whole) / own.sum()))
    return np.array(found)
