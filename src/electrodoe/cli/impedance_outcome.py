"""Ionic resistances as words for people, and options as a protocol."""

from pathlib import Path, PurePath
from typing import Any, get_args

import typer
from rich.console import Console
from rich.markup import escape
from rich.table import Table

from electrodoe.cli.findings import print_findings
from electrodoe.errors import WorkflowError
from electrodoe.findings import Severity
from electrodoe.report.rounding import measured
from electrodoe.study import ImpedanceProtocol
from electrodoe.study.protocols.impedance import ImpedanceModel, ImpedanceWeighting
from electrodoe.workflow.one_instrument.impedance import ImpedanceOutcome


def impedance_protocol(
    model: str, weighting: str, lowest_hz: float | None, highest_hz: float | None
) -> ImpedanceProtocol:
    """Return options as a protocol.

    Raises
    ------
    WorkflowError
        If an option is none of its choices, or the window is empty.
    """
    for option, value, choices in (
        ("--model", model, get_args(ImpedanceModel)),
        ("--weighting", weighting, get_args(ImpedanceWeighting)),
    ):
        if value not in choices:
            raise WorkflowError(
                f"'{value}' is no choice", where=option, fix=f"write one of {', '.join(choices)}"
            )
    lowest, highest = lowest_hz or 0.0, highest_hz if highest_hz is not None else float("inf")
    if not 0.0 <= lowest < highest:
        raise WorkflowError(
            f"no frequency lies between {lowest:g} and {highest:g} Hz",
            where="--lowest-hz, --highest-hz",
            fix="give positive frequencies, the lower one as --lowest-hz",
        )
    return ImpedanceProtocol.model_validate(
        {
            "instrument": "impedance",
            "files": ("*",),
            "model": model,
            "weighting": weighting,
            "lowest_hz": lowest_hz or None,
            "highest_hz": highest_hz,
        }
    )


def print_impedance(outcome: ImpedanceOutcome, out: Path | None, gallery: Path | None) -> None:
    """Print the table, what is odd, files that could not be read, and what was written."""
    console = Console(highlight=False)
    if outcome.table.height:
        console.print(_table(outcome))
        grave = [each for each in outcome.findings if each.severity is not Severity.NOTE]
        console.print()
        print_findings(grave)
        n_remarks = len(outcome.findings) - len(grave)
        console.print(f"{n_remarks} remarks more, in the gallery", style="dim")
    for error in outcome.errors:
        typer.secho(str(error), err=True, fg="red")
    lines = Console(highlight=False, soft_wrap=True)
    for name, path in (("Table", out), ("Gallery", gallery)):
        if path is not None and outcome.table.height:
            lines.print(f"{name}: [bold]{escape(str(path))}[/bold]")


def _table(outcome: ImpedanceOutcome) -> Table:
    """Return one line per spectrum."""
    table = Table(box=None, pad_edge=False)
    table.add_column("File", overflow="fold")
    for title in ("R_ion, ohm", "95 %"):
        table.add_column(title, justify="right", no_wrap=True)
    table.add_column("", no_wrap=True)
    table.add_column("Flags")
    many = outcome.table["file"].is_duplicated()
    for row, is_many in zip(outcome.table.iter_rows(named=True), many, strict=True):
        name = PurePath(row["file"]).name + (f" #{row['sweep']}" if is_many else "")
        verdict = "accepted" if row["accepted"] else "rejected"
        resistance = measured(row["ionic_resistance_ohm"])
        table.add_row(escape(name), resistance, _interval(row), verdict, escape(row["flags"]))
    return table


def _interval(row: dict[str, Any]) -> str:
    """Return an interval in a few letters."""
    low, high = row["ionic_resistance_low_ohm"], row["ionic_resistance_high_ohm"]
    return f"{measured(low)}–{measured(high)}" if low and high else "–"
