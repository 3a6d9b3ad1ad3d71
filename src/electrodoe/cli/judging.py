"""A plan from a table, judged: as words for people and as JSON."""

import json
from pathlib import Path

import typer
from rich.console import Console
from rich.markup import escape

from electrodoe.cli.plan_words import print_judgement, print_places, print_runs
from electrodoe.report.plan_tables import run_table
from electrodoe.study import Study
from electrodoe.workflow.judged_plan import JudgedTable, judge_table

_N_REASONS = 12


def show_judged(
    study: Study, folder: Path, table: Path, beside: Path | None, *, as_json: bool
) -> None:
    """Judge a table and show what it is worth; leaves with 1 where runs are not allowed."""
    if as_json:
        judged = judge_table(study, folder, table, beside)
        typer.echo(json.dumps(_content(judged), indent=2, ensure_ascii=False))
    else:
        with Console(stderr=True).status("judging the plan"):
            judged = judge_table(study, folder, table, beside)
        _print_judged(study, judged)
    raise typer.Exit(1 if judged.n_misplaced else 0)


def _content(judged: JudgedTable) -> dict[str, object]:
    """Return a judged table as JSON values."""
    return {
        "status": "findings" if judged.n_misplaced else "done",
        "results": str(judged.folder),
        "files": list(judged.files),
        "runs_outside": judged.n_misplaced,
        "evaluation": json.loads((judged.folder / "plan_evaluation.json").read_bytes()),
    }


def _print_judged(study: Study, judged: JudgedTable) -> None:
    """Print the runs, which of them are not allowed, the judgement and where everything lies."""
    brought, lines = judged.brought, Console(highlight=False, soft_wrap=True)
    none = brought.plan.frame.select("run")
    print_runs(run_table(study, brought.plan, none, misplaced=frozenset(brought.misplaced["run"])))
    if judged.about_runs:
        lines.print()
    for sentence in judged.about_runs:
        lines.print(escape(sentence))
    for run, reason in brought.misplaced.head(_N_REASONS).iter_rows():
        lines.print(f"  [red]run {run}[/red]  {escape(reason)}")
    if (more := brought.misplaced.height - _N_REASONS) > 0:
        lines.print(f"  [dim]and {more} more; all stand on the page[/dim]")
    print_judgement(judged.sentences, brought.judged, judged.beside)
    places = {"Page": "plan_evaluation.html", "Account": "plan_evaluation.json"}
    print_places(judged.folder, places)
