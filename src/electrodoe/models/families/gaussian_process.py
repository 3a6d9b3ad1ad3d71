"""Gaussian process with a linear, a quadratic and a smooth part, and two kinds of noise."""

from typing import Final

import numpy as np
import scipy.linalg

from electrodoe.arrays import Floats
from electrodoe.models.family import INPUT_OF_COLUMN, Family, Hyperparameters, Search, State
from electrodoe.models.gathered import Gathered, gathered
from electrodoe.models.left_out import left_out_by_inverse
from electrodoe.models.marginal_likelihood import most_likely_parameters, surface_covariance

_SURFACE: Final = ("smooth_variance", "length_scales", "linear_variance", "quadratic_variance")


def _tune(search: Search) -> Hyperparameters:
    """Return the most likely parameters, and the noise that a single sample stands for.

    The mean of n replicates scatters by ``configuration_variance + replicate_variance / n``
    about the surface; n samples with the independent noise
    ``n * configuration_variance + replicate_variance`` say the same.
    """
    found = most_likely_parameters(
        search.inputs, search.response, search.configurations, search.given.get(INPUT_OF_COLUMN)
    )
    _, sizes = np.unique(search.configurations, return_counts=True)
    n_replicates = float(np.sum(sizes**2) / np.sum(sizes))
    return {
        "smooth_variance": found.smooth_variance,
        "length_scales": found.length_scales.tolist(),
        "linear_variance": found.linear_variance,
        "quadratic_variance": found.quadratic_variance,
        "configuration_variance": found.configuration_variance,
        "replicate_variance": found.replicate_variance,
        "noise_variance": n_replicates * found.configuration_variance + found.replicate_variance,
    }


def _noisy_covariance(means: Gathered, hyperparameters: Hyperparameters) -> Floats:
    """Return the covariance of the means of samples that share their setting."""
    covariance = surface_covariance(means.inputs, means.inputs, hyperparameters)
    covariance[np.diag_indices_from(covariance)] += hyperparameters["noise_variance"] / means.counts
    return covariance


def _fit(
    inputs: Floats,
    response: Floats,
    hyperparameters: Hyperparameters,
    seed: int,
) -> State:
    """Return the training samples' settings and their weights."""
    means = gathered(inputs, response)
    factor = scipy.linalg.cho_factor(_noisy_covariance(means, hyperparameters), lower=True)
    return {
        "inputs": means.inputs,
        "weights": scipy.linalg.cho_solve(factor, means.response),
        **{name: np.asarray(hyperparameters[name]) for name in _SURFACE},
    }


def _predict(state: State, inputs: Floats) -> Floats:
    """Return the posterior mean."""
    return np.asarray(surface_covariance(inputs, state["inputs"], state) @ state["weights"])


def _left_out(search: Search, hyperparameters: Hyperparameters) -> Floats:
    """Return the predictions of all configurations, each without itself, from one inverse."""
    means = gathered(search.inputs, search.response, search.configurations)
    owner = np.empty(len(means.counts), dtype=np.int64)
    owner[means.position] = search.left_out_units
    inverse = np.asarray(np.linalg.inv(_noisy_covariance(means, hyperparameters)), dtype=np.float64)
    return left_out_by_inverse(inverse, means.response, owner)[means.position]


GAUSSIAN_PROCESS: Final = Family(
    name="gaussian_process",
    title="Gaussian process",
    reference="Rasmussen, Williams, Gaussian Processes for Machine Learning (2006)",
    tune=_tune,
    fit=_fit,
    predict=_predict,
    left_out=_left_out,
    gathers_settings=True,
)
"""Linear, quadratic and radial kernel, fitted by a likelihood that knows of configurations."""
