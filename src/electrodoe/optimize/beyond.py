"""Runs beyond the region, where the recommended settings stand at its end."""

from typing import Final

import numpy as np

from electrodoe.arrays import Booleans, Floats
from electrodoe.optimize.decision import Decision, Setting
from electrodoe.quantities import physical_range

_STEPS: Final = (0.5, 1.0)
"""How far beyond an end, coded: a quarter and half of the range that was tried; chosen."""


def ends_reached(decision: Decision, point: Floats) -> dict[str, int]:
    """Return the factors that stand at an end that can be moved: +1 for the upper, -1 the lower.

    Parameters
    ----------
    decision : Decision
        Its region.
    point : array of shape (n_axes,)
        Coded.

    Returns
    -------
    dict of str to int
        Without categories, and without factors that have declared levels only.
    """
    return {
        axis.name: int(np.sign(value))
        for axis, value in zip(decision.region.axes, point, strict=True)
        if not axis.is_categorical and axis.levels is None and abs(value) >= 1.0
    }


def runs_beyond(decision: Decision, point: Floats) -> tuple[dict[str, Setting], ...]:
    """Return runs that would show whether better lies beyond the ends that were reached.

    Parameters
    ----------
    decision : Decision
        Its region with its limits.
    point : array of shape (n_axes,)
        The recommended settings, coded.

    Returns
    -------
    tuple of dict of str to float or str
        All factors at an end go a quarter and half of their ranges beyond, the others stay; what
        breaks a limit of the plan, or is physically impossible, is left out.
    """
    ends = ends_reached(decision, point)
    if not ends:
        return ()
    way = np.array([float(ends.get(axis.name, 0)) for axis in decision.region.axes])
    found = []
    for step in _STEPS:
        there = _settable(decision, point + step * way, way != 0.0)
        settings = decision.named(there)
        if decision.region.is_feasible(there[None])[0] and _is_possible(settings, ends):
            found.append(settings)
    return tuple(found)


def _settable(decision: Decision, point: Floats, is_moved: Booleans) -> Floats:
    """Return a coded point whose moved factors are rounded to steps that a person can set."""
    found = point.copy()
    for number in np.flatnonzero(is_moved):
        found[number] = decision.region.axes[number].nearest_steps(point[number])
    return found


def _is_possible(settings: dict[str, Setting], ends: dict[str, int]) -> bool:
    """Return whether the moved settings lie in the physical ranges of their quantities."""
    ranges = {name: physical_range(name) for name in ends}
    return all(low <= float(settings[name]) <= high for name, (low, high) in ranges.items())
