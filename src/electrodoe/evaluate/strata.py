"""Terms tested each in its stratum, where runs share whole plots or blocks."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

import numpy as np
import scipy.stats

from electrodoe.arrays import Floats, Integers
from electrodoe.dataset import TrainingData
from electrodoe.errors import ModelError
from electrodoe.evaluate.coded_models import CodedModel
from electrodoe.models.kenward_roger import KenwardRoger, StratumTest
from electrodoe.models.mixed_model import MixedModel, mixed_model
from electrodoe.models.random_groups import random_groups

_MOSTLY: Final = 0.9
"""Fraction of a contrast's variance from which one stratum is what it is tested against."""
_INTERVAL: Final = 0.9
"""Level of the intervals of variances."""

Row = dict[str, object]


@dataclass(frozen=True, kw_only=True)
class StratumRows:
    """Rows of the tables of tests, without the columns that say of which model.

    Attributes
    ----------
    anova, coefficients, components : list of dict
        As the columns of ``ANOVA_SCHEMA``, ``COEFFICIENT_SCHEMA`` and ``COMPONENT_SCHEMA``.
    """

    anova: list[Row]
    coefficients: list[Row]
    components: list[Row]


def has_strata(data: TrainingData) -> bool:
    """Return whether runs share something that was not set anew for each."""
    return data.whole_plots is not None or data.blocks is not None


def stratum_rows(data: TrainingData, model: CodedModel) -> StratumRows:
    """Return the tests of one model with what whole plots and blocks add as random.

    Parameters
    ----------
    data : TrainingData
        Samples in canonical order, on the scale of the model.
    model : CodedModel
        Terms at the settings of the configurations.

    Returns
    -------
    StratumRows
        Groups of terms in the order in which they enter, parted by stratum; sums of squares are
        those of least squares, F and p by Kenward and Roger. No rows where the data do not
        determine the model.
    """
    _, position = np.unique(data.configurations, return_inverse=True)
    groups = {name: group[position] for name, group in model.groups.items()}
    X = np.column_stack([np.ones(data.n_samples), *groups.values()])
    y = data.measured_response
    names = model.term_names
    try:
        fitted, X = _fitted(data, X, y, names)
    except ModelError:
        return StratumRows(anova=[], coefficients=[], components=[])
    tests = KenwardRoger(model=fitted)
    return StratumRows(
        anova=_anova(tests, groups, X, y, _groupings(data)),
        coefficients=[_coefficient(tests, number, name) for number, name in enumerate(names)],
        components=_components(fitted),
    )


def _fitted(
    data: TrainingData, X: Floats, y: Floats, names: list[str]
) -> tuple[MixedModel, Floats]:
    """Return the mixed model, and its terms: fixed blocks stand behind those that are tested."""
    random = _groupings(data)
    blocks = random.get("block")
    if blocks is not None and data.block_kind == "fixed":
        n = int(blocks.max()) + 1
        columns = np.vstack([np.eye(n - 1), -np.ones(n - 1)])[blocks]
        within = {name: groups for name, groups in random.items() if name != "block"}
        try:
            own = [*names, *(f"block {number + 1}" for number in range(n - 1))]
            both = np.column_stack([X, columns])
            return mixed_model(both, y, within, own), both
        except ModelError:  # a term that only blocks tell: what they add is chance then
            pass
    return mixed_model(X, y, random, names), X


def _groupings(data: TrainingData) -> dict[str, Integers]:
    """Return blocks, whole plots and runs, the outer ones first."""
    return random_groups(data)


def _contrasts(n_terms: int, columns: Integers | list[int]) -> Floats:
    """Return the contrasts that pick some coefficients."""
    return np.eye(n_terms)[:, columns]


def _coefficient(tests: KenwardRoger, number: int, name: str) -> Row:
    """Return the test of one coefficient."""
    fitted = tests.model
    estimate = float(fitted.coefficients[number])
    test = tests.test(_contrasts(fitted.X.shape[1], [number]))
    error = float(np.sqrt(tests.covariance[number, number]))
    return {
        "term": name,
        "estimate": estimate,
        "standard_error": None if test is None else error,
        "degrees_of_freedom": None if test is None else _rounded(test.degrees_of_freedom),
        "t": None if test is None else estimate / error,
        "p": None if test is None else test.p,
        "tested_against": _against(fitted, test),
    }


def _anova(
    tests: KenwardRoger,
    groups: Mapping[str, Floats],
    X: Floats,
    y: Floats,
    groupings: Mapping[str, Integers],
) -> list[Row]:
    """Return what each group of terms adds in each stratum, then what is left in each."""
    rows: list[Row] = []
    start = 1
    for source, group in groups.items():
        columns = np.arange(start, start + group.shape[1])
        is_between = np.array([_is_between(tests, number) for number in columns])
        for own, words in (
            (columns[is_between], "between"),
            (columns[~is_between], "within"),
        ):
            if len(own):
                is_one = is_between.all() or not is_between.any()
                name = source if is_one else f"{source}, {words} {_outermost(tests.model)}s"
                rows.append(_group_row(tests, own, name, X, y))
        start += group.shape[1]
    if X.shape[1] > start:
        blocks = _explained(X, y) - _explained(X[:, :start], y)
        rows.append(_row("blocks", X.shape[1] - start, blocks))
    rows += _error_rows(X, y, tests.model.grouping_names, groupings)
    total = float(np.sum((y - y.mean()) ** 2))
    return [*rows, _row("total", len(y) - 1, total)]


