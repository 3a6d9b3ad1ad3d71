"""Cycles of cycler files, as a table for people."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import polars as pl
import typer
from pydantic import ValidationError
from rich.console import Console
from rich.markup import escape
from rich.table import Table

from electrodoe.cli.findings import print_findings
from electrodoe.errors import StudyError
from electrodoe.findings import has_errors
from electrodoe.study import RateCapabilityProtocol
from electrodoe.workflow.one_instrument.capacity import CapacityOutcome, capacity_of_files

_N_SHOWN = 40
_WIDTH = 80


def show_capacities(files: Sequence[Path], out: Path | None, **settings: object) -> int:
    """Read, write and show; return the exit code.

    Raises
    ------
    StudyError
        If a setting is out of its range.
    """
    try:
        protocol = RateCapabilityProtocol.model_validate(
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
    outcome = capacity_of_files(files, out, protocol)
    _print(outcome, out)
    if outcome.errors:
        return 2
    return 1 if has_errors(outcome.findings) else 0


def _print(outcome: CapacityOutcome, out: Path | None) -> None:
    """Print the cycles, the findings, the files that were not read, and where the CSV lies."""
    console = Console(highlight=False, width=_WIDTH)
    table = outcome.table
    for (file,), rows in table.head(_N_SHOWN).group_by("file", maintain_order=True):
        console.print(_table(str(file), rows))
    if table.height > _N_SHOWN:
        console.print(f"[dim]{table.height - _N_SHOWN} more cycles[/dim]")
    print_findings(outcome.findings)
    for error in outcome.errors:
        typer.secho(str(error), err=True, fg="red")
    if out is not None and out.is_file() and not table.is_empty():
        lines = Console(highlight=False, soft_wrap=True)
        lines.print(f"Cycles: [bold]{escape(str(out))}[/bold]")


def _table(file: str, rows: pl.DataFrame) -> Table:
    """Return one file's cycles as a table."""
    table = Table(title=escape(Path(file).name), title_justify="left", box=None, pad_edge=False)
    for name in ("cycle", "rate", "discharge, mAh", "charge, mAh"):
        table.add_column(name, justify="right", no_wrap=True)
    table.add_column("flags", style="yellow")
    for row in rows.iter_rows(named=True):
        table.add_row(*_cells(row))
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
        escape(row["flags"]),
    ]


def _number(value: float | None) -> str:
    """Return a capacity in four digits or more."""
    if value is None:
        return "–"
    return f"{value:.1f}" if abs(value) >= 1000.0 else f"{value:.4g}"
