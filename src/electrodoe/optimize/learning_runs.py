"""What to run next, to know more: runs that leave the least uncertainty where it matters."""

from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from electrodoe.dataset import TrainingData
from electrodoe.design.low_discrepancy import low_discrepancy
from electrodoe.models.fitting import normalize
from electrodoe.models.process_average import (
    averaged_replicates,
    believed_processes,
    kernels,
)
from electrodoe.optimize.decision import Decision
from electrodoe.optimize.feasible import spread_points
from electrodoe.optimize.window import OperatingWindow

Floats = NDArray[np.float64]
_N_ASKED: Final = 400
_N_CANDIDATES: Final = 400
_COARSE: Final = 3
_MOST_LISTED: Final = 250
_N_PROCESSES: Final = 8


@dataclass(frozen=True, kw_only=True)
class _Posterior:
    """What one response's believed processes do not know yet.

    ``covariance`` has the shape (n_processes, n_points, n_points), ``noise`` and ``share``
    (n_processes,).
    """

    covariance: Floats
    noise: Floats
    share: Floats

    def gains(self, n_asked: int) -> Floats:
        """Return by how much a run at each point lowers the mean variance of the asked ones."""
        with_asked = np.mean(self.covariance[:, :n_asked] ** 2, axis=1)
        own = np.diagonal(self.covariance, axis1=1, axis2=2) + self.noise[:, None]
        return np.asarray(self.share @ (with_asked / own))

    def after(self, point: int) -> "_Posterior":
        """Return what is left to know after a run at a point."""
        column = self.covariance[:, :, point]
        spread = column[:, point] + self.noise
        lost = column[:, :, None] * column[:, None, :] / spread[:, None, None]
        return _Posterior(covariance=self.covariance - lost, noise=self.noise, share=self.share)


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
        Coded, in the order of their gain.

    Notes
    -----
    An I-optimal augmentation that does not take the quadratic for granted: the variance is the
    posterior one of a mean over Gaussian processes, quadratics with and without a bend and effects
    of configurations, each believed as far as the runs made support it. Runs are taken one by one,
    so that

    .. math:: \sum_k p_k\, \mathrm{mean}_{x} \frac{c_k(x, x')^2}{c_k(x', x') + \sigma_k^2}

    is greatest, c being what process k does not know yet.

    References
    ----------
    .. [1] Sacks, Welch, Mitchell, Wynn, Statistical Science 4 (1989) 409 (integrated mean squared
       error).
    .. [2] Hoeting et al., Statistical Science 14 (1999) 382 (averaging over models).
    """
    asked, candidates = _asked(decision, window), _candidates(decision)
    points = np.vstack([asked, candidates])
    left = [_posterior(decision, data, points) for data in decision.data]
    chosen = list[int]()
    for _ in range(n_runs):
        gains = np.sum([each.gains(len(asked))[len(asked) :] for each in left], axis=0)
        chosen.append(int(np.argmax(gains)))
        left = [each.after(len(asked) + chosen[-1]) for each in left]
    return np.asarray(candidates[chosen])


def _asked(decision: Decision, window: OperatingWindow | None) -> Floats:
    """Return points where knowing counts."""
    if window is None:
        return spread_points(decision.region, _N_ASKED)
    unit = low_discrepancy(_N_ASKED, len(window.low))
    return np.asarray(window.low + unit * (window.high - window.low))


def _candidates(decision: Decision) -> Floats:
    """Return feasible settings: spread over the region, its corners and edges among them."""
    region = decision.region
    spread = spread_points(region, _N_CANDIDATES)
    if region.n_grid(_COARSE) > _MOST_LISTED:
        return spread
    return np.unique(np.vstack([region.grid(_COARSE), spread]), axis=0)


def _posterior(decision: Decision, data: TrainingData, points: Floats) -> _Posterior:
    """Return what the runs made leave unknown of one response, without unit."""
    scales = normalize(data)
    made = averaged_replicates(
        scales.inputs(data.inputs), scales.response(data.response), data.configurations
    )
    believed = believed_processes(made, _N_PROCESSES)
    shares = believed.kernel_shares()
    Z = scales.inputs(decision.settings(points))
    cross = np.tensordot(shares, kernels(Z, made.inputs), axes=1)
    known = np.tensordot(shares, kernels(made.inputs, made.inputs), axes=1)
    own = made.replicate_variance / made.n_replicates
    diagonal = np.arange(len(own))
    known[:, diagonal, diagonal] += believed.configuration_variance[:, None] + own
    learned = cross @ np.linalg.solve(known, np.swapaxes(cross, 1, 2))
    return _Posterior(
        covariance=np.tensordot(shares, kernels(Z, Z), axes=1) - learned,
        noise=believed.configuration_variance + float(own.mean()) + 1e-9,
        share=believed.share,
    )
