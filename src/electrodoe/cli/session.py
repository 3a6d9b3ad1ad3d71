"""A run at the terminal: engine, progress, outcome, exit code."""

from contextlib import nullcontext
from pathlib import Path

import typer

from electrodoe.cli.options import INTERRUPTED
from electrodoe.cli.progress import TerminalObserver
from electrodoe.findings import has_errors
from electrodoe.study import Study
from electrodoe.workflow.engines import Engine
from electrodoe.workflow.observer import Silence
from electrodoe.workflow.runner import run_study


def run_and_show(
    study: Study, folder: Path, engine: Engine, *, is_forced: bool, as_json: bool
) -> None:
    """Run a study, show what came out, and leave with its exit code.

    Parameters
    ----------
    study : Study
        The declaration.
    folder : Path
        The study's folder.
    engine : Engine
        Where the work is done.
    is_forced : bool
        Do everything again.
    as_json : bool
        Print JSON instead of words.

    Raises
    ------
    typer.Exit
        Always: 1 where a finding has the severity error, 130 after Ctrl-C, else 0.
    """
    try:
        with nullcontext(Silence()) if as_json else TerminalObserver() as observer:
            outcome = run_study(study, folder, engine, observer=observer, is_forced=is_forced)
    except KeyboardInterrupt:
        typer.echo("interrupted; finished parts are kept, the same command goes on", err=True)
        raise typer.Exit(INTERRUPTED) from None
    from electrodoe.cli.outcome import outcome_json, print_outcome

    if as_json:
        typer.echo(outcome_json(outcome))
    else:
        print_outcome(outcome)
    raise typer.Exit(1 if has_errors(outcome.findings) else 0)
