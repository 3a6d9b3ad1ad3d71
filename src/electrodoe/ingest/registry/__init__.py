"""Which reader reads which file, decided by content and never by the extension."""

from electrodoe.ingest.registry.log_clock import clock_seconds
from electrodoe.ingest.registry.readers import (
    CYCLER_READERS,
    IMPEDANCE_READERS,
    PULL_OFF_READERS,
    TABLE_READERS,
    read_cycler_record,
    read_pull_off,
    read_spectra,
    read_table,
)
from electrodoe.ingest.registry.sensor_logs import BATCH_ROWS, SENSOR_LOG_READERS, read_sensor_log

__all__ = [
    "BATCH_ROWS",
    "CYCLER_READERS",
    "IMPEDANCE_READERS",
    "PULL_OFF_READERS",
    "SENSOR_LOG_READERS",
    "TABLE_READERS",
    "clock_seconds",
    "read_cycler_record",
    "read_pull_off",
    "read_sensor_log",
    "read_spectra",
    "read_table",
]
