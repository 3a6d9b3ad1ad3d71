"""Whether runs with the same settings agree: what tells run-to-run variation from a shape."""

from dataclasses import dataclass
from itertools import combinations
from typing import Final

import numpy as np
import scipy.stats

from electrodoe.arrays import Floats, Integers
from electrodoe.dataset import TrainingData, configuration_means, on_model_scale
from electrodoe.models import replicate_scatter
from electrodoe.ties import first_largest

_SAME: Final = 0.02
"""Coded distance of settings that are meant to be the same: a hundredth of a range."""
SIGNIFICANT: Final = 0.05
"""In so many of a hundred cases, what agrees is said not to."""


@dataclass(frozen=True, kw_only=True)
class RepeatedSettings:
    """Runs that were made with settings of an earlier one.

    Attributes
    ----------
    n_runs, n_settings : int
        Runs that share their settings with another, and how many settings those are.
    f, p : float
        Variance between them against that of replicates, and how often chance makes a greater one.
    difference : float
        Of the two means of the same settings that lie farthest apart, in the response's unit.
    standardized : float
        The same in units of its standard error from replicates.
    sample_names : tuple of str
        First sample of these two runs.
    """

    n_runs: int
    n_settings: int
    f: float
    p: float
    difference: float
    standardized: float
    sample_names: tuple[str, str]

    @property
    def is_different(self) -> bool:
        """Return whether runs with the same settings differ by more than replicates do."""
        return self.p < SIGNIFICANT


def same_settings(coded: Floats) -> Integers:
    """Return for each row the first row with the same settings.

    Examples
    --------
    >>> same_settings(np.array([[0.0], [1.0], [0.001]]))
    array([0, 1, 0])
    """
    apart = np.abs(coded[:, None] - coded).max(axis=2)
    return np.asarray(np.argmax(apart <= _SAME, axis=1), dtype=np.int64)


def repeated_settings(coded: Floats, data: TrainingData) -> RepeatedSettings | None:
    r"""Return how runs with the same settings differ.

    Parameters
    ----------
    coded : array of shape (n_configurations, n_axes)
        Settings of the configurations, in the order of their numbers.
    data : TrainingData
        One response, with replicates.

    Returns
    -------
    RepeatedSettings or None
        None where no settings were used by two runs that the study tells apart.

    Notes
    -----
    With :math:`n_i` samples of run i, g(i) its settings and :math:`s_e^2` the variance of
    replicates

    .. math:: F = \frac{\sum_i n_i (\bar y_i - \bar y_{g(i)})^2}{(n_{prod} - n_{settings})\, s_e^2}

    Curvature beyond second order does not enter. With one pair, F is the square of its standardized
    difference.
    """
    settings, data = same_settings(coded), data.all_good
    own_means = configuration_means(data.response[:, None], data.configurations)[:, 0]
    data = on_model_scale(data)
    scatter = replicate_scatter(data)
    numbers, first, sizes = np.unique(data.configurations, return_index=True, return_counts=True)
    pairs = [(i, j) for i, j in combinations(range(len(numbers)), 2) if settings[i] == settings[j]]
    if not pairs or scatter.variance == 0.0:
        return None
    means = configuration_means(data.response[:, None], data.configurations)[:, 0]
    errors = [np.sqrt(scatter.variance * (1 / sizes[i] + 1 / sizes[j])) for i, j in pairs]
    standardized = np.array([means[j] - means[i] for i, j in pairs]) / errors
    farthest = int(first_largest(np.abs(standardized)))
    one, other = pairs[farthest]
    of_settings = np.bincount(settings, sizes * means) / np.maximum(np.bincount(settings, sizes), 1)
    between = float(np.sum(sizes * (means - of_settings[settings]) ** 2))
    shared = np.unique([row for pair in pairs for row in pair])
    n_settings = len(np.unique(settings[shared]))
    f = between / (len(shared) - n_settings) / scatter.variance
    degrees = (len(shared) - n_settings, scatter.degrees_of_freedom)
    return RepeatedSettings(
        n_runs=len(shared),
        n_settings=n_settings,
        f=f,
        p=float(scipy.stats.f.sf(f, *degrees)),
        difference=float(own_means[other] - own_means[one]),
        standardized=float(standardized[farthest]),
        sample_names=(data.sample_names[first[one]], data.sample_names[first[other]]),
    )
