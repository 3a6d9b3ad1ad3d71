"""What is known of a probability, or of the next count: Wald on the scale of the link."""

from dataclasses import dataclass
from typing import Final

import numpy as np
import scipy

from electrodoe.arrays import Floats
from electrodoe.dataset import TrainingData
from electrodoe.errors import ModelError
from electrodoe.models.catalogue import FAMILIES
from electrodoe.models.families.generalized import generalized_matrix
from electrodoe.models.fitted import FittedModel
from electrodoe.models.generalized_linear import inverse_link, variance
from electrodoe.models.intervals import LEVEL, Intervals

_TINY: Final = 1e-12
"""Beyond Poisson's variance, below which a count is taken as Poisson's."""


@dataclass(frozen=True, kw_only=True)
class OutcomeIntervals:
    r"""A logistic or Poisson model with the covariance of its coefficients.

    Attributes
    ----------
    model : FittedModel
        ``logistic`` or ``poisson``.
    covariance : array of shape (n_terms, n_terms)
        Of the coefficients, the dispersion in it.
    dispersion : float
        How many times the variance is that of independent outcomes or of Poisson counts; never
        below 1. Of outcomes it can be seen only where runs have several samples.
    degrees_of_freedom : float
        Behind the dispersion; infinite where there is none.

    Notes
    -----
    A new run of a binary response is the event or is not, so that no interval is for it: the
    probability itself is what is predicted, and the interval is for the probability. A new count
    has the variance

    .. math:: \phi \mu + \mu^2 s^2

    with s the standard error of the logarithm; its ends are quantiles of the negative binomial
    distribution with this variance.
    """

    model: FittedModel
    covariance: Floats
    dispersion: float
    degrees_of_freedom: float

    @property
    def is_binary(self) -> bool:
        """Return whether it speaks of outcomes."""
        return FAMILIES[self.model.family].kind == "binary"

    @property
    def method(self) -> str:
        """Return how it was found."""
        if self.is_binary:
            return "of the probability: Wald on the logit, Firth's penalty"
        return "of a new count: negative binomial about a Poisson regression, Firth's penalty"

    @property
    def unseen(self) -> float:
        """Return 0: the likelihood says how far the probability may lie."""
        return 0.0

    def predict(self, inputs: Floats) -> Floats:
        """Return probabilities, or mean counts, shape (n_settings,)."""
        return self.model.predict(inputs)

    def intervals(self, inputs: Floats, level: float = LEVEL) -> Intervals:
        """Return intervals of the probability, or of the count of a new run."""
        if self.is_binary:
            lower, upper = self.mean_ends(inputs, level)
        else:
            lower, upper = self._count(inputs, (1.0 - level) / 2.0, (1.0 + level) / 2.0)
        return Intervals(
            kind="new configuration",
            method=self.method,
            level=level,
            center=self.predict(inputs),
            lower=lower,
            upper=upper,
        )

    def mean_ends(self, inputs: Floats, level: float = LEVEL) -> tuple[Floats, Floats]:
        """Return the ends of intervals of the probability, or of the mean count.

        Far away the prediction is drawn towards a half, and the interval reaches to it.
        """
        linear, error = self.linear(inputs)
        half = error * float(scipy.stats.t.ppf(0.5 + level / 2.0, self.degrees_of_freedom))
        kind, center = FAMILIES[self.model.family].kind, self.predict(inputs)
        lower, upper = inverse_link(kind, linear - half), inverse_link(kind, linear + half)
        return np.minimum(lower, center), np.maximum(upper, center)

    def probability(self, inputs: Floats, lower: float, upper: float) -> Floats:
        """Return the chance that a specification is kept, shape (n_settings,).

        Of a binary response: how sure it is that its probability lies from ``lower`` to ``upper``;
        else that a new count does.
        """
        if not self.is_binary:
            above = self._distribution(inputs).cdf(np.ceil(lower) - 1.0 if lower > 0.0 else -1.0)
            return np.asarray(self._distribution(inputs).cdf(upper) - above)
        linear, error = self.linear(inputs)
        low, high = (scipy.special.logit(np.clip(end, 0.0, 1.0)) for end in (lower, upper))
        below = scipy.stats.t.cdf((low - linear) / error, self.degrees_of_freedom)
        return np.asarray(
            scipy.stats.t.cdf((high - linear) / error, self.degrees_of_freedom) - below
        )

    def guaranteed(self, inputs: Floats, lower: float, upper: float, confidence: float) -> Floats:
        """Return the same, whatever the confidence: errors of the estimates are in it already."""
        del confidence
        return self.probability(inputs, lower, upper)

    def require(self, level: float) -> None:
        """Do nothing: the distributions support every level."""

    def linear(self, inputs: Floats) -> tuple[Floats, Floats]:
        """Return logits or logarithms and their standard errors, shape (n_settings,) each."""
        F = generalized_matrix(self.model.normalization.inputs(inputs), self.model.state)
        error = np.sqrt(np.sum((F @ self.covariance) * F, axis=1))
        return np.asarray(F @ self.model.state["coefficients"]), np.asarray(error)

    def draws(self, inputs: Floats, n_draws: int, rng: np.random.Generator) -> Floats:
        """Return surfaces as the samples leave them possible, shape (n_draws, n_settings)."""
        F = generalized_matrix(self.model.normalization.inputs(inputs), self.model.state)
        root = np.linalg.cholesky(self.covariance)
        own = self.model.state["coefficients"] + rng.standard_normal((n_draws, len(root))) @ root.T
        return inverse_link(FAMILIES[self.model.family].kind, own @ F.T)

    def _count(self, inputs: Floats, low: float, high: float) -> tuple[Floats, Floats]:
        """Return two quantiles of a new count."""
        distribution = self._distribution(inputs)
        return np.asarray(distribution.ppf(low)), np.asarray(distribution.ppf(high))

    def _distribution(self, inputs: Floats) -> "scipy.stats.rv_discrete":
        """Return the distribution of a new count, of a mean that is not quite known."""
        linear, error = self.linear(inputs)
        mean = inverse_link("count", linear)
        beyond = np.maximum((self.dispersion - 1.0) / mean + np.expm1(error**2), _TINY)
        size = 1.0 / beyond
        return scipy.stats.nbinom(size, size / (size + mean))


