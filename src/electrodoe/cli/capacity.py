"""``electrodoe capacity``: capacities of cycler files, cycle by cycle."""

from pathlib import Path
from typing import Annotated

import typer


def capacity(
    files: Annotated[
        list[Path],
        typer.Argument(help="Cycler files, or folders of them.", metavar="FILES..."),
    ],
    *,
    out: Annotated[
        Path | None,
        typer.Option(help="Write the cycles to this CSV.", metavar="FILE.csv", show_default=False),
    ] = None,
    nominal_capacity_mah: Annotated[
        float | None,
        typer.Option(
            help="What 1C empties in an hour; without it: by the slowest discharge.",
            show_default=False,
        ),
    ] = None,
    half_cell_anode: Annotated[
        bool, typer.Option("--half-cell-anode", help="Anodes against lithium: lithiation charges.")
    ] = False,
) -> None:
    """Integrate charge and discharge of every cycle, and name its rate.

    BaSyTec, BioLogic, Arbin, Maccor, Neware and Battery Data Format files are known by their
    content. The CSV has the columns file, cycle, c_rate, discharge_capacity_mah,
    charge_capacity_mah, flags. A file that cannot be read is told, the others are done, and the
    exit code is 2.
    """
    from electrodoe.cli.capacities import show_capacities

    raise typer.Exit(
        show_capacities(
            files, out, nominal_capacity_mah=nominal_capacity_mah, half_cell_anode=half_cell_anode
        )
    )
