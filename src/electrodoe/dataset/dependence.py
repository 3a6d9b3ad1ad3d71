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

JOINED: Final = " + "
"""Between the names of inputs that only together are told apart from the others."""

_SINGULAR: Final = 1e-10
"""Fraction of the largest eigenvalue below which columns follow from one another."""
_MOST_NEAR: Final = 1.0 - 1e-9
"""Squared canonical correlation above which one set of columns follows from another: rounding."""


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
    groups : tuple of tuple of int
        Positions of inputs that move together, so that only as a group they are told apart from
        the others; an input that moves alone is a group of its own. Empty where nothing was
        grouped: each input stands for itself.
    """

    input_names: tuple[str, ...]
    correlation: Floats
    vif: Floats
    groups: tuple[tuple[int, ...], ...] = ()

    @property
    def members(self) -> dict[str, tuple[str, ...]]:
        """Return the inputs of each group by its name, ``a + b`` where it has several."""
        groups = self.groups or tuple((index,) for index in range(len(self.input_names)))
        named = [tuple(self.input_names[index] for index in group) for group in groups]
        return {JOINED.join(names): names for names in named}

    @property
    def group_numbers(self) -> Integers:
        """Return the number of each input's group, from 0, shape (n_inputs,)."""
        numbers = np.arange(len(self.input_names))
        for number, group in enumerate(self.groups):
            numbers[list(group)] = number
        return numbers

    @property
    def is_explainable(self) -> bool:
        """Return whether something can be told apart: inputs, or at least groups of them."""
        return self.is_independent or len(self.groups) > 1

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
    correlation = correlation_matrix(complete)
    vif = variance_inflation_factors(complete)
    return Dependence(
        input_names=input_names,
        correlation=correlation,
        vif=vif,
        groups=_groups(correlation, np.arange(len(input_names)), vif),
    )


def _groups(between: Floats, of: Integers, vif: Floats) -> tuple[tuple[int, ...], ...]:
    """Return the inputs in groups none of which follows from the rest; empty where all are alone.

    The one that follows most joins the one it is nearest to, until no VIF is 5 or more: that of a
    group is of its direction that the rest explains best.
    """
    groups: list[tuple[int, ...]] = [(int(number),) for number in np.unique(of)]
    while len(groups) > 1:
        inflation = _inflation(between, of, groups, vif)
        worst = int(first_largest(inflation))
        if inflation[worst] < MAX_VIF:
            break
        own = np.isin(of, groups[worst])
        near = [
            -1.0 if other == groups[worst] else _nearness(between, own, np.isin(of, other))
            for other in groups
        ]
        joined = (groups[worst], groups[int(first_largest(np.array(near)))])
        rest = [group for group in groups if group not in joined]
        groups = sorted([*rest, tuple(sorted(joined[0] + joined[1]))])
    return tuple(groups) if len(groups) < len(vif) else ()


def _inflation(between: Floats, of: Integers, groups: list[tuple[int, ...]], vif: Floats) -> Floats:
    """Return the variance inflation factor of each group; that of an input alone is its own."""
    found = [
        vif[group[0]]
        if len(group) == 1
        else 1.0 / (1.0 - min(_nearness(between, own, ~own), _MOST_NEAR))
        for group in groups
        for own in [np.isin(of, group)]
    ]
    return np.minimum(found, 1.0 / (1.0 - _MOST_NEAR))


def _nearness(between: Floats, first: Booleans, second: Booleans) -> float:
    """Return the largest squared canonical correlation of two sets of columns."""
    return float(np.linalg.eigvals(_shared(between, first, second)).real.max())


def _shared(between: Floats, first: Booleans, second: Booleans) -> Floats:
    """Return a matrix whose eigenvalues are the squared canonical correlations of two sets."""
    crossed = between[np.ix_(first, second)]
    left = np.linalg.pinv(between[np.ix_(first, first)], rcond=_SINGULAR, hermitian=True)
    right = np.linalg.pinv(between[np.ix_(second, second)], rcond=_SINGULAR, hermitian=True)
    return np.asarray(left @ crossed @ right @ crossed.T)


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
    vif = _generalized_vif(between, of)
    return Dependence(
        input_names=input_names,
        correlation=correlation,
        vif=vif,
        groups=_groups(between, of, vif),
    )


def _association(between: Floats, first: Booleans, second: Booleans, n_settings: int) -> float:
    """Return r of two numbers; else the root of the adjusted mean squared canonical correlation."""
    crossed = between[np.ix_(first, second)]
    if crossed.size == 1:
        return float(crossed[0, 0])
    mean = float(np.trace(_shared(between, first, second))) / min(crossed.shape)
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
