"""Intervals of linear models from configuration means: two variances, Satterthwaite's t."""

from dataclasses import dataclass, replace

import numpy as np
import scipy

from electrodoe.arrays import Floats
from electrodoe.dataset import TrainingData, are_runs_doubted, configuration_means
from electrodoe.errors import ModelError
from electrodoe.models.catalogue import FAMILIES
from electrodoe.models.fitted import FittedModel
from electrodoe.models.replicates import replicate_scatter
from electrodoe.models.t_intervals import TIntervals


@dataclass(frozen=True, kw_only=True)
class MeanIntervals(TIntervals):
    r"""A linear model with its two variances.

    Attributes
    ----------
    model : FittedModel
        Of a family with :attr:`~electrodoe.models.Family.terms`.
    weights : array of shape (n_terms, n_configurations)
        Turns configuration means into coefficients.
    mean_variance : float
        Variance of configuration means about the model, in the response's unit squared, or on the
        scale of the model's transform; so is the next.
    replicate_variance : float
        Variance of replicates; 0 where there are none.
    mean_degrees_of_freedom, replicate_degrees_of_freedom : int
        Degrees of freedom of the two.
    mean_fraction : float
        How much of the replicate variance is in ``mean_variance`` (1/n for n replicates each).
    replicate_fractions : array of shape (n_configurations,)
        One over the replicates of each configuration.

    Notes
    -----
    The mixed model is

    .. math:: y_{ij} = f(x_i)^T \beta + u_i + e_{ij}

    With s² the residual variance of the configuration means, c the weights of the prediction and
    m the mean fraction, the variance of a new measurement minus its prediction is estimated by

    .. math:: (1 + \sum c_i^2)\, s^2 + [1 - m + \sum c_i^2 (1/n_i - m)]\, s_e^2

    and its degrees of freedom by Satterthwaite's rule [1]_. Exact in expectation for any numbers
    of replicates, and an exact t for one replicate each.

    References
    ----------
    .. [1] Satterthwaite, Biometrics Bulletin 2 (1946) 110, 10.2307/3002019.
    .. [2] Searle, Casella, McCulloch, Variance Components (1992), ch. 5.
    """

    weights: Floats
    mean_variance: float
    replicate_variance: float
    mean_degrees_of_freedom: int
    replicate_degrees_of_freedom: int
    mean_fraction: float
    replicate_fractions: Floats

    @property
    def method(self) -> str:
        """Return how it was found."""
        return "configuration means, t with Satterthwaite's degrees of freedom"

    def _prediction_variance(self, inputs: Floats) -> Floats:
        """Return the variance of each prediction itself, shape (n_settings,)."""
        of_means, of_replicates = self._leverages(inputs)
        return of_means * self.mean_variance + of_replicates * self.replicate_variance

    def _of_a_measurement(self) -> tuple[Floats, Floats]:
        """Return the error of a measurement about a known surface, and its degrees of freedom."""
        return self._combined(np.ones(1), np.array([1.0 - self.mean_fraction]))

    def standard_errors(self, inputs: Floats) -> tuple[Floats, Floats]:
        """Return the error of a new measurement and its degrees of freedom, shape (n_settings,)."""
        of_means, of_replicates = self._leverages(inputs)
        return self._combined(1.0 + of_means, 1.0 - self.mean_fraction + of_replicates)

    def _leverages(self, inputs: Floats) -> tuple[Floats, Floats]:
        """Return how much of both variances a prediction carries, shape (n_settings,)."""
        F = model_matrix(self.model, inputs)
        of_replicates = self.weights * (self.replicate_fractions - self.mean_fraction)
        carried = (self.weights @ self.weights.T, of_replicates @ self.weights.T)
        first, second = (np.sum((F @ matrix) * F, axis=1) for matrix in carried)
        return np.asarray(first), np.asarray(second)

    def _combined(self, of_means: Floats, of_replicates: Floats) -> tuple[Floats, Floats]:
        """Return the root of fractions of both variances, and its degrees of freedom."""
        tiny = np.finfo(np.float64).tiny
        first, second = of_means * self.mean_variance, of_replicates * self.replicate_variance
        spread = first**2 / self.mean_degrees_of_freedom
        if self.replicate_degrees_of_freedom:
            spread = spread + second**2 / self.replicate_degrees_of_freedom
        variance = np.maximum(first + second, tiny)
        return np.sqrt(variance), np.maximum(variance**2 / np.maximum(spread, tiny), 1.0)


