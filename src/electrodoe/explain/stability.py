"""How sure an importance and its rank are: drawing whole configurations anew."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Final

import numpy as np

from electrodoe.arrays import Floats, Integers
from electrodoe.dataset import TrainingData, draw_configurations
from electrodoe.errors import ModelError
from electrodoe.ties import levels

BAND: Final = (0.05, 0.95)
"""Percentiles of a 90 % band, the level of all intervals of a model (`models.LEVEL`)."""
_SAME_SIZE: Final = 1e-6
"""Importances nearer than this, relative to the largest, are equal: sums differ in their last
digits between processors, and nobody prints a seventh digit of an importance."""
Measures = Mapping[str, Floats]
"""Some measures of importance by name, each of shape (n_rows,)."""


@dataclass(frozen=True, kw_only=True)
class Bootstraps:
    """Importances of refitted models.

    Attributes
    ----------
    draws : mapping of str to array of shape (n_bootstraps, n_rows)
        Each measure in each refit; empty where too many draws were refused.
    n_refused : int
        Draws that did not determine the model.
    """

    draws: Mapping[str, Floats]
    n_refused: int


def bootstrap_configurations(
    data: TrainingData,
    measure: Callable[[TrainingData], Measures],
    *,
    n_bootstraps: int,
    rng: np.random.Generator,
) -> Bootstraps:
    """Return measures of importance on studies drawn from this one, configuration by configuration.

    Parameters
    ----------
    data : TrainingData
        Samples in canonical order.
    measure : callable
        Refits a model to the samples it is given and measures all that is wanted of it.
    n_bootstraps : int
        Number of refits.
    rng : numpy.random.Generator
        Source of the draws.

    Returns
    -------
    Bootstraps
        A draw whose model cannot be estimated is drawn anew; after as many refusals as
        bootstraps there are no draws at all, because the rest would be a biased choice.
    """
    measured: list[Measures] = []
    n_refused = 0
    while len(measured) < n_bootstraps and n_refused <= n_bootstraps:
        drawn = draw_configurations(data, rng)
        try:
            measured.append(measure(drawn))
        except ModelError:  # too few distinct configurations for this model
            n_refused += 1
    if not measured or len(measured) < n_bootstraps:
        return Bootstraps(draws={}, n_refused=n_refused)
    draws = {name: np.array([one[name] for one in measured]) for name in measured[0]}
    return Bootstraps(draws=draws, n_refused=n_refused)


def band(draws: Floats) -> tuple[Floats, Floats]:
    """Return the 5th and the 95th percentile of each column, each of shape (n_rows,)."""
    low, high = np.quantile(draws, BAND, axis=0)
    return low, high


def fraction_of_first_ranks(draws: Floats) -> Floats:
    """Return how often each input has the largest importance.

    Fractions; equals share a first rank, and where all are zero nobody has it.

    Examples
    --------
    >>> fraction_of_first_ranks(np.array([[2.0, 3.0], [1.0, 1.0]]))
    array([0.25, 0.75])
    """
    largest = draws.max(axis=1, keepdims=True)
    is_first = (draws >= largest * (1.0 - _SAME_SIZE)) & (largest > 0.0)
    return np.asarray((is_first / np.maximum(is_first.sum(axis=1, keepdims=True), 1)).mean(axis=0))


def ranks(importance: Floats) -> Integers:
    """Return the rank of each input, the largest first; what differs by rounding is equal.

    Examples
    --------
    >>> ranks(np.array([0.2, 0.7, 0.2 + 1e-12]))
    array([2, 1, 2])
    """
    number = levels(-importance, equal=_SAME_SIZE)
    return np.asarray(1 + np.sum(number < number[:, None], axis=1), dtype=np.int64)
