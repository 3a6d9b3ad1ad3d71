"""Impedance files without a study: read, condense, write one row per spectrum, and a gallery."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import polars as pl

from electrodoe.errors import IngestError
from electrodoe.findings import Finding
from electrodoe.ingest.registry.readers import read_spectra
from electrodoe.preprocess.impedance import condense_impedance
from electrodoe.storage import write_atomically
from electrodoe.study import ImpedanceProtocol
from electrodoe.workflow.frames import to_csv
from electrodoe.workflow.one_instrument.files import read_each

_RENAMED: Final = {
    "file": "file",
    "r0_ohm": "r0_ohm",
    "ionic_resistance_ohm": "r_ion_ohm",
    "ionic_resistance_low_ohm": "r_ion_low_ohm",
    "ionic_resistance_high_ohm": "r_ion_high_ohm",
    "q": "q",
    "gamma": "gamma",
    "kk_rms": "kk_rms",
    "accepted": "accepted",
    "flags": "flags",
}
IMPEDANCE_COLUMNS: Final = tuple(_RENAMED.values())
"""What is written, one row per spectrum."""


@dataclass(frozen=True, kw_only=True, eq=False)
class ImpedanceOutcome:
    """What some files of an impedance analyzer hold.

    Attributes
    ----------
    table : polars.DataFrame
        One row per spectrum, as :func:`electrodoe.preprocess.impedance.condense_impedance` returns
        it.
    findings : tuple of Finding
        What is odd about the spectra.
    errors : tuple of IngestError
        One per file that could not be read.
    """

    table: pl.DataFrame
    findings: tuple[Finding, ...]
    errors: tuple[IngestError, ...]


def measure_impedance(
    named: Sequence[Path],
    protocol: ImpedanceProtocol,
    out: Path | None = None,
    gallery: Path | None = None,
) -> ImpedanceOutcome:
    """Return the ionic resistance of every spectrum in some files, and write it.

    Parameters
    ----------
    named : sequence of Path
        Files, folders, patterns.
    protocol : ImpedanceProtocol
        Model, window and weighting.
    out : Path or None
        Where the CSV is written; nowhere without it, or where no file can be read.
    gallery : Path or None
        Where the page of all spectra is written.

    Returns
    -------
    ImpedanceOutcome
        Of the files that can be read; a broken one does not stop the others.

    Raises
    ------
    WorkflowError
        If a folder or a pattern holds no file.
    """
    spectra, errors = read_each(named, read_spectra)
    condensed = condense_impedance(spectra, protocol)
    if out is not None and spectra:
        table = condensed.table.select(*_RENAMED).rename(_RENAMED)
        write_atomically(out, to_csv(table))
    if gallery is not None and spectra:
        from electrodoe.workflow.condensing.galleries import spectra_page

        page = spectra_page(spectra, protocol, condensed.table, condensed.findings)
        write_atomically(gallery, page.encode())
    return ImpedanceOutcome(table=condensed.table, findings=condensed.findings, errors=errors)
