"""``electrodoe adhesion``: from pull-off curves to adhesion strength, without a study."""

from pathlib import Path
from typing import Annotated

import typer

_TABLE_4_AREA_MM2 = 50.26


def adhesion(
    files: Annotated[
        list[Path], typer.Argument(help="Files, folders or patterns.", metavar="FILES")
    ],
    *,
    out: Annotated[
        Path | None,
        typer.Option(
            help="Write file, adhesion_strength_kpa, peak_force_n, flags to this CSV.",
            metavar="FILE.csv",
            show_default=False,
        ),
    ] = None,
    area_mm2: Annotated[
        float, typer.Option(help="Area of the specimen under the stamp.", min=1e-3, max=1e6)
    ] = _TABLE_4_AREA_MM2,
    tension: Annotated[
        str,
        typer.Option(help="Sign of the force while it pulls: auto, positive or negative."),
    ] = "auto",
) -> None:
    """Read adhesion strength from pull-off curves of a testing machine.

    Zero and drift of the load cell are taken off, the peak is read with its interval, and odd
    curves are flagged. A file that cannot be read is told in three lines; the others are done all
    the same, and the exit code is 2. It is 1 where a curve has no strength to be used.
    """
    from electrodoe.cli.adhesion_outcome import adhesion_protocol, print_adhesion
    from electrodoe.findings import has_errors
    from electrodoe.workflow.one_instrument.adhesion import measure_adhesion

    outcome = measure_adhesion(files, adhesion_protocol(area_mm2, tension), out)
    print_adhesion(outcome, out)
    raise typer.Exit(2 if outcome.errors else 1 if has_errors(outcome.findings) else 0)
