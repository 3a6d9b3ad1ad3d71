"""What a plan can estimate and test: standard errors, power, aliases, degrees of freedom."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import combinations, combinations_with_replacement
from typing import Final

import numpy as np
import polars as pl
import scipy.linalg
from scipy.sparse import coo_array
from scipy.sparse.csgraph import connected_components

from electrodoe.arrays import Floats, Integers
from electrodoe.design.model.information import grouping
from electrodoe.design.model.plan_model import PlanModel
from electrodoe.design.model.terms import ModelTerms, Powers
from electrodoe.design.region.axes import FactorAxis
from electrodoe.design.structure.run_groups import n_reset_terms


@dataclass(frozen=True, kw_only=True)
class ErrorDegreesOfFreedom:
    """Degrees of freedom that a plan leaves beside its model.

    Attributes
    ----------
    pure_error : int
        Of the scatter between runs that repeat a setting; within groups where there are any.
    pure_error_between_groups : int or None
        Of the scatter between groups, from settings that several groups share; None where runs
        are independent.
    lack_of_fit : int
        Settings beyond the terms; within groups where there are any.
    """

    pure_error: int
    pure_error_between_groups: int | None
    lack_of_fit: int


def error_degrees_of_freedom(model: PlanModel, design: Floats) -> ErrorDegreesOfFreedom:
    r"""Return the degrees of freedom for pure error and lack of fit.

    Independent runs have n - t for pure error and t - p for lack of fit, with t distinct settings
    and p terms.

    Notes
    -----
    In whole plots or blocks a setting that two groups share says nothing yet about the scatter
    within them: it may be the groups that differ. With Z the columns of the groups, T those of
    the distinct settings and X the model's,

    .. math::
        \nu_\mathrm{within} = n - \mathrm{rank}[Z\,T], \quad
        \nu_\mathrm{between} = \mathrm{rank}[Z\,T] - t, \quad
        \nu_\mathrm{lack} = \mathrm{rank}[Z\,T] - \mathrm{rank}[Z\,X].

    Two repeats of a setting within a group give one degree of freedom within; the same setting in
    two groups one between; two settings that two groups share one of each. The rank of [Z T] is
    the number of groups and settings less that of the clusters that they are linked into.

    References
    ----------
    .. [1] Vining, Kowalski, Montgomery, J. Quality Technology 37 (2005) 115,
       10.1080/00224065.2005.11980310.
    .. [2] Goos, Gilmour, A general strategy for analyzing data from split-plot and multistratum
       experimental designs, Technometrics 54 (2012) 340.

    Examples
    --------
    >>> from electrodoe.design.region.axes import FactorAxis
    >>> from electrodoe.design.model.formula import model_terms
    >>> from electrodoe.design.region.region import region_of
    >>> axis = FactorAxis(name="x", low=0.0, high=1.0, levels=np.array([-1.0, 0.0, 1.0]))
    >>> terms, region = model_terms("quadratic", [axis]), region_of([axis])
    >>> blocks = PlanModel(region=region, terms=terms, groups=np.array([0, 0, 0, 1, 1, 1]))
    >>> error_degrees_of_freedom(blocks, np.array([[-1.0], [1.0], [1.0], [-1.0], [0.0], [1.0]]))
    ErrorDegreesOfFreedom(pure_error=2, pure_error_between_groups=1, lack_of_fit=0)
    """
    distinct, settings = np.unique(np.round(design, 9), axis=0, return_inverse=True)
    n, n_distinct = len(design), len(distinct)
    X = model.terms.matrix(design)
    if model.groups is None:
        return ErrorDegreesOfFreedom(
            pure_error=n - n_distinct,
            pure_error_between_groups=None,
            lack_of_fit=max(n_distinct - X.shape[1], 0),
        )
    _, groups = np.unique(model.groups, return_inverse=True)
    n_groups = int(groups.max()) + 1
    rank = n_groups + n_distinct - _n_clusters(groups, settings)
    Z = np.eye(n_groups)[groups]
    return ErrorDegreesOfFreedom(
        pure_error=n - rank,
        pure_error_between_groups=rank - n_distinct,
        lack_of_fit=max(rank - int(np.linalg.matrix_rank(np.column_stack([Z, X]))), 0),
    )


def _n_clusters(groups: Integers, settings: Integers) -> int:
    """Return into how many clusters groups and settings are linked by runs."""
    n_groups = int(groups.max()) + 1
    n_nodes = n_groups + int(settings.max()) + 1
    links = (np.ones(len(groups)), (groups, n_groups + settings.ravel()))
    return int(connected_components(coo_array(links, shape=(n_nodes, n_nodes)), directed=False)[0])


_ALPHA: Final = 0.05
"""Level of the tests whose power is stated: the usual 5 %."""
_EFFECTS: Final = {"power_half_sigma": 0.5, "power_1_sigma": 1.0, "power_2_sigma": 2.0}
"""Coefficients, in standard deviations of a run, that a term is to be detected at."""
_MIN_ALIAS: Final = 1e-6
"""Below it a coefficient of the alias matrix is rounding; real ones are of the order of one."""
_MAX_DEGREE: Final = 3
"""Aliases are listed up to cubic terms: chosen, higher ones are seldom feared."""


def term_table(model: PlanModel, design: Floats, covariance: Floats) -> pl.DataFrame:
    """Return for each term its VIF, standard error and power.

    ``term, vif, standard_error`` (in standard deviations of a run), ``degrees_of_freedom``, and the
    power of a two-sided t test at 5 % where the coefficient is 0.5, 1 and 2 standard deviations;
    null without degrees of freedom. The intercept has no VIF.

    References
    ----------
    .. [1] Goos, Jones, Optimal Design of Experiments (2011), ch. 2 and 10.
    """
    errors = np.sqrt(np.diag(covariance))
    degrees_of_freedom = _degrees_of_freedom(model, len(design))
    columns = {
        name: [
            _power(effect / error, df) for error, df in zip(errors, degrees_of_freedom, strict=True)
        ]
        for name, effect in _EFFECTS.items()
    }
    vif = np.concatenate([[np.nan], _inflation(_correlation(model.terms, design))])
    return pl.DataFrame(
        {
            "term": model.terms.names,
            "vif": pl.Series(vif).fill_nan(None),
            "standard_error": errors,
            "degrees_of_freedom": pl.Series(degrees_of_freedom, dtype=pl.Int64),
            **{name: pl.Series(powers, dtype=pl.Float64) for name, powers in columns.items()},
        }
    )


def _degrees_of_freedom(model: PlanModel, n_runs: int) -> list[int]:
    """Return what each term is tested with: resets for terms of hard factors alone."""
    columns = model.terms.column_index
    if model.groups is None:
        return [n_runs - len(columns)] * len(columns)
    n_groups = len(np.unique(model.groups))
    hard = [axis.is_hard_to_change for axis in model.region.axes]
    n_reset = n_reset_terms(model.region, model.terms) if any(hard) else 1
    easy = [number for number, is_hard in enumerate(hard) if not is_hard]
    is_reset = ~np.any(columns[:, easy] > 0, axis=1)
    within = n_runs - n_groups - (len(columns) - n_reset)
    return [max(0, n_groups - n_reset if whole else within) for whole in is_reset.tolist()]


def _power(shift: float, degrees_of_freedom: int) -> float | None:
    """Return the chance that a two-sided t test finds an effect of so many standard errors."""
    if degrees_of_freedom < 1:
        return None
    from scipy.stats import nct, t

    critical = float(t.ppf(1.0 - _ALPHA / 2.0, degrees_of_freedom))
    above = 1.0 - float(nct.cdf(critical, degrees_of_freedom, shift))
    below = float(nct.cdf(-critical, degrees_of_freedom, shift))
    return min(1.0, above + (below if np.isfinite(below) else 0.0))


def _inflation(correlation: Floats) -> Floats:
    """Return the diagonal of the inverse of a correlation matrix that has one."""
    root = np.linalg.cholesky(correlation)
    solved = scipy.linalg.solve_triangular(root, np.eye(len(root)), lower=True)
    return np.asarray(np.sum(solved**2, axis=0))


def _correlation(terms: ModelTerms, design: Floats) -> Floats:
    """Return the correlation of the model's columns without the intercept."""
    X = terms.matrix(design)[:, 1:]
    centered = X - X.mean(axis=0)
    lengths = np.linalg.norm(centered, axis=0)
    scaled = centered / np.where(lengths > 0.0, lengths, 1.0)
    return np.asarray(scaled.T @ scaled)


