"""The linear and the quadratic model of one response, tested term by term."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
import polars as pl

from electrodoe.arrays import Floats
from electrodoe.dataset import TrainingData, are_runs_doubted, on_model_scale
from electrodoe.errors import EvaluationError, ModelError
from electrodoe.evaluate.anova import analysis_of_variance
from electrodoe.evaluate.coded_models import CodedModel, coded_models, in_units
from electrodoe.evaluate.coefficient_tests import coefficient_tests
from electrodoe.evaluate.model_summary import MODEL_SUMMARY_SCHEMA, model_summary
from electrodoe.evaluate.outcome_tests import outcome_rows
from electrodoe.evaluate.planned_model import is_among, planned_model
from electrodoe.evaluate.reduced_model import reduced_model
from electrodoe.evaluate.residual_diagnostics import (
    RESIDUAL_CHECK_SCHEMA,
    RESIDUAL_SCHEMA,
    ResidualDiagnostics,
    residual_diagnostics,
)
from electrodoe.evaluate.residual_parts import ErrorKind, Part, ResidualParts, residual_parts
from electrodoe.evaluate.run_rows import run_rows
from electrodoe.evaluate.strata import has_strata, stratum_rows
from electrodoe.evaluate.untested import reason_untested
from electrodoe.models import in_canonical_order
from electrodoe.quantities import TableSchema

ANOVA_SCHEMA: Final = TableSchema(
    name="anova",
    columns={
        "target": pl.String,
        "scenario": pl.String,
        "model": pl.String,
        "source": pl.String,
        "degrees_of_freedom": pl.Int64,
        "sum_of_squares": pl.Float64,
        "mean_square": pl.Float64,
        "f": pl.Float64,
        "p": pl.Float64,
        "tested_against": pl.String,
    },
)
"""``samples`` is within runs, ``pure error`` between runs of one setting."""

COEFFICIENT_SCHEMA: Final = TableSchema(
    name="coefficients",
    columns={
        "target": pl.String,
        "scenario": pl.String,
        "model": pl.String,
        "term": pl.String,
        "estimate": pl.Float64,
        "standard_error": pl.Float64,
        "degrees_of_freedom": pl.Float64,
        "t": pl.Float64,
        "p": pl.Float64,
        "tested_against": pl.String,
        "estimate_in_units": pl.Float64,
    },
)
"""From the means of runs; inputs run from -1 to +1 over their range, ``1`` is the intercept.
``estimate_in_units`` is of the same terms of inputs in their own units, as in ``samples.csv``."""

COMPONENT_SCHEMA: Final = TableSchema(
    name="variance_components",
    columns={
        "target": pl.String,
        "scenario": pl.String,
        "model": pl.String,
        "component": pl.String,
        "variance": pl.Float64,
        "degrees_of_freedom": pl.Float64,
        "lower": pl.Float64,
        "upper": pl.Float64,
    },
)
"""Variances between whole plots, between blocks, between runs, and residual, with 90 % intervals;
only where whole plots or blocks are known. Zero, without an interval, where one came out below."""


@dataclass(frozen=True, kw_only=True)
class Significance:
    """What can be distinguished from noise in one response.

    Attributes
    ----------
    anova, coefficients, components : polars.DataFrame
        Rows of :data:`ANOVA_SCHEMA`, :data:`COEFFICIENT_SCHEMA` and :data:`COMPONENT_SCHEMA`; a
        model that the settings do not determine has none.
    summaries : polars.DataFrame
        Rows of ``MODEL_SUMMARY_SCHEMA``; none where runs share whole plots or blocks.
    residuals, residual_checks : polars.DataFrame
        Rows of ``RESIDUAL_SCHEMA`` and ``RESIDUAL_CHECK_SCHEMA``, of the planned model, else the
        quadratic, else the linear one.
    """

    anova: pl.DataFrame
    coefficients: pl.DataFrame
    components: pl.DataFrame
    summaries: pl.DataFrame
    residuals: pl.DataFrame
    residual_checks: pl.DataFrame


def significance(
    data: TrainingData,
    planned: str | None = None,
    run_order: Mapping[str, int] | None = None,
    reduced: Sequence[str] | None = None,
) -> Significance:
    """Return analysis of variance and coefficient tests of the linear and the quadratic model.

    Inputs are the settings' means, coded from -1 to +1 over their range. Where they are
    measured sample by sample and differ a little within a setting, the runs are near replicates,
    and what these differences do to the response counts as pure error.

    Parameters
    ----------
    data : TrainingData
        Samples; their order does not matter. A response with a transform is tested on its scale,
        outcomes on the logit and counts on the logarithm, by likelihood ratio.
        Good samples that an outlier rule keeps from models count here.
    planned : str or None
        The model that the runs were planned for, by its name or formula: tested too, as
        ``planned``, where it is neither of the two.
    run_order : mapping of str to int or None
        Number of each sample's run, by its name, where runs are numbered in their order.
    reduced : sequence of str or None
        Terms of the quadratic that a selection kept: tested too, as ``reduced``. Its p values take
        these terms as known, and are too small.

    Returns
    -------
    Significance
        Terms are tested against the variation between runs: of equal settings where runs repeat
        them, else about the model. Where rows are taken as runs because nothing says what they
        are, and the lack of fit of the quadratic speaks against that, against the variation
        of settings about the model.

    References
    ----------
    .. [1] Myers, Montgomery, Anderson-Cook, Response Surface Methodology (2016), ch. 2 and 6.
    """
    ordered = on_model_scale(in_canonical_order(data.all_good))
    models = coded_models(ordered)
    second_order = models[-1]
    own = None if planned is None else planned_model(ordered, planned)
    if own is not None and not is_among(own, models):
        models = (*models, own)
    if data.kind != "number":
        return _of_outcomes(ordered, models)
    is_doubted = _is_doubted(ordered, second_order)
    kind: ErrorKind = "settings" if is_doubted else "runs"
    full = {model.name: model for model in models}.get("quadratic")
    shown = residual_diagnostics(ordered, models, kind, run_order)
    fewer = None if full is None or reduced is None else reduced_model(full, reduced)
    models = models if fewer is None else (*models, fewer)
    if has_strata(ordered):
        return _in_strata(ordered, models, shown)
    summaries = MODEL_SUMMARY_SCHEMA.frame(
        [row for model in models for row in model_summary(ordered, model, kind)]
    )
    tested = [_tested(ordered, model, is_doubted=is_doubted) for model in models]
    return Significance(
        anova=ANOVA_SCHEMA.frame([row for anova, _ in tested for row in anova]),
        coefficients=COEFFICIENT_SCHEMA.frame([row for _, tests in tested for row in tests]),
        components=COMPONENT_SCHEMA.frame([]),
        summaries=summaries,
        residuals=shown.residuals,
        residual_checks=shown.checks,
    )


def _in_strata(
    data: TrainingData, models: Sequence[CodedModel], shown: ResidualDiagnostics
) -> Significance:
    """Return the same where runs share whole plots or blocks: each term in its stratum."""
    found = [(_head(data, model), stratum_rows(data, model)) for model in models]
    return Significance(
        anova=ANOVA_SCHEMA.frame([head | row for head, rows in found for row in rows.anova]),
        coefficients=COEFFICIENT_SCHEMA.frame(
            [head | row for head, rows in found for row in rows.coefficients]
        ),
        components=COMPONENT_SCHEMA.frame(
            [head | row for head, rows in found for row in rows.components]
        ),
        summaries=MODEL_SUMMARY_SCHEMA.frame([]),
        residuals=shown.residuals,
        residual_checks=shown.checks,
    )


def _is_doubted(data: TrainingData, model: CodedModel) -> bool:
    """Return whether settings differ by more than rows of one do and a model explains.

    Then rows of one setting may be samples of one run, whatever was assumed of them. Asked is the
    model of second order: what a linear one misses says nothing of runs.
    """
    if not data.is_run_assumed:
        return False
    try:
        parts = _parts(data, model.at_samples(data)[1])
    except ModelError:  # fewer distinct settings than terms
        return False
    test, n_spare = parts.lack_of_fit_test, parts.lack_of_fit.degrees_of_freedom
    return test is not None and are_runs_doubted(test[1], n_spare)


def _parts(data: TrainingData, X: Floats) -> ResidualParts:
    """Return the parts of a model's residual."""
    return residual_parts(X, data.response, data.setting_numbers, data.run_numbers)


