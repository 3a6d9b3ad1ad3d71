"""What a score, an interval or a bootstrap leaves out together: whole plots, settings or runs.

A new setting of a hard-to-change factor is a new whole plot, and a new setting is one that no run
had. A score whose model has seen other runs of the whole plot, or other runs of the same setting,
has seen what is asked of it, and flatters.
"""

from dataclasses import dataclass
from typing import Final, Literal

import numpy as np

from electrodoe.arrays import Booleans, Floats, Integers
from electrodoe.dataset.training_data import TrainingData, configuration_means

_SAME_SETTING: Final = 0.02
"""Fraction of an input's range within which runs of a whole plot share its setting."""
_MOST_VARIANCE: Final = 10.0 * (1.0 + 1e-6)
"""Variance of a quadratic's prediction without a setting, in variances of a run, up to which it is
left out, a shade more for rounding. Corners of plans have 2 to 5, the center of a rotatable plan
of three factors 90."""
_LARGE: Final = 0.9
"""Leverage of all runs of a setting up to which the variance without them is h/(1 - h) = 9."""
_OPEN: Final = 1e-9
"""Eigenvalue of I - H below which a setting alone determines a term."""

LeftOutKind = Literal["whole plot", "setting", "configuration"]


@dataclass(frozen=True, kw_only=True)
class LeftOutUnits:
    """What is left out together, and why.

    Attributes
    ----------
    numbers : array of shape (n_samples,), int
        Samples of one number are left out together.
    kind : {"whole plot", "setting", "configuration"}
        What one number is.
    is_alone : array of bool, shape (n_samples,)
        Samples whose run is left out alone, though other runs repeat its setting: without them all
        a quadratic is not determined, or hardly, as without the center of a Box-Behnken plan.
    """

    numbers: Integers
    kind: LeftOutKind
    is_alone: Booleans


def units_left_out(data: TrainingData) -> LeftOutUnits:
    """Return what is left out together: whole plots, settings, or configurations.

    Parameters
    ----------
    data : TrainingData
        Samples; their whole plots and settings where some are known.

    Returns
    -------
    LeftOutUnits
        Whole plots, as long as the others determine a quadratic in the inputs that are set once
        for each. Else all runs of a setting, where configurations repeat one, as long as the others
        determine a quadratic there; its configurations one by one where they do not.
    """
    never = np.zeros(data.n_samples, dtype=np.bool_)
    if data.whole_plots is not None and can_leave_plots_out(data):
        return LeftOutUnits(numbers=data.whole_plots, kind="whole plot", is_alone=never)
    if data.settings is None or len(np.unique(data.settings)) == data.n_configurations:
        return LeftOutUnits(numbers=data.configurations, kind="configuration", is_alone=never)
    is_alone = _is_needed(data)
    if not is_alone.any():
        return LeftOutUnits(numbers=data.settings, kind="setting", is_alone=is_alone)
    first = data.settings.max() + 1
    numbers = np.where(is_alone, first + data.configurations, data.settings)
    return LeftOutUnits(numbers=numbers, kind="setting", is_alone=is_alone)


def left_out_units(data: TrainingData) -> Integers:
    """Return the number of what each sample is left out with, by :func:`units_left_out`."""
    return units_left_out(data).numbers


def independent_units(data: TrainingData) -> Integers:
    """Return what each sample shares its error with: its whole plot, or its configuration.

    Runs of one setting are independent of one another, though a score leaves them out together.
    """
    plots = data.whole_plots
    return plots if plots is not None and can_leave_plots_out(data) else data.configurations


def _is_needed(data: TrainingData) -> Booleans:
    """Return which samples have a setting, met in several runs, that a quadratic cannot spare."""
    settings = data.setting_numbers
    _, first, configuration = np.unique(data.configurations, return_index=True, return_inverse=True)
    inputs = configuration_means(data.columns.contrasts(data.inputs), data.configurations)
    U = _basis(inputs[:, np.ptp(inputs, axis=0) > 0.0], len(np.unique(settings)))
    position = np.unique(settings[first], return_inverse=True)[1]
    leverage, n_runs = np.bincount(position, np.sum(U**2, axis=1)), np.bincount(position)
    is_needed = np.zeros(len(first), dtype=np.bool_)
    for setting in np.flatnonzero((n_runs > 1) & (leverage > _LARGE)):
        rows = np.flatnonzero(position == setting)
        is_needed[rows] = _variance_without(U, rows) > _MOST_VARIANCE
    return np.asarray(is_needed[configuration])


def _basis(inputs: Floats, n_settings: int) -> Floats:
    """Return a basis of a quadratic at the runs; of a plane where settings are fewer than terms.

    Squares that a center alone tells are one term, their sum.
    """
    F = _terms(inputs, np.ptp(inputs, axis=0))
    k = inputs.shape[1]
    first, second = np.triu_indices(k)
    is_square = np.concatenate([np.zeros(1 + k, dtype=np.bool_), first == second])
    n_squares = _rank(np.column_stack([F[:, : 1 + k], F[:, is_square]])) - _rank(F[:, : 1 + k])
    rank = _rank(F)
    if rank == n_settings and rank < np.sum(~is_square) + n_squares:
        F = F[:, : 1 + k]
    left, sizes, _ = np.linalg.svd(F, full_matrices=False)
    return np.asarray(left[:, sizes > _SAME_SETTING])


def _variance_without(U: Floats, rows: Integers) -> float:
    """Return the largest variance of a prediction at some runs by all others."""
    values, vectors = np.linalg.eigh(np.eye(U.shape[1]) - U[rows].T @ U[rows])
    if values[0] < _OPEN:
        return float(np.inf)
    return float(np.max(np.sum((U[rows] @ vectors) ** 2 / values, axis=1)))


def can_leave_plots_out(data: TrainingData) -> bool:
    """Return whether each whole plot can be spared by the inputs that are set once for it."""
    if data.whole_plots is None:
        return False
    numbers, position = np.unique(data.whole_plots, return_inverse=True)
    values = data.columns.contrasts(data.inputs)
    means = np.array([values[position == number].mean(axis=0) for number in range(len(numbers))])
    spans = np.ptp(values, axis=0)
    is_shared = np.all(np.abs(values - means[position]) <= _SAME_SETTING * spans, axis=0)
    terms = _terms(means[:, is_shared & (spans > 0.0)], spans[is_shared & (spans > 0.0)])
    rank = _rank(terms)
    is_kept = ~np.eye(len(numbers), dtype=np.bool_)
    return len(numbers) > rank and all(_rank(terms[kept]) == rank for kept in is_kept)


def _terms(settings: Floats, spans: Floats) -> Floats:
    """Return a quadratic's terms at the settings of whole plots, inputs coded by their range."""
    coded = 2.0 * (settings - settings.mean(axis=0)) / spans
    first, second = np.triu_indices(coded.shape[1])
    return np.column_stack([np.ones(len(coded)), coded, coded[:, first] * coded[:, second]])


def _rank(terms: Floats) -> int:
    """Return the number of terms that can be told apart; a controller's scatter is none."""
    return int(np.linalg.matrix_rank(terms, tol=_SAME_SETTING))