def term_correlations(terms: ModelTerms, design: Floats) -> pl.DataFrame:
    """Return the correlation of every two terms: ``term, other, r``."""
    names = terms.names[1:]
    correlation = _correlation(terms, design)
    return pl.DataFrame(
        {
            "term": np.repeat(names, len(names)).tolist(),
            "other": names * len(names),
            "r": np.clip(correlation, -1.0, 1.0).ravel(),
        }
    )


def leverages(model: PlanModel, design: Floats, covariance: Floats) -> pl.DataFrame:
    """Return how much each run decides about its own prediction: ``run, leverage``."""
    X = model.terms.matrix(design)
    precision = grouping(model.groups, len(X), model.variance_ratio).precision
    hat = np.einsum("ij,ji->i", X @ covariance, X.T @ precision)
    return pl.DataFrame({"run": np.arange(1, len(X) + 1), "leverage": hat})


def alias_table(model: PlanModel, design: Floats, covariance: Floats) -> pl.DataFrame:
    r"""Return what terms that the model leaves out would do to its coefficients.

    ``term, other, coefficient``: the shift of a term's coefficient per unit of the other's; none
    below 1e-6. The others are the terms that the model lacks up to its own degree (at most the
    third), or those of the next degree where it lacks none.

    Notes
    -----
    .. math:: A = (X^T V^{-1} X)^{-1} X^T V^{-1} Z
    """
    left_out = _left_out(model.terms)
    if left_out is None:
        return pl.DataFrame(
            schema={"term": pl.String, "other": pl.String, "coefficient": pl.Float64}
        )
    Z = left_out.matrix(design)
    X = model.terms.matrix(design)
    precision = grouping(model.groups, len(X), model.variance_ratio).precision
    alias = covariance @ X.T @ precision @ Z
    others, names = left_out.names, model.terms.names
    return pl.DataFrame(
        {
            "term": np.repeat(names, len(others)).tolist(),
            "other": others * len(names),
            "coefficient": alias.ravel(),
        }
    ).filter(pl.col("coefficient").abs() > _MIN_ALIAS)


