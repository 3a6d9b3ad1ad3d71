"""How good a plan is: every criterion with its definition, curves, tables."""

from dataclasses import dataclass
from typing import Final

import numpy as np
import polars as pl
from numpy.typing import NDArray

from electrodoe.design.bound import least_mean_variance
from electrodoe.design.design_space import (
    fraction_of_design_space,
    greatest_variance,
    region_points,
    variance_quantiles,
    variance_slices,
)
from electrodoe.design.diagnostics import (
    alias_table,
    distinct_pairs,
    leverages,
    term_correlations,
    term_table,
)
from electrodoe.design.moments import moments
from electrodoe.design.plan_model import PlanModel, prediction_variance
from electrodoe.study.plan_request import Region

Floats = NDArray[np.float64]

CRITERIA: Final = {
    "i_continuous": "trace(C M): mean prediction variance over the continuous region, in units of"
    " the residual variance",
    "i_grid": "trace(C M): mean prediction variance over the declared levels",
    "i_continuous_efficiency_bound": "least mean variance over the continuous region that any plan"
    " of as many runs can have (proven by approximate theory) over this plan's; the plan's"
    " efficiency is at least this",
    "i_grid_efficiency_bound": "the same over the declared levels",
    "d_efficiency": "det(X' V^-1 X)^(1/p) / n",
    "a_efficiency": "p / trace(n C)",
    "g_efficiency": "p / (n times the greatest prediction variance)",
    "greatest_prediction_variance": "greatest f' C f over the region",
    "greatest_vif": "greatest variance inflation factor of a term, 1 where none is correlated",
}
"""Definitions, with C the inverse of X' V^-1 X, p terms and n runs."""


@dataclass(frozen=True, kw_only=True)
class PlanEvaluation:
    """What a plan is worth.

    Attributes
    ----------
    n_runs, n_terms, n_distinct : int
        Runs, terms of the model, different settings.
    criteria : polars.DataFrame
        ``criterion, value, definition``; a value is null where it is not defined.
    quantiles : dict
        Prediction variance that a share of the region keeps.
    fds : polars.DataFrame
        ``fraction, prediction_variance``.
    terms : polars.DataFrame
        ``term, vif, standard_error, degrees_of_freedom`` and three powers.
    correlations, leverages, aliases, slices, pairs : polars.DataFrame
        See :mod:`electrodoe.design.diagnostics` and :mod:`electrodoe.design.design_space`.
    pure_error_degrees_of_freedom, lack_of_fit_degrees_of_freedom : int
        From repeated settings, and from settings beyond the terms.
    notes : tuple of str
        What a reader has to know about these numbers.
    """

    n_runs: int
    n_terms: int
    n_distinct: int
    criteria: pl.DataFrame
    quantiles: dict[str, float]
    fds: pl.DataFrame
    terms: pl.DataFrame
    correlations: pl.DataFrame
    leverages: pl.DataFrame
    aliases: pl.DataFrame
    slices: pl.DataFrame
    pairs: pl.DataFrame
    pure_error_degrees_of_freedom: int
    lack_of_fit_degrees_of_freedom: int
    notes: tuple[str, ...]

    def value(self, criterion: str) -> float | None:
        """Return the value of one criterion."""
        found = self.criteria.filter(pl.col("criterion") == criterion)["value"]
        return None if found.is_empty() or found[0] is None else float(found[0])


