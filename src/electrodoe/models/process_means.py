"""Means of configurations: what the Bayesian model average are fitted to."""

from dataclasses import dataclass, replace
from typing import Final

import numpy as np

from electrodoe.arrays import Floats, Integers
from electrodoe.models.gathered import gathered

_MOST_MEANS: Final = 200
"""Means at most: 84 processes times 200 by 200 are 27 MB and .2 s; 300 take three times as long."""


@dataclass(frozen=True, kw_only=True)
class ConfigurationMeans:
    """What a study says about new configurations, one row for each.

    Attributes
    ----------
    inputs : array of shape (n_configurations, n_inputs)
        Mean of the normalized inputs.
    response : array of shape (n_configurations,)
        Mean of the normalized response.
    n_replicates : array of shape (n_configurations,)
        Samples of each.
    replicate_variance : float
        Pooled variance of samples about their mean; zero where nothing is replicated.
    n_configurations : array of shape (n_configurations,)
        One each; more where near configurations were gathered because they are too many.
    rows : array of shape (n_samples,), int
        Row of each sample's configuration.
    """

    inputs: Floats
    response: Floats
    n_replicates: Floats | Integers
    replicate_variance: float
    n_configurations: Floats
    rows: Integers

    def noise(self, configuration_variance: Floats) -> Floats:
        """Return the variance of each mean about the surface, shape (n_variances, n_means)."""
        effects = configuration_variance[:, None] / self.n_configurations
        return np.asarray(effects + self.replicate_variance / self.n_replicates)


def configuration_averages(
    inputs: Floats, response: Floats, configurations: Integers
) -> ConfigurationMeans:
    """Return the mean of every configuration and the scatter about it.

    Parameters
    ----------
    inputs : array of shape (n_samples, n_inputs)
        Normalized inputs.
    response : array of shape (n_samples,)
        Normalized response.
    configurations : array of shape (n_samples,), int
        Configuration of each sample.

    Returns
    -------
    ConfigurationMeans
        In the order of the configurations' numbers.

    Examples
    --------
    >>> means = configuration_averages(np.zeros((3, 1)), np.array([1.0, 3, 5]), np.array([0, 0, 1]))
    >>> means.response, means.replicate_variance
    (array([2., 5.]), 2.0)
    """
    _, rows, sizes = np.unique(configurations, return_inverse=True, return_counts=True)
    mean = np.bincount(rows, response) / sizes
    n_spare = len(response) - len(sizes)
    scatter = float(np.sum((response - mean[rows]) ** 2))
    columns = [np.bincount(rows, column) / sizes for column in inputs.T]
    means = ConfigurationMeans(
        inputs=np.column_stack(columns),
        response=mean,
        n_replicates=sizes,
        replicate_variance=scatter / n_spare if n_spare else 0.0,
        n_configurations=np.ones(len(sizes)),
        rows=rows,
    )
    return means if len(sizes) <= _MOST_MEANS else _gathered(means)


def _gathered(means: ConfigurationMeans) -> ConfigurationMeans:
    """Return the means of near configurations, where there are too many for one each."""
    groups = gathered(means.inputs, means.response, most=_MOST_MEANS)
    fractions = np.bincount(groups.position, 1.0 / means.n_replicates) / groups.counts**2
    return replace(
        means,
        inputs=groups.inputs,
        response=groups.response,
        n_replicates=1.0 / fractions,
        n_configurations=groups.counts,
        rows=groups.position[means.rows],
    )
