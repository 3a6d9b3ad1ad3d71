"""Exploitation: expected improvement under noise, for several goals at once."""

from dataclasses import dataclass
from typing import Final

import numpy as np

from electrodoe.arrays import Floats
from electrodoe.design.search.settable import settable_points
from electrodoe.optimize.decision import Decision
from electrodoe.optimize.desirability import overall_desirability, shortfall
from electrodoe.optimize.feasible import candidate_points, snapped
from electrodoe.optimize.next_runs.drawn_surfaces import drawn_surfaces
from electrodoe.optimize.next_runs.whole_plot_runs import in_whole_plots
from electrodoe.ties import first_largest

_N_SPREAD: Final = 400
"""Candidates spread over the region; chosen."""
_N_NEAR: Final = 100
"""Candidates near the best run; chosen."""
_NEAR: Final = 0.15
"""Standard deviation, in coded units, of candidates near the best run so far."""
_N_DRAWS: Final = 256
"""Surfaces drawn for the expected improvement (decision 0015)."""


@dataclass(frozen=True, kw_only=True)
class ExploitationRuns:
    """Runs that may be better than the best so far.

    Attributes
    ----------
    points : array of shape (n_runs, n_axes)
        Coded, the most promising first.
    gains : array of shape (n_runs,)
        Expected improvement of the overall desirability by this run and all before it.
    """

    points: Floats
    gains: Floats


def exploitation_runs(
    decision: Decision, n_runs: int, seed: int, hard: Floats | None = None
) -> ExploitationRuns:
    r"""Return the runs with the largest expected improvement over the best run so far.

    Parameters
    ----------
    decision : Decision
        Goals, region and data.
    n_runs : int
        New runs, chosen together.
    seed : int
        Start of every random choice.
    hard : array of shape (n_settings, n_hard) or None
        Settings of the hard-to-change axes that the runs may have, coded; any without it.

    Returns
    -------
    ExploitationRuns
        Feasible settings.

    Notes
    -----
    Surfaces of each response are drawn at the existing runs and at about 500 candidates, from an
    average over Gaussian processes, each weighted by its posterior probability. With D the
    desirability of a draw, above 1 where it exceeds an open goal, runs are taken one by one so that

    .. math:: E\left[\max(0, \max_{x \in \text{new}} D(x) - \max_{x \in \text{made}} D(x))\right]

    rises most. What the best run so far is, every draw decides for itself, since runs are noisy.

    References
    ----------
    .. [1] Jones, Schonlau, Welch, Journal of Global Optimization 13 (1998) 455.
    .. [2] Letham, Karrer, Ottoni, Bakshy, Bayesian Analysis 14 (2019) 495, 10.1214/18-BA1110.
    """
    rng = np.random.default_rng(seed)
    existing = decision.existing_runs
    candidates = _candidates(decision, existing, rng)
    if hard is not None:
        candidates = np.unique(in_whole_plots(decision.region, candidates, hard), axis=0)
    points = np.vstack([existing, candidates])
    draws = np.stack(
        [drawn_surfaces(decision, data, points, _N_DRAWS, rng) for data in decision.data], axis=-1
    )
    worth = overall_desirability(decision.goals, draws, is_beyond=True)
    worth = np.where(worth > 0.0, worth, -shortfall(decision.goals, draws))
    best = worth[:, : len(existing)].max(axis=1)
    of_candidates = worth[:, len(existing) :]
    chosen, gains = list[int](), list[float]()
    reached = best
    for _ in range(n_runs):
        gain = np.mean(np.maximum(of_candidates, reached[:, None]) - best[:, None], axis=0)
        gain[chosen] = -np.inf
        chosen.append(int(first_largest(gain)))
        gains.append(float(gain[chosen[-1]]))
        reached = np.maximum(reached, of_candidates[:, chosen[-1]])
    return ExploitationRuns(points=candidates[chosen], gains=np.array(gains))


def _candidates(decision: Decision, existing: Floats, rng: np.random.Generator) -> Floats:
    """Return feasible settings: spread over the region, at its ends, and near the best run."""
    best = existing[int(first_largest(decision.merit(existing)))]
    near = best + rng.normal(0.0, _NEAR, (_N_NEAR, len(best)))
    near = snapped(decision.region, near)
    near = settable_points(decision.region, near[decision.region.is_feasible(near)])
    return np.unique(np.vstack([candidate_points(decision.region, _N_SPREAD), near]), axis=0)