def _tested(
    data: TrainingData, model: CodedModel, *, is_doubted: bool
) -> tuple[list[dict[str, object]], ...]:
    """Return both tables of one model; no rows where the settings do not determine it."""
    groups, X = model.at_samples(data)
    try:
        parts = _parts(data, X)
    except ModelError:  # fewer distinct settings than terms
        return [], []
    kind = "settings" if is_doubted else parts.kind_of_error()
    untested = reason_untested(data, model, parts.error(kind))
    error, words = parts.error(kind), parts.error_words(kind)
    if untested is not None:
        error, words = Part(0.0, 0), untested
    return (
        _anova_rows(data, model, groups, error, words),
        _coefficient_rows(data, model, kind, untested),
    )


def _anova_rows(
    data: TrainingData,
    model: CodedModel,
    groups: Mapping[str, Floats],
    error: Part,
    words: str,
) -> list[dict[str, object]]:
    """Return the analysis of variance of one model."""
    table = analysis_of_variance(
        groups, data.response, data.setting_numbers, data.run_numbers, error=error
    )
    return [
        {
            **_head(data, model),
            "source": row.source,
            "degrees_of_freedom": row.degrees_of_freedom,
            "sum_of_squares": row.sum_of_squares,
            "mean_square": row.mean_square,
            "f": row.f,
            "p": row.p,
            "tested_against": words if row.source in groups else None,
        }
        for row in table
    ]


