"""The means of configurations, exact where replicates agree."""

import numpy as np
from numpy.typing import NDArray


def configuration_means(
    values: NDArray[np.float64], configurations: NDArray[np.int64]
) -> NDArray[np.float64]:
    """Return the mean of each configuration's samples, in the order of the configurations' numbers.

    Distances from each configuration's first sample are averaged, so that replicates with one
    setting have exactly that setting as their mean, however many they are.

    Parameters
    ----------
    values : array of shape (n_samples, n_columns)
        Inputs or responses, each column in its own unit.
    configurations : array of shape (n_samples,), int
        Configuration of each sample; any numbers will do.

    Returns
    -------
    array of shape (n_configurations, n_columns)
        Means in the units of the columns.

    Examples
    --------
    >>> porosity = np.array([[0.1], [0.1], [0.1], [0.3], [0.4]])
    >>> configuration_means(porosity, np.array([4, 4, 4, 7, 7])).tolist()
    [[0.1], [0.35]]
    """
    _, row, position = np.unique(configurations, return_index=True, return_inverse=True)
    first = values[row]
    sums = [np.bincount(position, weights=column) for column in (values - first[position]).T]
    return np.asarray(first + np.column_stack(sums) / np.bincount(position)[:, None])
