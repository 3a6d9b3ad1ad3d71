"""One instrument's files without a study: read, condense, write."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final, TypeVar

import polars as pl
import polars.selectors as cs

from electrodoe.errors import IngestError, WorkflowError
from electrodoe.findings import Finding, has_errors
from electrodoe.ingest import read_cycler_record, read_pull_off, read_spectra
from electrodoe.preprocess.adhesion import condense_adhesion
from electrodoe.preprocess.cycling import tabulate_cycles
from electrodoe.preprocess.impedance import condense_impedance
from electrodoe.storage import write_atomically
from electrodoe.study import AdhesionProtocol, ImpedanceProtocol, RateCapabilityProtocol
from electrodoe.workflow.run_folder import to_csv

Record = TypeVar("Record")

_ADHESION_COLUMNS: Final = ("file", "adhesion_strength_kpa", "peak_force_n", "flags")
_CAPACITY_COLUMNS: Final = (
    *("file", "cycle", "c_rate", "discharge_capacity_mah", "charge_capacity_mah", "flags"),
)
_IMPEDANCE_COLUMNS: Final = {
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
"""What is written: one row per curve, per cycle, and per spectrum under a shorter name."""
_CAPACITY_DIGITS: Final = 7
"""More than a cycler resolves, fewer than sums differ in between machines."""


@dataclass(frozen=True, kw_only=True, eq=False)
class InstrumentOutcome:
    """What some files of one instrument hold.

    Attributes
    ----------
    table : polars.DataFrame
        One row per curve, cycle or spectrum, in the order in which files were named.
    findings : tuple of Finding
        What is odd about them.
    errors : tuple of IngestError
        One per file that could not be read; the others are done all the same.
    """

    table: pl.DataFrame
    findings: tuple[Finding, ...]
    errors: tuple[IngestError, ...]

    @property
    def exit_code(self) -> int:
        """Return 2 where a file could not be read, 1 where a finding is an error, else 0."""
        return 2 if self.errors else 1 if has_errors(self.findings) else 0


def measure_adhesion(
    named: Sequence[Path], protocol: AdhesionProtocol, out: Path | None = None
) -> InstrumentOutcome:
    """Return the adhesion strength of every curve in some files, and write it.

    Parameters
    ----------
    named : sequence of Path
        Files, folders whose files are meant, and patterns such as ``raw/*.TRA``.
    protocol : AdhesionProtocol
        How the tests were to be made; its ``files`` are not looked at.
    out : Path or None
        Where the CSV is written; nowhere without it, or where no file can be read.

    Returns
    -------
    InstrumentOutcome
        Of the files that can be read.

    Raises
    ------
    WorkflowError
        If a folder or a pattern holds no file.
    """
    curves, errors = _read_each(named, lambda path: read_pull_off(path, protocol.area_mm2))
    condensed = condense_adhesion(curves, protocol)
    if out is not None and curves:
        write_atomically(out, to_csv(condensed.table.select(_ADHESION_COLUMNS)))
    return InstrumentOutcome(table=condensed.table, findings=condensed.findings, errors=errors)


def measure_capacity(
    named: Sequence[Path], protocol: RateCapabilityProtocol, out: Path | None = None
) -> InstrumentOutcome:
    """Return the cycles of cycler files, and write them; as :func:`measure_adhesion`."""
    records, errors = _read_each(named, lambda path: (read_cycler_record(path),))
    cycles = tabulate_cycles(records, protocol)
    chosen = cycles.table.select(_CAPACITY_COLUMNS)
    table = chosen.with_columns(cs.float().round_sig_figs(_CAPACITY_DIGITS))
    if out is not None and records:
        write_atomically(out, to_csv(table))
    return InstrumentOutcome(table=table, findings=cycles.findings, errors=errors)


def measure_impedance(
    named: Sequence[Path],
    protocol: ImpedanceProtocol,
    out: Path | None = None,
    gallery: Path | None = None,
) -> InstrumentOutcome:
    """Return the ionic resistance of every spectrum in some files; as :func:`measure_adhesion`.

    A page of all spectra is written to ``gallery``.
    """
    spectra, errors = _read_each(named, read_spectra)
    condensed = condense_impedance(spectra, protocol)
    if out is not None and spectra:
        table = condensed.table.select(*_IMPEDANCE_COLUMNS).rename(_IMPEDANCE_COLUMNS)
        write_atomically(out, to_csv(table))
    if gallery is not None and spectra:
        from electrodoe.workflow.condensing.galleries import spectra_page

        page = spectra_page(spectra, protocol, condensed.table, condensed.findings)
        write_atomically(gallery, page.encode())
    return InstrumentOutcome(table=condensed.table, findings=condensed.findings, errors=errors)


def _read_each(
    named: Sequence[Path], read: Callable[[Path], Sequence[Record]]
) -> tuple[list[Record], tuple[IngestError, ...]]:
    """Return what can be read, in order, and one error per file that cannot."""
    records: list[Record] = []
    errors = []
    for path in _listed_files(named):
        try:
            records += read(path)
        except IngestError as error:
            errors.append(error)
    return records, tuple(errors)


def _listed_files(named: Sequence[Path]) -> tuple[Path, ...]:
    """Return the files that paths, folders and patterns mean, each once; hidden ones aside.

    A name that is neither folder nor pattern is returned for the reader to say that it is missing.
    """
    found: list[Path] = []
    for path in named:
        if path.is_dir():
            inside = sorted(path.iterdir())
        elif not path.exists() and any(mark in path.name for mark in "*?["):
            inside = sorted(path.parent.glob(path.name))
        else:
            found.append(path)
            continue
        files = [each for each in inside if each.is_file() and not each.name.startswith(".")]
        if not files:
            raise WorkflowError("no file", where=str(path), fix="name a folder that holds files")
        found += files
    return tuple(dict.fromkeys(found))
