"""The operating window: how far every setting may drift while all specifications hold."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final

import numpy as np

from electrodoe.arrays import Booleans, Floats
from electrodoe.errors import RecommendationError
from electrodoe.optimize.decision import Decision
from electrodoe.optimize.good_box import good_box
from electrodoe.optimize.probability_map import MOST_AXES, ProbabilityMap, probability_map
from electrodoe.optimize.sampled_box import sampled_box
from electrodoe.optimize.sampled_chance import MOST_SAMPLED, SampledChance
from electrodoe.ties import first_smallest

_LEAST_PLACES: Final = 2
"""Settings of a box that may fail, for the confidence in the whole of it: the ends of one input."""

_ON_A_LEVEL: Final = 1e-9
"""Coded distance of a level from an end that rounding alone makes."""


@dataclass(frozen=True, kw_only=True)
class OperatingWindow:
    """A box of settings, each of them good enough.

    Attributes
    ----------
    low, high : array of shape (n_axes,)
        Coded ends.
    ranges : dict of str to (float, float)
        The same in each factor's own unit: where it may be set.
    center, at_center : dict of str to float
        The middle of the window, and the responses that are predicted there.
    probability : float
        What was asked for: the smallest chance that a product keeps every specification.
    confidence : float or None
        In what fraction of studies every setting inside truly has that chance; None where the
        chance is reached only with all that is uncertain averaged over.
    min_probability, mean_probability : float
        Minimum and mean of the chance inside, with the tolerances carried: on the nodes of a map,
        or on samples, corners and at the ends of descents from the worst of them.
    region_fraction : float
        Of the region's volume.
    """

    low: Floats
    high: Floats
    ranges: dict[str, tuple[float, float]]
    center: dict[str, float]
    at_center: dict[str, float]
    probability: float
    confidence: float | None
    min_probability: float
    mean_probability: float
    region_fraction: float

    def beside(self, point: Floats, held: Sequence[int]) -> "OperatingWindow":
        """Return the window in all factors, those that are held standing at a coded point."""
        low, high = point.copy(), point.copy()
        free = [number for number in range(len(point)) if number not in set(held)]
        low[free], high[free] = self.low, self.high
        return replace(self, low=low, high=high)

    def holds(self, points: Floats) -> Booleans:
        """Return which coded points lie inside."""
        return np.asarray(np.all((points >= self.low) & (points <= self.high), axis=-1))


@dataclass(frozen=True, kw_only=True)
class WindowSearch:
    """What the search for a window has found.

    Attributes
    ----------
    map, sure : ProbabilityMap or SampledChance
        The chance over the whole region, and what of it can be said with confidence at each
        setting; with more than five axes there is no map, and it is asked where it is needed.
    window : OperatingWindow or None
        The largest box that was found, or None where no setting is good enough.
    """

    map: ProbabilityMap | SampledChance
    sure: ProbabilityMap | SampledChance
    window: OperatingWindow | None

    @property
    def is_sampled(self) -> bool:
        """Return whether there were too many axes for a map."""
        return isinstance(self.map, SampledChance)


def operating_window(
    decision: Decision,
    probability: float = 0.9,
    confidence: float = 0.9,
    point: Floats | None = None,
) -> WindowSearch:
    """Return the largest box of settings that are all good enough.

    Parameters
    ----------
    decision : Decision
        At least one goal with a specification, at most ten inputs.
    probability : float
        Smallest chance that one product keeps every specification.
    confidence : float
        In what fraction of studies every setting inside is to have that chance. What may fail is
        shared among as many settings as the inputs' number squared, two at least: the largest box
        ends where the map is lucky, and it has more corners with every input.
    point : array of shape (n_axes,) or None
        The recommended settings, coded. With more than five inputs the window is looked for
        around them where they are good enough, and around the best setting found elsewhere.

    Returns
    -------
    WindowSearch
        The map and the box. Where no setting is good enough with confidence, the box of those
        that are without it, and says so.

    Raises
    ------
    RecommendationError
        If nothing is specified, or there are too many inputs.
    ModelError
        If so many configurations cannot support the probability.
    """
    _require_specifications(decision)
    for _, known in decision.specified:
        known.require(probability)
    if len(decision.region.axes) > MOST_AXES:
        return sampled_window(decision, probability, confidence, point)
    over_all = probability_map(decision)
    sure = probability_map(decision, confidence=_shared(decision, confidence))
    window = _largest(decision, sure, probability, confidence) or _largest(
        decision, over_all, probability, None
    )
    return WindowSearch(map=over_all, sure=sure, window=window)


def sampled_window(
    decision: Decision, probability: float, confidence: float, point: Floats | None
) -> WindowSearch:
    """Return the search for a window without a map; see :func:`operating_window`."""
    also = np.empty((0, len(decision.region.axes))) if point is None else point[None]
    over_all = SampledChance(decision=decision, also=also)
    sure = SampledChance(decision=decision, also=also, confidence=_shared(decision, confidence))
    window = _around(sure, probability, confidence) or _around(over_all, probability, None)
    return WindowSearch(map=over_all, sure=sure, window=window)


def _shared(decision: Decision, confidence: float) -> float:
    """Return the confidence at each setting, for that in the whole box."""
    n_places = max(len(decision.region.axes) ** 2, _LEAST_PLACES)
    return 1.0 - (1.0 - confidence) / n_places


def _around(
    chance: SampledChance, probability: float, confidence: float | None
) -> OperatingWindow | None:
    """Return the box around the recommended settings, or around the best ones found."""
    anchors = [*chance.also, chance.best]
    found = (sampled_box(chance, anchor, probability) for anchor in anchors)
    box = next((each for each in found if each is not None), None)
    if box is None:
        return None
    smallest, mean = box.min_probability, box.mean_probability
    return _window(chance.decision, (box.low, box.high), (smallest, mean), probability, confidence)


def on_levels(
    decision: Decision, window: OperatingWindow
) -> tuple[OperatingWindow | None, tuple[int, ...]]:
    """Return a window whose ends and center are levels, where factors have some.

    Parameters
    ----------
    decision : Decision
        That the window was found for.
    window : OperatingWindow
        Between the levels all is good as well, so that drifting from one is no harm.

    Returns
    -------
    window : OperatingWindow or None
        None where a factor has no level inside.
    without : tuple of int
        The axes without one.
    """
    low, high, middle = window.low.copy(), window.high.copy(), (window.low + window.high) / 2.0
    without = []
    for number, axis in enumerate(decision.region.axes):
        if axis.levels is None:
            continue
        near = _ON_A_LEVEL * (1.0 + np.abs(axis.levels))
        is_inside = (axis.levels >= low[number] - near) & (axis.levels <= high[number] + near)
        inside = axis.levels[is_inside]
        if not len(inside):
            without.append(number)
            continue
        low[number], high[number] = inside[0], inside[-1]
        middle[number] = inside[first_smallest(np.abs(inside - middle[number]), scale=1.0)]
    if without:
        return None, tuple(without)
    names, free = decision.region.names, decision.free
    low_ends, high_ends, center = decision.settings(np.stack([low, high, middle]))[:, free].tolist()
    responses = [goal.response_name for goal in decision.goals]
    predicted = decision.predictions(middle[None])[0].tolist()
    return replace(
        window,
        low=low,
        high=high,
        ranges=dict(zip(names, zip(low_ends, high_ends, strict=True), strict=True)),
        center=dict(zip(names, center, strict=True)),
        at_center=dict(zip(responses, predicted, strict=True)),
    ), ()


def _largest(
    decision: Decision, over_all: ProbabilityMap, probability: float, confidence: float | None
) -> OperatingWindow | None:
    """Return the largest window on a map, or None where no setting is good enough."""
    found = good_box(decision, over_all, probability)
    if found is None:
        return None
    low, high, closer = found
    points = closer.points()
    chances = closer.values.ravel()[np.all((points >= low) & (points <= high), axis=1)]
    smallest, mean = float(chances.min()), float(chances.mean())
    return _window(decision, (low, high), (smallest, mean), probability, confidence)


def _require_specifications(decision: Decision) -> None:
    """Raise where there is nothing to hold, or a map would be too large."""
    if not any(goal.has_specification for goal in decision.goals):
        raise RecommendationError(
            "no goal has a specification: every product would be good",
            where="study.toml, [responses]",
            fix="add lower = ... or upper = ... to a response with a goal",
        )
    if len(decision.region.axes) > MOST_SAMPLED:
        raise RecommendationError(
            f"{len(decision.region.axes)} inputs; a window is looked for with at most"
            f" {MOST_SAMPLED}",
            where="study.toml, [recommend], key 'scenario'",
            fix="recommend for a scenario with fewer inputs",
        )


def _window(
    decision: Decision,
    ends: tuple[Floats, Floats],
    chances: tuple[float, float],
    probability: float,
    confidence: float | None,
) -> OperatingWindow:
    """Return a box with what is to be said of it; chances are the smallest and the mean."""
    low, high = ends
    settings = decision.settings(np.stack([low, high, (low + high) / 2.0]))[:, decision.free]
    names = decision.region.names
    responses = [goal.response_name for goal in decision.goals]
    predicted = decision.predictions((low + high)[None] / 2.0)
    return OperatingWindow(
        low=low,
        high=high,
        ranges={
            name: (float(settings[0, j]), float(settings[1, j])) for j, name in enumerate(names)
        },
        center={name: float(settings[2, j]) for j, name in enumerate(names)},
        at_center=dict(zip(responses, predicted[0].tolist(), strict=True)),
        probability=probability,
        confidence=confidence,
        min_probability=decision.said(chances[0]),
        mean_probability=decision.said(chances[1]),
        region_fraction=float(np.prod((high - low) / 2.0)),
    )
