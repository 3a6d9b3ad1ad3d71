"""The operating window: how far every setting may drift while all specifications hold."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import Final

import numpy as np
from numpy.typing import NDArray

from electrodoe.design.region import DesignRegion
from electrodoe.errors import RecommendationError
from electrodoe.optimize.decision import Decision
from electrodoe.optimize.largest_box import largest_box
from electrodoe.optimize.probability_map import MOST_AXES, ProbabilityMap, probability_map

Floats = NDArray[np.float64]
_N_ROUNDS: Final = 3
_N_HALVINGS: Final = 12


@dataclass(frozen=True, kw_only=True)
class OperatingWindow:
    """A box of settings, each of them good enough.

    Attributes
    ----------
    low, high : array of shape (n_axes,)
        Coded ends.
    ranges : dict of str to (float, float)
        The same in each factor's own unit: where it may be set.
    center : dict of str to float
        The middle of the window.
    probability : float
        What was asked for: the least chance that a product keeps every specification.
    least, mean : float
        Least and mean chance on the nodes inside, with the tolerances carried.
    share : float
        Of the region's volume.
    """

    low: Floats
    high: Floats
    ranges: dict[str, tuple[float, float]]
    center: dict[str, float]
    probability: float
    least: float
    mean: float
    share: float

    def holds(self, points: Floats) -> NDArray[np.bool_]:
        """Return which coded points lie inside."""
        return np.asarray(np.all((points >= self.low) & (points <= self.high), axis=-1))


@dataclass(frozen=True, kw_only=True)
class WindowSearch:
    """What the search for a window has found.

    Attributes
    ----------
    map : ProbabilityMap
        Over the whole region.
    window : OperatingWindow or None
        The largest box, or None where no setting is good enough.
    greatest : float
        Greatest chance on the map.
    """

    map: ProbabilityMap
    window: OperatingWindow | None
    greatest: float


def operating_window(decision: Decision, probability: float = 0.9) -> WindowSearch:
    """Return the largest box of settings that are all good enough.

    Parameters
    ----------
    decision : Decision
        At least one goal with a specification, at most five inputs.
    probability : float
        Least chance that one product keeps every specification.

    Returns
    -------
    WindowSearch
        The map and the box: exact on the grid of a map that was drawn closely around all good
        settings, then every face moved outward as far as the map between its nodes allows.

    Raises
    ------
    RecommendationError
        If nothing is specified, or there are too many inputs for a map.
    ModelError
        If so many configurations cannot support the probability.
    """
    _require_specifications(decision)
    for goal, known in zip(decision.goals, decision.known, strict=True):
        if goal.has_specification:
            known.require(probability)
    over_all = probability_map(decision)
    greatest = float(over_all.values.max())
    closer = _closer(decision, over_all, probability)
    box = None if closer is None else _box(closer, probability)
    window = None
    if closer is not None and box is not None:
        ends = _moved_outward(decision.region, closer, *box, probability)
        window = _window(decision, closer, ends, probability)
    return WindowSearch(map=over_all, window=window, greatest=greatest)


def _require_specifications(decision: Decision) -> None:
    """Raise where there is nothing to hold, or a map would be too large."""
    if not any(goal.has_specification for goal in decision.goals):
        raise RecommendationError(
            "no goal has a specification: every product would be good",
            where="study.toml, [responses]",
            fix="add least = ... or greatest = ... to a response with a goal",
        )
    if len(decision.region.axes) > MOST_AXES:
        raise RecommendationError(
            f"{len(decision.region.axes)} inputs; a window is mapped for at most {MOST_AXES}",
            where="study.toml, [recommend], key 'scenario'",
            fix="recommend for a scenario with fewer inputs",
        )


def _closer(
    decision: Decision, over_all: ProbabilityMap, probability: float
) -> ProbabilityMap | None:
    """Return a map drawn closely around all good nodes, or the best; None where none is good."""
    is_good = over_all.values >= min(probability, over_all.values.max())
    steps = np.array([nodes[1] - nodes[0] for nodes in over_all.nodes])
    good = over_all.points()[is_good.ravel()]
    reach = steps + _reach(decision)
    low = np.maximum(good.min(axis=0) - reach, -1.0)
    high = np.minimum(good.max(axis=0) + reach, 1.0)
    closer = probability_map(decision, low, high)
    return closer if closer.values.max() >= probability else None


def _reach(decision: Decision) -> Floats:
    """Return how far a setting may come out from where it was set, coded, shape (n_axes,)."""
    ends = np.array([[axis.low, axis.high] for axis in decision.region.axes])
    return np.asarray(
        2.0 * decision.tolerances * np.abs(ends).max(axis=1) / (ends[:, 1] - ends[:, 0])
    )


def _box(closer: ProbabilityMap, probability: float) -> tuple[Floats, Floats] | None:
    """Return the ends of the largest box of cells whose corners are all good, coded."""
    cells = closer.values >= probability
    for axis in range(cells.ndim):
        first = np.take(cells, range(cells.shape[axis] - 1), axis=axis)
        second = np.take(cells, range(1, cells.shape[axis]), axis=axis)
        cells = first & second
    found = largest_box(cells)
    if found is None:
        return None
    low = np.array([nodes[start] for nodes, (start, _) in zip(closer.nodes, found, strict=True)])
    high = np.array([nodes[stop] for nodes, (_, stop) in zip(closer.nodes, found, strict=True)])
    return low, high


def _moved_outward(
    region: DesignRegion, closer: ProbabilityMap, low: Floats, high: Floats, probability: float
) -> tuple[Floats, Floats]:
    """Return the box with each face as far out as the map between nodes allows."""
    low, high = low.copy(), high.copy()
    for _ in range(_N_ROUNDS):
        for axis, nodes in enumerate(closer.nodes):
            step = nodes[1] - nodes[0]
            for ends, reach in (
                (low, max(nodes[0] - low[axis], -step)),
                (high, min(nodes[-1] - high[axis], step)),
            ):
                worst = partial(_worst_on_face, region, closer, low.copy(), high.copy(), axis)
                ends[axis] += reach * _farthest(
                    partial(_is_good_at, worst, float(ends[axis]), float(reach), probability)
                )
    return low, high


def _is_good_at(
    worst: Callable[[float], float], start: float, reach: float, probability: float, share: float
) -> bool:
    """Return whether a face that was moved by a share of its reach is good throughout."""
    return worst(start + share * reach) >= probability


def _worst_on_face(
    region: DesignRegion, closer: ProbabilityMap, low: Floats, high: Floats, axis: int, at: float
) -> float:
    """Return the least chance on a face; 0 where a limit cuts it."""
    face = _face(closer, low, high, axis, at)
    return float(np.min(np.where(region.is_feasible(face), closer.at(face), 0.0)))


def _farthest(is_good: Callable[[float], bool]) -> float:
    """Return the greatest share from 0 to 1 that is good, by halving."""
    if is_good(1.0):
        return 1.0
    good, bad = 0.0, 1.0
    for _ in range(_N_HALVINGS):
        middle = (good + bad) / 2.0
        good, bad = (middle, bad) if is_good(middle) else (good, middle)
    return good


def _face(closer: ProbabilityMap, low: Floats, high: Floats, axis: int, at: float) -> Floats:
    """Return the points of a face between which the map is linear."""
    marks = [
        np.array([at])
        if j == axis
        else np.unique(
            np.concatenate([[low[j], high[j]], nodes[(nodes > low[j]) & (nodes < high[j])]])
        )
        for j, nodes in enumerate(closer.nodes)
    ]
    return np.stack(np.meshgrid(*marks, indexing="ij"), axis=-1).reshape(-1, len(marks))


def _window(
    decision: Decision, closer: ProbabilityMap, ends: tuple[Floats, Floats], probability: float
) -> OperatingWindow:
    """Return a box with what is to be said of it."""
    low, high = ends
    settings = decision.settings(np.stack([low, high, (low + high) / 2.0]))
    names = decision.region.names
    points = closer.points()
    is_inside = np.all((points >= low) & (points <= high), axis=1)
    chances = closer.values.ravel()[is_inside]
    return OperatingWindow(
        low=low,
        high=high,
        ranges={
            name: (float(settings[0, j]), float(settings[1, j])) for j, name in enumerate(names)
        },
        center={name: float(settings[2, j]) for j, name in enumerate(names)},
        probability=probability,
        least=float(chances.min()),
        mean=float(chances.mean()),
        share=float(np.prod((high - low) / 2.0)),
    )
