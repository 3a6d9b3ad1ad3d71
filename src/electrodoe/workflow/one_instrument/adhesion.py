"""Pull-off files without a study: read, condense, write one row per curve."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import polars as pl

from electrodoe.errors import IngestError
from electrodoe.findings import Finding
from electrodoe.ingest import read_pull_off
from electrodoe.preprocess.adhesion import condense_adhesion
from electrodoe.storage import write_atomically
from electrodoe.study import AdhesionProtocol
from electrodoe.workflow.frames import to_csv
from electrodoe.workflow.one_instrument.files import read_each

ADHESION_COLUMNS: Final = ("file", "adhesion_strength_kpa", "peak_force_n", "flags")
"""What is written, one row per curve."""


@dataclass(frozen=True, kw_only=True, eq=False)
class AdhesionOutcome:
    """What some files of a testing machine hold.

    Attributes
    ----------
    table : polars.DataFrame
        One row per curve, with the columns of ``ADHESION_SCHEMA``.
    findings : tuple of Finding
        What is odd about the curves.
    errors : tuple of IngestError
        One per file that could not be read.
    """

    table: pl.DataFrame
    findings: tuple[Finding, ...]
    errors: tuple[IngestError, ...]


def measure_adhesion(
    named: Sequence[Path], protocol: AdhesionProtocol, out: Path | None = None
) -> AdhesionOutcome:
    """Return the adhesion strength of every curve in some files, and write it.

    Parameters
    ----------
    named : sequence of Path
        Files, folders, patterns.
    protocol : AdhesionProtocol
        How the tests were to be made.
    out : Path or None
        Where the CSV is written; nowhere without it, or where no file can be read.

    Returns
    -------
    AdhesionOutcome
        Of the files that can be read; a broken one does not stop the others.

    Raises
    ------
    WorkflowError
        If a folder or a pattern holds no file.
    """
    curves, errors = read_each(named, lambda path: read_pull_off(path, protocol.area_mm2))
    condensed = condense_adhesion(curves, protocol)
    if out is not None and curves:
        write_atomically(out, to_csv(condensed.table.select(ADHESION_COLUMNS)))
    return AdhesionOutcome(table=condensed.table, findings=condensed.findings, errors=errors)