def _outermost(fitted: MixedModel) -> str:
    """Return the grouping that terms are parted by, in words."""
    names = fitted.grouping_names
    return "whole plot" if "whole plot" in names else names[0]


def _is_between(tests: KenwardRoger, number: int) -> bool:
    """Return whether a term is mostly known from differences between groups."""
    fractions = tests.fractions(_contrasts(tests.model.X.shape[1], [number]))
    return bool(abs(fractions[0]) < abs(fractions[1:]).sum())


def _group_row(tests: KenwardRoger, columns: Integers, source: str, X: Floats, y: Floats) -> Row:
    """Return the test of some terms beside those that enter before them."""
    before = np.arange(X.shape[1]) < columns[0]
    squares = _explained(X[:, before | np.isin(np.arange(X.shape[1]), columns)], y)
    squares -= _explained(X[:, before], y)
    test = tests.test(_contrasts(X.shape[1], columns))
    row = _row(source, len(columns), squares)
    against = _against(tests.model, test)
    if test is not None:
        row |= {"f": test.f, "p": test.p}
    return row | {"tested_against": against}


def _error_rows(
    X: Floats, y: Floats, names: tuple[str, ...], groupings: Mapping[str, Integers]
) -> list[Row]:
    """Return what is left between groups beside the terms, one grouping after the other."""
    rows, known = [], X
    for name in names:
        groups = np.unique(groupings[name], return_inverse=True)[1]
        more = np.column_stack([known, np.eye(int(groups.max()) + 1)[groups]])
        degrees = _rank(more) - _rank(known)
        if degrees:
            rows.append(_row(f"{name}s", degrees, _explained(more, y) - _explained(known, y)))
        known = more
    left = len(y) - _rank(known)
    total = float(y @ y)
    return [*rows, _row("residual", left, max(total - _explained(known, y), 0.0))]


def _row(source: str, degrees: int, squares: float) -> Row:
    """Return a source of variation without a test."""
    return {
        "source": source,
        "degrees_of_freedom": degrees,
        "sum_of_squares": max(squares, 0.0),
        "mean_square": max(squares, 0.0) / degrees if degrees else None,
        "f": None,
        "p": None,
        "tested_against": None,
    }


def _rank(X: Floats) -> int:
    """Return the number of independent columns."""
    return int(np.linalg.matrix_rank(X))


def _explained(X: Floats, y: Floats) -> float:
    """Return the sum of squares that columns explain, whether they are independent or not."""
    U, size, _ = np.linalg.svd(X, full_matrices=False)
    return float(np.sum((U[:, size > 1e-9 * size[0]].T @ y) ** 2))


def _against(fitted: MixedModel, test: StratumTest | None) -> str:
    """Return what a term is tested against, in words."""
    if test is None:
        return "nothing: no degrees of freedom are left between the groups that tell it"
    words: tuple[str, ...] = ("within runs" if "run" in fitted.grouping_names else "between runs",)
    words += tuple(f"between {name}s" for name in fitted.grouping_names)
    fractions = np.abs(test.fractions)
    mostly = int(np.argmax(fractions))
    if fitted.grouping_names and fractions[mostly] < _MOSTLY:
        carried = [words[number] for number in np.flatnonzero(fractions > 1.0 - _MOSTLY)]
        kind = " and ".join(carried[::-1])
    else:
        kind = words[mostly]
        if mostly == 0 and fitted.grouping_names and "run" not in fitted.grouping_names:
            kind += f" of one {fitted.grouping_names[-1]}"
    return f"variation {kind}, {_degrees(test.degrees_of_freedom)} df"


def _rounded(value: float) -> float:
    """Return degrees of freedom without what rounding leaves of a whole number."""
    return round(value, 6)


def _degrees(value: float) -> str:
    """Return degrees of freedom with a decimal where they are no whole number."""
    return f"{value:.0f}" if abs(value - round(value)) < 0.05 else f"{value:.1f}"


def _components(fitted: MixedModel) -> list[Row]:
    """Return the variances with Satterthwaite's degrees of freedom and intervals."""
    rows: list[Row] = []
    for number, name in enumerate(("residual", *fitted.grouping_names)):
        variance = max(float(fitted.variances[number]), 0.0)
        spread = float(fitted.variance_covariance[number, number])
        is_known = bool(fitted.is_estimable[number])
        degrees = 2.0 * variance**2 / spread if is_known and spread > 0.0 else 0.0
        lower, upper = _interval(variance, degrees)
        rows.append(
            {
                "component": name,
                "variance": variance if is_known else None,
                "degrees_of_freedom": _rounded(degrees) if degrees > 0.0 else None,
                "lower": lower,
                "upper": upper,
            }
        )
    return [*rows[1:], rows[0]]


def _interval(variance: float, degrees: float) -> tuple[float | None, float | None]:
    """Return the ends of a variance's interval by chi-squared; None where it came out zero."""
    if degrees <= 0.0:
        return None, None
    ends = scipy.stats.chi2.ppf([0.5 + _INTERVAL / 2.0, 0.5 - _INTERVAL / 2.0], degrees)
    lower, upper = variance * degrees / np.maximum(ends, np.finfo(np.float64).tiny)
    return float(lower), float(upper) if np.isfinite(upper) else None
