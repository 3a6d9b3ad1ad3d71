"""What to run next, to know more: runs that leave the least uncertainty where it matters."""

from typing import Final

import numpy as np
from numpy.typing import NDArray

from electrodoe.dataset import TrainingData
from electrodoe.design.region.points import low_discrepancy
from electrodoe.optimize.decision import Decision
from electrodoe.optimize.feasible import candidate_points, spread_points
from electrodoe.optimize.next_runs.learned_processes import learned_processes
from electrodoe.optimize.next_runs.run_choice import chosen_runs
from electrodoe.optimize.next_runs.unknown import Unknown, unknown_of
from electrodoe.optimize.window import OperatingWindow

Floats = NDArray[np.float64]
_N_ASKED: Final = 400
_N_CANDIDATES: Final = 400


def learning_runs(decision: Decision, n_runs: int, window: OperatingWindow | None = None) -> Floats:
    r"""Return the runs after which the least is left to know of all responses.

    Parameters
    ----------
    decision : Decision
        Region, and the runs made with their results.
    n_runs : int
        New runs.
    window : OperatingWindow or None
        Where knowing counts; the runs may lie anywhere. The whole region without it.

    Returns
    -------
    array of shape (n_runs, n_axes)
        Coded; the same candidate may be proposed again.

    Notes
    -----
    An I-optimal augmentation that does not take the quadratic for granted: the variance is the
    posterior one of a mean over Gaussian processes, quadratics with and without a bend and effects
    of configurations, each believed as far as the runs made support it. Runs are taken one by one,
    each where it lowers

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
    unknown = [_unknown(decision, data, asked, candidates) for data in decision.data]
    return np.asarray(candidates[chosen_runs(unknown, n_runs)])


def _asked(decision: Decision, window: OperatingWindow | None) -> Floats:
    """Return points where knowing counts."""
    if window is None:
        return spread_points(decision.region, _N_ASKED)
    unit = low_discrepancy(_N_ASKED, len(window.low))
    return np.asarray(window.low + unit * (window.high - window.low))


def _unknown(decision: Decision, data: TrainingData, asked: Floats, candidates: Floats) -> Unknown:
    """Return what the runs made leave unknown of one response, without unit."""
    learned = learned_processes(data)
    points, where = (learned.normalized(decision.settings(each)) for each in (candidates, asked))
    return unknown_of(
        learned.variance(where),
        learned.covariance(where, points),
        learned.covariance(points, points),
        learned.noise,
        learned.believed.share,
    )
