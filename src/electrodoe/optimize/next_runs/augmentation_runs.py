"""I-optimal augmentation: runs that lower the prediction variance where it matters."""

from dataclasses import replace
from typing import Final

import numpy as np

from electrodoe.arrays import Floats
from electrodoe.design.model.criterion import mean_variance
from electrodoe.design.model.formula import model_terms
from electrodoe.design.model.terms import ModelTerms
from electrodoe.design.region.points import low_discrepancy
from electrodoe.design.region.region import DesignRegion
from electrodoe.design.request import require_estimable, search_problem
from electrodoe.design.search.search import search
from electrodoe.design.structure.existing_runs import ExistingRuns
from electrodoe.errors import RecommendationError
from electrodoe.optimize.decision import Decision
from electrodoe.optimize.window import OperatingWindow
from electrodoe.study import PlanRequest

_N_IN_WINDOW: Final = 4096
"""Evenly spread points over which a window's moments are averaged; chosen."""
_MODELS: Final = ("quadratic", "interactions", "linear")
_MOST_RUNS: Final = 2000
"""The max of `PlanRequest.runs`."""


def augmentation_runs(
    decision: Decision, n_runs: int, seed: int, window: OperatingWindow | None = None
) -> Floats:
    """Return the runs that, added to the existing ones, lower the mean prediction variance most.

    Parameters
    ----------
    decision : Decision
        Region, and the existing runs.
    n_runs : int
        New runs.
    seed : int
        Start of every random choice.
    window : OperatingWindow or None
        Where the variance counts; the runs may lie anywhere. The whole region without it.

    Returns
    -------
    array of shape (n_runs, n_axes)
        Coded, I-optimal for the largest of quadratic, interactions and plane that can be estimated.

    Raises
    ------
    RecommendationError
        If not even a plane can be estimated.
    """
    existing = decision.existing_runs
    terms = _largest_model(decision.region, len(existing) + n_runs)
    request = PlanRequest(
        runs=min(len(existing) + n_runs, _MOST_RUNS), model=terms[0], criterion="I"
    )
    problem = search_problem(request, decision.region, terms[1], ExistingRuns(design=existing))
    require_estimable(problem, terms[1])
    if window is not None:
        problem = replace(problem, goal=mean_variance(_moments(terms[1], window)))
    return np.asarray(search(problem, seed).design[len(existing) :])


def _largest_model(region: DesignRegion, n_runs: int) -> tuple[str, ModelTerms]:
    """Return the name and the terms of the largest model that leaves one run to spare."""
    for name in _MODELS:
        terms = model_terms(name, region.axes)
        if len(terms.column_index) < n_runs:
            return name, terms
    raise RecommendationError(
        f"{n_runs} runs, existing and new, cannot estimate a plane in {len(region.axes)} inputs",
        where="study.toml, [recommend], key 'runs'",
        fix="ask for more runs",
    )


def _moments(terms: ModelTerms, window: OperatingWindow) -> Floats:
    """Return the mean products of a model's terms over a window."""
    unit = low_discrepancy(_N_IN_WINDOW, len(window.low))
    F = terms.matrix(window.low + unit * (window.high - window.low))
    return np.asarray(F.T @ F / len(F))
