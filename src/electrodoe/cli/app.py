"""The command ``electrodoe``: its subcommands, and how an error leaves it."""

import json
import sys
from typing import Final

import typer

from electrodoe import __version__
from electrodoe.cli.adhesion import adhesion
from electrodoe.cli.analyze import analyze
from electrodoe.cli.capacity import capacity
from electrodoe.cli.check import check
from electrodoe.cli.condense import condense
from electrodoe.cli.figures import figures
from electrodoe.cli.impedance import impedance
from electrodoe.cli.new import new
from electrodoe.cli.plan import plan
from electrodoe.cli.predict import predict
from electrodoe.cli.recommend import recommend
from electrodoe.cli.report import report
from electrodoe.cli.run import run
from electrodoe.cli.screen import screen
from electrodoe.cli.simulate import simulate
from electrodoe.errors import ElectrodeError

CANNOT_GO_ON: Final = 2
"""Exit code of a refusal, as Click's for wrong usage; 1 is a run that found errors."""

app = typer.Typer(
    name="electrodoe",
    help=(
        "From a table of electrode measurements to a finished, honest report.\n\n"
        "Start with electrodoe new DIR, or try a table at once:"
        " electrodoe analyze TABLE --inputs a,b --responses y --group run."
    ),
    epilog="Exit codes: 0 done, 1 findings of severity error, 2 cannot go on.",
    no_args_is_help=True,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)
for command in (
    run,
    analyze,
    check,
    plan,
    screen,
    recommend,
    predict,
    simulate,
    condense,
    impedance,
    adhesion,
    capacity,
    figures,
    report,
    new,
):
    app.command()(command)


def _show_version(is_asked: bool) -> None:  # noqa: FBT001 - typer calls it with the flag's value
    """Print the version and leave."""
    if is_asked:
        typer.echo(f"electrodoe {__version__}")
        raise typer.Exit


@app.callback()
def _options(
    version: bool = typer.Option(  # noqa: FBT001 - a flag of the command line
        False,
        "--version",
        help="Print the version and leave.",
        callback=_show_version,
        is_eager=True,
    ),
) -> None:
    """Hold the options that stand before a subcommand."""


def main() -> None:
    """Run the command line; an error is reported in three lines and leaves with exit code 2."""
    try:
        app()
    except ElectrodeError as error:
        if "--json" in sys.argv:
            parts = {"what": error.what, "where": error.where, "fix": error.fix}
            typer.echo(json.dumps({"status": "error", **parts}, ensure_ascii=False, indent=2))
        else:
            typer.secho(str(error), err=True, fg="red")
        sys.exit(CANNOT_GO_ON)
