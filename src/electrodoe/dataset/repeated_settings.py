"""Rows that repeat what was set, exactly, while what was measured of each sample scatters."""

from typing import Final

import numpy as np

from electrodoe.arrays import Floats, Integers

MIN_FRACTION_REPEATED: Final = 0.3
"""Of the rows that have to join others before replicates are suspected at all."""
MAX_ROWS_PER_CLUMP: Final = 12
"""Few runs have more samples; larger clumps are products or campaigns, not runs."""
_MIN_SETTINGS: Final = 7
"""Of exactly repeated settings; fewer are levels of a plan that many runs share."""
_ALIKE: Final = 0.8
"""Fraction of a measured input's variance that lies between settings, from which rows of one
setting are samples of one run (intraclass correlation); what runs were varied in stays below."""
_CHANCE: Final = 1e-3
"""Of an input that knows nothing of the settings to agree within them as well (F test)."""


def repeated_settings(inputs: Floats) -> Integers | None:
    """Return the runs of rows that repeat their set inputs exactly while a measured one scatters.

    Parameters
    ----------
    inputs : array of shape (n_rows, n_inputs)
        Complete rows. An input counts as measured where more than seven rows in ten are distinct.

    Returns
    -------
    array of int, shape (n_rows,), or None
        Numbers from 0; None where nothing is measured or nothing is set, where fewer than seven
        settings stand (a plan's levels, which many runs share), or where a measured input varies
        within the settings as it does between them.

    Notes
    -----
    Of 200 studies whose single measured input scatters by 5 or 10 % of its range within runs, with
    2, 3 and 5 inputs, 150, 166 and 195 are found (59, 85 and 132 by clumps alone); of 133
    studies of single runs none is accused (simulated; benchmarks/noticed.py). A single input
    repeats nothing.

    Examples
    --------
    >>> gap = np.repeat([50.0, 61, 68, 74, 83, 95, 99, 120], 3)
    >>> off = 8.0 * np.sin(np.arange(24.0) ** 2)
    >>> repeated_settings(np.column_stack([gap, 2.0 * gap + off])).tolist()[:7]
    [0, 0, 0, 1, 1, 1, 2]
    """
    n_distinct = np.array([len(np.unique(column)) for column in inputs.T])
    is_set = n_distinct <= (1.0 - MIN_FRACTION_REPEATED) * len(inputs)
    if is_set.all() or not is_set.any():
        return None
    groups = np.unique(inputs[:, is_set], axis=0, return_inverse=True)[1].ravel()
    sizes = np.bincount(groups)
    if len(sizes) < _MIN_SETTINGS or sizes.max() > MAX_ROWS_PER_CLUMP:
        return None
    if sizes[sizes > 1].sum() < MIN_FRACTION_REPEATED * len(inputs):
        return None
    if not all(_agrees_within(column, groups) for column in inputs[:, ~is_set].T):
        return None
    return in_order(groups)


def _agrees_within(values: Floats, groups: Integers) -> bool:
    """Return whether values vary much less within groups than between them, and not by chance."""
    from scipy.stats import f

    sizes = np.bincount(groups)
    means = np.bincount(groups, values) / sizes
    n_between, n_within = len(sizes) - 1, len(values) - len(sizes)
    within = np.sum((values - means[groups]) ** 2) / n_within
    between = np.sum(sizes * (means - values.mean()) ** 2) / n_between
    ratio = between / within if within > 0.0 else np.inf
    usual = (len(values) - np.sum(sizes**2) / len(values)) / n_between
    is_alike = ratio - 1.0 >= usual * _ALIKE / (1.0 - _ALIKE)
    return bool(is_alike and f.sf(ratio, n_between, n_within) < _CHANCE)


def in_order(found: Integers) -> Integers:
    """Return the numbers of clumps in the order of their first rows."""
    _, first, numbers = np.unique(found, return_index=True, return_inverse=True)
    rank = np.empty(len(first), dtype=np.intp)
    rank[np.argsort(first)] = np.arange(len(first))
    return np.asarray(rank[numbers])
