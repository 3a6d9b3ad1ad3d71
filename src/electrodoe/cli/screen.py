"""``electrodoe screen``: which of many parameters to plan with."""

from typing import TYPE_CHECKING

import typer

from electrodoe.cli.options import JsonOption, StudyPath, folder_of

if TYPE_CHECKING:
    from electrodoe.workflow.screening import ScreeningOutcome


def screen(study: StudyPath, *, as_json: JsonOption = False) -> None:
    """Rank candidate parameters and drop those that follow from others.

    Candidates stand in study.toml as [parameters.NAME]. The table, the portfolio and a page that
    gives every reason are written to STUDY/results.
    """
    from electrodoe.cli.printing import print_json
    from electrodoe.findings import has_errors
    from electrodoe.study import read_study
    from electrodoe.workflow.screening import screen_study

    outcome = screen_study(read_study(study), folder_of(study))
    if as_json:
        print_json(_content(outcome))
    else:
        _print(outcome)
    raise typer.Exit(1 if has_errors(outcome.screening.findings) else 0)


def _print(outcome: "ScreeningOutcome") -> None:
    """Print the ranking, why parameters go, the selection, the findings, and the page's path."""
    from rich.console import Console
    from rich.markup import escape
    from rich.table import Table

    from electrodoe.cli.printing import lines, print_findings
    from electrodoe.report.screening_page import rank_words, score_words

    console = Console(highlight=False)
    screening = outcome.screening
    ranking = Table("Rank", "Parameter", "Importance", "Complexity", "Role", box=None)
    for row in screening.table.iter_rows(named=True):
        placed = f"({row['process']})"
        name = row["label"] if placed in row["label"] else f"{row['label']} {placed}"
        importance = score_words(row["importance"])
        if row["sources_disagree"]:
            importance += ", sources disagree"
        words = (rank_words(row), name, importance, row["complexity_level"], row["role"])
        ranking.add_row(*map(escape, words))
    console.print(ranking)
    console.print("\n= marks a shared rank", style="dim")
    page = lines()
    for label, role, reason in screening.table.select("label", "role", "reason").iter_rows():
        if role in {"eliminated", "stand-in"}:
            page.print(f"\n[bold]{escape(label)}[/bold], {role}: {escape(reason)}")
    page.print(f"\n[bold]{escape(screening.sentence)}[/bold]\n")
    print_findings(screening.findings)
    page.print(f"\nPage: [bold]{escape(str(outcome.folder / 'screening.html'))}[/bold]")


def _content(outcome: "ScreeningOutcome") -> dict[str, object]:
    """Return a screening as JSON values."""
    from electrodoe.cli.printing import status_of
    from electrodoe.workflow.screening import screening_content

    return {
        "status": status_of(outcome.screening.findings),
        "results": str(outcome.folder),
        "files": list(outcome.files),
        **screening_content(outcome.screening),
    }