def _left_out(terms: ModelTerms) -> ModelTerms | None:
    """Return the terms that a model lacks: of its own degree, else of the next."""
    axes = terms.axes
    degree = max(sum(powers) for powers in terms.powers)
    lacking = [
        powers
        for own in range(2, min(degree, _MAX_DEGREE) + 1)
        for powers in _of_degree(len(axes), own)
        if powers not in terms.powers and _is_possible(powers, axes)
    ]
    if not lacking:
        highest = [powers for powers in terms.powers if sum(powers) == degree]
        grown = {
            tuple(a + b for a, b in zip(powers, single, strict=True))
            for powers in highest
            for single in _of_degree(len(axes), 1)
        }
        lacking = [powers for powers in sorted(grown) if _is_possible(powers, axes)]
    return ModelTerms(axes=axes, powers=tuple(lacking)) if lacking else None


def _of_degree(n_axes: int, degree: int) -> list[Powers]:
    """Return all terms of one degree."""
    return [
        tuple(chosen.count(number) for number in range(n_axes))
        for chosen in combinations_with_replacement(range(n_axes), degree)
    ]


def _is_possible(powers: Powers, axes: Sequence[FactorAxis]) -> bool:
    """Return whether the levels of the factors can tell such a term apart."""
    return all(
        power <= 1 or (not axis.is_categorical and power < _n_settings(axis.levels))
        for axis, power in zip(axes, powers, strict=True)
    )


def _n_settings(levels: Floats | None) -> int:
    """Return how many powers the levels of a number can distinguish."""
    return 10 if levels is None else len(levels)


def distinct_pairs(model: PlanModel, design: Floats) -> pl.DataFrame:
    """Return how many different settings of every two factors a plan has."""
    names = model.region.names
    rows = [
        (names[i], names[j], len(np.unique(np.round(design[:, [i, j]], 9), axis=0)))
        for i, j in combinations(range(len(names)), 2)
    ]
    schema = {"factor_a": pl.String, "factor_b": pl.String, "n_distinct": pl.Int64}
    return pl.DataFrame(rows, schema=schema, orient="row")
