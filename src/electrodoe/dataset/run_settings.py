"""Which runs were made at one setting: equal inputs, or as near as replicates of measured ones.

Three levels: a *setting* is a set of factor levels, a *run* one production of it (the unit of
randomization), a *sample* one specimen of a run. Runs of one setting are replicates; samples of one
run are not.
"""

from typing import Final

import numpy as np

from electrodoe.arrays import Booleans, Floats, Integers
from electrodoe.dataset.grouping import clumps_by_level, complete_rows
from electrodoe.dataset.training_data import configuration_means
from electrodoe.ties import levels

_SAME: Final = 1e-3
"""Of a factor's range: written numbers are rounded by less, and no plan has so small a step."""
_NEAR: Final = 0.025
"""Standard deviation of near replicates, of a factor's range: its effect on them is a fortieth."""
_DOUBTED: Final = 0.01
"""Chance of so large a lack of fit below which rows of one setting are not taken as runs unasked:
low, for the sharper test is lost in as many studies of a right model."""
_FEWEST_SPARE: Final = 3
"""Settings beyond the terms from which on these can be the yardstick instead."""


def settings_of_runs(inputs: Floats, is_category: Booleans) -> Integers:
    """Return which setting each run was made at.

    Parameters
    ----------
    inputs : array of shape (n_runs, n_factors)
        What was set, each factor in its own unit, a category as the number of its level; NaN
        where it is not known.
    is_category : array of bool, shape (n_factors,)
        Which factors are categories.

    Returns
    -------
    array of int, shape (n_runs,)
        Numbers from 0 in the order of the first runs. Inputs within a thousandth of their range
        are equal; where no two runs are, runs in narrow clumps are near replicates. A run
        with an unknown input is alone.

    Examples
    --------
    >>> factorial_with_rounded_axial = np.array([[-1.414, 0], [0, 0], [-1.4142, 0], [1, 0]])
    >>> settings_of_runs(factorial_with_rounded_axial, np.array([False, False])).tolist()
    [0, 1, 0, 2]
    """
    numbers = np.column_stack([_level_numbers(column) for column in inputs.T])
    settings = _in_order(np.unique(numbers, axis=0, return_inverse=True)[1].ravel())
    complete = complete_rows(inputs)
    if settings.max() + 1 < len(inputs) or not complete.any():
        return settings
    near = clumps_by_level(inputs[complete], is_category)
    if near is not None and _are_near(inputs[complete], near):
        settings = settings + len(inputs)
        settings[complete] = near
    return _in_order(settings)


def are_runs_doubted(p: float, n_spare: int) -> bool:
    """Return whether a lack of fit speaks against rows of one setting being runs, as was assumed.

    Parameters
    ----------
    p : float
        Chance of so large a lack of fit of the largest model, against rows of one setting.
    n_spare : int
        Degrees of freedom of the lack of fit.

    Returns
    -------
    bool
        Whether settings differ by more than such rows do: as if these were samples of one run.

    Examples
    --------
    >>> are_runs_doubted(0.001, 7), are_runs_doubted(0.001, 1)
    (True, False)
    """
    return p < _DOUBTED and n_spare >= _FEWEST_SPARE


def _are_near(inputs: Floats, clumps: Integers) -> bool:
    """Return whether every factor differs little within clumps: as what is measured, not set."""
    spare = len(inputs) - int(clumps.max()) - 1
    apart = inputs - configuration_means(inputs, clumps)[clumps]
    spread = np.sqrt(np.sum(apart**2, axis=0) / spare) if spare else np.inf
    return bool(np.all(spread <= _NEAR * np.ptp(inputs, axis=0)))


def _level_numbers(column: Floats) -> Integers:
    """Return which level of a factor each run has, counted from the smallest."""
    known = column[np.isfinite(column)]
    return levels(column - (known.min() if len(known) else 0.0), equal=_SAME)


def _in_order(numbers: Integers) -> Integers:
    """Return numbers from 0 in the order in which they first stand."""
    _, first, inverse = np.unique(numbers, return_index=True, return_inverse=True)
    rank = np.empty(len(first), dtype=np.int64)
    rank[np.argsort(first)] = np.arange(len(first))
    return np.asarray(rank[inverse])
