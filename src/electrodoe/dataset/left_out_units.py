"""What a score, an interval or a bootstrap leaves out together: runs, or their whole plots.

A new setting of a hard-to-change factor is a new whole plot. A score whose model has seen other
runs of the whole plot has seen what that plot added to all of them, and flatters.
"""

from typing import Final

import numpy as np

from electrodoe.arrays import Floats, Integers
from electrodoe.dataset.training_data import TrainingData

_SAME_SETTING: Final = 0.02
"""Fraction of an input's range within which runs of a whole plot share its setting."""


def left_out_units(data: TrainingData) -> Integers:
    """Return what is left out together: each sample's whole plot, or its configuration.

    Parameters
    ----------
    data : TrainingData
        Samples; their whole plots where some are known.

    Returns
    -------
    array of shape (n_samples,), int
        Whole plots, as long as the others determine a quadratic in the inputs that are set once
        for each; configurations where they do not, or where there are no whole plots.
    """
    plots = data.whole_plots
    return plots if plots is not None and can_leave_plots_out(data) else data.configurations


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
