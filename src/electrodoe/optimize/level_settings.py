"""The best settings of every level of a category, and how sure it is which level is best."""

from dataclasses import dataclass
from typing import Final

import numpy as np

from electrodoe.arrays import Floats
from electrodoe.optimize.decision import Decision
from electrodoe.optimize.desirability import overall_desirability, shortfall
from electrodoe.optimize.feasible import spread_points
from electrodoe.optimize.next_runs.drawn_surfaces import drawn_surfaces
from electrodoe.optimize.search import FoundPoint, best_points
from electrodoe.optimize.set_points import SetPoint, describe

_N_DRAWS: Final = 2000
"""Surfaces that vote for a level: a chance of .9 is then known to .01."""
_N_BESIDE: Final = 12
"""Settings of each level, beside its best, at which a drawn surface may have its own best."""
MOST_CERTAIN: Final = 0.99
"""The greatest chance that is stated: draws know the scatter of the runs, not what lies beyond."""


@dataclass(frozen=True, kw_only=True)
class LevelSettings:
    """The best settings of one level, or of one combination of levels.

    Attributes
    ----------
    levels : dict of str to str
        The level of each category.
    set_point : SetPoint
        Its best settings, with what they promise.
    chance_best : float
        Chance that no other level reaches more, from .01 to .99.
    is_recommended : bool
        Whether these are the settings that are recommended.
    """

    levels: dict[str, str]
    set_point: SetPoint
    chance_best: float
    is_recommended: bool


def level_settings(decision: Decision, best: FoundPoint, seed: int) -> tuple[LevelSettings, ...]:
    r"""Return the best settings of every level, the recommended first.

    Parameters
    ----------
    decision : Decision
        Region, goals and models.
    best : FoundPoint
        What is recommended.
    seed : int
        Start of every random choice.

    Returns
    -------
    tuple of LevelSettings
        One for each combination of levels that limits allow; none where no input is a category.

    Notes
    -----
    The chance is a vote of surfaces that the runs leave possible
    (:func:`~electrodoe.optimize.next_runs.drawn_surfaces.drawn_surfaces`), drawn for all levels
    together: each votes for the level in which its best settings reach most. Between n levels
    that cannot be told apart it is 1/n.
    """
    axes = decision.region.axes
    named = [number for number, axis in enumerate(axes) if axis.is_categorical]
    if not named:
        return ()
    found = best_points(decision.region, decision.merit, seed)
    found = [best if np.array_equal(each.point, best.point) else each for each in found]
    chances = _chances(decision, [each.point for each in found], named, seed)
    rows = [
        LevelSettings(
            levels={axes[j].name: axes[j].categories[int(each.point[j])] for j in named},
            set_point=describe(decision, each),
            chance_best=float(np.clip(chance, 1.0 - MOST_CERTAIN, MOST_CERTAIN)),
            is_recommended=each is best,
        )
        for each, chance in zip(found, chances, strict=True)
    ]
    return tuple(sorted(rows, key=lambda row: (not row.is_recommended, -round(row.chance_best, 2))))


def _chances(decision: Decision, points: list[Floats], named: list[int], seed: int) -> Floats:
    """Return the fraction of drawn surfaces in which each of some levels reaches most."""
    rng = np.random.default_rng(seed)
    asked = [_asked(decision, point, named) for point in points]
    owner = np.repeat(np.arange(len(asked)), [len(each) for each in asked])
    together = np.vstack(asked)
    draws = np.stack(
        [drawn_surfaces(decision, data, together, _N_DRAWS, rng) for data in decision.data],
        axis=-1,
    )
    worth = overall_desirability(decision.goals, draws, is_beyond=True)
    worth = np.where(worth > 0.0, worth, -shortfall(decision.goals, draws))
    reached = np.stack([worth[:, owner == k].max(axis=1) for k in range(len(asked))], axis=1)
    is_best = reached >= reached.max(axis=1, keepdims=True) - 1e-12
    return np.asarray((is_best / is_best.sum(axis=1, keepdims=True)).mean(axis=0))


def _asked(decision: Decision, point: Floats, named: list[int]) -> Floats:
    """Return a level's best settings, and some spread over its region."""
    own = decision.region.holding(point, named)
    if not own.axes:
        return point[None]
    free = [j for j in range(len(point)) if j not in named]
    spread = spread_points(own, _N_BESIDE)
    asked = np.tile(point, (1 + len(spread), 1))
    asked[1:, free] = spread
    return asked
