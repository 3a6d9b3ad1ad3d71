"""Residuals of the model that a response's tests speak of, run by run, and what shows in them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

import numpy as np
import polars as pl
import scipy.stats

from electrodoe.arrays import Floats
from electrodoe.dataset import TrainingData
from electrodoe.evaluate.coded_models import CodedModel
from electrodoe.evaluate.hat_matrix import FittedRows, fitted_rows
from electrodoe.evaluate.residual_checks import FEWEST, residual_checks
from electrodoe.evaluate.residual_parts import ErrorKind
from electrodoe.evaluate.run_rows import RunRows, run_rows
from electrodoe.findings import Finding, found
from electrodoe.quantities import TableSchema

RESIDUAL_SCHEMA: Final = TableSchema(
    name="residuals",
    columns={
        "target": pl.String,
        "scenario": pl.String,
        "model": pl.String,
        "row": pl.String,
        "n_samples": pl.Int64,
        "run_order": pl.Int64,
        "whole_plot": pl.Int64,
        "block": pl.Int64,
        "observed": pl.Float64,
        "fitted": pl.Float64,
        "residual": pl.Float64,
        "leverage": pl.Float64,
        "studentized": pl.Float64,
        "externally_studentized": pl.Float64,
        "cooks_distance": pl.Float64,
        "normal_score": pl.Float64,
    },
)
"""A row per run, the mean of its samples, named by its first sample; on the scale of the model.
Where runs share whole plots or blocks, residuals are those within them."""

RESIDUAL_CHECK_SCHEMA: Final = TableSchema(
    name="residual_checks",
    columns={
        "target": pl.String,
        "scenario": pl.String,
        "model": pl.String,
        "check": pl.String,
        "row": pl.String,
        "run_order": pl.Int64,
        "value": pl.Float64,
        "p": pl.Float64,
    },
)
"""``check`` is ``outlier``, ``drift``, ``spread`` or ``influence``; ``p`` is the chance of as much
in a clean study."""

LEVEL: Final = 0.05
"""Chance of one false word in a clean study, shared among all its checks (Bonferroni)."""


@dataclass(frozen=True, kw_only=True)
class ResidualDiagnostics:
    """Residuals of one response's model.

    Attributes
    ----------
    residuals, checks : polars.DataFrame
        Rows of :data:`RESIDUAL_SCHEMA` and :data:`RESIDUAL_CHECK_SCHEMA`.
    """

    residuals: pl.DataFrame
    checks: pl.DataFrame


def residual_diagnostics(
    data: TrainingData,
    models: Sequence[CodedModel],
    kind: ErrorKind,
    run_order: Mapping[str, int] | None = None,
) -> ResidualDiagnostics:
    """Return the residuals of the fullest model that leaves some.

    Parameters
    ----------
    data : TrainingData
        Samples on the scale of the models.
    models : sequence of CodedModel
        From the plainest to the one that counts.
    kind : {"pure error", "runs", "settings"}
        What terms are tested against: settings are rows where runs are doubted.
    run_order : mapping of str to int or None
        Number of each sample's run, by its name; where it is not known for all, there is no order.

    Returns
    -------
    ResidualDiagnostics
        Of the last model that leaves three degrees of freedom; empty where none does.
    """
    for model in reversed(models):
        rows = run_rows(data, model, kind)
        fit = fitted_rows(np.column_stack([rows.X, *_indicators(rows)]), rows.y)
        if fit.degrees_of_freedom >= FEWEST and fit.variance > 0.0:
            return _diagnosed(data, model, rows, fit, run_order or {})
    return ResidualDiagnostics(
        residuals=RESIDUAL_SCHEMA.frame([]), checks=RESIDUAL_CHECK_SCHEMA.frame([])
    )


def _indicators(rows: RunRows) -> list[Floats]:
    """Return a column for each whole plot and block: what they add is no residual of a run."""
    return [np.eye(int(own.max()) + 1)[own] for own in rows.groups.values()]


def _diagnosed(
    data: TrainingData,
    model: CodedModel,
    rows: RunRows,
    fit: FittedRows,
    run_order: Mapping[str, int],
) -> ResidualDiagnostics:
    """Return both tables of one model."""
    names = [data.sample_names[row] for row in rows.first]
    order = [run_order.get(name) for name in names]
    known = None if None in order else np.array(order, dtype=np.float64)
    head = {"target": data.response_name, "scenario": data.scenario, "model": model.name}
    checks = [
        {
            **head,
            "check": check.kind,
            "row": None if check.row is None else names[check.row],
            "run_order": None if check.row is None or known is None else order[check.row],
            "value": check.value,
            "p": check.p,
        }
        for check in residual_checks(fit, known)
    ]
    columns: dict[str, list[Any]] = {
        "row": names,
        "n_samples": rows.counts.tolist(),
        "run_order": order if known is not None else [None] * len(names),
        "whole_plot": _numbers(rows, "whole plot"),
        "block": _numbers(rows, "block"),
        **{name: own.tolist() for name, own in _values(fit).items()},
    }
    frame = RESIDUAL_SCHEMA.frame(
        [head | dict(zip(columns, row, strict=True)) for row in zip(*columns.values(), strict=True)]
    )
    return ResidualDiagnostics(
        residuals=frame.fill_nan(None), checks=RESIDUAL_CHECK_SCHEMA.frame(checks)
    )


def _values(fit: FittedRows) -> dict[str, Floats]:
    """Return the numbers of each row of a fit."""
    return {
        "observed": fit.y,
        "fitted": fit.fitted,
        "residual": fit.residuals,
        "leverage": fit.leverages,
        "studentized": fit.studentized,
        "externally_studentized": fit.externally_studentized,
        "cooks_distance": fit.cooks_distances,
        "normal_score": normal_scores(fit.residuals),
    }


def _numbers(rows: RunRows, name: str) -> list[int | None]:
    """Return the whole plot or block of each row, numbered from 1; none where there are none."""
    own = rows.groups.get(name)
    return [None] * len(rows.y) if own is None else (own + 1).tolist()


def normal_scores(residuals: Floats) -> Floats:
    """Return where each residual would lie, in standard deviations, if all were normal (Blom).

    Examples
    --------
    >>> normal_scores(np.array([3.0, -1.0, 0.5])).round(2)
    array([ 0.87, -0.87,  0.  ])
    """
    rank = scipy.stats.rankdata(residuals, method="ordinal")
    return np.asarray(scipy.stats.norm.ppf((rank - 0.375) / (len(rank) + 0.25)))


def telling(checks: pl.DataFrame) -> pl.DataFrame:
    """Return the checks that show something, at 5 % of false words for the whole study."""
    return checks.filter(pl.col("p") * max(checks.height, 1) <= LEVEL)


def residual_sentence(checks: pl.DataFrame) -> str:
    """Return what shows in the residuals of one response, in the middle of a sentence; or nothing.

    Parameters
    ----------
    checks : polars.DataFrame
        Rows of :func:`telling`, of one response in one scenario.
    """
    said = {row["check"]: row for row in checks.iter_rows(named=True)}
    parts = []
    outlier, influence = said.get("outlier"), said.get("influence")
    if outlier is not None:
        size = abs(outlier["value"])
        parts.append(
            f"{_run(outlier)} lies {size:.1f} standard errors"
            f" {'above' if outlier['value'] > 0 else 'below'} what the other runs say of it"
        )
    if influence is not None:
        is_same = outlier is not None and outlier["row"] == influence["row"]
        whose = "it" if is_same else _run(influence)
        parts.append(
            f"{whose} alone decides much of the coefficients (Cook's distance"
            f" {influence['value']:.1f})"
        )
    if (drift := said.get("drift")) is not None:
        way = "rises" if drift["value"] > 0 else "falls"
        size = f"{abs(drift['value']):.1f} residual standard deviations"
        parts.append(f"the response {way} by {size} from the first run to the last")
    if (spread := said.get("spread")) is not None:
        parts.append(
            f"residuals {'grow' if spread['value'] > 0 else 'shrink'} with the fitted value"
        )
    return "; ".join(parts)


def _run(check: dict[str, Any]) -> str:
    """Return which run a check is about."""
    number = check["run_order"]
    return f"the run of '{check['row']}'" if number is None else f"run {number}"


_CURES: Final = {
    "outlier": "look up the record of that run and repeat it",
    "influence": "make another run near it",
    "drift": "find what changed with time and name it in context",
    "spread": 'try transform = "log" for the response',
}
"""What to do, by what shows."""


def residual_findings(checks: pl.DataFrame) -> list[Finding]:
    """Return one finding per response and scenario whose residuals show something.

    Parameters
    ----------
    checks : polars.DataFrame
        All checks of a study, with the columns of :data:`RESIDUAL_CHECK_SCHEMA`.

    Returns
    -------
    list of Finding
        ``S222``; of clean studies one in twenty has one.
    """
    return [
        found(
            "S222",
            f"{model} model: {residual_sentence(own)}",
            f"response '{target}', scenario '{scenario}'",
            fix="; ".join(_CURES[check] for check in _CURES if check in set(own["check"])),
        )
        for (target, scenario, model), own in telling(checks).group_by(
            "target", "scenario", "model", maintain_order=True
        )
    ]
