"""``electrodoe run``: a declared study, from its table to the report."""

from contextlib import nullcontext
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from electrodoe.cli.options import (
    INTERRUPTED,
    EffortOption,
    EngineOption,
    ForceOption,
    JsonOption,
    SeedOption,
    StudyPath,
    WorkersOption,
    folder_of,
)

if TYPE_CHECKING:
    from rich.console import Console

    from electrodoe.study import Study
    from electrodoe.workflow.engines import Engine
    from electrodoe.workflow.runner import Outcome


def run(
    study: StudyPath,
    *,
    effort: EffortOption = None,
    seed: SeedOption = None,
    workers: WorkersOption = None,
    engine: EngineOption = "local",
    force: ForceOption = False,
    simulate: Annotated[
        bool,
        typer.Option(
            "--simulate", help="Let the virtual line play the plan first; its files are simulated."
        ),
    ] = False,
    as_json: JsonOption = False,
) -> None:
    """Run a study: condense, check, fit, judge, explain, verify, recommend, draw, report.

    Products are written to STUDY/results. A second run does only what has changed, and an
    interrupted run goes on where it stopped.
    """
    from electrodoe.study import read_study

    declared = read_study(study).with_settings(effort=effort, seed=seed)
    from electrodoe.workflow.engines import choose_engine

    folder = folder_of(study)
    chosen = choose_engine(engine, workers)
    if simulate:
        from electrodoe.workflow.simulate import simulate_study

        simulate_study(declared, folder)
    run_and_show(declared, folder, chosen, is_forced=force, as_json=as_json)


def run_and_show(
    study: "Study", folder: Path, engine: "Engine", *, is_forced: bool, as_json: bool
) -> None:
    """Run a study and show it; leaves with 1 where a finding is an error, 130 after Ctrl-C."""
    from electrodoe.cli.printing import print_json
    from electrodoe.cli.progress import TerminalObserver
    from electrodoe.findings import has_errors
    from electrodoe.workflow.run import Silence
    from electrodoe.workflow.runner import run_study

    try:
        with nullcontext(Silence()) if as_json else TerminalObserver() as observer:
            outcome = run_study(study, folder, engine, observer=observer, is_forced=is_forced)
    except KeyboardInterrupt:
        typer.echo("interrupted; finished parts are kept, the same command goes on", err=True)
        raise typer.Exit(INTERRUPTED) from None
    if as_json:
        print_json(_content(outcome))
    else:
        _print(outcome)
    raise typer.Exit(1 if has_errors(outcome.findings) else 0)


def _print(outcome: "Outcome") -> None:
    """Print how the table was read, findings of severity error, all counted, and the report."""
    from rich.markup import escape

    from electrodoe.cli.printing import count_findings, lines, print_findings, print_reading
    from electrodoe.findings import Severity

    console = lines()
    grave = [finding for finding in outcome.findings if finding.severity is Severity.ERROR]
    print_reading(outcome.findings)
    if grave:
        print_findings(grave)
    listed = escape(str(outcome.folder / "findings.csv"))
    _print_screened(console, outcome)
    _print_recommendation(console, outcome)
    console.print(f"\nFindings: {count_findings(outcome.findings)}; listed in {listed}")
    console.print(f"Report:   [bold]{escape(str(outcome.report))}[/bold]")


def _print_screened(console: "Console", outcome: "Outcome") -> None:
    """Print which effects of a screening design are active, a line per response."""
    from rich.markup import escape

    if outcome.screened:
        console.print("\nScreening")
    for sentence in outcome.screened:
        console.print(f"  {escape(sentence)}")


def _print_recommendation(console: "Console", outcome: "Outcome") -> None:
    """Print what to set and expect, or why nothing is recommended; nothing without goals."""
    from rich.markup import escape

    from electrodoe.optimize import Recommendation, Refusal
    from electrodoe.workflow.recommending.files import RECOMMENDATION_PAGE

    match outcome.recommendation:
        case Recommendation() as recommendation:
            console.print(escape("\n" + "\n".join(recommendation.answer)))
            page = escape(str(outcome.folder / RECOMMENDATION_PAGE))
            console.print(f"More on it:  [bold]{page}[/bold]")
        case Refusal() as refusal:
            console.print(f"\nNothing is recommended: {escape(refusal.what)}")
            console.print(f"  where: {escape(refusal.where)}\n  fix:   {escape(refusal.fix)}")


def _content(outcome: "Outcome") -> dict[str, object]:
    """Return an outcome as JSON values; the recommendation as where its page is."""
    from electrodoe.cli.printing import finding_rows, status_of
    from electrodoe.optimize import Recommendation
    from electrodoe.workflow.recommending.files import RECOMMENDATION_PAGE

    has_page = isinstance(outcome.recommendation, Recommendation)
    return {
        "status": status_of(outcome.findings),
        "results": str(outcome.folder),
        "report": str(outcome.report),
        "recommendation": str(outcome.folder / RECOMMENDATION_PAGE) if has_page else None,
        "screened": list(outcome.screened),
        "seconds": {name: round(value, 2) for name, value in outcome.seconds.items()},
        "fresh": list(outcome.fresh),
        "findings": finding_rows(outcome.findings),
    }
