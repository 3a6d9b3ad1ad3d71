"""Runs beside the optimal ones: at the center, repeated, far from all others."""

from typing import Final

import numpy as np
from numpy.typing import NDArray

from electrodoe.design.pool import feasible_pool
from electrodoe.design.problem import SearchProblem
from electrodoe.design.region import DesignRegion
from electrodoe.errors import DesignError

Floats = NDArray[np.float64]
_FINE: Final = 9
"""Settings of a continuous factor among which a lack-of-fit run is chosen."""


def center_point(region: DesignRegion) -> Floats:
    """Return the coded setting nearest to the middle of every number; the first category.

    Raises
    ------
    DesignError
        If a limit excludes it.

    Examples
    --------
    >>> from electrodoe.design.axes import Axis
    >>> from electrodoe.design.region import region_of
    >>> center_point(region_of([Axis(name="a", low=0.0, high=4.0)]))
    array([0.])
    """
    point = np.array(
        [
            0.0
            if axis.is_categorical or axis.levels is None
            else axis.levels[np.argmin(np.abs(axis.levels))]
            for axis in region.axes
        ]
    )
    if not region.is_feasible(point[None])[0]:
        raise DesignError(
            "the center of the region is not feasible",
            where="[plan], key 'center_runs'",
            fix="leave center runs out and ask for replicate_runs instead",
        )
    return point


def with_replicates(problem: SearchProblem, design: Floats, n: int) -> Floats:
    """Return a design with some of its runs repeated, those that help the goal most.

    Parameters
    ----------
    problem : SearchProblem
        Model and goal; runs are independent.
    design : array of shape (n_runs, n_factors)
        Coded.
    n : int
        Runs to add; no run is repeated twice before all have been repeated once.

    Returns
    -------
    array of shape (n_runs + n, n_factors)
        The repeats stand last.
    """
    distinct = np.unique(design, axis=0)
    waiting = np.arange(len(distinct))
    for _ in range(n):
        if not len(waiting):
            waiting = np.arange(len(distinct))
        tried = np.stack([np.vstack([design, distinct[number]]) for number in waiting])
        best = int(np.argmin(problem.information(tried).value))
        design = tried[best]
        waiting = np.delete(waiting, best)
    return design


def with_lack_of_fit_runs(problem: SearchProblem, design: Floats, n: int) -> Floats:
    """Return a design with runs where it has none: each as far from all others as can be.

    Parameters
    ----------
    problem : SearchProblem
        Region, model and goal; of equally distant points the one that helps the goal most.
    design : array of shape (n_runs, n_factors)
        Coded.
    n : int
        Runs to add.

    Returns
    -------
    array of shape (n_runs + n, n_factors)
        The new runs stand last.

    Raises
    ------
    DesignError
        If every setting is in the design already.
    """
    pool = feasible_pool(problem.region, _FINE)
    for _ in range(n):
        distance = _distance(problem.region, pool, design)
        farthest = float(distance.max())
        if farthest <= 1e-9:
            raise DesignError(
                "every possible setting is in the plan already",
                where="[plan], key 'lack_of_fit_runs'",
                fix="ask for replicate_runs instead, or declare more levels",
            )
        candidates = pool[distance >= farthest - 1e-9]
        tried = np.stack([np.vstack([design, point]) for point in candidates])
        design = tried[int(np.argmin(problem.information(tried).value))]
    return design


def _distance(region: DesignRegion, pool: Floats, design: Floats) -> Floats:
    """Return how far each point is from the nearest run; another category is a range away."""
    squared = np.zeros((len(pool), len(design)))
    for number, axis in enumerate(region.axes):
        apart = pool[:, None, number] - design[None, :, number]
        squared += 4.0 * (apart != 0.0) if axis.is_categorical else apart**2
    return np.asarray(np.sqrt(squared.min(axis=1)))
