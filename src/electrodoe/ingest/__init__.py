"""From files to records, each traceable to its line."""

from electrodoe.ingest.checks import names, numbers, require_columns
from electrodoe.ingest.records import CyclerRecord, ImpedanceSpectrum, PullOffCurve, RawTable
from electrodoe.ingest.registry import (
    CYCLER_READERS,
    IMPEDANCE_READERS,
    PULL_OFF_READERS,
    TABLE_READERS,
    read_cycler_record,
    read_pull_off,
    read_spectra,
    read_table,
)

__all__ = [
    "CYCLER_READERS",
    "IMPEDANCE_READERS",
    "PULL_OFF_READERS",
    "TABLE_READERS",
    "CyclerRecord",
    "ImpedanceSpectrum",
    "PullOffCurve",
    "RawTable",
    "names",
    "numbers",
    "read_cycler_record",
    "read_pull_off",
    "read_spectra",
    "read_table",
    "require_columns",
]