def model_matrix(model: FittedModel, inputs: Floats) -> Floats:
    """Return the terms of a linear model at some settings, shape (n_settings, n_terms)."""
    terms = FAMILIES[model.family].terms
    assert terms is not None  # noqa: S101 - who asks has looked whether the family is linear
    return terms(model.normalization.inputs(inputs), model.hyperparameters)


def mean_intervals(data: TrainingData, model: FittedModel) -> MeanIntervals:
    """Return what is known of a new configuration under a linear model.

    A new configuration is a new run, so its interval holds what varies between runs. Where the
    rows of a configuration are runs, they are the means.

    Parameters
    ----------
    data : TrainingData
        What the model was fitted to.
    model : FittedModel
        Of a family with :attr:`~electrodoe.models.Family.terms`.

    Returns
    -------
    MeanIntervals
        Predicts what the model predicts.

    Raises
    ------
    ModelError
        If the family is another, or there are not more configurations than terms.
    """
    where = f"model '{model.family}' of '{model.response_name}'"
    # refuse what is not linear
    if FAMILIES[model.family].terms is None:
        raise ModelError(
            f"'{model.family}' is not linear in its terms",
            where=where,
            fix="use leave-one-configuration-out jackknife+, or"
            f" {' or '.join(name for name, each in FAMILIES.items() if each.terms)}",
        )
    # rows that are runs count one by one, unless that is an assumption that settings speak against
    if data.runs is not None:
        by_run = replace(data, configurations=data.runs, runs=None)
        if not (data.is_run_assumed and is_doubted(model, data)):
            return _of_means(by_run, model, where)
    return _of_means(data, model, where)


def is_doubted(model: FittedModel, data: TrainingData) -> bool:
    """Return whether settings differ by more about a linear model than rows of one setting do.

    Then rows that are taken as runs may be samples of one run, whatever was assumed of them.
    """
    F = model_matrix(model, configuration_means(data.inputs, data.configurations))
    if len(F) <= F.shape[1]:
        return False
    found = _of_means(data, model, "")
    expected = found.mean_fraction * found.replicate_variance
    degrees = (found.mean_degrees_of_freedom, found.replicate_degrees_of_freedom)
    if not degrees[1] or expected <= 0.0:
        return False
    p = float(scipy.stats.f.sf(found.mean_variance / expected, *degrees))
    return are_runs_doubted(p, degrees[0])


def _of_means(data: TrainingData, model: FittedModel, where: str) -> MeanIntervals:
    """Return both variances of a linear model, between configurations and within them."""
    F = model_matrix(model, configuration_means(data.inputs, data.configurations))
    degrees_of_freedom = len(F) - F.shape[1]
    if degrees_of_freedom < 1:
        raise ModelError(
            f"{len(F)} configurations leave nothing over to judge {F.shape[1]} terms by",
            where=where,
            fix="measure more configurations, or use a model with fewer terms",
        )
    data = data.on_scale(model.transform)
    # least squares through the configurations' means
    means = configuration_means(data.response[:, None], data.configurations)[:, 0]
    _, sizes = np.unique(data.configurations, return_counts=True)
    fractions = 1.0 / sizes
    # mean squares between configurations and within them, with how either counts
    scatter = replicate_scatter(data)
    inverse = np.linalg.pinv(F)
    residuals = means - F @ (inverse @ means)
    left_over = 1.0 - np.sum(F * inverse.T, axis=1)
    root = np.sqrt(sizes)
    return MeanIntervals(
        model=model,
        weights=np.asarray(np.linalg.pinv(root[:, None] * F) * root, dtype=np.float64),
        mean_variance=float(residuals @ residuals) / degrees_of_freedom,
        replicate_variance=scatter.variance,
        mean_degrees_of_freedom=degrees_of_freedom,
        replicate_degrees_of_freedom=scatter.degrees_of_freedom,
        mean_fraction=float(left_over @ fractions) / degrees_of_freedom,
        replicate_fractions=fractions,
    )
