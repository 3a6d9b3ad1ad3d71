"""``electrodoe impedance``: from impedance spectra to ionic resistances, without a study."""

from pathlib import Path, PurePath
from typing import TYPE_CHECKING, Annotated, Any, get_args

import typer

if TYPE_CHECKING:
    from rich.table import Table

    from electrodoe.study import ImpedanceProtocol
    from electrodoe.workflow.one_instrument import InstrumentOutcome


def impedance(
    files: Annotated[
        list[Path], typer.Argument(help="Files, folders or patterns.", metavar="FILES...")
    ],
    *,
    out: Annotated[
        Path | None,
        typer.Option(
            help="Write one row per spectrum to this CSV.", metavar="FILE.csv", show_default=False
        ),
    ] = None,
    gallery: Annotated[
        Path | None,
        typer.Option(
            help="Write a page of all spectra with their fits.",
            metavar="FILE.html",
            show_default=False,
        ),
    ] = None,
    model: Annotated[
        str, typer.Option(help="auto, line, cut, contact, inductive or shorted.")
    ] = "auto",
    weighting: Annotated[
        str, typer.Option(help="modulus: residuals relative to each point; unit: in ohm.")
    ] = "modulus",
    lowest_hz: Annotated[
        float | None, typer.Option(help="Lowest frequency of the fit.", show_default=False)
    ] = None,
    highest_hz: Annotated[
        float | None,
        typer.Option(
            help="Highest one; 1000 for uncalendered electrodes, as in Haghi et al. (2023).",
            show_default=False,
        ),
    ] = None,
) -> None:
    """Fit the transmission line to impedance spectra of blocking cells.

    All spectra are fitted at once without starting guesses, tested by Kramers and Kronig, and
    screened for contact arcs, shorts, inductance, drift, mains and noise. The CSV has the columns
    file, r0_ohm, r_ion_ohm, r_ion_low_ohm, r_ion_high_ohm, q, gamma, kk_rms, accepted, flags. A
    file that cannot be read is reported in three lines; the others are done all the same, and the
    exit code is 2.
    """
    from electrodoe.workflow.one_instrument import measure_impedance

    protocol = _protocol(model, weighting, lowest_hz, highest_hz)
    outcome = measure_impedance(files, protocol, out, gallery)
    _print(outcome, out, gallery)
    raise typer.Exit(outcome.exit_code)


def _protocol(
    model: str, weighting: str, lowest_hz: float | None, highest_hz: float | None
) -> "ImpedanceProtocol":
    """Return options as a protocol, or say which is no choice or leaves no frequency."""
    from electrodoe.errors import WorkflowError
    from electrodoe.study import ImpedanceProtocol
    from electrodoe.study.protocols.impedance import ImpedanceModel, ImpedanceWeighting

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


def _print(outcome: "InstrumentOutcome", out: Path | None, gallery: Path | None) -> None:
    """Print the table, what is odd, files that could not be read, and what was written."""
    from rich.console import Console
    from rich.markup import escape

    from electrodoe.cli.printing import lines, print_errors, print_findings
    from electrodoe.findings import Severity

    console = Console(highlight=False)
    if outcome.table.height:
        console.print(_table(outcome))
        grave = [each for each in outcome.findings if each.severity is not Severity.NOTE]
        console.print()
        print_findings(grave)
        n_notes = len(outcome.findings) - len(grave)
        console.print(f"{n_notes} notes more, in the gallery", style="dim")
    print_errors(outcome.errors)
    for name, path in (("Table", out), ("Gallery", gallery)):
        if path is not None and outcome.table.height:
            lines().print(f"{name}: [bold]{escape(str(path))}[/bold]")


def _table(outcome: "InstrumentOutcome") -> "Table":
    """Return one line per spectrum."""
    from rich.markup import escape
    from rich.table import Table

    from electrodoe.report.rounding import measured

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
    from electrodoe.report.rounding import measured

    low, high = row["ionic_resistance_low_ohm"], row["ionic_resistance_high_ohm"]
    return f"{measured(low)}–{measured(high)}" if low and high else "–"
