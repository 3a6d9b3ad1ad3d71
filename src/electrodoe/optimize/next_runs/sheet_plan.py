"""New runs as a plan in random order, each with its purpose: what a run sheet is made from."""

import numpy as np

from electrodoe.arrays import Floats
from electrodoe.design.region.region import DesignRegion
from electrodoe.design.run_plan import RunPlan
from electrodoe.design.structure.run_order import run_plan


def sheet_plan(region: DesignRegion, groups: dict[str, Floats], seed: int) -> RunPlan:
    """Return new runs as a plan in random order, each with its purpose.

    Parameters
    ----------
    region : DesignRegion
        The factors.
    groups : dict of str to array of shape (n_runs, n_axes)
        Coded runs by purpose.
    seed : int
        Of the random order.

    Returns
    -------
    RunPlan
        What a run sheet is made from.
    """
    points = region.as_set(np.vstack(list(groups.values())))
    purposes = [purpose for purpose, runs in groups.items() for _ in runs]
    order = np.random.default_rng(seed).permutation(len(points))
    named = [purposes[row] for row in order]
    return run_plan(region, points[order], named, None, has_blocks=False)
