"""Terms tested each in its stratum, where runs share whole plots or blocks."""

from dataclasses import dataclass
from typing import Final

import numpy as np
import scipy.stats

from electrodoe.arrays import Floats
from electrodoe.dataset import TrainingData
from electrodoe.errors import ModelError
from electrodoe.evaluate.coded_models import CodedModel, in_units
from electrodoe.evaluate.stratum_anova import (
    Row,
    rounded_degrees,
    stratum_anova,
    tested_against,
)
from electrodoe.models.kenward_roger import KenwardRoger
from electrodoe.models.mixed_model import MixedModel, mixed_model
from electrodoe.models.random_groups import random_groups

_INTERVAL: Final = 0.9
"""Level of the intervals of variances."""


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
    groups, X = model.at_samples(data)
    y = data.measured_response
    names = model.term_names
    try:
        fitted, X = _fitted(data, X, y, names)
    except ModelError:
        return StratumRows(anova=[], coefficients=[], components=[])
    tests = KenwardRoger(model=fitted)
    own = in_units(model, fitted.coefficients[: len(names)])
    return StratumRows(
        anova=stratum_anova(tests, groups, X, y, random_groups(data)),
        coefficients=[
            _coefficient(tests, number, name) | {"estimate_in_units": own[number]}
            for number, name in enumerate(names)
        ],
        components=_components(fitted),
    )


def _fitted(
    data: TrainingData, X: Floats, y: Floats, names: list[str]
) -> tuple[MixedModel, Floats]:
    """Return the mixed model, and its terms: fixed blocks stand behind those that are tested."""
    random = random_groups(data)
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


def _coefficient(tests: KenwardRoger, number: int, name: str) -> Row:
    """Return the test of one coefficient."""
    fitted = tests.model
    estimate = float(fitted.coefficients[number])
    test = tests.test(np.eye(fitted.X.shape[1])[:, [number]])
    error = float(np.sqrt(tests.covariance[number, number]))
    return {
        "term": name,
        "estimate": estimate,
        "standard_error": None if test is None else error,
        "degrees_of_freedom": None if test is None else rounded_degrees(test.degrees_of_freedom),
        "t": None if test is None else estimate / error,
        "p": None if test is None else test.p,
        "tested_against": tested_against(fitted, test),
    }


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
                "degrees_of_freedom": rounded_degrees(degrees) if degrees > 0.0 else None,
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
