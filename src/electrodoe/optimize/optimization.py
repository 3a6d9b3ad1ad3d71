"""The optimization: settings, window, sensitivity, what can be had at once, what to run next."""

from dataclasses import dataclass, replace

import numpy as np

from electrodoe.arrays import Floats
from electrodoe.design.run_plan import RunPlan
from electrodoe.errors import ModelError, RecommendationError
from electrodoe.optimize.decision import Decision
from electrodoe.optimize.level_settings import LevelSettings, level_settings
from electrodoe.optimize.next_runs.proposed_runs import proposed_runs
from electrodoe.optimize.next_runs.shape_runs import ShapeRuns, ShapeTest, shape_runs
from electrodoe.optimize.next_runs.sheet_plan import sheet_plan
from electrodoe.optimize.pareto import ParetoSet, pareto_set
from electrodoe.optimize.possible_settings import PossibleSettings
from electrodoe.optimize.search import FoundPoint, best_inside, best_point
from electrodoe.optimize.sensitivity import (
    ResponseShape,
    SobolIndices,
    second_degree_shape,
    sobol_indices,
)
from electrodoe.optimize.set_points import SetPoint, describe
from electrodoe.optimize.window import (
    OperatingWindow,
    WindowSearch,
    on_levels,
    operating_window,
)
from electrodoe.study import RecommendRequest

LACK_OF_FIT = "lack_of_fit"
"""Purpose of runs that show why a quadratic does not fit."""


@dataclass(frozen=True, kw_only=True)
class Learned:
    """Which model speaks for a response.

    Attributes
    ----------
    response_name, family : str
        The response, and the family that was chosen.
    r2_loco : float
        Pooled R² on left-out configurations; on the scale of the response's transform, if any.
    r2_lower : float
        It is above this in nine of ten studies; where that is not above 0, nothing is guaranteed.
    r2_likely : float
        It is above this in four of five; where none is above 0, nothing is recommended.
    """

    response_name: str
    family: str
    r2_loco: float
    r2_lower: float = 1.0
    r2_likely: float = 1.0


@dataclass(frozen=True, kw_only=True)
class OptimizationResult:
    """What the optimization has found, in memory: with the models that it was found by.

    Attributes
    ----------
    decision : Decision
        What it follows from.
    possible : PossibleSettings
        The region with its remarks.
    learned : tuple of Learned
        Model by model.
    point : array of shape (n_axes,)
        Recommended settings, coded.
    set_point : SetPoint
        The same in their own units, and what they promise.
    bolder : SetPoint or None
        The settings whose predictions are most desirable, where they lie outside the window that
        is guaranteed, and so are not recommended.
    levels : tuple of LevelSettings
        The best settings of every level, where an input is a category.
    held : tuple of int
        Axes that stay as recommended while others drift: categories, and numbers none of whose
        levels lies in the window.
    search : WindowSearch or None
        The operating window of the axes that are not held, and its map; None where there can be
        none.
    no_window : str
        Why there is no window; empty where there is one.
    pareto : ParetoSet or None
        With two goals or more.
    sobol : tuple of SobolIndices
        Fractions of variance over the region.
    shapes : dict of str to ResponseShape
        Of the quadratics that configurations determine, by response.
    next_runs : RunPlan
        Runs with their purposes, in random order.
    no_exploration : str
        Why no exploration runs are proposed; empty where there are.
    gains : array
        Expected improvement of the overall desirability by the improving runs.
    shape_tests : tuple of ShapeTest
        Whether replicates contradict the quadratic; none where nobody asks.
    shape_runs : ShapeRuns or None
        Lack-of-fit runs, where they do.
    """

    decision: Decision
    possible: PossibleSettings
    learned: tuple[Learned, ...]
    point: Floats
    set_point: SetPoint
    bolder: SetPoint | None
    levels: tuple[LevelSettings, ...]
    held: tuple[int, ...]
    search: WindowSearch | None
    no_window: str
    pareto: ParetoSet | None
    sobol: tuple[SobolIndices, ...]
    shapes: dict[str, ResponseShape]
    next_runs: RunPlan
    no_exploration: str
    gains: Floats
    shape_tests: tuple[ShapeTest, ...]
    shape_runs: ShapeRuns | None

    @property
    def window(self) -> OperatingWindow | None:
        """Return the operating window, if there is one."""
        return None if self.search is None else self.search.window

    @property
    def drifting(self) -> Decision:
        """Return the decision about the axes that are not held, at the recommended settings."""
        return self.decision.holding(self.point, self.held)

    @property
    def drifting_point(self) -> Floats:
        """Return the recommended settings of these axes, coded."""
        return np.delete(self.point, self.held)


