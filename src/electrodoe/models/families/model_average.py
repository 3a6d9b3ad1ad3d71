"""A mean over Gaussian processes, each weighted by how likely it makes the data."""

from typing import Any, Final

import numpy as np

from electrodoe.arrays import Floats
from electrodoe.models.family import Family, Hyperparameters, Search, State
from electrodoe.models.gathered import gathered
from electrodoe.models.process_average import Processes, kernels, left_out_means, likely_processes
from electrodoe.models.process_means import ConfigurationMeans, configuration_averages

_COLUMNS: Final = (
    "quadratic_variance",
    "smooth_variance",
    "length_scale",
    "configuration_variance",
    "weight",
)


def _tune(search: Search) -> Hyperparameters:
    """Return the likely processes, and what a single sample stands for under each.

    n samples with the independent noise ``n * configuration_variance + replicate_variance`` say
    what their mean says.
    """
    means = _means(search)
    processes = likely_processes(means)
    _, sizes = np.unique(search.configurations, return_counts=True)
    return {
        **{name: getattr(processes, name).tolist() for name in _COLUMNS},
        "replicate_variance": means.replicate_variance,
        "n_replicates": float(np.sum(sizes**2) / np.sum(sizes)),
    }


def _means(search: Search) -> ConfigurationMeans:
    """Return the means of a search's configurations."""
    return configuration_averages(search.inputs, search.response, search.configurations)


def _processes(hyperparameters: Hyperparameters) -> Processes:
    """Return the processes that hyperparameters name."""
    columns: dict[str, Any] = {name: np.array(hyperparameters[name]) for name in _COLUMNS}
    return Processes(**columns)


def _fit(
    inputs: Floats,
    response: Floats,
    hyperparameters: Hyperparameters,
    seed: int,
) -> State:
    """Return the samples' settings and their weights in each kernel, summed over all processes."""
    means = gathered(inputs, response)
    processes = _processes(hyperparameters)
    fractions = processes.kernel_weights()
    covariance = np.tensordot(fractions, kernels(means.inputs, means.inputs), axes=1)
    effects = hyperparameters["n_replicates"] * processes.configuration_variance
    noise = (effects + hyperparameters["replicate_variance"])[:, None] / means.counts
    diagonal = np.arange(len(means.counts))
    covariance[:, diagonal, diagonal] += noise
    right = np.broadcast_to(means.response[:, None], (len(fractions), len(means.response), 1))
    weights = np.linalg.solve(covariance, right)[..., 0]
    return {"inputs": means.inputs, "weights": (processes.weight[:, None] * fractions).T @ weights}


def _predict(state: State, inputs: Floats) -> Floats:
    """Return the mean of all posterior means, at the price of one."""
    return np.asarray(np.einsum("kij,kj->i", kernels(inputs, state["inputs"]), state["weights"]))


def _left_out(search: Search, hyperparameters: Hyperparameters) -> Floats:
    """Return the predictions of all configurations, each without itself, for all its samples."""
    means = _means(search)
    units = np.empty(len(means.response), dtype=np.int64)
    units[means.rows] = search.left_out_units
    return left_out_means(means, _processes(hyperparameters), units)[means.rows]


MODEL_AVERAGE: Final = Family(
    name="model_average",
    title="Model average of Gaussian processes",
    reference="Hoeting, Madigan, Raftery, Volinsky, Statistical Science 14 (1999) 382",
    tune=_tune,
    fit=_fit,
    predict=_predict,
    left_out=_left_out,
)
"""Quadratic surfaces with and without curvature beyond second order and effects; a member of the
default, no family."""
