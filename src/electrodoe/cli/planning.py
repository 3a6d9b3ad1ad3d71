"""A plan, a judged table and a filled run sheet, as words for people and as JSON."""

import json
from pathlib import Path

import typer
from rich.console import Console
from rich.markup import escape
from rich.table import Table

from electrodoe.cli.findings import finding_rows, print_findings, status_of
from electrodoe.design.evaluation import PlanEvaluation
from electrodoe.errors import StudyError
from electrodoe.findings import has_errors
from electrodoe.report.plan_sentences import plan_sentences
from electrodoe.report.plan_tables import criteria_table, run_table
from electrodoe.report.table import Table as PageTable
from electrodoe.study import PlanRequest, Study, declare_study
from electrodoe.workflow.judged_plan import import_sheet, judge_table
from electrodoe.workflow.planning import PlanOutcome, plan_study

_N_SHOWN = 40


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
    console = Console(highlight=False)
    plan = outcome.planned.plan
    none = outcome.derived.frame.select("run")
    _print_table(console, run_table(study, plan, none), _N_SHOWN)
    lines = Console(highlight=False, soft_wrap=True)
    lines.print(f"\n{escape(outcome.order)}\n")
    sentences = plan_sentences(study, outcome.planned, outcome.evaluation, outcome.factorial)
    for sentence in sentences:
        lines.print(escape(sentence))
    console.print()
    _print_criteria(console, outcome.evaluation, outcome.factorial)
    for finding in outcome.findings:
        lines.print(f"[dim]{finding.code} {escape(finding.what)}; {escape(finding.fix)}[/dim]")
    lines.print(f"\nRun sheet: [bold]{escape(str(outcome.folder / 'run_sheet.xlsx'))}[/bold]")
    lines.print(f"Page:      [bold]{escape(str(outcome.folder / 'plan.html'))}[/bold]")


def show_judged(study: Study, folder: Path, table: Path, *, as_json: bool) -> None:
    """Judge a table and show what it is worth; leaves with 1 where runs break a limit."""
    judged = judge_table(study, folder, table)
    if as_json:
        account = json.loads((judged.folder / "plan_evaluation.json").read_text())
        content = {
            "status": "findings" if judged.n_infeasible else "done",
            "results": str(judged.folder),
            "runs_outside": judged.n_infeasible,
            "evaluation": account,
        }
        typer.echo(json.dumps(content, indent=2, ensure_ascii=False))
    else:
        console = Console(highlight=False)
        found = judged.evaluation
        console.print(
            f"{found.n_runs} runs, {found.n_distinct} distinct, {found.n_terms} terms;"
            f" {found.pure_error_degrees_of_freedom} degrees of freedom for pure error,"
            f" {found.lack_of_fit_degrees_of_freedom} for lack of fit\n"
        )
        _print_criteria(console, found, None)
        for note in found.notes:
            console.print(f"[dim]{escape(note)}[/dim]")
        if judged.n_infeasible:
            console.print(f"\n[red]{judged.n_infeasible} runs lie outside the region[/red]")
        where = escape(str(judged.folder / "plan_evaluation.json"))
        Console(highlight=False, soft_wrap=True).print(f"\nAccount: [bold]{where}[/bold]")
    raise typer.Exit(1 if judged.n_infeasible else 0)


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


def _print_criteria(
    console: Console, evaluation: PlanEvaluation, factorial: PlanEvaluation | None
) -> None:
    """Print the criteria without their definitions."""
    table = criteria_table(evaluation, factorial)
    short = PageTable(
        caption="", columns=table.columns[:-1], rows=tuple(row[:-1] for row in table.rows)
    )
    _print_table(console, short, len(short.rows))


def _print_table(console: Console, table: PageTable, n_shown: int) -> None:
    """Print a table of the page in the terminal."""
    printed = Table(box=None)
    for column in table.columns:
        printed.add_column(column.title, justify="right" if column.is_number else "left")
    for row in table.rows[:n_shown]:
        printed.add_row(*map(escape, row))
    console.print(printed)
    if len(table.rows) > n_shown:
        console.print(f"[dim]and {len(table.rows) - n_shown} more[/dim]")
