"""A plan of experiments: which settings, in which order, in which groups."""

from dataclasses import dataclass
from typing import Final

import polars as pl

RUN: Final = "run"
REPLICATE_OF: Final = "replicate_of"
WHOLE_PLOT: Final = "whole_plot"
BLOCK: Final = "block"
PURPOSE: Final = "purpose"
EXISTING: Final = "existing"
"""The purpose of a run that was made before the plan."""
PARTS: Final = "parts "
"""Begins the purpose of a run that parts aliased effects; what it parts follows."""
PLAN_COLUMNS: Final = (RUN, REPLICATE_OF, WHOLE_PLOT, BLOCK, PURPOSE)


@dataclass(frozen=True, kw_only=True)
class RunPlan:
    """Runs in the order in which they are made.

    Attributes
    ----------
    factors : tuple of str
        Names of the planned factors, in the order of declaration.
    frame : polars.DataFrame
        One row per run: ``run`` (1, 2, ... in the order of making), ``replicate_of`` (the first
        run with the same settings, of the same group where there is one; or null),
        ``whole_plot`` (the group between two resets of the hard-to-change factors, or null),
        ``block`` (or null), ``purpose`` (``existing``, ``planned``, ``center``, ``replicate``,
        ``lack_of_fit``, or null in a table from elsewhere), then the factors in their own units:
        numbers, or names of categories.
    """

    factors: tuple[str, ...]
    frame: pl.DataFrame

    @property
    def n_runs(self) -> int:
        """Return the number of runs."""
        return self.frame.height

    @property
    def settings(self) -> pl.DataFrame:
        """Return the factors' columns alone."""
        return self.frame.select(self.factors)
