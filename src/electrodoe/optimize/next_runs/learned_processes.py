"""Posterior covariances of Gaussian processes, given the existing runs."""

from dataclasses import dataclass
from typing import Final

import numpy as np

from electrodoe.arrays import Floats
from electrodoe.dataset import TrainingData
from electrodoe.models import Normalization
from electrodoe.models.fitting import normalize
from electrodoe.models.process_average import Processes, kernels, likely_processes
from electrodoe.models.process_means import ConfigurationMeans, configuration_averages

_N_PROCESSES: Final = 16
"""As many as the default family averages (`models/process_average.py`)."""


@dataclass(frozen=True, kw_only=True)
class LearnedProcesses:
    """Processes, and the runs they have seen.

    Attributes
    ----------
    scales : Normalization
        Turns inputs and response into those of the processes.
    existing : ConfigurationMeans
        The runs, normalized.
    processes : Processes
        With their probabilities.
    """

    scales: Normalization
    existing: ConfigurationMeans
    processes: Processes

    @property
    def scatter(self) -> float:
        """Return the part of a run's variance that replicates explain, on the mean of all runs."""
        own = self.existing.replicate_variance / self.existing.n_replicates
        return float(np.mean(own * self.existing.n_configurations))

    @property
    def noise(self) -> Floats:
        """Return the variance of one more run's mean about the surface, shape (n_processes,)."""
        return self.processes.configuration_variance + self.scatter

    def normalized(self, settings: Floats) -> Floats:
        """Return settings in the inputs' own units as the processes take them."""
        return self.scales.inputs(settings)

    def mean(self, points: Floats) -> Floats:
        """Return what each process expects, of the normalized response, (n_processes, n_points)."""
        weights = np.linalg.solve(self._of_runs(), self.existing.response[:, None])
        return np.asarray((self._before(points, self.existing.inputs) @ weights)[..., 0])

    def covariance(self, first: Floats, second: Floats) -> Floats:
        r"""Return what is left, shape (n_processes, n_first, n_second); inputs are normalized.

        Notes
        -----
        .. math:: k(x, x') - k(x, X)\, (k(X, X) + N)^{-1}\, k(X, x')

        References
        ----------
        .. [1] Rasmussen, Williams, Gaussian Processes for Machine Learning (2006), eq. (2.24).
        """
        seen, asked = (
            self._before(self.existing.inputs, second),
            self._before(first, self.existing.inputs),
        )
        return self._before(first, second) - asked @ np.linalg.solve(self._of_runs(), seen)

    def variance(self, points: Floats) -> Floats:
        """Return what is left at single points, shape (n_processes, n_points)."""
        seen = self._before(self.existing.inputs, points)
        before = np.diagonal(kernels(points, points), axis1=1, axis2=2)
        lost = np.sum(seen * np.linalg.solve(self._of_runs(), seen), axis=1)
        return np.asarray(self.processes.kernel_weights() @ before - lost)

    def _before(self, first: Floats, second: Floats) -> Floats:
        """Return the covariance before any run."""
        fractions = self.processes.kernel_weights()
        return np.asarray(np.tensordot(fractions, kernels(first, second), axes=1))

    def _of_runs(self) -> Floats:
        """Return the covariance of the runs' means, their own scatter included."""
        covariance = self._before(self.existing.inputs, self.existing.inputs)
        diagonal = np.arange(len(self.existing.response))
        covariance[:, diagonal, diagonal] += self.existing.noise(
            self.processes.configuration_variance
        )
        return covariance


def learned_processes(data: TrainingData, n_processes: int = _N_PROCESSES) -> LearnedProcesses:
    """Return the likeliest processes of one response, with the runs they have seen."""
    scales = normalize(data)
    existing = configuration_averages(
        scales.inputs(data.inputs), scales.response(data.response), data.configurations
    )
    return LearnedProcesses(
        scales=scales, existing=existing, processes=likely_processes(existing, n_processes)
    )
