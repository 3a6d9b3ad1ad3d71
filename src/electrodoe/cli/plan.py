"""``electrodoe plan``: from declared factors to a run plan and its run sheet."""

import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Final

import typer

from electrodoe.cli.options import JsonOption, SeedOption, StudyPath, folder_of
from electrodoe.errors import WorkflowError

if TYPE_CHECKING:
    from electrodoe.report.plan_sentences import NamedEvaluation
    from electrodoe.report.table import Table
    from electrodoe.study import Study
    from electrodoe.workflow.evaluated_plan import EvaluatedPlan
    from electrodoe.workflow.planning import PlanOutcome

_N_RUNS: Final = 40
"""Rows of a plan that the terminal shows: chosen, about one screen."""
_N_REASONS: Final = 12
"""Runs, and reasons why runs are not allowed, that the terminal shows; the page has all."""


def plan(
    study: StudyPath,
    *,
    runs: Annotated[
        int | None,
        typer.Option(help="Number of runs; without it: the study's.", show_default=False, min=2),
    ] = None,
    seed: SeedOption = None,
    evaluate: Annotated[
        Path | None,
        typer.Option(
            help="Judge the plan in this table instead: one column per factor, from JMP,"
            " Design-Expert or by hand.",
            metavar="TABLE",
            show_default=False,
        ),
    ] = None,
    beside: Annotated[
        Path | None,
        typer.Option(
            help="With --evaluate: the table to compare it with; without it: the study's own"
            " plan, else the full factorial.",
            metavar="OTHER",
            show_default=False,
        ),
    ] = None,
    sheet: Annotated[
        Path | None,
        typer.Option(
            "--import",
            help="Read a filled run sheet back and report deviations from the plan.",
            metavar="SHEET",
            show_default=False,
        ),
    ] = None,
    as_json: JsonOption = False,
) -> None:
    """Plan the runs of a study, or judge a plan that exists.

    Factors stand in study.toml with region = [min, max] or levels = [...], the request as
    [plan] with runs = .... The plan, its account, a page and run sheets are written to
    STUDY/results. A plan that is evaluated changes none of them: its page is
    STUDY/results/plan_evaluation.html.
    """
    from electrodoe.study import read_study

    _require_one_task(evaluate, beside, sheet)
    declared = _with_runs(read_study(study).with_settings(seed=seed), runs)
    folder = folder_of(study)
    if evaluate is not None:
        _show_evaluated(declared, folder, evaluate, beside, as_json=as_json)
    elif sheet is not None:
        _show_deviations(declared, folder, sheet, as_json=as_json)
    else:
        _show_plan(declared, folder, as_json=as_json)


def _require_one_task(evaluate: Path | None, beside: Path | None, sheet: Path | None) -> None:
    """Raise where options ask for two tasks, or for half of one."""
    if beside is not None and evaluate is None:
        raise WorkflowError(
            "--beside compares with a plan that is evaluated, and none is given",
            where="option --beside",
            fix=f"name the table to judge: --evaluate TABLE --beside {beside}",
        )
    if evaluate is not None and sheet is not None:
        raise WorkflowError(
            "a plan is to be evaluated and a run sheet to be read at once",
            where="options --evaluate and --import",
            fix="give one of the two",
        )


def _with_runs(study: "Study", runs: int | None) -> "Study":
    """Return a study that asks for another number of runs, unless its plan contradicts that."""
    from electrodoe.errors import StudyError
    from electrodoe.study import PlanRequest, declare_study

    if runs is None:
        return study
    request = (study.plan or PlanRequest(runs=runs)).model_dump(mode="json", exclude_unset=True)
    declared = study.model_dump(mode="json", exclude_none=True, exclude_unset=True)
    try:
        return declare_study({**declared, "plan": {**request, "runs": runs}}, "option --runs")
    except StudyError as error:
        raise StudyError(error.what, "option --runs", error.fix) from error


def _show_plan(study: "Study", folder: Path, *, as_json: bool) -> None:
    """Plan, write and show; leaves with the exit code of its findings."""
    from rich.console import Console

    from electrodoe.cli.printing import finding_rows, print_json, status_of
    from electrodoe.findings import has_errors
    from electrodoe.workflow.planning import plan_study

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
        print_json(content)
    else:
        with Console(stderr=True).status("searching for the best plan"):
            outcome = plan_study(study, folder)
        _print_plan(study, outcome)
    raise typer.Exit(1 if has_errors(outcome.findings) else 0)


def _print_plan(study: "Study", outcome: "PlanOutcome") -> None:
    """Print the runs, the sentences, the criteria and where everything lies."""
    from rich.markup import escape

    from electrodoe.cli import printing
    from electrodoe.report.plan_tables import run_table

    lines = printing.lines()
    runs = run_table(study, outcome.planned.plan, outcome.derived.frame.select("run"))
    _print_table(runs, _N_RUNS)
    lines.print(f"\n{escape(outcome.order)}")
    _print_evaluation(outcome.sentences, outcome.evaluated, outcome.factorial)
    for finding in outcome.findings:
        lines.print(f"[dim]{finding.code} {escape(finding.what)}; {escape(finding.fix)}[/dim]")
    _print_places(outcome.folder, {"Run sheet": "run_sheet.xlsx", "Page": "plan.html"})


