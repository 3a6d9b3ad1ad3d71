"""Adhesion strengths as words for people."""

from collections import Counter
from collections.abc import Mapping
from pathlib import Path
from typing import Final, Literal, cast

import typer
from rich.console import Console
from rich.markup import escape
from rich.table import Table

from electrodoe.cli.findings import print_findings
from electrodoe.errors import WorkflowError
from electrodoe.findings import sort_findings
from electrodoe.study import AdhesionProtocol
from electrodoe.workflow.one_instrument.adhesion import AdhesionOutcome

_SIGNS: Final = ("auto", "positive", "negative")


def adhesion_protocol(area_mm2: float, tension: str) -> AdhesionProtocol:
    """Return Table 4 with another area and another sign.

    Raises
    ------
    WorkflowError
        If the sign is none.
    """
    if tension not in _SIGNS:
        raise WorkflowError(
            f"'{tension}' is no sign", where="option --tension", fix=f"say {', '.join(_SIGNS)}"
        )
    sign = cast("Literal['auto', 'positive', 'negative']", tension)
    return AdhesionProtocol(
        instrument="adhesion", files=("*",), area_mm2=area_mm2, tension_sign=sign
    )


def print_adhesion(outcome: AdhesionOutcome, out: Path | None) -> None:
    """Print the curves, the findings, the files that could not be read, and where all lies."""
    console = Console(highlight=False)
    table = Table(box=None)
    table.add_column("file", overflow="fold")
    table.add_column("kPa", justify="right")
    table.add_column("95 % interval", justify="right", no_wrap=True)
    table.add_column("N", justify="right")
    table.add_column("flags", overflow="fold")
    counts = Counter(outcome.table["file"])
    for row in outcome.table.iter_rows(named=True):
        name = Path(row["file"]).name
        if counts[row["file"]] > 1:
            name = f"{name} #{row['specimen']}"
        mark = "" if row["accepted"] else "rejected: "
        table.add_row(
            escape(name),
            *_numbers(row),
            escape(mark + row["flags"]),
        )
    if outcome.table.height:
        console.print(table)
        console.print()
        print_findings(sort_findings(outcome.findings))
    for error in outcome.errors:
        typer.secho(str(error), err=True, fg="red")
    if out is not None and outcome.table.height:
        written = escape(str(out))
        Console(highlight=False, soft_wrap=True).print(f"\nStrengths: [bold]{written}[/bold]")


def _numbers(row: Mapping[str, float | None]) -> tuple[str, str, str]:
    """Return strength, interval and peak force as words; nothing where there is no strength."""
    strength, force = row["adhesion_strength_kpa"], row["peak_force_n"]
    low, high = row["adhesion_strength_low_kpa"], row["adhesion_strength_high_kpa"]
    if strength is None or force is None:
        return "", "", ""
    return f"{strength:.1f}", f"{low:.1f} to {high:.1f}", f"{force:.3f}"
