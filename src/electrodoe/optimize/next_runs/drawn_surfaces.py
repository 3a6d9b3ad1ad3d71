"""Surfaces as they may be: drawn from the processes that the existing runs make likely."""

from typing import Final

import numpy as np

from electrodoe.arrays import Floats
from electrodoe.dataset import TrainingData
from electrodoe.models import OutcomeIntervals
from electrodoe.optimize.decision import Decision
from electrodoe.optimize.next_runs.learned_processes import learned_processes

_JITTER: Final = 1e-7
"""Variance, as a fraction of the largest, by which rounding must not make a covariance negative."""


def drawn_surfaces(
    decision: Decision,
    data: TrainingData,
    points: Floats,
    n_draws: int,
    rng: np.random.Generator,
) -> Floats:
    r"""Return values of one response at some points, as the existing runs leave them possible.

    Without noise and without run-to-run variation.

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
    known = decision.known_of(data.response_name)
    if isinstance(known, OutcomeIntervals):  # drawn from the coefficients' own distribution
        return known.draws(decision.settings(points), n_draws, rng)
    learned = learned_processes(data)
    Z = learned.normalized(decision.settings(points))
    counts = rng.multinomial(n_draws, learned.processes.weight)
    drawn = [
        mean + rng.standard_normal((n, len(points))) @ _root(left).T
        for n, mean, left in zip(counts, learned.mean(Z), learned.covariance(Z, Z), strict=True)
        if n
    ]
    mixed = rng.permutation(np.vstack(drawn))  # or two responses would share their processes
    return learned.scales.declared(mixed)


def _root(covariance: Floats) -> Floats:
    """Return a root of a covariance that rounding may have made slightly negative."""
    jitter = _JITTER * max(float(np.max(np.diagonal(covariance))), 1.0)
    return np.asarray(np.linalg.cholesky(covariance + jitter * np.eye(len(covariance))))
