"""What readers hand on: what stands in a file, each value with its line."""

from electrodoe.ingest.records.cycler_record import CyclerRecord
from electrodoe.ingest.records.impedance_spectrum import ImpedanceSpectrum
from electrodoe.ingest.records.log_batch import LogBatch, LogColumns, LogRows
from electrodoe.ingest.records.pull_off_curve import PullOffCurve
from electrodoe.ingest.records.raw_table import RawTable

__all__ = [
    "CyclerRecord",
    "ImpedanceSpectrum",
    "LogBatch",
    "LogColumns",
    "LogRows",
    "PullOffCurve",
    "RawTable",
]
