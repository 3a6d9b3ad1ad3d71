"""The recommended settings: what they promise, how sure, and how far they are from any run."""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from electrodoe.arrays import Floats
from electrodoe.errors import ModelError, RecommendationError
from electrodoe.models import LEVEL, replicate_intervals
from electrodoe.optimize.decision import Decision, Setting
from electrodoe.optimize.desirability import Goal, desirability
from electrodoe.optimize.distance import Distance, distance
from electrodoe.optimize.search import FoundPoint, Merit, best_point
from electrodoe.quantities import physical_range
from electrodoe.study import or_nearest


@dataclass(frozen=True, kw_only=True)
class Promise:
    """What is to be expected of one response.

    Attributes
    ----------
    response_name, method : str
        The response, and how its interval was found.
    predicted : float
        In the response's unit.
    lower, upper : float or None
        90 % interval for one measurement of a new configuration, made with these settings, within
        what can be measured at all.
    refusal : str
        Why there is no interval; empty where there is one.
    replicate_lower, replicate_upper : float or None
        90 % interval for one more replicate of the nearest run made, with that run's settings;
        None where there are no replicates.
    desirability : float
        Of the prediction.
    """

    response_name: str
    method: str
    predicted: float
    lower: float | None
    upper: float | None
    refusal: str
    replicate_lower: float | None
    replicate_upper: float | None
    desirability: float


@dataclass(frozen=True, kw_only=True)
class Searches:
    """How many searches were started, and how many ended at the value of the best."""

    started: int
    reached: int


@dataclass(frozen=True, kw_only=True)
class SetPoint:
    """Recommended settings, as they are written into ``recommendation.json``.

    Attributes
    ----------
    settings : dict of str to float or str
        Each input in its own unit; a category by the name of its level.
    desirability : float
        Overall, of the predictions; 0 where a goal is out of reach.
    probability_of_all_specifications : float
        Estimated chance that one product keeps every specification, settings kept exactly.
    interval_level : float
        Of the intervals that are promised.
    responses : tuple of Promise
        Response by response.
    distance : Distance
        From the existing runs.
    searches : Searches
        How sure it is that nothing better was missed.
    """

    settings: dict[str, Setting]
    desirability: float
    probability_of_all_specifications: float
    interval_level: float = LEVEL
    responses: tuple[Promise, ...]
    distance: Distance
    searches: Searches


def best_set_point(decision: Decision, seed: int) -> SetPoint:
    """Return the settings whose predictions are most desirable.

    Parameters
    ----------
    decision : Decision
        Region, goals and models.
    seed : int
        Start of every random choice.

    Returns
    -------
    SetPoint
        The nearest miss, with desirability 0, where no setting reaches every goal.
    """
    return _searched(decision, decision.merit, seed)


def settings_for(decision: Decision, targets: Mapping[str, float], seed: int) -> SetPoint:
    """Return the settings whose predictions come nearest to some wanted values.

    Parameters
    ----------
    decision : Decision
        Region, goals and models.
    targets : mapping of str to float
        Wanted value of some responses with a goal, each in its own unit.
    seed : int
        Start of every random choice.

    Returns
    -------
    SetPoint
        Differences are weighed by the span of each goal.

    Raises
    ------
    RecommendationError
        If a response has no goal, and so no model here.
    """
    names = [goal.response_name for goal in decision.goals]
    for name in targets:
        if name not in names:
            raise RecommendationError(
                f"no goal is declared for '{name}'",
                where="wanted values",
                fix=or_nearest(name, names),
            )
    columns = [names.index(name) for name in targets]
    wanted = np.array(list(targets.values()))
    spans = np.array([decision.goals[j].span for j in columns])

    def merit(points: Floats) -> Floats:
        missed = (decision.predictions(points)[:, columns] - wanted) / spans
        return np.asarray(-np.sum(missed**2, axis=1))

    return _searched(decision, merit, seed)


def _searched(decision: Decision, merit: Merit, seed: int) -> SetPoint:
    """Return the best settings by some merit."""
    return describe(decision, best_point(decision.region, merit, seed))


def describe(decision: Decision, found: FoundPoint) -> SetPoint:
    """Return all that is known of the settings that a search has found."""
    point = found.point
    inputs = decision.settings(point)
    most = max(decision.data, key=lambda data: data.n_samples)
    away = distance(decision.region, most, inputs)
    return SetPoint(
        settings=decision.named(point),
        desirability=float(decision.desirability(point[None])[0]),
        probability_of_all_specifications=decision.said(
            float(decision.probability(point[None])[0])
        ),
        responses=tuple(
            _promise(decision, j, goal, inputs) for j, goal in enumerate(decision.goals)
        ),
        distance=away,
        searches=Searches(started=found.n_starts, reached=found.n_reached),
    )


def _promise(decision: Decision, j: int, goal: Goal, inputs: Floats) -> Promise:
    """Return what is to be expected of one response."""
    known, data = decision.known[j], decision.data[j]
    predicted = float(known.predict(inputs[None])[0])
    lower = upper = None
    refusal = ""
    try:
        ends = known.intervals(inputs[None], LEVEL)
        possible = physical_range(data.response_name)  # nothing can be measured beyond
        lower, upper = (float(np.clip(end[0], *possible)) for end in (ends.lower, ends.upper))
    except ModelError as error:
        refusal = error.what
    again = _replicate(decision, j, inputs)
    return Promise(
        response_name=data.response_name,
        method=known.method,
        predicted=predicted,
        lower=lower,
        upper=upper,
        refusal=refusal,
        replicate_lower=again[0],
        replicate_upper=again[1],
        desirability=float(desirability(goal, np.array([predicted]))[0]),
    )


def _replicate(decision: Decision, j: int, inputs: Floats) -> tuple[float | None, float | None]:
    """Return where one more replicate of the nearest run will lie, if runs have replicates."""
    data = decision.data[j]
    away = distance(decision.region, data, inputs)
    try:
        ends = replicate_intervals(data, LEVEL)
    except ModelError:
        return None, None
    sample = data.sample_names.index(away.nearest_sample)
    row = int(np.searchsorted(np.unique(data.configurations), data.configurations[sample]))
    return float(ends.lower[row]), float(ends.upper[row])