def evaluate_plan(model: PlanModel, design: Floats, *, with_bound: bool = True) -> PlanEvaluation:
    """Return what a plan is worth, whoever made it.

    Parameters
    ----------
    model : PlanModel
        Region, model and groups.
    design : array of shape (n_runs, n_factors)
        Coded settings.
    with_bound : bool
        Whether to prove a lower bound on its efficiency, which takes a second or more.

    Returns
    -------
    PlanEvaluation
        Criteria, curves and tables.

    Raises
    ------
    DesignError
        If the plan leaves a term of the model undetermined.

    Examples
    --------
    >>> from electrodoe.design.axes import Axis
    >>> from electrodoe.design.formula import model_terms
    >>> from electrodoe.design.region import region_of
    >>> axis = Axis(name="x", low=0.0, high=1.0, levels=np.array([-1.0, 0.0, 1.0]))
    >>> model = PlanModel(region=region_of([axis]), terms=model_terms("quadratic", [axis]))
    >>> found = evaluate_plan(model, np.array([[-1.0], [0.0], [1.0]]))
    >>> round(found.value("i_continuous"), 9)
    0.8
    """
    covariance = model.covariance(design)
    n, p = len(design), len(covariance)
    points = region_points(model.region)
    variance = prediction_variance(model.terms, covariance, points)
    greatest = greatest_variance(model, covariance, points)
    terms = term_table(model, design, covariance)
    notes: list[str] = []
    mean = _mean_variances(model, covariance, notes)
    sign, logarithm = np.linalg.slogdet(model.information(design))
    values = {
        **mean,
        **(_bounds(model, mean, n, notes) if with_bound else {}),
        "d_efficiency": float(sign * np.exp(logarithm / p) / n),
        "a_efficiency": float(p / (n * np.trace(covariance))),
        "g_efficiency": p / (n * greatest),
        "greatest_prediction_variance": greatest,
        "greatest_vif": terms["vif"].max(),
    }
    n_distinct = len(np.unique(np.round(design, 9), axis=0))
    if model.groups is not None:
        notes.append(
            "Runs of a group share a deviation; terms of hard-to-change factors alone are tested"
            " against the scatter between whole plots."
        )
    return PlanEvaluation(
        n_runs=n,
        n_terms=p,
        n_distinct=n_distinct,
        criteria=pl.DataFrame(
            {
                "criterion": list(values),
                "value": pl.Series(list(values.values()), dtype=pl.Float64),
                "definition": [CRITERIA[name] for name in values],
            }
        ),
        quantiles=variance_quantiles(variance, greatest),
        fds=fraction_of_design_space(variance),
        terms=terms,
        correlations=term_correlations(model.terms, design),
        leverages=leverages(model, design, covariance),
        aliases=alias_table(model, design, covariance),
        slices=variance_slices(model, covariance),
        pairs=distinct_pairs(model, design),
        pure_error_degrees_of_freedom=n - n_distinct,
        lack_of_fit_degrees_of_freedom=max(n_distinct - p, 0),
        notes=tuple(notes),
    )


_REGIONS: Final[dict[str, Region]] = {"i_continuous": "continuous", "i_grid": "grid"}


def _mean_variances(
    model: PlanModel, covariance: Floats, notes: list[str]
) -> dict[str, float | None]:
    """Return criterion I over the continuous region and over the levels."""
    found: dict[str, float | None] = {}
    for name, over in _REGIONS.items():
        if over == "grid" and any(axis.levels is None for axis in model.region.axes):
            notes.append(
                "A factor may lie anywhere between its ends: I over a grid is not defined."
            )
            found[name] = None
            continue
        own = moments(model.terms, model.region, over)
        if not own.is_exact:
            notes.append(f"I was integrated over {own.how}: a limit leaves no closed form.")
        found[name] = float(np.sum(covariance * own.matrix))
    return found


def _bounds(
    model: PlanModel, mean: dict[str, float | None], n_runs: int, notes: list[str]
) -> dict[str, float | None]:
    """Return the proven least efficiencies in criterion I."""
    found: dict[str, float | None] = {}
    scope = ""
    for name, over in _REGIONS.items():
        own = mean[name]
        found[f"{name}_efficiency_bound"] = None
        if own is None:
            continue
        region_moments = moments(model.terms, model.region, over).matrix
        bound = least_mean_variance(model.terms, model.region, region_moments)
        if bound is None:
            notes.append("No bound: too many candidates to prove one.")
            return found
        found[f"{name}_efficiency_bound"] = min(1.0, bound.per_run / n_runs / own)
        scope = f"Bounds hold for {bound.scope}."
    notes.append(scope)
    return found


def compare_plans(first: PlanEvaluation, second: PlanEvaluation) -> pl.DataFrame:
    """Return two plans criterion by criterion.

    Returns
    -------
    polars.DataFrame
        ``criterion, first, second, ratio``, the ratio being the first over the second.
    """
    joined = first.criteria.select("criterion", first="value").join(
        second.criteria.select("criterion", second="value"), on="criterion", how="inner"
    )
    return joined.with_columns(ratio=pl.col("first") / pl.col("second"))
