"""``electrodoe capacity``: capacities of cycler files, cycle by cycle."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, Final

import typer

if TYPE_CHECKING:
    import polars as pl
    from rich.table import Table

    from electrodoe.study import RateCapabilityProtocol
    from electrodoe.workflow.one_instrument import InstrumentOutcome

_N_SHOWN: Final = 40
"""Cycles at the terminal: the rates of some cells; the CSV has all."""
_WIDTH: Final = 80
"""Signs in a line: a table of few columns is not spread over a wide terminal."""


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
    charge_capacity_mah, flags. A file that cannot be read is reported, the others are done, and the
    exit code is 2.
    """
    from electrodoe.workflow.one_instrument import measure_capacity

    protocol = _protocol(nominal_capacity_mah=nominal_capacity_mah, half_cell_anode=half_cell_anode)
    outcome = measure_capacity(files, protocol, out)
    _print(outcome, out)
    raise typer.Exit(outcome.exit_code)


def _protocol(**settings: object) -> "RateCapabilityProtocol":
    """Return options as a protocol, or say which is out of its range."""
    from pydantic import ValidationError

    from electrodoe.errors import StudyError
    from electrodoe.study import RateCapabilityProtocol

    try:
        return RateCapabilityProtocol.model_validate(
            {"instrument": "rate_capability", "files": ("*",), **settings}
        )
    except ValidationError as error:
        first = error.errors()[0]
        option = str(first["loc"][0]).replace("_", "-") if first["loc"] else "settings"
        raise StudyError(
            f"{first['input']!r} for --{option}: {first['msg'].lower()}",
            where=f"option --{option}",
            fix="give a number above zero",
        ) from error


def _print(outcome: "InstrumentOutcome", out: Path | None) -> None:
    """Print the cycles, the findings, the files that were not read, and where the CSV lies."""
    from rich.console import Console
    from rich.markup import escape

    from electrodoe.cli.printing import lines, print_errors, print_findings

    console = Console(highlight=False, width=_WIDTH)
    table = outcome.table
    for (file,), rows in table.head(_N_SHOWN).group_by("file", maintain_order=True):
        console.print(_table(str(file), rows))
    if table.height > _N_SHOWN:
        console.print(f"[dim]{table.height - _N_SHOWN} more cycles[/dim]")
    print_findings(outcome.findings)
    print_errors(outcome.errors)
    if out is not None and out.is_file() and not table.is_empty():
        lines().print(f"Cycles: [bold]{escape(str(out))}[/bold]")


def _table(file: str, rows: "pl.DataFrame") -> "Table":
    """Return one file's cycles as a table."""
    from rich.markup import escape
    from rich.table import Table

    table = Table(title=escape(Path(file).name), title_justify="left", box=None, pad_edge=False)
    for name in ("cycle", "rate", "discharge, mAh", "charge, mAh"):
        table.add_column(name, justify="right", no_wrap=True)
    table.add_column("flags", style="yellow")
    for row in rows.iter_rows(named=True):
        table.add_row(*map(escape, _cells(row)))
    return table


def _cells(row: dict[str, Any]) -> list[str]:
    """Return a cycle as texts."""
    from electrodoe.preprocess.cycling.c_rates import rate_words

    rate = rate_words(row["c_rate"]) if row["c_rate"] else "–"
    return [
        str(row["cycle"]),
        rate,
        _number(row["discharge_capacity_mah"]),
        _number(row["charge_capacity_mah"]),
        row["flags"],
    ]


def _number(value: float | None) -> str:
    """Return a capacity in four digits or more."""
    if value is None:
        return "–"
    return f"{value:.1f}" if abs(value) >= 1000.0 else f"{value:.4g}"
