"""A study drawn from a study, configuration by configuration: the bootstrap for replicates."""

import numpy as np

from electrodoe.dataset.training_data import TrainingData


def draw_configurations(data: TrainingData, rng: np.random.Generator) -> TrainingData:
    """Return as many configurations as there are, drawn with replacement, with all their samples.

    Rows are not drawn one by one: replicates of a configuration share its error, and a row
    bootstrap is surer of everything than the data are.

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
    _, sizes = np.unique(data.configurations, return_counts=True)
    members = np.split(np.argsort(data.configurations, kind="stable"), np.cumsum(sizes)[:-1])
    drawn = rng.integers(len(members), size=len(members))
    return data.take(np.concatenate([members[number] for number in np.sort(drawn)]))
