"""A plan's information about a model, and the variance of what it predicts."""

from dataclasses import dataclass
from typing import Final

import numpy as np
import scipy.linalg

from electrodoe.arrays import Floats, Integers
from electrodoe.design.model.information import grouping
from electrodoe.design.model.terms import ModelTerms
from electrodoe.design.region.region import DesignRegion
from electrodoe.errors import DesignError

_MOST_RUNS: Final = 2_000
"""Runs whose precision is written out; 50,000 configurations of a study would need 20 GB."""
_MIN_EIGENVALUE = 1e-10
"""Of the information with unit diagonal: below it a term depends on others; chosen."""
_PART = 1e-3
"""Fraction of the largest weight from which a term takes part in a dependence."""
_MOST_NAMED = 4
"""Terms listed in an error: chosen, more make no sentence."""


@dataclass(frozen=True, kw_only=True)
class PlanModel:
    """What a plan is evaluated for.

    Attributes
    ----------
    region : DesignRegion
        Factors and limits.
    terms : ModelTerms
        The model that is to be estimated.
    groups : array of shape (n_runs,), int, or None
        Whole plots or blocks.
    variance_ratio : float
        Variance between groups over variance within them.
    """

    region: DesignRegion
    terms: ModelTerms
    groups: Integers | None = None
    variance_ratio: float = 1.0

    def information(self, design: Floats) -> Floats:
        """Return ``X' V^-1 X`` of a coded design, shape (p, p)."""
        X = self.terms.matrix(design)
        if self.groups is None and len(X) > _MOST_RUNS:
            return np.asarray(X.T @ X)
        V = grouping(self.groups, len(X), self.variance_ratio).precision
        return np.asarray(X.T @ V @ X)

    def covariance(self, design: Floats) -> Floats:
        """Return the coefficients' covariance in units of the residual variance, shape (p, p).

        Raises
        ------
        DesignError
            If the design leaves a term undetermined.
        """
        A = self.information(design)
        lengths = np.sqrt(np.maximum(np.diag(A), 1e-300))
        scaled = A / np.outer(lengths, lengths)
        values, vectors = np.linalg.eigh(scaled)
        if len(design) < len(A) or values[0] < _MIN_EIGENVALUE:
            raise DesignError(
                f"{len(design)} runs do not determine the {len(A)} terms of the model;"
                f" {_dependence(self.terms.names, vectors[:, 0])}",
                where="plan",
                fix="add runs or levels, or judge the plan for a model with fewer terms",
            )
        root = scipy.linalg.cho_factor(scaled)
        inverse = scipy.linalg.cho_solve(root, np.eye(len(A)))
        return np.asarray(inverse / np.outer(lengths, lengths))


def _dependence(names: list[str], weights: Floats) -> str:
    """Return which term hangs on which others, from their weights in a sum that vanishes."""
    fractions = np.abs(weights) / np.abs(weights).max()
    *others, last = [
        name for name, fraction in zip(names, fractions, strict=True) if fraction > _PART
    ]
    if not others:
        return f"'{last}' has no effect on any run"
    listed = ", ".join(f"'{name}'" for name in others[:_MOST_NAMED])
    more = f" and {len(others) - _MOST_NAMED} more" if len(others) > _MOST_NAMED else ""
    return f"'{last}' cannot be distinguished from {listed}{more}"


def prediction_variance(terms: ModelTerms, covariance: Floats, points: Floats) -> Floats:
    """Return the variance of the predicted mean, in units of the residual variance.

    Parameters
    ----------
    terms : ModelTerms
        The model.
    covariance : array of shape (p, p)
        Of its coefficients.
    points : array of shape (n_points, n_factors)
        Coded settings.

    Returns
    -------
    array of shape (n_points,)
        ``f(x)' C f(x)``.
    """
    variance = np.empty(len(points))
    for first in range(0, len(points), 20_000):
        F = terms.matrix(points[first : first + 20_000])
        variance[first : first + 20_000] = np.sum((F @ covariance) * F, axis=1)
    return variance