def optimize_settings(
    decision: Decision,
    possible: PossibleSettings,
    learned: tuple[Learned, ...],
    request: RecommendRequest,
    seed: int,
    shape_tests: tuple[ShapeTest, ...] = (),
) -> OptimizationResult:
    """Return all that follows from a decision.

    Parameters
    ----------
    decision : Decision
        Region, goals and models.
    possible : PossibleSettings
        The region with its remarks.
    learned : tuple of Learned
        Which model speaks for each response.
    request : RecommendRequest
        How sure, and how many runs.
    seed : int
        Start of every random choice.
    shape_tests : tuple of ShapeTest
        Whether replicates contradict each response's quadratic; none to leave the shape alone.

    Returns
    -------
    OptimizationResult
        The same for the same seed. Recommended are the most desirable settings; where a window is
        guaranteed, the most desirable ones inside.
    """
    best = best_point(decision.region, decision.merit, seed)
    search, no_window, held = _window(decision, best.point, request)
    window, chosen = None, best
    if search is not None and search.window is not None:
        window = search.window.beside(best.point, held)
        chosen = _recommended(decision, window, best, seed)
    proposed = proposed_runs(decision, chosen.point, request, window, seed)
    groups = proposed.groups
    checking = shape_runs(decision, shape_tests, request.shape_runs)
    if checking is not None:
        groups[LACK_OF_FIT] = checking.points
    shapes = {
        data.response_name: shape
        for goal, data in zip(decision.goals, decision.data, strict=True)
        if (shape := second_degree_shape(decision.region, data, is_rising=goal.kind != "minimize"))
        is not None
    }
    return OptimizationResult(
        decision=decision,
        possible=possible,
        learned=learned,
        point=chosen.point,
        set_point=describe(decision, chosen),
        bolder=None if chosen is best else describe(decision, best),
        levels=level_settings(decision, best, seed),
        held=held,
        search=search,
        no_window=no_window,
        pareto=pareto_set(decision, seed) if len(decision.goals) > 1 else None,
        sobol=sobol_indices(decision, seed),
        shapes=shapes,
        next_runs=sheet_plan(decision.region, groups, seed, decision.data[0]),
        no_exploration=proposed.no_exploration,
        gains=proposed.gains,
        shape_tests=shape_tests if request.shape_runs else (),
        shape_runs=checking,
    )


def _recommended(
    decision: Decision, window: OperatingWindow, best: FoundPoint, seed: int
) -> FoundPoint:
    """Return the settings to recommend: the best, of those that a window guarantees if one does."""
    if window.confidence is None or window.holds(best.point):
        return best
    return best_inside(decision.region, decision.merit, window.low, window.high, seed)


def _window(
    decision: Decision, point: Floats, request: RecommendRequest
) -> tuple[WindowSearch | None, str, tuple[int, ...]]:
    """Return the search for a window, why there is none, and the axes that it holds."""
    held = {j for j, axis in enumerate(decision.region.axes) if axis.is_categorical}
    while True:
        own = decision.holding(point, sorted(held))
        if not own.region.axes:
            return (
                None,
                "every factor stands on a level, and none of them may drift",
                (*sorted(held),),
            )
        search, reason = _searched(own, request, np.delete(point, sorted(held)))
        if search is None or search.window is None:
            return search, reason, (*sorted(held),)
        window, without = on_levels(own, search.window)
        if window is not None:
            return replace(search, window=window), "", (*sorted(held),)
        free = [j for j in range(len(point)) if j not in held]
        held |= {free[number] for number in without}


def _searched(
    decision: Decision, request: RecommendRequest, point: Floats
) -> tuple[WindowSearch | None, str]:
    """Return the search for a window between all ends, and why there is none."""
    try:
        search = operating_window(decision, request.probability, request.confidence, point)
    except (ModelError, RecommendationError) as error:
        return None, error.what
    if search.window is None:
        return search, (
            f"no settings keep every specification with"
            f" {100 * request.probability:.0f}\N{NO-BREAK SPACE}%; the best come to"
            f" {100 * search.map.max_probability:.0f}\N{NO-BREAK SPACE}%"
        )
    return search, ""
