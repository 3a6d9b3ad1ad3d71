"""The settings of the distinct configurations, from samples measured one by one."""

from dataclasses import dataclass

import numpy as np

from electrodoe.arrays import Floats, Integers
from electrodoe.dataset import TrainingData, configuration_means


@dataclass(frozen=True, kw_only=True)
class ConfigurationSettings:
    """Mean settings of each distinct configuration.

    Attributes
    ----------
    inputs : array of shape (n_configurations, n_inputs)
        Mean of its samples' inputs, which differ a little where inputs are measured.
    counts : array of shape (n_configurations,)
        Number of samples.
    position : array of shape (n_samples,), int
        Row of ``inputs`` that each sample belongs to.
    """

    inputs: Floats
    counts: Floats
    position: Integers


def configuration_settings(data: TrainingData) -> ConfigurationSettings:
    """Return the mean settings of the distinct configurations, in the order of their numbers.

    Means, numbers of samples, and which sample belongs where.
    """
    _, position, counts = np.unique(data.configurations, return_inverse=True, return_counts=True)
    return ConfigurationSettings(
        inputs=configuration_means(data.inputs, data.configurations),
        counts=counts.astype(np.float64),
        position=position.astype(np.int64),
    )
