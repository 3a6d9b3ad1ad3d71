"""How unlikely parameters of a covariance make a response, with the gradient."""

from collections.abc import Sequence
from typing import Final

import numpy as np
import scipy.sparse
from scipy.linalg.lapack import dpotrf, dpotri

from electrodoe.arrays import Floats, Integers
from electrodoe.models.gathered import Gathered, gathered
from electrodoe.models.minimum import Objective

_EXPECTED_SMOOTH_VARIANCE: Final = 0.5
"""Mean of the exponential prior: beyond a quadratic, the surface bends only as far as it must."""


def negative_log_likelihood(
    inputs: Floats,
    response: Floats,
    configurations: Integers,
    input_of_column: Sequence[int] | None = None,
) -> Objective:
    """Return the function of the parameters' logarithms that is minimized, with its gradient.

    From the logarithms of the smooth variance, the length scales, and the linear, quadratic,
    configuration and replicate variances. Its time does not grow with replicates. Columns of one
    input have one length scale.
    """
    means = gathered(inputs, response, configurations)
    together, n_spare, squares = _replicates(means, response, configurations)
    n = len(together)
    # what no parameter changes is computed once, flat, so that the objective is a few products
    apart = (means.inputs.T[:, :, None] - means.inputs.T[:, None, :]) ** 2
    apart = apart.reshape(len(apart), n * n)
    if input_of_column is not None:
        apart = np.add.reduceat(apart, np.unique(input_of_column, return_index=True)[1], axis=0)
    products = means.inputs @ means.inputs.T
    fixed = np.stack([1.0 + products, products**2, together]).reshape(3, n * n)
    y = means.response

    def objective(logarithms: Floats) -> tuple[float, Floats]:
        # covariance of the means: smooth part, linear, quadratic and configuration parts, noise
        values = np.exp(logarithms)
        steep = values[1:-4] ** -2
        smooth = values[0] * np.exp(-0.5 * (steep @ apart))
        covariance = smooth + values[-4:-1] @ fixed
        noise = values[-1] / means.counts
        covariance[:: n + 1] += noise
        # minus log likelihood: of the means, and of the replicates within them
        inverse, half_logarithm = _inverse(covariance.reshape(n, n))
        weights = inverse @ y
        slope = 0.5 * (inverse - weights[:, None] * weights).reshape(n * n)
        within = 0.5 * squares / values[-1]
        value = 0.5 * y @ weights + half_logarithm
        value += 0.5 * n_spare * logarithms[-1] + within
        # a prior on the smooth part, then all derivatives by the parameters' logarithms
        penalty = values[0] / _EXPECTED_SMOOTH_VARIANCE
        falling = slope * smooth
        gradient = np.empty_like(values)
        gradient[0] = falling.sum() + penalty
        gradient[1:-4] = steep * (apart @ falling)
        gradient[-4:-1] = values[-4:-1] * (fixed @ slope)
        gradient[-1] = slope[:: n + 1] @ noise + 0.5 * n_spare - within
        return float(value + penalty), gradient

    return objective


def _inverse(covariance: Floats) -> tuple[Floats, float]:
    """Return the inverse of a covariance, and half the logarithm of its determinant.

    LAPACK itself: of 17 settings, checks around it take three times as long as its sums.
    """
    lower, failed = dpotrf(covariance, lower=1, clean=1)
    if failed:
        raise np.linalg.LinAlgError("a covariance that is not positive definite")
    half, _ = dpotri(lower, lower=1)
    inverse = half + half.T  # the upper half was cleared
    inverse.ravel(order="K")[:: len(inverse) + 1] *= 0.5
    return inverse, float(np.log(lower.diagonal()).sum())


def _replicates(
    means: Gathered, response: Floats, configurations: Integers
) -> tuple[Floats, int, float]:
    """Return what groups share of a configuration, and samples and squares beyond their means.

    The fractions have shape (n_groups, n_groups) and are 1 and 0 where each group is of a single
    configuration.
    """
    _, owner = np.unique(configurations, return_inverse=True)
    n_owners = int(owner.max()) + 1
    cells, cell = np.unique(means.position * n_owners + owner, return_inverse=True)
    sizes = np.bincount(cell)
    cell_means = np.bincount(cell, response) / sizes
    squares = float(np.sum((response - cell_means[cell]) ** 2))
    fractions = scipy.sparse.csr_array(
        (sizes / means.counts[cells // n_owners], (cells // n_owners, cells % n_owners)),
        shape=(len(means.counts), n_owners),
    )
    return (fractions @ fractions.T).toarray(), len(response) - len(cells), squares
