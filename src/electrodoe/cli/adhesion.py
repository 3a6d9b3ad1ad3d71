"""``electrodoe adhesion``: from pull-off curves to adhesion strength, without a study."""

from collections import Counter
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Final, Literal, cast

import typer

if TYPE_CHECKING:
    from electrodoe.study import AdhesionProtocol
    from electrodoe.workflow.one_instrument import InstrumentOutcome

_TABLE_4_AREA_MM2: Final = 50.26
"""Of the paper's stamp, 8 mm across."""
_SIGNS: Final = ("auto", "positive", "negative")


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
    curves are flagged. A file that cannot be read is reported in three lines; the others are done
    all the same, and the exit code is 2. It is 1 where a curve has no strength to be used.
    """
    from electrodoe.workflow.one_instrument import measure_adhesion

    outcome = measure_adhesion(files, _protocol(area_mm2, tension), out)
    _print(outcome, out)
    raise typer.Exit(outcome.exit_code)


def _protocol(area_mm2: float, tension: str) -> "AdhesionProtocol":
    """Return Table 4 with another area and another sign, or say that the sign is none."""
    from electrodoe.errors import WorkflowError
    from electrodoe.study import AdhesionProtocol

    if tension not in _SIGNS:
        raise WorkflowError(
            f"'{tension}' is no sign", where="option --tension", fix=f"say {', '.join(_SIGNS)}"
        )
    sign = cast("Literal['auto', 'positive', 'negative']", tension)
    return AdhesionProtocol(
        instrument="adhesion", files=("*",), area_mm2=area_mm2, tension_sign=sign
    )


def _print(outcome: "InstrumentOutcome", out: Path | None) -> None:
    """Print the curves, the findings, the files that could not be read, and where all lies."""
    from rich.console import Console
    from rich.markup import escape
    from rich.table import Table

    from electrodoe.cli.printing import lines, print_errors, print_findings
    from electrodoe.findings import sort_findings

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
        table.add_row(escape(name), *_numbers(row), escape(mark + row["flags"]))
    if outcome.table.height:
        console.print(table)
        console.print()
        print_findings(sort_findings(outcome.findings))
    print_errors(outcome.errors)
    if out is not None and outcome.table.height:
        lines().print(f"\nStrengths: [bold]{escape(str(out))}[/bold]")


def _numbers(row: Mapping[str, float | None]) -> tuple[str, str, str]:
    """Return strength, interval and peak force as words; nothing where there is no strength."""
    strength, force = row["adhesion_strength_kpa"], row["peak_force_n"]
    low, high = row["adhesion_strength_low_kpa"], row["adhesion_strength_high_kpa"]
    if strength is None or force is None:
        return "", "", ""
    return f"{strength:.1f}", f"{low:.1f} to {high:.1f}", f"{force:.3f}"
