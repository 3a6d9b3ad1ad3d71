"""New runs as a plan in random order, each with its purpose: what a run sheet is made from."""

from typing import Final

import numpy as np
import polars as pl

from electrodoe.arrays import Floats
from electrodoe.dataset import TrainingData
from electrodoe.design.region.region import DesignRegion
from electrodoe.design.run_plan import BLOCK, WHOLE_PLOT, RunPlan
from electrodoe.design.structure.run_order import run_order, run_plan
from electrodoe.optimize.next_runs.whole_plot_runs import hard_axes, plots_of_runs

CONFIRMATION: Final = "confirmation"
"""Purpose of runs at the recommended settings."""


def sheet_plan(
    region: DesignRegion,
    groups: dict[str, Floats],
    seed: int,
    data: TrainingData | None = None,
) -> RunPlan:
    """Return new runs as a plan in random order, each with its purpose.

    Parameters
    ----------
    region : DesignRegion
        The factors.
    groups : dict of str to array of shape (n_runs, n_axes)
        Coded runs by purpose.
    seed : int
        Of the random order.
    data : TrainingData or None
        The existing runs: whole plots and the block of the new ones are numbered after theirs.

    Returns
    -------
    RunPlan
        What a run sheet is made from. Where factors are hard to change, whole plots in random
        order and runs in random order within each; where the study has blocks, one of their own.
    """
    points = region.as_set(np.vstack(list(groups.values())))
    purposes = [purpose for purpose, runs in groups.items() for _ in runs]
    plots = None
    if hard_axes(region):
        plots = plots_of_runs(region, points, [each == CONFIRMATION for each in purposes])
        order = run_order(plots, 0, len(points), has_blocks=False, seed=seed)
        plots = plots[order]
    else:
        order = np.random.default_rng(seed).permutation(len(points))
    named = [purposes[row] for row in order]
    plan = run_plan(region, points[order], named, plots, has_blocks=False)
    return plan if data is None else _numbered_after(plan, data)


def _numbered_after(plan: RunPlan, data: TrainingData) -> RunPlan:
    """Return a plan whose whole plots and block have numbers that no existing one has."""
    columns = []
    if data.whole_plots is not None:
        columns.append(pl.col(WHOLE_PLOT) + int(data.whole_plots.max()) + 1)
    if data.blocks is not None:
        columns.append(pl.lit(int(data.blocks.max()) + 2, dtype=pl.Int64).alias(BLOCK))
    return RunPlan(factors=plan.factors, frame=plan.frame.with_columns(columns))
