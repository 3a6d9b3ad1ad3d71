"""How well a model fits the runs it was made of, and how well it predicts them when left out."""

from typing import Final

import numpy as np
import polars as pl

from electrodoe.dataset import TrainingData
from electrodoe.evaluate.coded_models import CodedModel
from electrodoe.evaluate.hat_matrix import FittedRows, fitted_rows
from electrodoe.evaluate.residual_parts import ErrorKind
from electrodoe.evaluate.run_rows import run_rows
from electrodoe.quantities import TableSchema

MODEL_SUMMARY_SCHEMA: Final = TableSchema(
    name="model_summaries",
    columns={
        "target": pl.String,
        "scenario": pl.String,
        "model": pl.String,
        "n_rows": pl.Int64,
        "n_terms": pl.Int64,
        "standard_deviation": pl.Float64,
        "r2": pl.Float64,
        "adjusted_r2": pl.Float64,
        "predicted_r2": pl.Float64,
        "press": pl.Float64,
        "adequate_precision": pl.Float64,
    },
)
"""A row per model, from the means of runs, on the scale of the model. ``press`` is the sum of
squares of what fits without each run miss there; empty where the others do not determine it."""

ENOUGH_PRECISION: Final = 4.0
"""Range of predictions over their mean standard error that a model should have (Design-Expert)."""


def model_summary(
    data: TrainingData, model: CodedModel, kind: ErrorKind
) -> list[dict[str, object]]:
    r"""Return the summary of one model; none where it leaves nothing over, or runs share a group.

    Parameters
    ----------
    data : TrainingData
        Samples on the scale of the model.
    model : CodedModel
        Its terms.
    kind : {"pure error", "runs", "settings"}
        What terms are tested against: settings are rows where runs are doubted.

    Returns
    -------
    list of dict
        Columns of :data:`MODEL_SUMMARY_SCHEMA`.

    Notes
    -----
    With n runs, p terms, leverages h and total sum of squares about the mean S

    .. math:: PRESS = \sum (e_i / (1 - h_i))^2, \quad R^2_{pred} = 1 - PRESS / S

    .. math:: R^2_{adj} = 1 - s^2 (n - 1) / S, \quad
        A = (\max \hat y - \min \hat y) / \sqrt{p s^2 / n}

    References
    ----------
    .. [1] Allen, Technometrics 16 (1974) 125 (PRESS).
    .. [2] Myers, Montgomery, Anderson-Cook, Response Surface Methodology (2016), ch. 2.
    """
    rows = run_rows(data, model, kind)
    fit = fitted_rows(rows.X, rows.y)
    if rows.groups or fit.Q.shape[1] < rows.X.shape[1] or fit.variance == 0.0:
        return []
    return [
        {
            "target": data.response_name,
            "scenario": data.scenario,
            "model": model.name,
            "n_rows": len(rows.y),
            "n_terms": rows.X.shape[1],
            **scores(fit),
        }
    ]


def scores(fit: FittedRows) -> dict[str, float | None]:
    """Return the numbers that sum up a fit.

    Examples
    --------
    >>> x = np.arange(5.0)
    >>> fit = fitted_rows(np.column_stack([np.ones(5), x]), np.array([0.0, 1, 2, 3, 6]))
    >>> {name: round(value, 3) for name, value in scores(fit).items()}
    ... # doctest: +NORMALIZE_WHITESPACE
    {'standard_deviation': 0.73, 'r2': 0.925, 'adjusted_r2': 0.899, 'predicted_r2': 0.691,
     'press': 6.556, 'adequate_precision': 12.124}
    """
    n, p = fit.Q.shape
    total = float(np.sum((fit.y - fit.y.mean()) ** 2))
    residual = float(np.sum(fit.residuals**2))
    press = float(np.sum(fit.left_out**2)) if fit.is_free.all() else None
    return {
        "standard_deviation": float(np.sqrt(fit.variance)),
        "r2": 1.0 - residual / total,
        "adjusted_r2": 1.0 - fit.variance * (n - 1.0) / total,
        "predicted_r2": None if press is None else 1.0 - press / total,
        "press": press,
        "adequate_precision": float(np.ptp(fit.fitted) / np.sqrt(p * fit.variance / n)),
    }
