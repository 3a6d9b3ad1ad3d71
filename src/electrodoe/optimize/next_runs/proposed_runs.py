"""All runs that are proposed next, by purpose; in few whole plots where a factor needs them."""

from dataclasses import dataclass
from typing import Final

import numpy as np

from electrodoe.arrays import Floats
from electrodoe.errors import DesignError, RecommendationError
from electrodoe.optimize.decision import Decision
from electrodoe.optimize.next_runs.augmentation_runs import augmentation_runs
from electrodoe.optimize.next_runs.exploration_runs import exploration_runs
from electrodoe.optimize.next_runs.improvement import exploitation_runs
from electrodoe.optimize.next_runs.sheet_plan import CONFIRMATION
from electrodoe.optimize.next_runs.whole_plot_runs import (
    hard_axes,
    hard_settings,
    in_whole_plots,
    n_whole_plots,
)
from electrodoe.optimize.window import OperatingWindow
from electrodoe.study import RecommendRequest

EXPLORATION: Final = "exploration"
EXPLOITATION: Final = "exploitation"


@dataclass(frozen=True, kw_only=True)
class ProposedRuns:
    """Runs by purpose, and what is expected of them.

    Attributes
    ----------
    groups : dict of str to array of shape (n_runs, n_axes)
        Coded, by purpose.
    gains : array
        Expected improvement of the overall desirability by the exploitation runs.
    no_exploration : str
        Why no exploration runs are proposed; empty where there are.
    """

    groups: dict[str, Floats]
    gains: Floats
    no_exploration: str


def proposed_runs(
    decision: Decision,
    point: Floats,
    request: RecommendRequest,
    window: OperatingWindow | None,
    seed: int,
) -> ProposedRuns:
    """Return the runs to make next.

    Parameters
    ----------
    decision : Decision
        Region, goals, and the existing runs.
    point : array of shape (n_axes,)
        Recommended settings, coded.
    request : RecommendRequest
        How many runs.
    window : OperatingWindow or None
        Where knowing counts.
    seed : int
        Start of every random choice.

    Returns
    -------
    ProposedRuns
        Exploitation, confirmation, exploration. Where factors are hard to change, they are chosen
        once as if each run could be set anew, and again among few settings of these factors:
        whole plots of the size of the existing ones.
    """
    free = _proposed(decision, point, request, window, seed, None)
    axes = hard_axes(decision.region)
    points = np.vstack(list(free.groups.values()))
    if not axes or not len(points):
        return free
    n = n_whole_plots(decision.data[0], len(points))
    if request.confirmation_runs > 1:  # the recommended setting has two whole plots of its own
        n = max(n - 1, 1)
    hard = hard_settings(decision.region, points, point, n)
    return _proposed(decision, point, request, window, seed, hard)


def _proposed(
    decision: Decision,
    point: Floats,
    request: RecommendRequest,
    window: OperatingWindow | None,
    seed: int,
    hard: Floats | None,
) -> ProposedRuns:
    """Return the runs, at some settings of the hard-to-change axes alone where these are given."""
    improving = exploitation_runs(decision, request.runs, seed, hard)
    groups = {
        EXPLOITATION: improving.points,
        CONFIRMATION: np.tile(point, (request.confirmation_runs, 1)),
    }
    no_exploration = ""
    try:
        groups[EXPLORATION] = _exploring(decision, request, window, seed, hard)
    except (DesignError, RecommendationError) as error:
        no_exploration = error.what
    return ProposedRuns(groups=groups, gains=improving.gains, no_exploration=no_exploration)


def _exploring(
    decision: Decision,
    request: RecommendRequest,
    window: OperatingWindow | None,
    seed: int,
    hard: Floats | None,
) -> Floats:
    """Return the exploration runs, by what the study asks for."""
    if request.explore_by == "posterior_variance" and decision.is_of_numbers:
        return exploration_runs(decision, request.runs, window, hard)
    points = augmentation_runs(decision, request.runs, seed, window)
    return points if hard is None else in_whole_plots(decision.region, points, hard)
