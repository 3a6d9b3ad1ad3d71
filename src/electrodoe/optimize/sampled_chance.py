"""The chance that all specifications hold, asked at points: too many factors for a grid."""

from dataclasses import dataclass, field
from functools import cached_property
from typing import Final

import numpy as np

from electrodoe.arrays import Booleans, Floats
from electrodoe.optimize.decision import Decision
from electrodoe.optimize.feasible import spread_points
from electrodoe.ties import first_largest

MOST_SAMPLED: Final = 10
"""Axes up to which sampled windows were compared with truths (benchmarks/README.md)."""
_N_SAMPLES: Final = 1024
"""Evenly spread settings among which the best is looked for; chosen."""
_N_NODES: Final = 17
"""Settings along each axis of a slice, an eighth of the coded range apart; chosen."""
_STEPS: Final = (0.5, 0.25, 0.12, 0.06, 0.03)
"""Coded steps of the climb from the best sample, each until no axis gains; chosen."""
_MOST_SWEEPS: Final = 8
"""Bound on the climb at one step; chosen."""
_BATCH: Final = 4096
"""Settings asked at once: bound on memory, chosen."""


@dataclass(frozen=True, kw_only=True)
class SampledChance:
    """Chances that are found where they are asked for.

    Attributes
    ----------
    decision : Decision
        Models, specifications and tolerances.
    confidence : float or None
        As in :class:`~electrodoe.optimize.ProbabilityMap`.
    also : array of shape (n_points, n_axes)
        Settings that are looked at beside the samples: the recommended ones.
    """

    decision: Decision
    confidence: float | None = None
    also: Floats = field(default_factory=lambda: np.empty((0, 0)))

    @property
    def nodes(self) -> tuple[Floats, ...]:
        """Return coded settings along each axis, for slices."""
        return tuple(np.linspace(-1.0, 1.0, _N_NODES) for _ in self.decision.region.axes)

    @cached_property
    def best(self) -> Floats:
        """Return the setting of largest chance that samples and a climb from them find, coded."""
        spread = spread_points(self.decision.region, _N_SAMPLES)
        points = np.vstack([*([self.also] if len(self.also) else []), spread])
        start = points[int(first_largest(self.exactly_kept(points), scale=1.0))]
        return self._climbed(start)

    @cached_property
    def max_probability(self) -> float:
        """Return the largest chance that was found."""
        return float(self.at(np.vstack([self.best, *self.also])).max())

    def at(self, points: Floats) -> Floats:
        """Return the chance of settings, what their tolerances allow included, (n_points,)."""
        off = tolerance_nodes(np.array([bool(each) for each in self.decision.tolerances]))
        settings = self.decision.settings(points)
        allowed = self.decision.allowed(settings[:, self.decision.free])
        total = np.zeros(len(points))
        for deviation in off:
            moved = settings.copy()
            moved[:, self.decision.free] += deviation * allowed
            total += self.asked(np.clip(self.decision.coded(moved), -1.0, 1.0))
        return np.where(self.decision.region.is_feasible(points), total / len(off), 0.0)

    def exactly_kept(self, points: Floats) -> Floats:
        """Return the chance of settings that come out as set: cheap, to find where to look."""
        return np.where(self.decision.region.is_feasible(points), self.asked(points), 0.0)

    def asked(self, points: Floats) -> Floats:
        """Return the chance of exact settings, or its bound, limits left aside."""
        batches = [points[first : first + _BATCH] for first in range(0, len(points), _BATCH)]
        if self.confidence is None:
            return np.concatenate([self.decision.probability(batch) for batch in batches])
        return np.concatenate(
            [self.decision.guaranteed(batch, self.confidence) for batch in batches]
        )

    def _climbed(self, point: Floats) -> Floats:
        """Return where steps along single axes lead upward, limits kept."""
        directions = np.vstack([np.eye(len(point)), -np.eye(len(point))])
        for step in _STEPS:
            for _ in range(_MOST_SWEEPS):
                around = np.vstack([point, np.clip(point + step * directions, -1.0, 1.0)])
                best = int(first_largest(self.exactly_kept(around), scale=1.0))
                if best == 0:
                    break
                point = around[best]
        return point


def tolerance_nodes(has_tolerance: Booleans) -> Floats:
    r"""Return deviations whose plain mean stands for all that tolerances allow.

    Parameters
    ----------
    has_tolerance : array of shape (n_axes,), bool
        Which axes may come out beside their setting.

    Returns
    -------
    array of shape (n_nodes, n_axes)
        As fractions of what is allowed: two for each axis with a tolerance, all within it; a
        single zero where there is none.

    Notes
    -----
    Stroud's rule of third degree for a cube [1]_: exact for every cubic polynomial of the
    deviations, which are all equally likely.

    References
    ----------
    .. [1] Stroud, Mathematical Tables and other Aids to Computation 11 (1957) 257.

    Examples
    --------
    >>> tolerance_nodes(np.array([False, True])).round(4).tolist()
    [[0.0, 0.5774], [0.0, -0.5774]]
    """
    allowed = np.flatnonzero(has_tolerance)
    n = len(allowed)
    if not n:
        return np.zeros((1, len(has_tolerance)))
    numbers = np.arange(1, 2 * n + 1)
    unit = np.empty((2 * n, n))
    for pair in range(n // 2):
        angle = (2 * pair + 1) * numbers * np.pi / n
        unit[:, 2 * pair] = np.sqrt(2.0 / 3.0) * np.cos(angle)
        unit[:, 2 * pair + 1] = np.sqrt(2.0 / 3.0) * np.sin(angle)
    if n % 2:
        unit[:, -1] = -((-1.0) ** numbers) / np.sqrt(3.0)
    nodes = np.zeros((2 * n, len(has_tolerance)))
    nodes[:, allowed] = unit
    return nodes
