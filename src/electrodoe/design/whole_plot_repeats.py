"""Whole plots that repeat another one, for the scatter between whole plots."""

from collections.abc import Sequence

import numpy as np

from electrodoe.design.growing_plan import GrowingPlan
from electrodoe.ties import first_smallest


def with_whole_plots_repeated(plan: GrowingPlan, repeats: Sequence[int]) -> GrowingPlan:
    """Return a plan with some of its whole plots repeated, those that help the goal most.

    Parameters
    ----------
    plan : GrowingPlan
        Runs in all other whole plots.
    repeats : sequence of int
        Whole plots without a run, each to be filled with the runs of one that is as large.

    Returns
    -------
    GrowingPlan
        The repeats stand last; none is repeated twice before all of its size have been.

    References
    ----------
    .. [1] Vining, Kowalski, Montgomery, Response surface designs within a split-plot structure,
       J. Quality Technology 37 (2005) 115, 10.1080/00224065.2005.11980310.
    """
    if plan.groups is None or plan.sizes is None:
        return plan
    begun, sizes = np.unique(plan.groups).tolist(), plan.sizes
    n_repeated = dict.fromkeys(begun, 0)
    for repeat in repeats:
        fitting = [plot for plot in begun if sizes[plot] == sizes[repeat]]
        fewest = min(n_repeated[plot] for plot in fitting)
        waiting = [plot for plot in fitting if n_repeated[plot] == fewest]
        runs = np.stack([plan.members(plot) for plot in waiting])
        best = int(first_smallest(plan.values(runs, repeat)))
        n_repeated[waiting[best]] += 1
        plan = plan.grown(runs[best], repeat, "replicate")
    return plan
