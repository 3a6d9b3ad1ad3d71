"""Surfaces as they may be: drawn from the processes that the runs made make likely."""

from typing import Final

import numpy as np
from numpy.typing import NDArray

from electrodoe.dataset import TrainingData
from electrodoe.models.fitting import normalize
from electrodoe.models.process_average import (
    ConfigurationMeans,
    averaged_replicates,
    believed_processes,
    kernels,
)
from electrodoe.optimize.decision import Decision

Floats = NDArray[np.float64]
_JITTER: Final = 1e-7
"""Variance, as a share of the greatest, by which rounding must not make a covariance negative."""


def drawn_surfaces(
    decision: Decision,
    data: TrainingData,
    points: Floats,
    n_draws: int,
    rng: np.random.Generator,
) -> Floats:
    r"""Return values of one response at some points, as the runs made leave them possible.

    Parameters
    ----------
    decision : Decision
        What the points are coded by.
    data : TrainingData
        The runs made, with the response.
    points : array of shape (n_points, n_axes)
        Coded.
    n_draws : int
        Surfaces.
    rng : numpy.random.Generator
        Of the draws.

    Returns
    -------
    array of shape (n_draws, n_points), in the response's unit
        Without noise and without effects of configurations.

    Notes
    -----
    A surface is drawn in two steps: a process, with the probability :math:`p_k` that the runs give
    it, and a surface from what that process says after the runs,

    .. math:: f \sim N\big(K_* K^{-1} y,\; K_{**} - K_* K^{-1} K_*^T\big)

    so a quadratic is drawn as often as the runs say quadratic, and an effect of single
    configurations is not taken for a hill as often as they say that there are such effects.

    References
    ----------
    .. [1] Rasmussen, Williams, Gaussian Processes for Machine Learning (2006), ch. 2.2.
    .. [2] Hoeting et al., Statistical Science 14 (1999) 382 (averaging over models).
    """
    scales = normalize(data)
    made = averaged_replicates(
        scales.inputs(data.inputs), scales.response(data.response), data.configurations
    )
    believed = believed_processes(made)
    Z = scales.inputs(decision.settings(points))
    pairs = ((made.inputs, made.inputs), (Z, made.inputs), (Z, Z))
    each = [np.tensordot(believed.kernel_shares(), kernels(*pair), axes=1) for pair in pairs]
    counts = rng.multinomial(n_draws, believed.share)
    drawn = [
        _drawn(made, effect, known, cross, new, rng.standard_normal((n, len(points))))
        for n, effect, known, cross, new in zip(
            counts, believed.configuration_variance, *each, strict=True
        )
        if n
    ]
    mixed = rng.permutation(np.vstack(drawn))  # or two responses would share their processes
    return np.asarray(scales.response_mean + scales.response_scale * mixed)


def _drawn(
    made: ConfigurationMeans,
    effect: float,
    known: Floats,
    cross: Floats,
    new: Floats,
    normal: Floats,
) -> Floats:
    """Return surfaces of one process after the runs made, without unit."""
    known = known + np.diag(effect + made.replicate_variance / made.n_replicates)
    mean = cross @ np.linalg.solve(known, made.response)
    left = new - cross @ np.linalg.solve(known, cross.T)
    return np.asarray(mean + normal @ _root(left).T)


def _root(covariance: Floats) -> Floats:
    """Return a root of a covariance that rounding may have made slightly negative."""
    jitter = _JITTER * max(float(np.max(np.diagonal(covariance))), 1.0)
    return np.asarray(np.linalg.cholesky(covariance + jitter * np.eye(len(covariance))))
