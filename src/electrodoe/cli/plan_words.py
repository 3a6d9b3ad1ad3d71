"""A plan at the terminal, ours or a person's: runs, sentences, criteria, places."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Final

from rich.console import Console
from rich.markup import escape
from rich.table import Table

from electrodoe.report.plan_sentences import NamedEvaluation, evaluation_notes
from electrodoe.report.plan_tables import criteria_table
from electrodoe.report.table import Table as PageTable

_N_SHOWN: Final = 40


def print_runs(table: PageTable) -> None:
    """Print the first runs, and how many more there are."""
    _print_table(Console(highlight=False), table, _N_SHOWN)


def print_judgement(
    sentences: Sequence[str], judged: NamedEvaluation, beside: NamedEvaluation | None
) -> None:
    """Print what a plan is, its criteria beside another plan's, and what to know about them."""
    console, lines = Console(highlight=False), Console(highlight=False, soft_wrap=True)
    lines.print()
    for sentence in sentences:
        lines.print(escape(sentence))
    lines.print()
    table = criteria_table(judged, beside)
    short = PageTable(
        caption="", columns=table.columns[:-1], rows=tuple(row[:-1] for row in table.rows)
    )
    _print_table(console, short, len(short.rows))
    for note in evaluation_notes(judged, beside):
        lines.print(f"[dim]{escape(note)}[/dim]")


def print_places(folder: Path, files: Mapping[str, str]) -> None:
    """Print where products lie, by what they are called."""
    lines = Console(highlight=False, soft_wrap=True)
    width = max(map(len, files)) + 1
    lines.print()
    for words, file in files.items():
        lines.print(f"{words + ':':<{width}} [bold]{escape(str(folder / file))}[/bold]")


def _print_table(console: Console, table: PageTable, n_shown: int) -> None:
    """Print a table of the page in the terminal."""
    printed = Table(box=None)
    for column in table.columns:
        printed.add_column(escape(column.title), justify="right" if column.is_number else "left")
    for index, row in enumerate(table.rows[:n_shown]):
        printed.add_row(*map(escape, row), style="red" if index in table.strong_rows else None)
    console.print(printed)
    if len(table.rows) > n_shown:
        console.print(f"[dim]and {len(table.rows) - n_shown} more[/dim]")
