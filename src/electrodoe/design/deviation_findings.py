"""What is odd about a filled run sheet: P101 to P109."""

from collections.abc import Sequence
from typing import Final

import polars as pl

from electrodoe.design.filled_sheet import Cell, FilledRow
from electrodoe.design.making_order import order_findings
from electrodoe.design.run_plan import PURPOSE, RUN, RunPlan
from electrodoe.design.sheet_columns import is_share, sheet_words
from electrodoe.findings import Finding, Severity, sort_findings
from electrodoe.quantities import unit_of
from electrodoe.study import Study

_REWRITTEN: Final = 1e-3
"""Of the planned value: the sheet repeats it rounded."""
_LISTED: Final = 12


def deviation_findings(
    study: Study,
    plan: RunPlan,
    rows: Sequence[FilledRow],
    compared: pl.DataFrame,
    source: str,
) -> tuple[Finding, ...]:
    """Return what is odd about a filled run sheet, gravest first.

    Parameters
    ----------
    study, plan : Study and RunPlan
        What the sheet was made from.
    rows : sequence of FilledRow
        The sheet.
    compared : polars.DataFrame
        Planned and measured values, by the schema ``DEVIATIONS``.
    source : str
        The file, for messages.

    Returns
    -------
    tuple of Finding
        P101 to P109.
    """
    return sort_findings(
        [
            *_not_made(plan, rows, source),
            *_made_more_than_once(plan, rows, source),
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
    made = {row.run for row in rows if row.is_made}
    to_make = plan.frame.filter(pl.col(PURPOSE).ne_missing("made"))[RUN].to_list()
    missing = [f"run {run}" for run in to_make if run not in made]
    if not missing:
        return []
    return [
        Finding(
            code="P101",
            severity=Severity.WARNING,
            title="Runs not made",
            what=f"{len(missing)} of {len(to_make)}: {_listed(missing)}",
            where=source,
            fix="make them, or judge what is left of the plan with 'electrodoe plan --evaluate'",
        )
    ]


def _made_more_than_once(plan: RunPlan, rows: Sequence[FilledRow], source: str) -> list[Finding]:
    """Return a finding per run with several filled rows."""
    findings = []
    for run in plan.frame[RUN].to_list():
        lines = [str(row.line) for row in rows if row.run == run and row.is_made]
        if len(lines) > 1:
            findings.append(
                Finding(
                    code="P102",
                    severity=Severity.WARNING,
                    title="Run made more than once",
                    what=f"run {run} is filled in {len(lines)} times; all are kept",
                    where=f"{source}, lines {', '.join(lines)}",
                    fix="leave it if the run was repeated; correct the number if it was not",
                )
            )
    return findings


def _unknown(plan: RunPlan, rows: Sequence[FilledRow], source: str) -> list[Finding]:
    """Return a finding per filled row that belongs to no planned run."""
    known = set(plan.frame[RUN].to_list())
    return [
        Finding(
            code="P103",
            severity=Severity.ERROR,
            title="Unknown run",
            what="a filled row without a run's number"
            if row.run is None
            else f"run {row.run}, where the plan has {min(known)} to {max(known)}",
            where=f"{source}, line {row.line}",
            fix="correct the run's number",
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
        tolerance = outside["tolerance"][0]
        limit = "another category" if tolerance is None else f"beyond {100 * tolerance:g} %"
        findings.append(
            Finding(
                code="P104",
                severity=Severity.WARNING,
                title="Beyond the tolerance",
                what=f"{sheet_words(study, name)[0]}, {limit}: {_listed(shown)}",
                where=f"{source}, lines {', '.join(str(line) for line in outside['line'])}",
                fix="check the cells; model with the measured values, not with the planned ones",
            )
        )
    return findings


def _deviation(factor: str, row: dict[str, object]) -> str:
    """Return one deviation in words."""
    if row["planned"] is None:
        return f"run {row['run']} ({row['measured_category']} for {row['planned_category']})"
    scale, unit = (100.0, "%") if is_share(factor) else (1.0, unit_of(factor))
    measured, planned = (scale * float(str(row[name])) for name in ("measured", "planned"))
    relative = row["relative_deviation"]
    share = "" if relative is None else f", {100 * float(str(relative)):+.1f} %".replace("-", "−")
    return f"run {row['run']} ({measured:.4g} for {f'{planned:.4g} {unit}'.strip()}{share})"


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
                Finding(
                    code="P105",
                    severity=Severity.ERROR,
                    title="Settings are not those of the plan",
                    what=f"{sheet_words(study, factor)[0]}: {_listed(runs)}",
                    where=f"{source}, lines {', '.join(str(row.line) for row in changed)}",
                    fix="import the sheet of this plan; write what was set as measured",
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
                Finding(
                    code="P108",
                    severity=Severity.WARNING,
                    title="Factor not measured",
                    what=f"{sheet_words(study, factor)[0]}: {_listed(runs)}",
                    where=source,
                    fix="fill in what was measured; a planned value is not a measured one",
                )
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
        Finding(
            code="P109",
            severity=Severity.REMARK,
            title="Tolerance not declared",
            what=f"5 % of the planned value is taken for {', '.join(names)}",
            where="study.toml, [factors]",
            fix="declare 'tolerance' for each of them",
        )
    ]


def _listed(names: Sequence[str]) -> str:
    """Return names as a list in words, cut after some."""
    shown = ", ".join(names[:_LISTED])
    return f"{shown} and {len(names) - _LISTED} more" if len(names) > _LISTED else shown
