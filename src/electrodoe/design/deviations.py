"""What was made, compared with what was planned: run by run, factor by factor."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import polars as pl

from electrodoe.design.deviation_findings import deviation_findings
from electrodoe.design.filled_sheet import Cell, FilledRow, read_rows
from electrodoe.design.run_plan import PURPOSE, RUN, RunPlan
from electrodoe.design.sheet_cells import Decimal
from electrodoe.findings import Finding
from electrodoe.quantities import TableSchema
from electrodoe.study import Study

DEFAULT_TOLERANCE: Final = 0.05
"""Taken where a factor declares none; the paper's, for its mass loading."""
_SLACK: Final = 1e-9
"""Of the planned value: 9.66 for 9.2 is 5 %, whatever the last bit says."""

DEVIATIONS: Final = TableSchema(
    name="deviations",
    columns={
        "run": pl.Int64,
        "line": pl.Int64,
        "factor": pl.String,
        "planned": pl.Float64,
        "measured": pl.Float64,
        "deviation": pl.Float64,
        "relative_deviation": pl.Float64,
        "tolerance": pl.Float64,
        "planned_category": pl.String,
        "measured_category": pl.String,
        "is_within": pl.Boolean,
    },
)
"""A number stands in ``planned`` and ``measured``, a category in the two columns named so."""


@dataclass(frozen=True, kw_only=True)
class Deviations:
    """How a filled run sheet differs from its plan.

    Attributes
    ----------
    frame : polars.DataFrame
        The columns of ``DEVIATIONS``: one row per run and factor, in the order of the plan; a run
        that was made twice has the rows of both, a run that was not made has no ``line``, and a
        row of the sheet that belongs to no planned run comes last, with nothing planned.
        ``is_within`` is null where nothing was measured or planned.
    findings : tuple of Finding
        P101 to P109, see ``docs/findings.md``.
    """

    frame: pl.DataFrame
    findings: tuple[Finding, ...]


def deviations(
    study: Study,
    plan: RunPlan,
    filled: pl.DataFrame,
    lines: Sequence[int],
    *,
    source: str = "run sheet",
    decimal: Decimal = ".",
) -> Deviations:
    """Compare a filled run sheet with the plan that it was made from.

    Parameters
    ----------
    study : Study
        Gives the factors' tolerances; 5 % is taken where there is none, and said so.
    plan : RunPlan
        What was to be made.
    filled : polars.DataFrame
        The sheet's cells as a reader hands them on, as text or as numbers; its headers are names
        (CSV) or titles (XLSX) of the run sheet's columns.
    lines : sequence of int, length n_rows
        Where each row stands in the file.
    source : str
        The file, for messages.
    decimal : {".", ","}
        Decimal mark of numbers that are text.

    Returns
    -------
    Deviations
        One row per run and factor, and findings.

    Raises
    ------
    DesignError
        If a column is missing, or a cell that should be a number is none.

    Notes
    -----
    A measured value is within when it differs from the planned one by at most the tolerance times
    the planned one; of a planned zero, only zero is within. A category has to be the same.
    """
    rows = read_rows(study, plan, filled, lines, source, decimal)
    tolerances = {name: study.factors[name].tolerance for name in plan.factors}
    compared: list[dict[str, object]] = []
    for run, settings in _to_make(plan):
        made: list[FilledRow | None] = [row for row in rows if row.run == run and row.is_made]
        for row in made or [None]:
            compared += _compared(run, settings, row, tolerances)
    planned_runs = set(plan.frame[RUN].to_list())
    for row in rows:
        if row.is_made and row.run not in planned_runs:
            compared += _compared(row.run, dict.fromkeys(plan.factors), row, tolerances)
    frame = DEVIATIONS.frame(compared)
    return Deviations(frame=frame, findings=deviation_findings(study, plan, rows, frame, source))


def _to_make(plan: RunPlan) -> list[tuple[int, dict[str, Cell]]]:
    """Return number and settings of the runs that the sheet asks for."""
    return [
        (row[RUN], {name: row[name] for name in plan.factors})
        for row in plan.frame.iter_rows(named=True)
        if row[PURPOSE] != "made"
    ]


def _compared(
    run: int | None,
    settings: dict[str, Cell],
    row: FilledRow | None,
    tolerances: dict[str, float | None],
) -> list[dict[str, object]]:
    """Return one row per factor of a run, made or not."""
    compared = []
    for factor, planned in settings.items():
        declared = tolerances[factor]
        tolerance = DEFAULT_TOLERANCE if declared is None else declared
        measured = None if row is None else row.measured[factor]
        is_category = isinstance(planned, str) or isinstance(measured, str)
        values = (
            _categories(planned, measured)
            if is_category
            else _numbers(planned, measured, tolerance)
        )
        place = {"run": run, "line": None if row is None else row.line, "factor": factor}
        compared.append(dict.fromkeys(DEVIATIONS.columns) | place | values)
    return compared


def _categories(planned: Cell, measured: Cell) -> dict[str, object]:
    """Compare two names."""
    is_known = planned is not None and measured is not None
    return {
        "planned_category": planned,
        "measured_category": measured,
        "is_within": planned == measured if is_known else None,
    }


def _numbers(planned: Cell, measured: Cell, tolerance: float) -> dict[str, object]:
    """Compare two numbers."""
    values: dict[str, object] = {"planned": planned, "measured": measured, "tolerance": tolerance}
    if not isinstance(planned, float | int) or not isinstance(measured, float | int):
        return values
    deviation = measured - planned
    return values | {
        "deviation": deviation,
        "relative_deviation": deviation / abs(planned) if planned else None,
        "is_within": abs(deviation) <= (tolerance + _SLACK) * abs(planned),
    }
