"""Intervals of linear models for a run of a new whole plot: variances by restricted likelihood."""

from dataclasses import dataclass

import numpy as np

from electrodoe.arrays import Floats
from electrodoe.dataset import TrainingData
from electrodoe.errors import ModelError
from electrodoe.models.fitted import FittedModel
from electrodoe.models.mean_intervals import model_matrix
from electrodoe.models.mixed_model import mixed_model
from electrodoe.models.random_groups import random_groups
from electrodoe.models.t_intervals import TIntervals


@dataclass(frozen=True, kw_only=True)
class StratumIntervals(TIntervals):
    r"""A linear model with the variances of its whole plots, runs and samples.

    Attributes
    ----------
    model : FittedModel
        Of a family with :attr:`~electrodoe.models.Family.terms`.
    carried : array of shape (1 + n_groupings, n_terms, n_terms)
        How much of each variance the coefficients carry; the residual's first.
    variances : array of shape (1 + n_groupings,)
        In the response's unit squared, or on the scale of the model's transform; none below zero.
    variance_covariance : array of shape (1 + n_groupings, 1 + n_groupings)
        Of the variances.

    Notes
    -----
    The variance of a new measurement, in a new run of a new whole plot, minus its prediction is
    a sum of variances with known weights,

    .. math:: \sum_k (1 + \lVert Z_k^T a \rVert^2)\, \sigma_k^2,

    where a are the weights of the measurements in the prediction; its degrees of freedom follow by
    Satterthwaite's rule from the covariance of the variances.

    References
    ----------
    .. [1] Giesbrecht, Burns, Biometrics 41 (1985) 477, 10.2307/2530872.
    """

    carried: Floats
    variances: Floats
    variance_covariance: Floats

    @property
    def method(self) -> str:
        """Return how it was found."""
        return "new whole plot, restricted likelihood, t with Satterthwaite's degrees of freedom"

    def _prediction_variance(self, inputs: Floats) -> Floats:
        """Return the variance of each prediction itself, shape (n_settings,)."""
        return np.asarray(self._weights(inputs) @ self.variances)

    def _of_a_measurement(self) -> tuple[Floats, Floats]:
        """Return the error of a measurement about a known surface, and its degrees of freedom."""
        return self._combined(np.ones((1, len(self.variances))))

    def standard_errors(self, inputs: Floats) -> tuple[Floats, Floats]:
        """Return the error of a new measurement and its degrees of freedom, shape (n_settings,)."""
        return self._combined(1.0 + self._weights(inputs))

    def _weights(self, inputs: Floats) -> Floats:
        """Return how much of each variance predictions carry, shape (n_settings, n_variances)."""
        F = model_matrix(self.model, inputs)
        return np.asarray(np.einsum("np,kpq,nq->nk", F, self.carried, F, optimize=True))

    def _combined(self, weights: Floats) -> tuple[Floats, Floats]:
        """Return the root of weighted variances, and its degrees of freedom."""
        tiny = np.finfo(np.float64).tiny
        variance = np.maximum(weights @ self.variances, tiny)
        spread = np.einsum("nk,kl,nl->n", weights, self.variance_covariance, weights)
        degrees_of_freedom = 2.0 * variance**2 / np.maximum(spread, tiny)
        return np.sqrt(variance), np.maximum(degrees_of_freedom, 1.0)


def stratum_intervals(data: TrainingData, model: FittedModel) -> StratumIntervals | None:
    """Return what is known of a new whole plot under a linear model.

    Parameters
    ----------
    data : TrainingData
        What the model was fitted to, with whole plots.
    model : FittedModel
        Of a family with :attr:`~electrodoe.models.Family.terms`.

    Returns
    -------
    StratumIntervals or None
        Predicts what the model predicts; None where the runs do not tell every variance.
    """
    data = data.all_good
    scaled = data.on_scale(model.transform)
    F = model_matrix(model, data.inputs)
    groups = {name: own for name, own in random_groups(data).items() if name != "block"}
    names = [f"term {number}" for number in range(1, F.shape[1] + 1)]
    try:
        fitted = mixed_model(F, scaled.response, groups, names)
    except ModelError:
        return None
    if not fitted.is_estimable.all():
        return None
    weights = np.linalg.pinv(F)
    sums = [weights]
    for name in fitted.grouping_names:
        numbers = np.unique(groups[name], return_inverse=True)[1]
        sums.append(weights @ np.eye(int(numbers.max()) + 1)[numbers])
    return StratumIntervals(
        model=model,
        carried=np.array([each @ each.T for each in sums]),
        variances=np.maximum(fitted.variances, 0.0),
        variance_covariance=fitted.variance_covariance,
    )
