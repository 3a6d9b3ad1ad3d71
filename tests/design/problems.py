"""Search problems for tests, built by hand."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from electrodoe.design.model.criterion import OptimalityCriterion, mean_variance
from electrodoe.design.model.formula import model_terms
from electrodoe.design.model.moments import moments
from electrodoe.design.region.axes import FactorAxis
from electrodoe.design.region.region import region_of
from electrodoe.design.search.problem import SearchProblem
from electrodoe.study.plan_request import Region


def axes_of(
    levels: Sequence[int | tuple[str, ...] | None], hard: Sequence[int] = ()
) -> list[FactorAxis]:
    """Return axes from -1 to 1: with some levels, continuous (None), or with categories."""
    found = []
    for number, own in enumerate(levels):
        name, is_hard = (
            f"{'abcdefghijklmnopqrstuvwxyz'[number % 26]}{'' if number < 26 else number}",
            number in hard,
        )
        if isinstance(own, tuple):
            found.append(
                FactorAxis(
                    name=name,
                    low=0.0,
                    high=len(own) - 1.0,
                    levels=np.arange(float(len(own))),
                    categories=own,
                    is_hard_to_change=is_hard,
                )
            )
        else:
            coded = None if own is None else np.linspace(-1.0, 1.0, own)
            found.append(
                FactorAxis(name=name, low=-1.0, high=1.0, levels=coded, is_hard_to_change=is_hard)
            )
    return found


def problem_of(
    levels: Sequence[int | tuple[str, ...] | None],
    n_runs: int,
    *,
    over: Region = "continuous",
    hard: Sequence[int] = (),
    sizes: Sequence[int] | None = None,
    constraints: Sequence[str] = (),
    fixed: NDArray[np.float64] | None = None,
    goal: OptimalityCriterion | None = None,
    model: str = "quadratic",
) -> SearchProblem:
    """Return a search for an I-optimal plan of a model."""
    axes = axes_of(levels, hard)
    region = region_of(axes, constraints)
    terms = model_terms(model, axes)
    p = len(terms.column_index)
    return SearchProblem(
        region=region,
        terms=terms,
        goal=goal or mean_variance(moments(terms, region, over).matrix),
        n_runs=n_runs,
        fixed=np.empty((0, len(axes))) if fixed is None else fixed,
        groups=None if sizes is None else np.repeat(np.arange(len(sizes)), sizes),
        variance_ratio=1.0,
        prior=np.zeros((p, p)),
        coarse=5 if constraints else 3,
    )
