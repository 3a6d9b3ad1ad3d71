"""The linear and the quadratic model of one response, tested term by term."""

from dataclasses import dataclass
from typing import Final

import numpy as np
import polars as pl
from numpy.typing import NDArray

from electrodoe.dataset import TrainingData, configuration_means, on_model_scale
from electrodoe.errors import EvaluationError, ModelError
from electrodoe.evaluate.anova import analysis_of_variance
from electrodoe.evaluate.coded_models import CodedModel, coded_models
from electrodoe.evaluate.coefficient_tests import coefficient_tests
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
    },
)
"""Groups of terms are tested against lack of fit, lack of fit against pure error."""

COEFFICIENT_SCHEMA: Final = TableSchema(
    name="coefficients",
    columns={
        "target": pl.String,
        "scenario": pl.String,
        "model": pl.String,
        "term": pl.String,
        "estimate": pl.Float64,
        "standard_error": pl.Float64,
        "degrees_of_freedom": pl.Int64,
        "t": pl.Float64,
        "p": pl.Float64,
    },
)
"""From configuration means; inputs run from -1 to +1 over their range, ``1`` is the intercept."""


@dataclass(frozen=True, kw_only=True)
class Significance:
    """What can be distinguished from noise in one response.

    Attributes
    ----------
    anova, coefficients : polars.DataFrame
        Rows of the tables :data:`ANOVA_SCHEMA` and :data:`COEFFICIENT_SCHEMA`; a model that the
        configurations do not determine has none.
    """

    anova: pl.DataFrame
    coefficients: pl.DataFrame


def significance(data: TrainingData) -> Significance:
    """Return analysis of variance and coefficient tests of the linear and the quadratic model.

    Inputs are the configurations' means, coded from -1 to +1 over their range. Where they are
    measured sample by sample and differ a little within a configuration, the replicates are
    near replicates, and what these differences do to the response counts as pure error.

    Parameters
    ----------
    data : TrainingData
        Samples; their order does not matter. A response with a transform is tested on its scale.
        Good samples that an outlier rule keeps from models count here.

    Returns
    -------
    Significance
        Terms are tested against the variation between configurations, both in the analysis of
        variance and coefficient by coefficient.

    References
    ----------
    .. [1] Myers, Montgomery, Anderson-Cook, Response Surface Methodology (2016), ch. 2 and 6.
    """
    ordered = on_model_scale(in_canonical_order(data.all_good))
    _, position = np.unique(ordered.configurations, return_inverse=True)
    models = coded_models(ordered)
    anova = [row for model in models for row in _anova_rows(ordered, model, position)]
    tests = [row for model in models for row in _coefficient_rows(ordered, model, position)]
    return Significance(
        anova=ANOVA_SCHEMA.frame(anova), coefficients=COEFFICIENT_SCHEMA.frame(tests)
    )


def _anova_rows(
    data: TrainingData, model: CodedModel, position: NDArray[np.intp]
) -> list[dict[str, object]]:
    """Return the analysis of variance of one model, or nothing where it is not determined."""
    groups = {source: group[position] for source, group in model.groups.items()}
    try:
        table = analysis_of_variance(
            groups, data.response, data.configurations, is_tested_between_configurations=True
        )
    except ModelError:  # fewer distinct configurations than terms
        return []
    return [
        {
            **_head(data, model),
            "source": row.source,
            "degrees_of_freedom": row.degrees_of_freedom,
            "sum_of_squares": row.sum_of_squares,
            "mean_square": row.mean_square,
            "f": row.f,
            "p": row.p,
        }
        for row in table
    ]


def _coefficient_rows(
    data: TrainingData, model: CodedModel, position: NDArray[np.intp]
) -> list[dict[str, object]]:
    """Return the tests of one model's coefficients, or nothing where there are none."""
    X = np.column_stack([np.ones(int(position.max()) + 1), *model.groups.values()])
    means = configuration_means(data.response[:, None], position)[:, 0]
    try:
        tests = coefficient_tests(X, means, model.term_names)
    except (ModelError, EvaluationError):  # as many terms as configurations, or more
        return []
    return [
        {
            **_head(data, model),
            "term": name,
            "estimate": float(tests.estimates[index]),
            "standard_error": float(tests.standard_errors[index]),
            "degrees_of_freedom": tests.degrees_of_freedom,
            "t": float(tests.t[index]),
            "p": float(tests.p[index]),
        }
        for index, name in enumerate(tests.term_names)
    ]


def _head(data: TrainingData, model: CodedModel) -> dict[str, object]:
    """Return the columns that both tables start with."""
    return {
        "target": data.response_name,
        "scenario": data.scenario,
        "model": model.name,
    }
