"""What was made other than planned: settings, extra and missing runs, and their order."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import pairwise
from typing import Final

import numpy as np
import polars as pl

from electrodoe.design.run_plan import PURPOSE, RUN, RunPlan
from electrodoe.design.run_sheet.columns import sheet_words
from electrodoe.design.run_sheet.filled_sheet import Cell, FilledRow, read_rows
from electrodoe.findings import Finding, found, sort_findings
from electrodoe.findings.wording import listed
from electrodoe.quantities import TableSchema, is_fraction, unit_of
from electrodoe.study import Study, Tolerance, level_number
from electrodoe.tables import DecimalMark

_NEVER: Final = datetime(1, 1, 1)  # noqa: DTZ001 - local time, as written


def order_findings(plan: RunPlan, rows: Sequence[FilledRow], source: str) -> list[Finding]:
    """Return whether runs were made in another order than planned, or in one nobody wrote down."""
    known = set(plan.frame[RUN].to_list())
    existing = [row for row in rows if row.is_made and row.run in known]
    timed = [row for row in existing if row.made_on is not None]
    findings = (
        [_not_recorded(len(existing) - len(timed), len(existing), source)] if existing else []
    )
    if len(timed) == len(existing):
        existing.sort(key=lambda row: (row.made_on or _NEVER, row.run or 0))
        findings = []
    earlier = [
        f"run {before.run} before run {after.run}"
        for before, after in pairwise(existing)
        if (before.run or 0) > (after.run or 0)
    ]
    return [*findings, *([_changed(earlier, source)] if earlier else [])]


def _not_recorded(n_without: int, n_existing: int, source: str) -> Finding:
    """Return the finding that times are missing."""
    return found(
        "P107",
        f"{n_without} of {n_existing} runs have no readable time; the rows' order is taken",
        source,
    )


def _changed(earlier: Sequence[str], source: str) -> Finding:
    """Return the finding that the order is another one."""
    more = f" and {len(earlier) - 5} more" if len(earlier) > 5 else ""
    return found("P106", f"{', '.join(earlier[:5])}{more}", source)


_REWRITTEN: Final = 1e-3
"""Of the planned value: the sheet repeats it rounded."""
_LISTED: Final = 12
"""Names listed in a finding: chosen, more make no sentence."""


def deviation_findings(
    study: Study,
    plan: RunPlan,
    rows: Sequence[FilledRow],
    compared: pl.DataFrame,
    source: str,
) -> tuple[Finding, ...]:
    """Return what is odd about a filled run sheet, gravest first."""
    return sort_findings(
        [
            *_not_made(plan, rows, source),
            *_repeated_runs(plan, rows, source),
            *_unknown(plan, rows, source),
            *_beyond(study, compared, source),
            *_of_another_plan(study, plan, rows, source),
            *order_findings(plan, rows, source),
            *_not_measured(study, plan, rows, source),
            *_without_tolerance(study, plan),
        ]
    )


def _not_made(plan: RunPlan, rows: Sequence[FilledRow], source: str) -> list[Finding]:
    """Return the finding that runs were not made."""
    existing = {row.run for row in rows if row.is_made}
    to_make = plan.frame.filter(pl.col(PURPOSE).ne_missing("existing"))[RUN].to_list()
    missing = [f"run {run}" for run in to_make if run not in existing]
    if not missing:
        return []
    return [found("P101", f"{len(missing)} of {len(to_make)}: {listed(missing, _LISTED)}", source)]


def _repeated_runs(plan: RunPlan, rows: Sequence[FilledRow], source: str) -> list[Finding]:
    """Return a finding per run with several filled rows."""
    findings = []
    for run in plan.frame[RUN].to_list():
        lines = [str(row.line) for row in rows if row.run == run and row.is_made]
        if len(lines) > 1:
            findings.append(
                found(
                    "P102",
                    f"run {run} is filled in {len(lines)} times; all are kept",
                    f"{source}, lines {', '.join(lines)}",
                )
            )
    return findings


def _unknown(plan: RunPlan, rows: Sequence[FilledRow], source: str) -> list[Finding]:
    """Return a finding per filled row that belongs to no planned run."""
    known = set(plan.frame[RUN].to_list())
    return [
        found(
            "P103",
            "a filled row without a run's number"
            if row.run is None
            else f"run {row.run}, where the plan has {min(known)} to {max(known)}",
            f"{source}, line {row.line}",
        )
        for row in rows
        if row.is_made and row.run not in known
    ]


def _beyond(study: Study, compared: pl.DataFrame, source: str) -> list[Finding]:
    """Return a finding per factor that left its tolerance."""
    findings = []
    for (factor,), rows in compared.group_by("factor", maintain_order=True):
        outside = rows.filter(pl.col("is_within").not_())
        if outside.is_empty():
            continue
        name = str(factor)
        shown = [_deviation(name, row) for row in outside.iter_rows(named=True)]
        is_category = outside["measured"].is_null().all()
        limit = "another category" if is_category else f"beyond {_tolerance(study, name).written}"
        findings.append(
            found(
                "P104",
                f"{sheet_words(study, name)[0]}, {limit}: {listed(shown, _LISTED)}",
                f"{source}, lines {', '.join(str(line) for line in outside['line'])}",
            )
        )
    return findings


def _deviation(factor: str, row: dict[str, object]) -> str:
    """Return one deviation in words."""
    if row["planned"] is None:
        return f"run {row['run']} ({row['measured_category']} for {row['planned_category']})"
    scale, unit = (100.0, "%") if is_fraction(factor) else (1.0, unit_of(factor))
    measured, planned = (scale * float(str(row[name])) for name in ("measured", "planned"))
    relative = row["relative_deviation"]
    fraction = (
        "" if relative is None else f", {100 * float(str(relative)):+.1f} %".replace("-", "−")
    )
    return f"run {row['run']} ({measured:.4g} for {f'{planned:.4g} {unit}'.strip()}{fraction})"


def _of_another_plan(
    study: Study, plan: RunPlan, rows: Sequence[FilledRow], source: str
) -> list[Finding]:
    """Return a finding per factor whose planned values are not those of the plan."""
    settings = {row[RUN]: row for row in plan.frame.iter_rows(named=True)}
    findings = []
    for factor in plan.factors:
        changed = [
            row
            for row in rows
            if row.run in settings and _is_rewritten(settings[row.run][factor], row.planned[factor])
        ]
        if changed:
            runs = [
                f"run {row.run} ({row.planned[factor]} for {settings[row.run][factor]})"
                for row in changed
            ]
            findings.append(
                found(
                    "P105",
                    f"{sheet_words(study, factor)[0]}: {listed(runs, _LISTED)}",
                    f"{source}, lines {', '.join(str(row.line) for row in changed)}",
                )
            )
    return findings


def _is_rewritten(planned: Cell, repeated: Cell) -> bool:
    """Return whether the sheet has another planned value than the plan."""
    if repeated is None or planned is None:
        return False
    if isinstance(planned, str) or isinstance(repeated, str):
        return planned != repeated
    return abs(repeated - planned) > _REWRITTEN * abs(planned)


def _not_measured(
    study: Study, plan: RunPlan, rows: Sequence[FilledRow], source: str
) -> list[Finding]:
    """Return a finding per factor that was not measured in runs that were made."""
    findings = []
    for factor in plan.factors:
        runs = [f"run {row.run}" for row in rows if row.is_made and row.measured[factor] is None]
        if runs:
            findings.append(
                found("P108", f"{sheet_words(study, factor)[0]}: {listed(runs, _LISTED)}", source)
            )
    return findings


def _without_tolerance(study: Study, plan: RunPlan) -> list[Finding]:
    """Return the finding that a tolerance was taken for granted."""
    names = [
        name
        for name in plan.factors
        if study.factors[name].tolerance is None and plan.frame[name].dtype.is_numeric()
    ]
    if not names:
        return []
    return [
        found(
            "P109",
            f"5 % of the planned value is taken for {', '.join(names)}",
            "study.toml, [factors]",
        )
    ]


DEFAULT_TOLERANCE: Final = Tolerance(fraction=0.05, written="5 %")
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
        "absolute_tolerance": pl.Float64,
        "planned_category": pl.String,
        "measured_category": pl.String,
        "is_within": pl.Boolean,
    },
)
"""A number stands in ``planned`` and ``measured``, a category in the two columns named so. Of
``tolerance`` (a fraction) and ``absolute_tolerance`` (in the factor's unit) one is given."""


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
    decimal: DecimalMark = ".",
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
    A measured value is within when it differs from the planned one by at most the tolerance: so
    much in its unit, or a fraction of the planned one; of zero, only zero is within a fraction. A
    category has to be the same.
    """
    rows = read_rows(study, plan, filled, lines, source, decimal)
    tolerances = {name: _tolerance(study, name) for name in plan.factors}
    compared: list[dict[str, object]] = []
    for run, settings in _to_make(plan):
        existing: list[FilledRow | None] = [row for row in rows if row.run == run and row.is_made]
        for row in existing or [None]:
            compared += _compared(run, settings, row, tolerances)
    planned_runs = set(plan.frame[RUN].to_list())
    for row in rows:
        if row.is_made and row.run not in planned_runs:
            compared += _compared(row.run, dict.fromkeys(plan.factors), row, tolerances)
    frame = DEVIATIONS.frame(compared)
    return Deviations(frame=frame, findings=deviation_findings(study, plan, rows, frame, source))


def _tolerance(study: Study, factor: str) -> Tolerance:
    """Return a factor's tolerance, or the one that is taken for granted."""
    return study.tolerance_of(factor) or DEFAULT_TOLERANCE


def _to_make(plan: RunPlan) -> list[tuple[int, dict[str, Cell]]]:
    """Return number and settings of the runs that the sheet asks for."""
    return [
        (row[RUN], {name: row[name] for name in plan.factors})
        for row in plan.frame.iter_rows(named=True)
        if row[PURPOSE] != "existing"
    ]


def _compared(
    run: int | None,
    settings: dict[str, Cell],
    row: FilledRow | None,
    tolerances: dict[str, Tolerance],
) -> list[dict[str, object]]:
    """Return one row per factor of a run, made or not."""
    compared = []
    for factor, planned in settings.items():
        measured = None if row is None else row.measured[factor]
        is_category = isinstance(planned, str) or isinstance(measured, str)
        values = (
            _categories(planned, measured)
            if is_category
            else _numbers(planned, measured, tolerances[factor])
        )
        place = {"run": run, "line": None if row is None else row.line, "factor": factor}
        compared.append(dict.fromkeys(DEVIATIONS.columns) | place | values)
    return compared


def _categories(planned: Cell, measured: Cell) -> dict[str, object]:
    """Compare two names."""
    is_known = planned is not None and measured is not None
    is_same = level_number(str(measured), {0: str(planned)}) is not None
    return {
        "planned_category": planned,
        "measured_category": measured,
        "is_within": is_same if is_known else None,
    }


def _numbers(planned: Cell, measured: Cell, tolerance: Tolerance) -> dict[str, object]:
    """Compare two numbers."""
    values: dict[str, object] = {
        "planned": planned,
        "measured": measured,
        "tolerance": None if tolerance.absolute else tolerance.fraction,
        "absolute_tolerance": tolerance.absolute or None,
    }
    if not isinstance(planned, float | int) or not isinstance(measured, float | int):
        return values
    deviation = measured - planned
    allowed = float(tolerance.allowed(np.array(planned)))
    return values | {
        "deviation": deviation,
        "relative_deviation": deviation / abs(planned) if planned else None,
        "is_within": abs(deviation) <= allowed + _SLACK * abs(planned),
    }
