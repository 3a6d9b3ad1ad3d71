"""What a run has left behind, as words for people and as JSON for machines."""

import json

from rich.console import Console
from rich.markup import escape

from electrodoe.cli.findings import count_findings, finding_rows, print_findings, status_of
from electrodoe.findings import Severity
from electrodoe.workflow.runner import Outcome


def print_outcome(outcome: Outcome) -> None:
    """Print the findings of severity error, the count of all, and the report's path."""
    console = Console(soft_wrap=True, highlight=False)
    grave = [finding for finding in outcome.findings if finding.severity is Severity.ERROR]
    if grave:
        print_findings(grave)
    listed = escape(str(outcome.folder / "findings.csv"))
    console.print(f"\nFindings: {count_findings(outcome.findings)}; listed in {listed}")
    console.print(f"Report:   [bold]{escape(str(outcome.report))}[/bold]")


def outcome_json(outcome: Outcome) -> str:
    """Return an outcome as JSON."""
    content = {
        "status": status_of(outcome.findings),
        "results": str(outcome.folder),
        "report": str(outcome.report),
        "seconds": {name: round(value, 2) for name, value in outcome.seconds.items()},
        "fresh": list(outcome.fresh),
        "findings": finding_rows(outcome.findings),
    }
    return json.dumps(content, indent=2, ensure_ascii=False)
