"""What a run has left behind, as words for people and as JSON for machines."""

import json

from rich.console import Console
from rich.markup import escape

from electrodoe.cli.findings import count_findings, finding_rows, print_findings, status_of
from electrodoe.findings import Severity
from electrodoe.optimize import Recommendation, Refusal
from electrodoe.workflow.recommending.files import RECOMMENDATION_PAGE
from electrodoe.workflow.runner import Outcome


def print_outcome(outcome: Outcome) -> None:
    """Print the findings of severity error, the count of all, and the report's path."""
    console = Console(soft_wrap=True, highlight=False)
    grave = [finding for finding in outcome.findings if finding.severity is Severity.ERROR]
    if grave:
        print_findings(grave)
    listed = escape(str(outcome.folder / "findings.csv"))
    _print_recommendation(console, outcome)
    console.print(f"\nFindings: {count_findings(outcome.findings)}; listed in {listed}")
    console.print(f"Report:   [bold]{escape(str(outcome.report))}[/bold]")


def _print_recommendation(console: Console, outcome: Outcome) -> None:
    """Print what to set and expect, or why nothing is recommended; nothing without goals."""
    match outcome.recommendation:
        case Recommendation() as told:
            console.print(f"\n{escape(told.summary[0])}")
            page = escape(str(outcome.folder / RECOMMENDATION_PAGE))
            console.print(f"Window, next runs, what is not known: [bold]{page}[/bold]")
        case Refusal() as refusal:
            console.print(f"\nNothing is recommended: {escape(refusal.what)}")
            console.print(f"  where: {escape(refusal.where)}\n  fix:   {escape(refusal.fix)}")


def outcome_json(outcome: Outcome) -> str:
    """Return an outcome as JSON."""
    content = {
        "status": status_of(outcome.findings),
        "results": str(outcome.folder),
        "report": str(outcome.report),
        "recommendation": _page(outcome),
        "seconds": {name: round(value, 2) for name, value in outcome.seconds.items()},
        "fresh": list(outcome.fresh),
        "findings": finding_rows(outcome.findings),
    }
    return json.dumps(content, indent=2, ensure_ascii=False)


def _page(outcome: Outcome) -> str | None:
    """Return where the recommendation is, or None where there is none."""
    has_page = isinstance(outcome.recommendation, Recommendation)
    return str(outcome.folder / RECOMMENDATION_PAGE) if has_page else None