def outcome_intervals(data: TrainingData, model: FittedModel) -> OutcomeIntervals:
    """Return what is known of a probability or of a count at any settings.

    Parameters
    ----------
    data : TrainingData
        What the model was fitted to.
    model : FittedModel
        ``logistic`` or ``poisson``.

    Returns
    -------
    OutcomeIntervals
        Predicts what the model predicts.

    Raises
    ------
    ModelError
        If the family has no coefficients, such as a forest.

    Notes
    -----
    The coefficients' covariance is multiplied by the :func:`dispersion`.
    """
    if "coefficients" not in model.state:
        raise ModelError(
            f"'{model.family}' has no interval of a probability",
            where=f"model '{model.family}' of '{model.response_name}'",
            fix="name the family logistic",
        )
    kind = FAMILIES[model.family].kind
    X = generalized_matrix(model.normalization.inputs(data.inputs), model.state)
    mean = inverse_link(kind, X @ model.state["coefficients"])
    spread = variance(kind, mean)
    covariance = np.linalg.inv((X * spread[:, None]).T @ X)
    times, freedom = dispersion(data, mean, X.shape[1])
    return OutcomeIntervals(
        model=model,
        covariance=np.asarray(times * covariance, dtype=np.float64),
        dispersion=times,
        degrees_of_freedom=np.inf if freedom is None else float(freedom),
    )


def dispersion(data: TrainingData, mean: Floats, n_terms: int) -> tuple[float, int | None]:
    """Return how many times variances are those of independent outcomes or of Poisson counts.

    Parameters
    ----------
    data : TrainingData
        A binary response or a count.
    mean : array of shape (n_samples,)
        Probability or mean count of each sample.
    n_terms : int
        Of the model.

    Returns
    -------
    float
        Pearson's statistic of the sums of runs, or of whole plots where factors are hard to
        change, over its degrees of freedom; at least 1.
    int or None
        The degrees of freedom; None where nothing is estimated: without replicates outcomes of 0
        and 1 cannot show it.
    """
    together = data.run_numbers if data.whole_plots is None else data.whole_plots
    _, position = np.unique(together, return_inverse=True)
    sizes = np.bincount(position)
    left_over = len(sizes) - n_terms
    if left_over < 1 or (data.kind == "binary" and sizes.max() == 1):
        return 1.0, None
    left = np.bincount(position, data.response - mean)
    of_sums = np.bincount(position, variance(data.kind, mean))
    return max(1.0, float(np.sum(left**2 / of_sums)) / left_over), left_over