def _show_evaluated(
    study: "Study", folder: Path, table: Path, beside: Path | None, *, as_json: bool
) -> None:
    """Evaluate a table and show what it is worth; leaves with 1 where runs are not allowed."""
    from rich.console import Console

    from electrodoe.cli.printing import print_json
    from electrodoe.workflow.evaluated_plan import evaluate_table

    if as_json:
        evaluated = evaluate_table(study, folder, table, beside)
        print_json(_content(evaluated))
    else:
        with Console(stderr=True).status("evaluating the plan"):
            evaluated = evaluate_table(study, folder, table, beside)
        _print_evaluated(study, evaluated)
    raise typer.Exit(1 if evaluated.n_misplaced else 0)


def _content(evaluated: "EvaluatedPlan") -> dict[str, object]:
    """Return an evaluated table as JSON values."""
    return {
        "status": "findings" if evaluated.n_misplaced else "done",
        "results": str(evaluated.folder),
        "files": list(evaluated.files),
        "runs_outside": evaluated.n_misplaced,
        "evaluation": json.loads((evaluated.folder / "plan_evaluation.json").read_bytes()),
    }


def _print_evaluated(study: "Study", evaluated: "EvaluatedPlan") -> None:
    """Print the runs, which of them are not allowed, the criteria and where everything lies."""
    from rich.markup import escape

    from electrodoe.cli import printing
    from electrodoe.report.plan_tables import run_table

    imported, lines = evaluated.imported, printing.lines()
    none = imported.plan.frame.select("run")
    misplaced = frozenset(imported.misplaced["run"])
    _print_table(run_table(study, imported.plan, none, misplaced=misplaced), _N_RUNS)
    if evaluated.about_runs:
        lines.print()
    for sentence in evaluated.about_runs:
        lines.print(escape(sentence))
    for run, reason in imported.misplaced.head(_N_REASONS).iter_rows():
        lines.print(f"  [red]run {run}[/red]  {escape(reason)}")
    if (more := imported.misplaced.height - _N_REASONS) > 0:
        lines.print(f"  [dim]and {more} more; all stand on the page[/dim]")
    _print_evaluation(evaluated.sentences, imported.evaluated, evaluated.beside)
    places = {"Page": "plan_evaluation.html", "Summary": "plan_evaluation.json"}
    _print_places(evaluated.folder, places)


def _show_deviations(study: "Study", folder: Path, sheet: Path, *, as_json: bool) -> None:
    """Compare a filled run sheet with its plan; leaves with the exit code of its findings."""
    from rich.markup import escape

    from electrodoe.cli import printing
    from electrodoe.findings import has_errors
    from electrodoe.workflow.run_folder import RESULTS
    from electrodoe.workflow.run_tables import DEVIATIONS_FILE, import_sheet

    found = import_sheet(study, folder, sheet)
    if as_json:
        content = {
            "status": printing.status_of(found.findings),
            "deviations": found.frame.to_dicts(),
            "findings": printing.finding_rows(found.findings),
        }
        printing.print_json(content)
    else:
        printing.print_findings(found.findings)
        n_within = int(found.frame["is_within"].sum())
        written = folder / RESULTS / DEVIATIONS_FILE
        lines = printing.lines()
        lines.print(f"\n{n_within} of {found.frame.height} settings within tolerance")
        lines.print(f"Listed in [bold]{escape(str(written))}[/bold]")
    raise typer.Exit(1 if has_errors(found.findings) else 0)


def _print_evaluation(
    sentences: Sequence[str], evaluated: "NamedEvaluation", beside: "NamedEvaluation | None"
) -> None:
    """Print what a plan is, its criteria beside another plan's, and what to know about them."""
    from rich.markup import escape

    from electrodoe.cli import printing
    from electrodoe.report.plan_sentences import evaluation_notes
    from electrodoe.report.plan_tables import criteria_table
    from electrodoe.report.table import Table

    lines = printing.lines()
    lines.print()
    for sentence in sentences:
        lines.print(escape(sentence))
    lines.print()
    table = criteria_table(evaluated, beside)
    rows = tuple(row[:-1] for row in table.rows)
    _print_table(Table(caption="", columns=table.columns[:-1], rows=rows), len(rows))
    for note in evaluation_notes(evaluated, beside):
        lines.print(f"[dim]{escape(note)}[/dim]")


def _print_places(folder: Path, files: Mapping[str, str]) -> None:
    """Print where products lie, by what they are called."""
    from rich.markup import escape

    from electrodoe.cli import printing

    lines = printing.lines()
    width = max(map(len, files)) + 1
    lines.print()
    for words, file in files.items():
        lines.print(f"{words + ':':<{width}} [bold]{escape(str(folder / file))}[/bold]")


def _print_table(table: "Table", n_shown: int) -> None:
    """Print the first rows of a page's table, and how many more there are."""
    from rich import table as rich_table
    from rich.console import Console
    from rich.markup import escape

    console, printed = Console(highlight=False), rich_table.Table(box=None)
    for column in table.columns:
        printed.add_column(escape(column.title), justify="right" if column.is_number else "left")
    for index, row in enumerate(table.rows[:n_shown]):
        printed.add_row(*map(escape, row), style="red" if index in table.strong_rows else None)
    console.print(printed)
    if len(table.rows) > n_shown:
        console.print(f"[dim]and {len(table.rows) - n_shown} more[/dim]")
