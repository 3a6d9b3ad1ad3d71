"""Where a measurement will lie, in groups that were met and in new ones."""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import scipy

from electrodoe.arrays import Floats, Integers
from electrodoe.models.intervals import LEVEL
from electrodoe.models.mixed_model import MixedModel
from electrodoe.models.restricted_likelihood import inverse_covariance, symmetric_inverse

NEW = -1
"""Of a grouping: the measurement is in a group that was not met."""


@dataclass(frozen=True, kw_only=True)
class GroupPrediction:
    """Predictions with the error of a new measurement.

    Attributes
    ----------
    center, standard_errors, degrees_of_freedom : array of shape (n_rows,)
        In the response's unit; degrees of freedom by Satterthwaite's rule.
    """

    center: Floats
    standard_errors: Floats
    degrees_of_freedom: Floats

    def ends(self, level: float = LEVEL) -> tuple[Floats, Floats]:
        """Return the lower and the upper ends of intervals, each of shape (n_rows,)."""
        half = self.standard_errors * scipy.stats.t.ppf(0.5 + level / 2.0, self.degrees_of_freedom)
        return self.center - half, self.center + half


def predict_in_groups(
    model: MixedModel, X: Floats, groups: Mapping[str, Integers]
) -> GroupPrediction:
    r"""Return predictions of new measurements, what known groups add among them.

    Parameters
    ----------
    model : MixedModel
        As fitted.
    X : array of shape (n_rows, n_terms)
        Model matrix of the new measurements.
    groups : mapping of str to array of shape (n_rows,), int
        Group of each, numbered in the rising order of the fitted data's, or ``NEW``; new where a
        grouping is not named.

    Returns
    -------
    GroupPrediction
        By best linear unbiased prediction, variances below zero taken as zero.

    References
    ----------
    .. [1] Robinson, Statistical Science 6 (1991) 15.

    Examples
    --------
    >>> from electrodoe.models.mixed_model import mixed_model
    >>> plots = np.array([0, 0, 1, 1, 2, 2])
    >>> fitted = mixed_model(
    ...     np.ones((6, 1)), np.array([1.0, 3, 5, 7, 9, 11]), {"whole plot": plots}, ["1"])
    >>> asked = {"whole plot": np.array([0, NEW])}
    >>> predict_in_groups(fitted, np.ones((2, 1)), asked).center.round(2)
    array([2.25, 6.  ])
    """
    variances = np.maximum(model.variances, 0.0)
    inverse = inverse_covariance(variances, model.parts)
    weighted = inverse @ model.X
    fixed = symmetric_inverse(model.X.T @ weighted) @ weighted.T
    places = [groups.get(name, np.full(len(X), NEW)) for name in model.grouping_names]
    met = [
        np.where(place[:, None] == NEW, 0.0, root.T[place])
        for place, root in zip(places, model.roots, strict=True)
    ]
    shared = np.zeros((len(X), len(inverse)))
    for variance, own in zip(variances[1:], met, strict=True):
        shared += variance * own
    pulled = shared @ inverse
    weights = pulled + (X - pulled @ model.X) @ fixed
    fractions = [1.0 + np.sum(weights**2, axis=1)]
    for own, root in zip(met, model.roots, strict=True):
        known = np.sum(weights * own, axis=1)
        fractions.append(1.0 - 2.0 * known + np.sum((weights @ root) ** 2, axis=1))
    each = np.column_stack(fractions)
    variance_of_new = each @ variances
    spread = np.einsum("nk,kl,nl->n", each, model.variance_covariance, each)
    degrees = 2.0 * variance_of_new**2 / np.maximum(spread, np.finfo(np.float64).tiny)
    return GroupPrediction(
        center=weights @ model.y,
        standard_errors=np.sqrt(variance_of_new),
        degrees_of_freedom=np.maximum(degrees, 1.0),
    )
