"""What runs share that was not set anew for each: blocks, whole plots, and the run of samples."""

import numpy as np

from electrodoe.arrays import Integers
from electrodoe.dataset import TrainingData


def random_groups(data: TrainingData) -> dict[str, Integers]:
    """Return the groupings of samples that may have a variance of their own, outer ones first.

    Parameters
    ----------
    data : TrainingData
        Samples.

    Returns
    -------
    dict of str to array of shape (n_samples,), int
        ``block`` and ``whole plot`` where there are some, and ``run``, a run being in one whole
        plot and one block.
    """
    found: dict[str, Integers] = {}
    if data.blocks is not None:
        found["block"] = _from_zero(data.blocks)
    if data.whole_plots is not None:
        found["whole plot"] = _from_zero(data.whole_plots)
    of_runs = np.column_stack([data.run_numbers, *found.values()])
    found["run"] = np.unique(of_runs, axis=0, return_inverse=True)[1].reshape(-1)
    return found


def _from_zero(groups: Integers) -> Integers:
    """Return groups numbered from 0."""
    return np.asarray(np.unique(groups, return_inverse=True)[1], dtype=np.int64)
