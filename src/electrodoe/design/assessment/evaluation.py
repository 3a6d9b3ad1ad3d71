"""How good a plan is: every criterion with its definition, curves, tables."""

from dataclasses import dataclass
from typing import Final

import numpy as np
import polars as pl

from electrodoe.arrays import Floats
from electrodoe.design.assessment.criteria import (
    Criteria,
    efficiencies,
    mean_variances,
    proven_efficiencies,
    region_moments,
)
from electrodoe.design.assessment.design_space import (
    fraction_of_design_space,
    variance_quantiles,
    variance_slices,
)
from electrodoe.design.assessment.diagnostics import (
    alias_table,
    distinct_pairs,
    error_degrees_of_freedom,
    leverages,
    term_correlations,
    term_table,
)
from electrodoe.design.model.plan_model import PlanModel, prediction_variance
from electrodoe.design.region.points import region_points
from electrodoe.design.search.worst_point import max_variance

_TWO_SCATTERS: Final = (
    "Runs of a group share a deviation; terms of hard-to-change factors alone are tested against"
    " the scatter between whole plots."
)
_PURE_ERROR: Final = (
    "Pure error and lack of fit are counted within groups: n - rank[Z T] and rank[Z T] - rank[Z X],"
    " with Z the groups, T the distinct settings, X the model. A setting that is repeated in"
    " another group tells the scatter between groups: rank[Z T] - t for t distinct settings."
)


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
        Prediction variance that a fraction of the region keeps.
    fds : polars.DataFrame
        ``fraction, prediction_variance``.
    terms : polars.DataFrame
        ``term, vif, standard_error, degrees_of_freedom`` and three powers.
    correlations, leverages, aliases, slices, pairs : polars.DataFrame
        See :mod:`electrodoe.design.assessment.diagnostics` and
        :mod:`electrodoe.design.assessment.design_space`.
    pure_error_degrees_of_freedom, lack_of_fit_degrees_of_freedom : int
        From repeated settings, and from settings beyond the terms; within groups where there are
        any. See :func:`electrodoe.design.assessment.diagnostics.error_degrees_of_freedom`.
    pure_error_degrees_of_freedom_between_groups : int or None
        From settings that several whole plots or blocks share; None where runs are independent.
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
    pure_error_degrees_of_freedom_between_groups: int | None
    lack_of_fit_degrees_of_freedom: int
    notes: tuple[str, ...]

    def value(self, criterion: str) -> float | None:
        """Return the value of one criterion."""
        found = self.criteria.filter(pl.col("criterion") == criterion)["value"]
        return None if found.is_empty() or found[0] is None else float(found[0])


def evaluate_plan(
    model: PlanModel, design: Floats, *, with_bound: bool = True, existing: Floats | None = None
) -> PlanEvaluation:
    """Return what a plan is worth, whoever made it.

    Parameters
    ----------
    model : PlanModel
        Region, model and groups.
    design : array of shape (n_runs, n_factors)
        Coded settings.
    with_bound : bool
        Whether to prove a lower bound on its efficiency.
    existing : array of shape (n_existing, n_factors) or None
        Runs that stood before the plan: the bound compares it with plans that begin with them.

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
    >>> from electrodoe.design.region.axes import FactorAxis
    >>> from electrodoe.design.model.formula import model_terms
    >>> from electrodoe.design.region.region import region_of
    >>> axis = FactorAxis(name="x", low=0.0, high=1.0, levels=np.array([-1.0, 0.0, 1.0]))
    >>> model = PlanModel(region=region_of([axis]), terms=model_terms("quadratic", [axis]))
    >>> found = evaluate_plan(model, np.array([[-1.0], [0.0], [1.0]]))
    >>> round(found.value("i_continuous"), 9)
    0.8
    """
    covariance = model.covariance(design)
    n, p = len(design), len(covariance)
    points = region_points(model.region)
    variance = prediction_variance(model.terms, covariance, points)
    largest = max_variance(model, covariance, points)
    terms = term_table(model, design, covariance)
    known = region_moments(model)
    criteria = mean_variances(model, covariance, known).joined(
        efficiencies(model.information(design), covariance, largest, n)
    )
    if with_bound:
        criteria = criteria.joined(
            proven_efficiencies(model, design, criteria.values, known, existing)
        )
    criteria = criteria.joined(_of_terms(terms, model))
    degrees_of_freedom = error_degrees_of_freedom(model, design)
    return PlanEvaluation(
        n_runs=n,
        n_terms=p,
        n_distinct=len(np.unique(np.round(design, 9), axis=0)),
        criteria=criteria.frame,
        quantiles=variance_quantiles(variance, largest),
        fds=fraction_of_design_space(variance),
        terms=terms,
        correlations=term_correlations(model.terms, design),
        leverages=leverages(model, design, covariance),
        aliases=alias_table(model, design, covariance),
        slices=variance_slices(model, covariance),
        pairs=distinct_pairs(model, design),
        pure_error_degrees_of_freedom=degrees_of_freedom.pure_error,
        pure_error_degrees_of_freedom_between_groups=degrees_of_freedom.pure_error_between_groups,
        lack_of_fit_degrees_of_freedom=degrees_of_freedom.lack_of_fit,
        notes=criteria.notes,
    )


def _of_terms(terms: pl.DataFrame, model: PlanModel) -> Criteria:
    """Return the maximum VIF, and how terms are tested where runs share a group."""
    largest = terms["vif"].max()
    name = "max_vif"
    return Criteria(
        values={name: float(largest) if isinstance(largest, float) else None},
        reasons={} if largest is not None else {name: "the model has the intercept alone"},
        notes=() if model.groups is None else (_TWO_SCATTERS, _PURE_ERROR),
    )


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
