"""A plan and a filled run sheet, as words for people and as JSON."""

import json
from pathlib import Path

import typer
from rich.console import Console
from rich.markup import escape

from electrodoe.cli.findings import finding_rows, print_findings, status_of
from electrodoe.cli.plan_words import print_judgement, print_places, print_runs
from electrodoe.errors import StudyError
from electrodoe.findings import has_errors
from electrodoe.report.plan_tables import run_table
from electrodoe.study import PlanRequest, Study, declare_study
from electrodoe.workflow.planning import PlanOutcome, plan_study
from electrodoe.workflow.sheet_import import import_sheet


def with_runs(study: Study, runs: int | None) -> Study:
    """Return a study that asks for another number of runs.

    Raises
    ------
    StudyError
        If its plan contradicts that number.
    """
    if runs is None:
        return study
    request = (study.plan or PlanRequest(runs=runs)).model_dump(mode="json", exclude_unset=True)
    declared = study.model_dump(mode="json", exclude_none=True, exclude_unset=True)
    try:
        return declare_study({**declared, "plan": {**request, "runs": runs}}, "option --runs")
    except StudyError as error:
        raise StudyError(error.what, "option --runs", error.fix) from error


def show_plan(study: Study, folder: Path, *, as_json: bool) -> None:
    """Plan, write and show; leaves with the exit code of its findings."""
    if as_json:
        outcome = plan_study(study, folder)
        account = json.loads((outcome.folder / "plan.json").read_text())
        content = {
            "status": status_of(outcome.findings),
            "results": str(outcome.folder),
            "files": list(outcome.files),
            "plan": account,
            "findings": finding_rows(outcome.findings),
        }
        typer.echo(json.dumps(content, indent=2, ensure_ascii=False))
    else:
        with Console(stderr=True).status("searching for the best plan"):
            outcome = plan_study(study, folder)
        _print_plan(study, outcome)
    raise typer.Exit(1 if has_errors(outcome.findings) else 0)


def _print_plan(study: Study, outcome: PlanOutcome) -> None:
    """Print the runs, the sentences, the criteria and where everything lies."""
    lines = Console(highlight=False, soft_wrap=True)
    print_runs(run_table(study, outcome.planned.plan, outcome.derived.frame.select("run")))
    lines.print(f"\n{escape(outcome.order)}")
    print_judgement(outcome.sentences, outcome.judged, outcome.factorial)
    for finding in outcome.findings:
        lines.print(f"[dim]{finding.code} {escape(finding.what)}; {escape(finding.fix)}[/dim]")
    print_places(outcome.folder, {"Run sheet": "run_sheet.xlsx", "Page": "plan.html"})


def show_deviations(study: Study, folder: Path, sheet: Path, *, as_json: bool) -> None:
    """Compare a filled run sheet with its plan; leaves with the exit code of its findings."""
    found = import_sheet(study, folder, sheet)
    if as_json:
        content = {
            "status": status_of(found.findings),
            "deviations": found.frame.to_dicts(),
            "findings": finding_rows(found.findings),
        }
        typer.echo(json.dumps(content, indent=2, ensure_ascii=False))
    else:
        print_findings(found.findings)
        n_within = int(found.frame["is_within"].sum())
        written = folder / "results" / "plan_deviations.csv"
        lines = Console(highlight=False, soft_wrap=True)
        lines.print(f"\n{n_within} of {found.frame.height} settings within tolerance")
        lines.print(f"Listed in [bold]{escape(str(written))}[/bold]")
    raise typer.Exit(1 if has_errors(found.findings) else 0)
