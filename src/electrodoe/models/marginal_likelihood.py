"""The covariance of a response surface, and its parameters by marginal likelihood."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

import numpy as np
from scipy.spatial.distance import cdist

from electrodoe.arrays import Floats, Integers
from electrodoe.models.likelihood import negative_log_likelihood
from electrodoe.models.minimum import minimum

_START: Final = {
    "smooth_variance": 0.3,
    "length_scale": 2.0,
    "linear_variance": 0.3,
    "quadratic_variance": 0.05,
    "configuration_variance": 0.05,
    "replicate_variance": 0.1,
}
_BOUNDS: Final = {
    "smooth_variance": (1e-4, 1e2),
    "length_scale": (0.3, 30.0),
    "linear_variance": (1e-4, 1e2),
    "quadratic_variance": (1e-4, 1e2),
    "configuration_variance": (1e-5, 1.0),
    "replicate_variance": (1e-4, 1.0),
}
"""In units of a normalized response and of normalized inputs."""
_GRID: Final = 0.01
"""Of the logarithms: a hundred thousand times what the search leaves open."""


@dataclass(frozen=True, kw_only=True)
class CovarianceParameters:
    """Variances of a response's parts, as fractions of its own variance.

    Attributes
    ----------
    smooth_variance, linear_variance, quadratic_variance : float
        Of the radial, the linear and the quadratic part of the surface.
    length_scales : array of shape (n_columns,)
        How far the radial part reaches along each input, in its standard deviations.
    configuration_variance : float
        Of what all replicates of a configuration share and the inputs do not explain.
    replicate_variance : float
        Of the replicates about their configuration.
    """

    smooth_variance: float
    length_scales: Floats
    linear_variance: float
    quadratic_variance: float
    configuration_variance: float
    replicate_variance: float


def surface_covariance(first: Floats, second: Floats, parameters: Mapping[str, Any]) -> Floats:
    r"""Return the covariance of the noise-free response between two sets of samples.

    Covariance in units of the normalized response.

    Notes
    -----
    .. math:: v_s e^{-\sum_i (x_i - x_i')^2 / 2 l_i^2} + v_l (1 + x^T x') + v_q (x^T x')^2

    References
    ----------
    .. [1] Rasmussen, Williams, Gaussian Processes for Machine Learning (2006), ch. 4.

    Examples
    --------
    >>> x = np.array([[0.0], [2.0]])
    >>> flat = {"smooth_variance": 0.0, "length_scales": [1.0]}
    >>> surface_covariance(x, x, {**flat, "linear_variance": 1.0, "quadratic_variance": 0.5})
    array([[ 1.,  1.],
           [ 1., 13.]])
    """
    scales = np.asarray(parameters["length_scales"])
    apart = cdist(first / scales, second / scales, "sqeuclidean")
    products = first @ second.T
    return np.asarray(
        parameters["smooth_variance"] * np.exp(-0.5 * apart)
        + parameters["linear_variance"] * (1.0 + products)
        + parameters["quadratic_variance"] * products**2
    )


def most_likely_parameters(
    inputs: Floats,
    response: Floats,
    configurations: Integers,
    input_of_column: Sequence[int] | None = None,
) -> CovarianceParameters:
    """Return the parameters under which the response is most likely.

    Without the configurations' own variance a likelihood takes what replicates share for signal,
    and bends the surface through every configuration.

    Found from one fixed start, on the logarithms: by L-BFGS-B, then by Newton's steps to the last
    digits that a gradient has, then rounded to a grid of 1 %. So the bits in which two machines
    differ decide nothing. Columns of one input, the contrasts of a category, share a length scale:
    the radial part then knows of two samples whether their levels are equal, and no more.

    Notes
    -----
    Replicates with one setting enter by their mean, whose variance is
    :math:`v_c + v_r / n`, and by their sum of squares about it, which is all that they say;
    beyond 300 settings see :func:`electrodoe.models.gathered.gathered`.

    References
    ----------
    .. [1] Rasmussen, Williams, Gaussian Processes for Machine Learning (2006), eq. 5.9.
    .. [2] Simpson et al., Statistical Science 32 (2017) 1, on priors that favor simplicity.
    .. [3] Binois, Gramacy, Ludkovski, Journal of Computational and Graphical Statistics 27 (2018)
       808, on replicates.
    """
    columns = np.arange(inputs.shape[1]) if input_of_column is None else np.array(input_of_column)
    n_inputs = int(columns.max()) + 1
    logarithms = minimum(
        negative_log_likelihood(inputs, response, configurations, input_of_column),
        np.log(_unfold(_START, n_inputs)),
        np.log(_unfold(_BOUNDS, n_inputs)),
    )
    values = np.exp(_on_grid(logarithms, np.log(_unfold(_BOUNDS, n_inputs))))
    return CovarianceParameters(
        smooth_variance=float(values[0]),
        length_scales=values[1:-4][columns],
        linear_variance=float(values[-4]),
        quadratic_variance=float(values[-3]),
        configuration_variance=float(values[-2]),
        replicate_variance=float(values[-1]),
    )


def _on_grid(logarithms: Floats, bounds: Floats) -> Floats:
    """Return the nearest points of the grid, bounds being points of it."""
    grid = np.round(logarithms / _GRID) * _GRID
    at_bound = np.abs(logarithms[:, None] - bounds) < _GRID / 2.0
    nearest = np.where(at_bound[:, 0], bounds[:, 0], np.where(at_bound[:, 1], bounds[:, 1], grid))
    return np.asarray(np.clip(nearest, bounds[:, 0], bounds[:, 1]))


def _unfold(table: Mapping[str, Any], n_inputs: int) -> Floats:
    """Return a table's rows as one vector, with a length scale per input."""
    repeats = [n_inputs if name == "length_scale" else 1 for name in table]
    return np.repeat(np.array(list(table.values())), repeats, axis=0)
