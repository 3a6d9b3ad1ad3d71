"""Exploration: runs that leave the smallest posterior variance where it matters."""

from typing import Final

import numpy as np

from electrodoe.arrays import Floats
from electrodoe.dataset import TrainingData
from electrodoe.design.region.points import low_discrepancy
from electrodoe.optimize.decision import Decision
from electrodoe.optimize.feasible import candidate_points, spread_points
from electrodoe.optimize.next_runs.learned_processes import learned_processes
from electrodoe.optimize.next_runs.posterior_variance import (
    PosteriorVariance,
    posterior_variance_of,
)
from electrodoe.optimize.next_runs.run_choice import chosen_runs
from electrodoe.optimize.next_runs.whole_plot_runs import in_whole_plots
from electrodoe.optimize.window import OperatingWindow

_N_ASKED: Final = 400
"""Points over which the posterior variance is averaged; chosen."""
_N_CANDIDATES: Final = 400
"""Three times as many gained .07 kPa (decision 0014)."""


def exploration_runs(
    decision: Decision,
    n_runs: int,
    window: OperatingWindow | None = None,
    hard: Floats | None = None,
) -> Floats:
    r"""Return the runs that lower the posterior variance of all responses most.

    Parameters
    ----------
    decision : Decision
        Region, and the existing runs with their results.
    n_runs : int
        New runs.
    window : OperatingWindow or None
        Where knowing counts; the runs may lie anywhere. The whole region without it.
    hard : array of shape (n_settings, n_hard) or None
        Settings of the hard-to-change axes that the runs may have, coded; any without it.

    Returns
    -------
    array of shape (n_runs, n_axes)
        Coded; the same candidate may be proposed again.

    Notes
    -----
    An I-optimal augmentation that does not take the quadratic for granted: the variance is the
    posterior one of a mean over Gaussian processes, quadratics with and without curvature beyond
    second order and run-to-run variation, each weighted by its posterior probability. Runs are
    taken one by one, each where it lowers

    .. math:: \sum_k p_k\, \mathrm{mean}_{x}\, c_k(x, x)

    most, c being what process k does not know yet; then each is exchanged for any other candidate
    that lowers it more, until none does.

    References
    ----------
    .. [1] Sacks, Welch, Mitchell, Wynn, Statistical Science 4 (1989) 409 (integrated mean squared
       error).
    .. [2] Hoeting et al., Statistical Science 14 (1999) 382 (averaging over models).
    .. [3] Mitchell, Miller, Technometrics 12 (1970) 251 (exchange of runs).
    """
    asked, candidates = _asked(decision, window), candidate_points(decision.region, _N_CANDIDATES)
    if hard is not None:
        candidates = np.unique(in_whole_plots(decision.region, candidates, hard), axis=0)
    posterior = [_posterior_variance(decision, data, asked, candidates) for data in decision.data]
    return np.asarray(candidates[chosen_runs(posterior, n_runs)])


def _asked(decision: Decision, window: OperatingWindow | None) -> Floats:
    """Return points where knowing counts."""
    if window is None:
        return spread_points(decision.region, _N_ASKED)
    unit = low_discrepancy(_N_ASKED, len(window.low))
    return np.asarray(window.low + unit * (window.high - window.low))


def _posterior_variance(
    decision: Decision, data: TrainingData, asked: Floats, candidates: Floats
) -> PosteriorVariance:
    """Return what the existing runs leave unknown of one response, without unit."""
    learned = learned_processes(data)
    points, where = (learned.normalized(decision.settings(each)) for each in (candidates, asked))
    return posterior_variance_of(
        learned.variance(where),
        learned.covariance(where, points),
        learned.covariance(points, points),
        learned.noise,
        learned.processes.weight,
    )
