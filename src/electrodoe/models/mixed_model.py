"""A linear model with random groups (whole plots, blocks, runs): REML by Newton's method."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np

from electrodoe.arrays import Booleans, Floats, Integers
from electrodoe.errors import ModelError
from electrodoe.models.least_squares import least_squares
from electrodoe.models.restricted_likelihood import (
    RestrictedLikelihood,
    inverse_covariance,
    maximized,
    symmetric_inverse,
)

_SPANNED: Final = 1e-8
"""Singular value, relative to the largest, below which a direction is rounding."""


@dataclass(frozen=True, kw_only=True)
class MixedModel:
    r"""Coefficients and variances of a linear model with random groups.

    Attributes
    ----------
    grouping_names : tuple of str
        The groupings that have a variance of their own.
    coefficients : array of shape (n_terms,)
        By generalized least squares, in the response's unit per unit of each column.
    variances : array of shape (1 + n_groupings,)
        Residual variance, then that of each grouping, in the response's unit squared. One below
        zero says that groups are more alike than chance makes them: kept, for tests to have their
        level, and shown as zero.
    is_estimable : array of shape (1 + n_groupings,), bool
        Whether anything beside the terms says how large a variance is; 0 where not.
    variance_covariance : array of shape (1 + n_groupings, 1 + n_groupings)
        Of the variances, by expected information; zero where one is not estimable.
    X, y, parts
        Model matrix, response and the covariance of each unit variance, in coordinates that span
        terms and groups, shape (n_coordinates, ...); what else there is to ``y`` is residual.
    roots : tuple of array of shape (n_coordinates, n_groups)
        Indicators of each grouping's groups in the same coordinates.
    n_samples : int
        Rows of the data.

    Notes
    -----
    .. math:: y = X\beta + \sum_k Z_k u_k + e, \quad u_k \sim N(0, \sigma_k^2)

    References
    ----------
    .. [1] Searle, Casella, McCulloch, Variance Components (1992), ch. 6.
    .. [2] Stroup, Generalized Linear Mixed Models (2013), ch. 9, on variances below zero.
    """

    grouping_names: tuple[str, ...]
    coefficients: Floats
    variances: Floats
    is_estimable: Booleans
    variance_covariance: Floats
    X: Floats
    y: Floats
    parts: Floats
    roots: tuple[Floats, ...]
    n_samples: int

    @property
    def inverse(self) -> Floats:
        """Return the inverse of the covariance, shape (n_coordinates, n_coordinates)."""
        return inverse_covariance(self.variances, self.parts)

    @property
    def coefficient_covariance(self) -> Floats:
        """Return that of the coefficients with the variances taken as known."""
        return symmetric_inverse(self.X.T @ self.inverse @ self.X)

    def variance(self, grouping: str) -> float:
        """Return the variance of a grouping, zero where it came out below; ``residual`` is one."""
        names = ("residual", *self.grouping_names)
        return max(float(self.variances[names.index(grouping)]), 0.0)


def mixed_model(
    X: Floats, y: Floats, groupings: Mapping[str, Integers], term_names: Sequence[str]
) -> MixedModel:
    """Return a linear model with a random intercept for each group of one or more groupings.

    Parameters
    ----------
    X : array of shape (n_samples, n_terms)
        Model matrix, with a column of ones where an intercept is meant.
    y : array of shape (n_samples,)
        Response.
    groupings : mapping of str to array of shape (n_samples,), int
        Group of each sample; nested or crossed. A grouping with one sample in each group is the
        residual, and one that parts the samples as another does is that one: both are left out.
    term_names : sequence of str
        Names of the columns, for messages.

    Returns
    -------
    MixedModel
        By restricted maximum likelihood. In balanced data the analysis of variance of each stratum.

    Raises
    ------
    ModelError
        If the data do not determine the terms, or leave nothing over for a variance.

    Examples
    --------
    >>> X, plots = np.ones((6, 1)), np.array([0, 0, 1, 1, 2, 2])
    >>> fitted = mixed_model(X, np.array([1.0, 3, 5, 7, 9, 11]), {"whole plot": plots}, ["1"])
    >>> fitted.coefficients.round(9), fitted.variances.round(9)
    (array([6.]), array([ 2., 15.]))
    """
    least_squares(X, y, term_names)  # refuses terms that the data do not determine
    used = distinct_groupings(groupings)
    X_1, y_1, roots, left_over, n_left = _coordinates(X, y, list(used.values()))
    n_free = len(X_1) - X_1.shape[1] + n_left
    if n_free < 1 or _residual_size(X_1, y_1, left_over) == 0.0:
        raise ModelError(
            f"{len(y)} samples leave nothing over to judge {X.shape[1]} terms by",
            where=f"model with the terms {', '.join(term_names)}",
            fix="measure more runs, or use a model with fewer terms",
        )
    parts = np.array([np.eye(len(X_1)), *(root @ root.T for root in roots)])
    problem = RestrictedLikelihood(X=X_1, y=y_1, parts=parts, left_over=left_over, n_left=n_left)
    is_estimable = problem.is_estimable()
    variances = maximized(problem, is_estimable)
    covariance = np.zeros((len(variances), len(variances)))
    at = np.ix_(is_estimable, is_estimable)
    covariance[at] = symmetric_inverse(problem.expected_information(variances)[at])
    inverse = inverse_covariance(variances, parts)
    return MixedModel(
        grouping_names=tuple(used),
        coefficients=symmetric_inverse(X_1.T @ inverse @ X_1) @ X_1.T @ inverse @ y_1,
        variances=variances,
        is_estimable=is_estimable,
        variance_covariance=covariance,
        X=X_1,
        y=y_1,
        parts=parts,
        roots=roots,
        n_samples=len(y),
    )


def distinct_groupings(groupings: Mapping[str, Integers]) -> dict[str, Integers]:
    """Return the groupings that are neither the samples, nor all of them, nor one another.

    Examples
    --------
    >>> list(distinct_groupings({"day": np.array([1, 1, 2]), "row": np.array([1, 2, 3])}))
    ['day']
    """
    kept: dict[str, Integers] = {}
    for name, groups in groupings.items():
        numbers = np.unique(groups, return_inverse=True)[1]
        n_groups = int(numbers.max(initial=-1)) + 1
        is_known = any(_is_one_partition(numbers, other) for other in kept.values())
        if 1 < n_groups < len(numbers) and not is_known:
            kept[name] = numbers
    return kept


def _is_one_partition(first: Integers, second: Integers) -> bool:
    """Return whether two groupings part the samples alike."""
    n_pairs = len(np.unique(np.column_stack([first, second]), axis=0))
    return n_pairs == len(np.unique(first)) == len(np.unique(second))


def _coordinates(
    X: Floats, y: Floats, groupings: list[Integers]
) -> tuple[Floats, Floats, tuple[Floats, ...], float, int]:
    """Return terms, response and groups in coordinates that span them, and the rest."""
    Z = [np.eye(int(groups.max()) + 1)[groups] for groups in groupings]
    spanned = np.column_stack([X / np.linalg.norm(X, axis=0), *Z])
    U, size, _ = np.linalg.svd(spanned, full_matrices=False)
    Q = U[:, size > _SPANNED * size[0]]
    y_1 = Q.T @ y
    roots = tuple(Q.T @ each for each in Z)
    n_left = len(y) - Q.shape[1]
    rest = y - Q @ y_1
    return Q.T @ X, y_1, roots, float(rest @ rest) if n_left else 0.0, n_left


def _residual_size(X: Floats, y: Floats, left_over: float) -> float:
    """Return the residual sum of squares; zero where it is rounding."""
    residual = y - X @ np.linalg.lstsq(X, y, rcond=None)[0]
    size = float(residual @ residual) + left_over
    rounding = (len(y) * np.finfo(np.float64).eps) ** 2 * float(y @ y)
    return size if size > rounding else 0.0
