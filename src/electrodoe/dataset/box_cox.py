"""The power of a Box-Cox transform: profile likelihood, its interval, a power that has a name."""

from dataclasses import dataclass, replace
from typing import Final

import numpy as np

from electrodoe.arrays import Floats
from electrodoe.dataset.blocks import quadratic_terms
from electrodoe.dataset.training_data import TrainingData, configuration_means
from electrodoe.dataset.transforms import Transform
from electrodoe.ties import first_largest

_POWERS: Final = np.linspace(-2.0, 2.0, 81)
"""Powers that are tried, .05 apart: likelihoods hardly differ between neighbors; chosen."""
_SOBER: Final = (0.0, 0.5, 1.0, -1.0, -0.5, 2.0, -2.0)
"""Powers that have a name or a meaning; the first of equally near ones is taken."""
_DROP: Final = 1.9207
"""Of the log-likelihood to the ends of a 95 % interval: half the chi-square quantile, 3.8415."""
_MIN_DEGREES_OF_FREEDOM: Final = 3
"""That a surface must leave between configurations, or a simpler one is taken."""
_NO_SCATTER: Final = 1e-12
"""Fraction of all variation below which replicates are copies and say nothing of a scale."""


@dataclass(frozen=True, kw_only=True)
class BoxCox:
    """What samples say about the power of a response.

    Attributes
    ----------
    power : float
        The one that is used: the nearest of 0, 0.5, 1, −1, −0.5, 2, −2 to the best where it lies
        in the interval, else the best.
    best, low, high : float
        Of the largest profile likelihood, and the ends of its 95 % interval; all from −2 to 2.
    """

    power: float
    best: float
    low: float
    high: float


def box_cox(data: TrainingData) -> BoxCox:
    r"""Return the power on whose scale a response is explained best.

    Parameters
    ----------
    data : TrainingData
        Samples with a positive response.

    Returns
    -------
    BoxCox
        Power and interval.

    Notes
    -----
    For every power the response is scaled by its geometric mean, so that likelihoods compare [1]_.
    Replicates and configurations have a variance of their own: with :math:`S_w` the sum of squares
    within configurations and :math:`S_b` that of their means about a quadratic surface (a plane, or
    a mean, where configurations are few),

    .. math:: L(\lambda) = -\tfrac12\left[(N - K) \log S_w(\lambda)
        + (K - p) \log S_b(\lambda)\right]

    Degrees of freedom stand in the place of counts, as in Box and Cox's section 3 (b).

    References
    ----------
    .. [1] Box, Cox, Journal of the Royal Statistical Society B 26 (1964) 211.

    Examples
    --------
    >>> gap = np.arange(1.0, 13.0)
    >>> data = TrainingData(
    ...     scenario="all", response_name="resistance_ohm", input_names=("gap_um",),
    ...     inputs=gap[:, None], response=np.exp(0.5 * gap + 0.2 * np.cos(9 * gap)),
    ...     configurations=np.arange(12), sample_names=tuple("abcdefghijkl"))
    >>> box_cox(data).power
    0.0
    """
    likelihood = _log_likelihoods(data)
    best = int(first_largest(likelihood))
    inside = _POWERS[likelihood >= likelihood[best] - _DROP]
    low, high = float(inside.min()), float(inside.max())
    power = min(_SOBER, key=lambda each: (round(abs(each - _POWERS[best]), 6), _SOBER.index(each)))
    if not low - 1e-9 <= power <= high + 1e-9:
        power = float(np.round(_POWERS[best], 2))
    return BoxCox(power=power, best=float(np.round(_POWERS[best], 2)), low=low, high=high)


def _log_likelihoods(data: TrainingData) -> Floats:
    """Return the profile log-likelihood of every power that is tried."""
    _, position, sizes = np.unique(data.configurations, return_inverse=True, return_counts=True)
    X = _surface(configuration_means(data.inputs, data.configurations))
    root = np.sqrt(sizes.astype(np.float64))
    basis = np.linalg.svd(root[:, None] * X, full_matrices=False)
    Q = basis[0][:, basis[1] > 1e-10 * basis[1].max()]
    n_within, n_between = len(position) - len(sizes), len(sizes) - Q.shape[1]
    logarithm = np.log(data.response)
    relative = np.exp(logarithm - logarithm.mean())  # over the geometric mean
    found = np.empty(len(_POWERS))
    for number, power in enumerate(_POWERS):
        is_log = abs(power) < 1e-9
        z = np.log(relative) if is_log else (relative**power - 1.0) / power
        means = np.bincount(position, z) / sizes
        within = float(np.sum((z - means[position]) ** 2))
        between = float(np.sum((root * means - Q @ (Q.T @ (root * means))) ** 2))
        total = float(np.sum((z - z.mean()) ** 2)) * _NO_SCATTER
        found[number] = -0.5 * (
            (n_within * np.log(within) if within > total else 0.0)
            + (n_between * np.log(between) if between > total else 0.0)
        )
    return found


def _surface(inputs: Floats) -> Floats:
    """Return the terms of the largest surface that leaves enough configurations to judge it by."""
    constant = np.ones((len(inputs), 1))
    for terms in (quadratic_terms(inputs), quadratic_terms(inputs)[:, : inputs.shape[1]]):
        X = np.column_stack([constant, terms])
        if len(inputs) - X.shape[1] >= _MIN_DEGREES_OF_FREEDOM:
            return X
    return constant


def known_transform(data: TrainingData) -> Transform | None:
    """Return the transform that samples are modeled with, its power estimated from them.

    Parameters
    ----------
    data : TrainingData
        The samples that a model learns from: without those that are left out.

    Returns
    -------
    Transform or None
        None where the response is modeled as it is.
    """
    if data.transform is None:
        return None
    transform = data.transform
    if transform.is_open:
        transform = replace(transform, power=box_cox(data).power)
    return transform.bounded(data.response)


def on_model_scale(data: TrainingData) -> TrainingData:
    """Return samples with the response as models of them see it.

    Parameters
    ----------
    data : TrainingData
        In the response's unit.

    Returns
    -------
    TrainingData
        The same data where no transform is declared.
    """
    return data.on_scale(known_transform(data))
