"""Part of a study: drawn for a bootstrap, or a fixed share where there are many samples."""

from typing import Final

import numpy as np

from electrodoe.arrays import Integers
from electrodoe.dataset.left_out_units import independent_units
from electrodoe.dataset.training_data import TrainingData


def draw_configurations(data: TrainingData, rng: np.random.Generator) -> TrainingData:
    """Return as many configurations as there are, drawn with replacement, with all their samples.

    Rows are not drawn one by one: replicates of a configuration share its error, and a row
    bootstrap is surer of everything than the data are. Where factors are hard to change, whole
    plots are drawn, for the same reason.

    Parameters
    ----------
    data : TrainingData
        Samples in canonical order.
    rng : numpy.random.Generator
        Source of the draw.

    Returns
    -------
    TrainingData
        A configuration that is drawn twice has its samples in it twice.

    References
    ----------
    .. [1] Davison, Hinkley, Bootstrap Methods and their Application (1997), section 3.8.
    """
    units = independent_units(data)
    _, sizes = np.unique(units, return_counts=True)
    members = np.split(np.argsort(units, kind="stable"), np.cumsum(sizes)[:-1])
    drawn = rng.integers(len(members), size=len(members))
    return data.take(np.concatenate([members[number] for number in np.sort(drawn)]))


_SEED: Final = 0
"""Of the order in which samples are taken: part of the rule, so that no one chooses."""


def few_samples(data: TrainingData, most: int) -> TrainingData:
    """Return at most some samples, as large a fraction of each configuration as of the others.

    Parameters
    ----------
    data : TrainingData
        Samples in canonical order.
    most : int
        How many are wanted.

    Returns
    -------
    TrainingData
        In the same order. Every configuration keeps a sample as long as there are no more of them
        than samples wanted.
    """
    if data.n_samples <= most:
        return data
    return data.take(np.sort(by_turns(data.configurations)[:most]))


def few_configurations(data: TrainingData, most: int) -> TrainingData:
    """Return all samples of at most some configurations, in the same order."""
    distinct = np.unique(data.configurations)
    if len(distinct) <= most:
        return data
    kept = np.random.default_rng(_SEED).permutation(distinct)[:most]
    return data.take(np.isin(data.configurations, kept))


def by_turns(configurations: Integers) -> Integers:
    """Return rows in the order in which they are taken: first one of each configuration.

    Parameters
    ----------
    configurations : array of shape (n_samples,), int
        Configuration of each sample.

    Returns
    -------
    array of shape (n_samples,), int
        A permutation whose every beginning holds even fractions of all configurations.

    Examples
    --------
    >>> owners = np.repeat([0, 1, 2], [90, 9, 1])
    >>> np.bincount(owners[by_turns(owners)[:20]]).tolist()
    [17, 2, 1]
    """
    rng = np.random.default_rng(_SEED)
    _, position, sizes = np.unique(configurations, return_inverse=True, return_counts=True)
    shuffled = rng.permutation(len(configurations))
    by_owner = shuffled[np.argsort(position[shuffled], kind="stable")]
    turn = np.arange(len(by_owner)) - np.repeat(np.cumsum(sizes) - sizes, sizes)
    fraction = np.where(turn == 0, 0.0, (turn + 0.5) / np.repeat(sizes, sizes))
    tie = rng.permutation(len(sizes))[position[by_owner]]
    return np.asarray(by_owner[np.lexsort((tie, fraction))], dtype=np.int64)
