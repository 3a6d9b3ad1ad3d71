"""How a prediction moves along one input: accumulated local effects."""

from typing import Final

import numpy as np
from numpy.typing import NDArray

from electrodoe.explain.composites import Predict

N_INTERVALS: Final = 10


def accumulated_local_effects(
    predict: Predict, inputs: NDArray[np.float64], index: int, *, n_intervals: int = N_INTERVALS
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Return how the mean prediction moves along one input, the others as they were.

    Unlike a partial dependence, no sample is asked about farther than the ends of its own
    interval, so that the model is not asked where it has never been.

    Parameters
    ----------
    predict : callable
        ``predict(inputs) -> array of shape (n_samples,)``.
    inputs : array of shape (n_samples, n_inputs)
        Samples.
    index : int
        Which input.
    n_intervals : int
        Number of intervals with about equally many samples; fewer where values repeat.

    Returns
    -------
    edges : array of shape (n_edges,)
        Ascending observed values of the input, in its unit.
    effects : array of shape (n_edges,)
        In the response's unit; their mean over the samples is zero.

    References
    ----------
    .. [1] Apley, Zhu, Journal of the Royal Statistical Society B 82 (2020) 1059.

    Examples
    --------
    >>> x = np.array([[1.0, 5], [2, 5], [3, 7]])
    >>> edges, effects = accumulated_local_effects(lambda x: 4 * x[:, 0] + x[:, 1], x, 0)
    >>> np.diff(effects) / np.diff(edges)
    array([4., 4.])
    """
    column = inputs[:, index]
    shares = np.linspace(0.0, 1.0, n_intervals + 1)
    edges = np.unique(np.quantile(column, shares, method="inverted_cdf"))
    if len(edges) == 1:
        return edges, np.zeros(1)
    interval = np.clip(np.searchsorted(edges, column) - 1, 0, None)
    low, high = inputs.copy(), inputs.copy()
    low[:, index], high[:, index] = edges[interval], edges[interval + 1]
    predicted = predict(np.concatenate([low, high]))
    step = predicted[len(inputs) :] - predicted[: len(inputs)]
    counts = np.bincount(interval)
    effects = np.r_[0.0, np.cumsum(np.bincount(interval, weights=step) / counts)]
    middle = (effects[1:] + effects[:-1]) / 2.0
    return edges, effects - np.sum(counts * middle) / len(inputs)
