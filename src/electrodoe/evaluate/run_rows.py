"""A model's rows as its terms are tested: a run each, the mean of its samples."""

from dataclasses import dataclass, field

import numpy as np

from electrodoe.arrays import Floats, Integers
from electrodoe.dataset import TrainingData, configuration_means
from electrodoe.evaluate.coded_models import CodedModel
from electrodoe.evaluate.residual_parts import ErrorKind
from electrodoe.models.random_groups import random_groups


@dataclass(frozen=True, kw_only=True)
class RunRows:
    """What a linear model is fitted to.

    Attributes
    ----------
    X : array of shape (n_rows, n_terms)
        Terms in coded units.
    y : array of shape (n_rows,)
        Means of the samples.
    first : array of shape (n_rows,), int
        The first sample of each, by its place in the data.
    counts : array of shape (n_rows,), int
        Samples of each.
    groups : mapping of str to array of shape (n_rows,), int
        Whole plot and block of each, where they are known.
    """

    X: Floats
    y: Floats
    first: Integers
    counts: Integers
    groups: dict[str, Integers] = field(default_factory=dict)


def run_rows(data: TrainingData, model: CodedModel, kind: ErrorKind) -> RunRows:
    """Return the runs of some samples, or the settings where these are what terms are tested by."""
    runs = data.run_numbers if kind != "settings" else data.setting_numbers
    _, first, counts = np.unique(runs, return_index=True, return_counts=True)
    _, X = model.at_samples(data)
    groups = random_groups(data)
    return RunRows(
        X=X[first],
        y=configuration_means(data.measured_response[:, None], runs)[:, 0],
        first=first,
        counts=counts,
        groups={name: groups[name][first] for name in ("whole plot", "block") if name in groups},
    )
