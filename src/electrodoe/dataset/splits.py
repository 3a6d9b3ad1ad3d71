"""Ways to divide samples into those a model learns from and those it is asked about."""

import math
from typing import Final

import numpy as np

from electrodoe.arrays import Booleans, Integers

MOST_LEFT_OUT: Final = 40
"""Configurations that are each left out alone: a study of more learns the same from groups of them,
and refits without each would take a time that grows with the square of their number."""
N_GROUPS: Final = 20
"""Groups of configurations left out beyond that: a refit still sees 95 % of them."""
_GROUP_SEED: Final = 0
"""Groups are the same whoever asks, so that refits made by one can be used by another."""


def random_test_rows(n_samples: int, test_fraction: float, rng: np.random.Generator) -> Integers:
    """Return the test rows of the paper's plain random split.

    Replicates of one configuration land on both sides, so a score on these rows is about new
    replicates of known configurations and never about new configurations.

    Parameters
    ----------
    n_samples : int
        Number of samples.
    test_fraction : float
        Fraction of the test set; rounded up, as the paper's 7 of 34, 11 of 51 and 18 of 86.
    rng : numpy.random.Generator
        Source of the draw.

    Returns
    -------
    array of shape (n_test,), int
        Sorted row numbers.

    Examples
    --------
    >>> len(random_test_rows(51, 0.2, np.random.default_rng(0)))
    11
    """
    n_test = min(max(math.ceil(test_fraction * n_samples), 1), n_samples - 1)
    return np.sort(rng.permutation(n_samples)[:n_test])


def leave_one_configuration_out(configurations: Integers) -> list[Booleans]:
    """Return one test mask per configuration, in the order of their numbers.

    Parameters
    ----------
    configurations : array of shape (n_samples,), int
        Configuration of each sample.

    Returns
    -------
    list of array of shape (n_samples,), bool
        Each sample is in exactly one test set, together with all its replicates.

    Examples
    --------
    >>> [mask.tolist() for mask in leave_one_configuration_out(np.array([4, 4, 9]))]
    [[True, True, False], [False, False, True]]
    """
    return [configurations == number for number in np.unique(configurations)]


def left_out_groups(configurations: Integers) -> Integers:
    """Return which refit leaves out each sample: the group that its configuration is in.

    Parameters
    ----------
    configurations : array of shape (n_samples,), int
        Configuration of each sample.

    Returns
    -------
    array of shape (n_samples,), int
        Groups from 0. Up to 40 configurations each is a group, in the order of their numbers; more
        are dealt out to 20 groups, whose numbers of configurations differ by one at most.

    Examples
    --------
    >>> left_out_groups(np.array([4, 4, 9])).tolist()
    [0, 0, 1]
    >>> np.bincount(left_out_groups(np.arange(300))).tolist() == [15] * 20
    True
    """
    distinct, position = np.unique(configurations, return_inverse=True)
    n = len(distinct)
    if n <= MOST_LEFT_OUT:
        return np.asarray(position, dtype=np.int64)
    dealt = np.random.default_rng(_GROUP_SEED).permutation(np.arange(n) % N_GROUPS)
    return np.asarray(dealt[position], dtype=np.int64)


def leave_groups_out(configurations: Integers) -> list[Booleans]:
    """Return one test mask per group of :func:`left_out_groups`, shape (n_samples,)."""
    groups = left_out_groups(configurations)
    return [groups == number for number in range(int(groups.max()) + 1)]


def grouped_folds(
    configurations: Integers, n_folds: int, rng: np.random.Generator
) -> list[Booleans]:
    """Return test masks of folds that never part the replicates of a configuration.

    Parameters
    ----------
    configurations : array of shape (n_samples,), int
        Configuration of each sample.
    n_folds : int
        Wanted number of folds; never more than there are configurations.
    rng : numpy.random.Generator
        Source of the assignment.

    Returns
    -------
    list of array of shape (n_samples,), bool
        Folds whose numbers of configurations differ by one at most.
    """
    distinct = np.unique(configurations)
    shuffled = rng.permutation(distinct)
    n_used = min(n_folds, len(distinct))
    return [np.isin(configurations, shuffled[fold::n_used]) for fold in range(n_used)]
