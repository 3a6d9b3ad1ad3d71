"""A screening, as words for people and as JSON for machines."""

import json

from rich.console import Console
from rich.markup import escape
from rich.table import Table

from electrodoe.cli.findings import print_findings, status_of
from electrodoe.report.screening_page import rank_words, score_words
from electrodoe.workflow.screening import ScreeningOutcome, screening_content


def print_screening(outcome: ScreeningOutcome) -> None:
    """Print the ranking, why parameters go, the selection, the findings, and the page's path."""
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
    lines = Console(highlight=False, soft_wrap=True)
    for label, role, reason in screening.table.select("label", "role", "reason").iter_rows():
        if role in {"eliminated", "stand-in"}:
            lines.print(f"\n[bold]{escape(label)}[/bold], {role}: {escape(reason)}")
    lines.print(f"\n[bold]{escape(screening.sentence)}[/bold]\n")
    print_findings(screening.findings)
    lines.print(f"\nPage: [bold]{escape(str(outcome.folder / 'screening.html'))}[/bold]")


def screening_json(outcome: ScreeningOutcome) -> str:
    """Return a screening as JSON."""
    content = {
        "status": status_of(outcome.screening.findings),
        "results": str(outcome.folder),
        "files": list(outcome.files),
        **screening_content(outcome.screening),
    }
    return json.dumps(content, indent=2, ensure_ascii=False)
