"""How unlikely parameters of a covariance make a response, with the gradient."""

from typing import Final

import numpy as np
import scipy.linalg
import scipy.sparse
from numpy.typing import NDArray

from electrodoe.models.gathered import Gathered, gathered
from electrodoe.models.minimum import Objective

Floats = NDArray[np.float64]
_EXPECTED_SMOOTH_VARIANCE: Final = 0.5
"""Mean of the exponential prior: beyond a quadratic, the surface bends only as far as it must."""


def negative_log_likelihood(
    inputs: Floats, response: Floats, configurations: NDArray[np.int64]
) -> Objective:
    """Return the function of the parameters' logarithms that is minimized, with its gradient.

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
    callable
        From the logarithms of the smooth variance, the length scales, and the linear, quadratic,
        configuration and replicate variances. Its time does not grow with replicates.
    """
    means = gathered(inputs, response, configurations)
    together, n_spare, squares = _replicates(means, response, configurations)
    apart = (means.inputs.T[:, :, None] - means.inputs.T[:, None, :]) ** 2
    products = means.inputs @ means.inputs.T
    fixed = np.stack([1.0 + products, products**2, together])
    diagonal = np.diag_indices(len(together))
    y = means.response

    def objective(logarithms: Floats) -> tuple[float, Floats]:
        values = np.exp(logarithms)
        scaled = apart / values[1:-4, None, None] ** 2
        smooth = values[0] * np.exp(-0.5 * scaled.sum(axis=0))
        parts = values[-4:-1, None, None] * fixed
        covariance = smooth + parts.sum(axis=0)
        noise = values[-1] / means.counts
        covariance[diagonal] += noise
        lower = np.linalg.cholesky(covariance)
        inverse = scipy.linalg.cho_solve((lower, True), np.eye(len(lower)))
        weights = inverse @ y
        slope = 0.5 * (inverse - np.outer(weights, weights))
        within = 0.5 * squares / values[-1]
        value = 0.5 * y @ weights + np.log(np.diag(lower)).sum()
        value += 0.5 * n_spare * logarithms[-1] + within
        penalty = values[0] / _EXPECTED_SMOOTH_VARIANCE
        gradient = [
            np.vdot(slope, smooth) + penalty,
            *(scaled * smooth).reshape(len(scaled), -1) @ slope.ravel(),
            *parts.reshape(3, -1) @ slope.ravel(),
            slope[diagonal] @ noise + 0.5 * n_spare - within,
        ]
        return float(value + penalty), np.array(gradient)

    return objective


def _replicates(
    means: Gathered, response: Floats, configurations: NDArray[np.int64]
) -> tuple[Floats, int, float]:
    """Return what groups share of a configuration, and samples and squares beyond their means.

    The shares have shape (n_groups, n_groups) and are 1 and 0 where each group is of a single
    configuration.
    """
    _, owner = np.unique(configurations, return_inverse=True)
    n_owners = int(owner.max()) + 1
    cells, cell = np.unique(means.position * n_owners + owner, return_inverse=True)
    sizes = np.bincount(cell)
    cell_means = np.bincount(cell, response) / sizes
    squares = float(np.sum((response - cell_means[cell]) ** 2))
    shares = scipy.sparse.csr_array(
        (sizes / means.counts[cells // n_owners], (cells // n_owners, cells % n_owners)),
        shape=(len(means.counts), n_owners),
    )
    return (shares @ shares.T).toarray(), len(response) - len(cells), squares