def _coefficient_rows(
    data: TrainingData, model: CodedModel, kind: ErrorKind, untested: str | None
) -> list[dict[str, object]]:
    """Return the tests of one model's coefficients; estimates alone where nothing is tested."""
    rows = run_rows(data, model, kind)
    settings = data.setting_numbers[rows.first]
    parts = residual_parts(rows.X, rows.y, settings, np.arange(len(rows.y)))
    try:
        tests = coefficient_tests(rows.X, rows.y, model.term_names, parts.error(kind))
    except EvaluationError:  # as many terms as settings
        return []
    is_tested = untested is None
    own = in_units(model, tests.estimates)
    return [
        {
            **_head(data, model),
            "term": name,
            "estimate": float(tests.estimates[index]),
            "standard_error": float(tests.standard_errors[index]) if is_tested else None,
            "degrees_of_freedom": float(tests.degrees_of_freedom),
            "t": float(tests.t[index]) if is_tested else None,
            "p": float(tests.p[index]) if is_tested else None,
            "tested_against": untested or parts.error_words(kind),
            "estimate_in_units": own[index],
        }
        for index, name in enumerate(tests.term_names)
    ]


def _of_outcomes(data: TrainingData, models: Sequence[CodedModel]) -> Significance:
    """Return likelihood-ratio tests of a binary response or a count; there is no sum of squares."""
    rows = [
        {**_head(data, model), **row}
        for model in models
        for row in outcome_rows(data, model.at_samples(data)[1], model.term_names)
    ]
    return Significance(
        anova=ANOVA_SCHEMA.frame([]),
        coefficients=COEFFICIENT_SCHEMA.frame(rows),
        components=COMPONENT_SCHEMA.frame([]),
        summaries=MODEL_SUMMARY_SCHEMA.frame([]),
        residuals=RESIDUAL_SCHEMA.frame([]),
        residual_checks=RESIDUAL_CHECK_SCHEMA.frame([]),
    )


def _head(data: TrainingData, model: CodedModel) -> dict[str, object]:
    """Return the columns that both tables start with."""
    return {
        "target": data.response_name,
        "scenario": data.scenario,
        "model": model.name,
    }
