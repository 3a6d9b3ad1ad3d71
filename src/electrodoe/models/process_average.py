"""Many Gaussian processes at once: quadratic, with or without more curvature or effects."""

from dataclasses import dataclass
from itertools import product
from typing import Final

import numpy as np

from electrodoe.arrays import Floats, Integers
from electrodoe.models.process_means import ConfigurationMeans

LENGTH_SCALES: Final = (1.2, 3.0)
"""How far a smooth deviation from the quadratic reaches, in standard deviations of the inputs."""
_QUADRATIC_VARIANCES: Final = (0.01, 0.07, 0.5)  # tuned as decision 0003 says
_SMOOTH_VARIANCES: Final = (0.02, 0.2, 1.5)  # of the smooth deviation
_CONFIGURATION_VARIANCES: Final = (0.001, 0.01, 0.1, 0.5)  # run-to-run variation
_LINEAR_VARIANCE: Final = 0.3
"""All in units of a normalized response: wide steps, because a mean over few is wanted."""
_PRIOR_OF_CURVATURE: Final = 0.5
"""Even odds before the data: nothing is known of curvature beyond second order."""
_N_KEPT: Final = 16
"""Of the grid's 84 processes, the likeliest: chosen, for speed."""
_FRACTION_DECIMALS: Final = 9
"""Of probabilities: processes that differ by less are kept in the order of the grid."""


@dataclass(frozen=True, kw_only=True)
class Processes:
    """Some processes and how likely each is; all arrays have shape (n_processes,).

    Attributes
    ----------
    quadratic_variance, smooth_variance : array
        Of the terms of second degree, and of the smooth deviation from them.
    length_scale : array
        Of the smooth deviation, one of :data:`LENGTH_SCALES`.
    configuration_variance : array
        Of what replicates share and the inputs do not explain.
    weight : array
        Probabilities; they add up to one.
    """

    quadratic_variance: Floats
    smooth_variance: Floats
    length_scale: Floats
    configuration_variance: Floats
    weight: Floats

    def kernel_weights(self) -> Floats:
        """Return how much of each kernel a process holds, shape (n_processes, n_kernels)."""
        is_of_scale = self.length_scale[:, None] == np.array(LENGTH_SCALES)
        smooth = self.smooth_variance[:, None] * is_of_scale
        return np.column_stack([np.ones(len(self.weight)), self.quadratic_variance, smooth])


def kernels(first: Floats, second: Floats) -> Floats:
    r"""Return what every covariance here is a sum of, shape (n_kernels, n_first, n_second).

    Notes
    -----
    A plane, the terms of second degree, and a smooth deviation for each length scale l:

    .. math:: 1 + 0.3\, x^T x', \quad (x^T x')^2, \quad e^{-|x - x'|^2 / 2 l^2}

    Examples
    --------
    >>> kernels(np.array([[1.0]]), np.array([[1.0]]))[:, 0, 0]
    array([1.3, 1. , 1. , 1. ])
    """
    products = first @ second.T
    lengths = np.sum(first**2, axis=1)[:, None] + np.sum(second**2, axis=1)
    apart = np.maximum(lengths - 2.0 * products, 0.0)
    smooth_parts = [np.exp(-0.5 * apart / scale**2) for scale in LENGTH_SCALES]
    return np.stack([1.0 + _LINEAR_VARIANCE * products, products**2, *smooth_parts])


def likely_processes(means: ConfigurationMeans, n_kept: int = _N_KEPT) -> Processes:
    """Return the processes that the data make likely, with their probabilities.

    Whether curvature is real or run-to-run variation, 17 of them cannot tell. One
    optimum takes a side; a mean over all that is likely does not.

    Parameters
    ----------
    means : ConfigurationMeans
        The data.
    n_kept : int
        Processes at most; their probabilities are made to add up to one again.

    Returns
    -------
    Processes
        The likeliest of a fixed grid; half of the prior is on surfaces without curvature.

    References
    ----------
    .. [1] Hoeting et al., Statistical Science 14 (1999) 382, on model averaging.
    .. [2] Rasmussen, Williams, Gaussian Processes for Machine Learning (2006), ch. 5.2.
    """
    grid = _prior()
    inverse = _inverse(means, grid)
    weights = inverse @ means.response
    log_likelihood = 0.5 * (np.linalg.slogdet(inverse)[1] - weights @ means.response)
    weight = _normalized(np.log(grid.weight) + log_likelihood)
    kept = np.argsort(-np.round(weight, _FRACTION_DECIMALS), kind="stable")[:n_kept]
    return Processes(
        quadratic_variance=grid.quadratic_variance[kept],
        smooth_variance=grid.smooth_variance[kept],
        length_scale=grid.length_scale[kept],
        configuration_variance=grid.configuration_variance[kept],
        weight=weight[kept] / weight[kept].sum(),
    )


