"""Runs at the levels that were meant: low, middle, high of every factor."""

from dataclasses import dataclass
from typing import Final

import numpy as np

from electrodoe.arrays import Booleans, Floats, Integers
from electrodoe.dataset import TrainingData, configuration_means, known_transform

_BESIDE: Final = 0.15
"""Coded distance from low, middle or high within which a measured setting is that level: a
thirteenth of the range; beyond it the setting was meant to be another one. Chosen."""


@dataclass(frozen=True, kw_only=True, eq=False)
class NominalDesign:
    """Runs with every factor at its low, middle or high level.

    Attributes
    ----------
    names : tuple of str
        Factors, in the scenario's order.
    coded : array of shape (n_runs, n_factors)
        -1, 0 or 1.
    response : array of shape (n_runs,)
        On the scale of the response's transform; means where a run has several samples.
    low, high : array of shape (n_factors,)
        Settings of the two ends, in the factors' own units; the number of a category's level.
    is_category : array of shape (n_factors,), bool
        Which factors are categories of two levels.
    blocks : array of shape (n_runs,), int, or None
        Block of each run, where blocks are declared.
    n_averaged : int
        Samples that were averaged with others of their run.
    """

    names: tuple[str, ...]
    coded: Floats
    response: Floats
    low: Floats
    high: Floats
    is_category: Booleans
    blocks: Integers | None
    n_averaged: int

    @property
    def is_center(self) -> Booleans:
        """Return which runs have every number at its middle, shape (n_runs,)."""
        is_number = ~self.is_category
        return np.asarray(np.all(self.coded[:, is_number] == 0.0, axis=1) & is_number.any())

    def settings(self, coded: Floats) -> Floats:
        """Return coded settings in the factors' own units, shape (n_runs, n_factors)."""
        return np.asarray(self.low + 0.5 * (coded + 1.0) * (self.high - self.low))


def nominal_design(data: TrainingData) -> NominalDesign | None:
    """Return the runs at their nominal levels, or None where a factor has others.

    Parameters
    ----------
    data : TrainingData
        Samples; those of one configuration and block are averaged, because the scatter of several
        samples of one run is not that of runs.

    Returns
    -------
    NominalDesign or None
        None where a category has more than two levels, or a number a level that is neither low,
        high nor halfway between; a setting within 7 % of its range counts as the level beside it.
    """
    runs = _runs(data)
    inputs = configuration_means(data.inputs, runs)
    levels = [_levels(column) for column in inputs.T]
    if any(found is None for found in levels):
        return None
    coded = np.column_stack([found for found in levels if found is not None])
    if np.any(data.columns.is_category & np.any(coded == 0.0, axis=0)):
        return None
    columns = list(zip(inputs.T, coded.T, strict=True))
    transform = known_transform(data)
    measured = data.measured_response
    response = measured if transform is None else transform.forward(measured)
    first = np.unique(runs, return_index=True)[1]
    return NominalDesign(
        names=data.input_names,
        coded=coded,
        response=configuration_means(response[:, None], runs)[:, 0],
        low=np.array([np.median(values[level < 0.0]) for values, level in columns]),
        high=np.array([np.median(values[level > 0.0]) for values, level in columns]),
        is_category=data.columns.is_category,
        blocks=None if data.blocks is None else data.blocks[first],
        n_averaged=data.n_samples - len(first),
    )


def _runs(data: TrainingData) -> Integers:
    """Return the run of each sample: its configuration, in its block."""
    if data.blocks is None:
        return data.configurations
    pairs = np.column_stack([data.configurations, data.blocks])
    return np.asarray(np.unique(pairs, axis=0, return_inverse=True)[1].ravel(), dtype=np.int64)


def _levels(values: Floats) -> Floats | None:
    """Return a factor's settings as -1, 0 and 1, or None where there are others."""
    low, high = values.min(), values.max()
    if not high > low:
        return None
    exact = 2.0 * (values - low) / (high - low) - 1.0
    nearest = np.round(exact)
    return None if np.abs(exact - nearest).max() > _BESIDE else np.asarray(nearest)
