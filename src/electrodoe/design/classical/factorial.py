"""All combinations of all levels."""

from typing import Final

import numpy as np

from electrodoe.arrays import Floats
from electrodoe.design.region.region import DesignRegion
from electrodoe.errors import DesignError

MOST_RUNS: Final = 100_000
"""Bound against accidents: nobody makes 100,000 runs, and a typing error asks for millions."""


def full_factorial(region: DesignRegion, n_between: int) -> Floats:
    """Return every combination of settings.

    Parameters
    ----------
    region : DesignRegion
        The factors; limits are not looked at.
    n_between : int
        Settings of a factor that may lie anywhere: 2 are its ends, 3 add the middle.

    Returns
    -------
    array of shape (n_runs, n_factors)
        Coded.

    Raises
    ------
    DesignError
        If there are more than 100,000.

    Examples
    --------
    >>> from electrodoe.design.region.axes import FactorAxis
    >>> from electrodoe.design.region.region import region_of
    >>> full_factorial(region_of([FactorAxis(name="a", low=0, high=1)]), 3).ravel()
    array([-1.,  0.,  1.])
    """
    n_runs = region.n_grid(n_between)
    if n_runs > MOST_RUNS:
        raise DesignError(
            f"the full factorial has {n_runs} runs",
            where="[plan], key 'design'",
            fix='use design = "optimal", or declare fewer levels',
        )
    settings = [axis.settings(n_between) for axis in region.axes]
    return np.stack(np.meshgrid(*settings, indexing="ij"), axis=-1).reshape(-1, len(settings))
