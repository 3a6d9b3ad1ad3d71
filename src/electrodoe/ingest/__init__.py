"""From files to records, each traceable to its line."""

from electrodoe.ingest.checks import filled_names, names, number_columns, numbers, require_columns
from electrodoe.ingest.declared_table import declared_table, said_of_all
from electrodoe.ingest.decoded_table import decoded_table
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
from electrodoe.ingest.run_names import with_one_name_per_run
from electrodoe.ingest.study_columns import declared_regions, wanted_columns, with_units

__all__ = [
    "CYCLER_READERS",
    "IMPEDANCE_READERS",
    "PULL_OFF_READERS",
    "TABLE_READERS",
    "CyclerRecord",
    "ImpedanceSpectrum",
    "PullOffCurve",
    "RawTable",
    "declared_regions",
    "declared_table",
    "decoded_table",
    "filled_names",
    "names",
    "number_columns",
    "numbers",
    "read_cycler_record",
    "read_pull_off",
    "read_spectra",
    "read_table",
    "require_columns",
    "said_of_all",
    "wanted_columns",
    "with_one_name_per_run",
    "with_units",
]
