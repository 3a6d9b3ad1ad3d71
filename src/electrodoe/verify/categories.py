"""Categories: configurations that share every input but one."""

from dataclasses import dataclass
from typing import Final

import numpy as np

from electrodoe.arrays import Floats, Integers
from electrodoe.dataset import TrainingData, configuration_means
from electrodoe.dataset.wording import with_unit
from electrodoe.study import Factor, Study, Tolerance
from electrodoe.ties import first_smallest

_FRACTION_OF_RANGE: Final = 0.1
"""Half width of a level, as a fraction of the measured range, where no tolerance is declared."""
_SHADE: Final = 1.0 + 1e-9
"""As `electrodoe.ties.EQUAL`, so that a value on the border belongs to its level."""


@dataclass(frozen=True, kw_only=True, eq=False)
class Category:
    """Configurations that differ in one input alone.

    Attributes
    ----------
    name : str
        The shared inputs with their units, in the order of the scenario.
    inputs : array of shape (n_inputs,)
        Means over the category; of the input that differs, too.
    configurations : array of int, shape (n_configurations,)
        Numbers of its configurations.
    n_levels : int
        Distinct levels of the input that differs.
    """

    name: str
    inputs: Floats
    configurations: Integers
    n_levels: int


def find_categories(study: Study, data: TrainingData, free: str) -> tuple[Category, ...]:
    """Return the categories of a scenario in which one input takes two levels or more.

    Parameters
    ----------
    study : Study
        Levels or tolerances of the factors say which settings are one.
    data : TrainingData
        Samples.
    free : str
        The input that may differ.

    Returns
    -------
    tuple of Category
        In rising order of the shared inputs; empty where no configurations can be paired.
    """
    numbers = np.unique(data.configurations)
    means = configuration_means(data.inputs, data.configurations)
    levels = np.column_stack(
        [
            levels_of(means[:, index], study.factors[name], study.tolerance_of(name))
            for index, name in enumerate(data.input_names)
        ]
    )
    column = data.input_names.index(free)
    shared = np.delete(levels, column, axis=1)
    found = []
    for key in np.unique(shared, axis=0):
        rows = np.flatnonzero(np.all(shared == key, axis=1))
        n_levels = len(np.unique(levels[rows, column]))
        if n_levels >= 2:
            inputs = means[rows].mean(axis=0)
            found.append(
                Category(
                    name=_name(study, data, inputs, column),
                    inputs=inputs,
                    configurations=numbers[rows],
                    n_levels=n_levels,
                )
            )
    return tuple(found)


def levels_of(values: Floats, factor: Factor, tolerance: Tolerance | None = None) -> Integers:
    """Return the number of the level that each setting belongs to.

    Rising with the setting. With declared levels the nearest; otherwise a level holds what lies
    within twice the tolerance of its smallest setting, and without a tolerance within a fifth of
    the range.

    Examples
    --------
    >>> measured = np.array([8.1, 9.3, 8.3, 11.1])
    >>> levels_of(measured, Factor(), Tolerance(fraction=0.05))
    array([0, 1, 0, 2])
    >>> levels_of(measured, Factor(levels=(8.2, 9.2, 10.2, 11.2)))
    array([0, 1, 0, 3])
    """
    if factor.is_categorical:
        return np.asarray(np.round(values), dtype=np.int64)
    if factor.levels is not None:
        levels = np.array(factor.levels, dtype=np.float64)
        return np.asarray(first_smallest(np.abs(values[:, None] - levels)), dtype=np.int64)
    return _gathered(values, tolerance)


def _gathered(values: Floats, tolerance: Tolerance | None) -> Integers:
    """Return levels that begin wherever a setting is too far from the smallest of the last."""
    found = np.empty(len(values), dtype=np.int64)
    width = 2.0 * _FRACTION_OF_RANGE * float(np.ptp(values))
    level, smallest = -1, -np.inf
    for position in np.argsort(values, kind="stable"):
        allowed = width if tolerance is None else 2.0 * float(tolerance.allowed(np.array(smallest)))
        if level < 0 or values[position] - smallest > allowed * _SHADE:
            level, smallest = level + 1, float(values[position])
        found[position] = level
    return found


def _name(study: Study, data: TrainingData, inputs: Floats, free: int) -> str:
    """Return the shared inputs as words; a category of a single input has none."""
    texts = [
        data.levels[name][round(value)]
        if name in data.levels
        else with_unit(study, float(value), name, digits=3)
        for index, (name, value) in enumerate(zip(data.input_names, inputs, strict=True))
        if index != free
    ]
    return ", ".join(texts) or "all configurations"
