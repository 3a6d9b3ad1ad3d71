"""``electrodoe impedance``: from impedance spectra to ionic resistances, without a study."""

from pathlib import Path
from typing import Annotated

import typer


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
    file that cannot be read is told in three lines; the others are done all the same, and the exit
    code is 2.
    """
    from electrodoe.cli.impedance_outcome import impedance_protocol, print_impedance
    from electrodoe.findings import has_errors
    from electrodoe.workflow.one_instrument.impedance import measure_impedance

    protocol = impedance_protocol(model, weighting, lowest_hz, highest_hz)
    outcome = measure_impedance(files, protocol, out, gallery)
    print_impedance(outcome, out, gallery)
    raise typer.Exit(2 if outcome.errors else 1 if has_errors(outcome.findings) else 0)
