"""What every verb prints alike: findings, lines with paths, JSON."""

import json
from collections.abc import Mapping, Sequence
from typing import Final

import typer
from rich.console import Console
from rich.markup import escape

from electrodoe.errors import ElectrodeError
from electrodoe.findings import READING, Finding, Severity, has_errors

_COLORS: Final = {Severity.ERROR: "red", Severity.WARNING: "yellow", Severity.NOTE: "dim"}


def print_findings(findings: Sequence[Finding]) -> None:
    """Print findings as a list, gravest first."""
    console = Console(soft_wrap=True, highlight=False)
    for finding in findings:
        color = _COLORS[finding.severity]
        head = f"[{color}]{finding.code} {finding.severity}[/{color}]  [bold]{finding.title}[/bold]"
        console.print(f"{head}: {escape(finding.what)}")
        console.print(f"  [dim]where:[/dim] {escape(finding.where)}")
        console.print(f"  [dim]fix:[/dim]   {escape(finding.fix)}")
    console.print(f"\n{count_findings(findings)}" if findings else "no findings")


def print_reading(findings: Sequence[Finding]) -> None:
    """Print once what was taken as what in a table; nothing of a plain one."""
    for finding in findings:
        if finding.code in READING:
            lines().print(f"[dim]Table:[/dim] {escape(finding.what)}")


def lines() -> Console:
    """Return where sentences and paths are printed, as long as they are."""
    return Console(highlight=False, soft_wrap=True)


def print_errors(errors: Sequence[ElectrodeError]) -> None:
    """Print errors that stopped nothing but their own file."""
    for error in errors:
        typer.secho(str(error), err=True, fg="red")


def print_json(content: Mapping[str, object]) -> None:
    """Print an outcome for machines."""
    typer.echo(json.dumps(content, indent=2, ensure_ascii=False))


def status_of(findings: Sequence[Finding]) -> str:
    """Return the exit code in a word."""
    return "findings" if has_errors(findings) else "done"


def finding_rows(findings: Sequence[Finding]) -> list[dict[str, str]]:
    """Return findings as JSON values."""
    return [finding.to_row() for finding in findings]


def count_findings(findings: Sequence[Finding]) -> str:
    """Return how many findings there are of each severity, in words."""
    counts = {each: sum(found.severity is each for found in findings) for each in Severity}
    reported = [
        f"{count} {each}{'' if count == 1 else 's'}" for each, count in counts.items() if count
    ]
    return ", ".join(reported) or "no findings"
