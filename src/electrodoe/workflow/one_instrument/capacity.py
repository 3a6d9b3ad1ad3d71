"""Cycler files to a table of cycles."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import polars as pl
import polars.selectors as cs

from electrodoe.errors import IngestError
from electrodoe.findings import Finding
from electrodoe.ingest import read_cycler_record
from electrodoe.preprocess.cycling import tabulate_cycles
from electrodoe.storage import write_atomically
from electrodoe.study import RateCapabilityProtocol
from electrodoe.workflow.frames import to_csv
from electrodoe.workflow.one_instrument.files import read_each

COLUMNS: Final = (
    "file",
    "cycle",
    "c_rate",
    "discharge_capacity_mah",
    "charge_capacity_mah",
    "flags",
)
"""Of the CSV, in order."""
_DIGITS: Final = 7


@dataclass(frozen=True, kw_only=True, eq=False)
class CapacityOutcome:
    """What cycler files gave.

    Attributes
    ----------
    table : polars.DataFrame
        ``COLUMNS``, one row per cycle, files in the order in which they were named.
    findings : tuple of Finding
        What is odd about files and cells.
    errors : tuple of IngestError
        Of files that could not be read.
    """

    table: pl.DataFrame
    findings: tuple[Finding, ...]
    errors: tuple[IngestError, ...]


def capacity_of_files(
    paths: Sequence[Path], out: Path | None, protocol: RateCapabilityProtocol
) -> CapacityOutcome:
    """Return the cycles of cycler files, and write them.

    Parameters
    ----------
    paths : sequence of Path
        Files, folders whose files are meant, and patterns such as ``raw/*.mpt``.
    out : Path or None
        Where the CSV goes.
    protocol : RateCapabilityProtocol
        Nominal capacity and the like; its ``files`` are not looked at.

    Returns
    -------
    CapacityOutcome
        Files that cannot be read are errors, the others are done all the same.

    Raises
    ------
    WorkflowError
        If a folder or a pattern holds no file.
    """
    records, errors = read_each(paths, lambda path: (read_cycler_record(path),))
    cycles = tabulate_cycles(records, protocol)
    table = cycles.table.select(COLUMNS).with_columns(cs.float().round_sig_figs(_DIGITS))
    if out is not None and records:
        write_atomically(out, to_csv(table))
    return CapacityOutcome(table=table, findings=cycles.findings, errors=errors)