def left_out_means(
    means: ConfigurationMeans, processes: Processes, units: Integers | None = None
) -> Floats:
    r"""Return the prediction of each configuration by all others, shape (n_configurations,).

    By all others of other units, where several configurations are left out together: those of a
    setting, or of a whole plot.

    The probabilities are those without the configuration as well, so this error is not flattered
    by a choice that has seen what it is evaluated by.

    Notes
    -----
    With K the covariance of the means and p the density of the one left out,

    .. math::

        \mu_g = y_g - (K^{-1} y)_g / K^{-1}_{gg}, \quad
        w_{k(-g)} \propto w_k / p_k(y_g | y_{-g})

    References
    ----------
    .. [1] Sundararajan, Keerthi, Neural Computation 13 (2001) 1103.
    """
    inverse = _inverse(means, processes)
    if units is not None and len(np.unique(units)) < len(units):
        return _left_out_units(means, processes, inverse, units)
    precision = np.diagonal(inverse, axis1=1, axis2=2)
    residuals = (inverse @ means.response) / precision
    log_density = 0.5 * (np.log(precision) - precision * residuals**2)
    weight = _normalized(np.log(processes.weight)[:, None] - log_density)
    return np.asarray(means.response - np.sum(weight * residuals, axis=0))


def _left_out_units(
    means: ConfigurationMeans, processes: Processes, inverse: Floats, units: Integers
) -> Floats:
    """Return the same where several means are left out together, from their joint density."""
    weights = inverse @ means.response
    predicted = np.empty_like(means.response)
    for number in np.unique(units):
        rows = np.flatnonzero(units == number)
        block = inverse[:, rows[:, None], rows]
        residuals = np.linalg.solve(block, weights[:, rows, None])[..., 0]
        squares = np.sum(weights[:, rows] * residuals, axis=1)
        log_density = 0.5 * (np.linalg.slogdet(block)[1] - squares)
        weight = _normalized(np.log(processes.weight) - log_density)
        predicted[rows] = means.response[rows] - weight @ residuals
    return predicted


def _prior() -> Processes:
    """Return the grid; the first smooth deviation is none."""
    smooth_parts = [(0.0, LENGTH_SCALES[0], 1.0 - _PRIOR_OF_CURVATURE)]
    pairs = list(product(_SMOOTH_VARIANCES, LENGTH_SCALES))
    smooth_parts += [(*pair, _PRIOR_OF_CURVATURE / len(pairs)) for pair in pairs]
    rows = product(_QUADRATIC_VARIANCES, _CONFIGURATION_VARIANCES, smooth_parts)
    table = np.array([(quadratic, effect, *smooth) for quadratic, effect, smooth in rows])
    return Processes(
        quadratic_variance=table[:, 0],
        configuration_variance=table[:, 1],
        smooth_variance=table[:, 2],
        length_scale=table[:, 3],
        weight=table[:, 4] / table[:, 4].sum(),
    )


def _inverse(means: ConfigurationMeans, processes: Processes) -> Floats:
    """Return the inverse covariance of the means under each process."""
    surface = kernels(means.inputs, means.inputs)
    covariance = np.tensordot(processes.kernel_weights(), surface, axes=1)
    diagonal = np.arange(len(means.response))
    covariance[:, diagonal, diagonal] += means.noise(processes.configuration_variance)
    return np.asarray(np.linalg.inv(covariance), dtype=np.float64)


def _normalized(logarithms: Floats) -> Floats:
    """Return probabilities that add up to one along the first axis."""
    likelihood = np.exp(logarithms - logarithms.max(axis=0))
    return np.asarray(likelihood / likelihood.sum(axis=0))
