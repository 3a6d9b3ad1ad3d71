"""Where all specifications hold: the chance on a grid, with the scatter of settings carried."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final

import numpy as np
from scipy.interpolate import RegularGridInterpolator

from electrodoe.arrays import Floats
from electrodoe.design.region.points import low_discrepancy
from electrodoe.optimize.decision import Decision

_N_NODES: Final = {1: 201, 2: 61, 3: 23, 4: 13, 5: 9}
"""Nodes along each axis, by the number of axes."""
MOST_AXES: Final = max(_N_NODES)
_N_DRAWS: Final = 64
"""Quasi-random deviations within the setting tolerances (decision 0014)."""
_BATCH: Final = 4096
"""Settings asked at once: bound on memory, chosen."""


@dataclass(frozen=True, kw_only=True)
class ProbabilityMap:
    """Chances on a grid.

    Attributes
    ----------
    nodes : tuple of array
        Coded settings along each axis.
    values : array with one axis for each of them
        Estimated chance that one product keeps every specification; 0 where a limit forbids
        the settings.
    confidence : float or None
        In how many of many studies the chance is truly no lower; None for the chance itself, over
        all that is uncertain.
    """

    nodes: tuple[Floats, ...]
    values: Floats
    confidence: float | None = None

    @property
    def max_probability(self) -> float:
        """Return the maximum chance anywhere."""
        return float(self.values.max())

    def points(self) -> Floats:
        """Return the nodes, coded, shape (n_nodes, n_axes)."""
        return np.stack(np.meshgrid(*self.nodes, indexing="ij"), axis=-1).reshape(
            -1, len(self.nodes)
        )

    def at(self, points: Floats) -> Floats:
        """Return the chance between nodes, linear along each axis, shape (n_points,)."""
        return np.asarray(RegularGridInterpolator(self.nodes, self.values)(points))


def probability_map(
    decision: Decision,
    low: Floats | None = None,
    high: Floats | None = None,
    confidence: float | None = None,
) -> ProbabilityMap:
    """Return the chance that one product keeps every specification, over the region.

    Parameters
    ----------
    decision : Decision
        Models, specifications and tolerances.
    low, high : array of shape (n_axes,), or None
        Part of the region, coded; the whole where they are not given.
    confidence : float or None
        Whether lower confidence bounds of the chance are mapped in its place.

    Returns
    -------
    ProbabilityMap
        For one measurement of each response, at a new configuration, made with a setting that is
        off by anything its tolerance allows.

    Notes
    -----
    Two uncertainties are carried: that of the prediction of a new configuration (model, effect of
    the configuration, replicate scatter), and that of the setting. A setting s comes out anywhere
    between s - t and s + t with the same chance, t being a fraction of s or so much in its unit; 64
    evenly spread deviations are averaged (quasi-Monte Carlo). Deviations beyond the region count as
    its edge.
    """
    d = len(decision.region.axes)
    low = np.full(d, -1.0) if low is None else low
    high = np.full(d, 1.0) if high is None else high
    nodes = tuple(np.linspace(low[j], high[j], _N_NODES[d]) for j in range(d))
    shape = tuple(len(each) for each in nodes)
    points = ProbabilityMap(nodes=nodes, values=np.empty(shape)).points()
    chances = _chances(decision, points, confidence)
    exact = ProbabilityMap(nodes=nodes, values=chances.reshape(shape))
    if any(decision.tolerances):
        chances = _spread(decision, exact, points)
    chances = np.where(decision.region.is_feasible(points), chances, 0.0)
    return replace(exact, values=chances.reshape(shape), confidence=confidence)


def _chances(decision: Decision, points: Floats, confidence: float | None) -> Floats:
    """Return the chance of settings that are exactly kept, or its bound, shape (n_points,)."""
    batches = [points[first : first + _BATCH] for first in range(0, len(points), _BATCH)]
    if confidence is None:
        return np.concatenate([decision.probability(batch) for batch in batches])
    return np.concatenate([decision.guaranteed(batch, confidence) for batch in batches])


def _spread(decision: Decision, exact: ProbabilityMap, points: Floats) -> Floats:
    """Return the mean chance over what comes out where each point is set, shape (n_points,)."""
    low = np.array([each[0] for each in exact.nodes])
    high = np.array([each[-1] for each in exact.nodes])
    total = np.zeros(len(points))
    for points_off in off_target(decision, points, _N_DRAWS):
        total += exact.at(np.clip(points_off, low, high))
    return total / _N_DRAWS


def off_target(decision: Decision, points: Floats, n: int) -> Sequence[Floats]:
    """Return what comes out where points are set: n arrays of coded points, spread evenly."""
    settings = decision.settings(points)
    allowed = np.zeros_like(settings)
    allowed[:, decision.free] = decision.allowed(settings[:, decision.free])
    deviations = np.zeros((n, settings.shape[1]))
    deviations[:, decision.free] = 2.0 * low_discrepancy(n, points.shape[1]) - 1.0
    return [decision.coded(settings + own * allowed) for own in deviations]
