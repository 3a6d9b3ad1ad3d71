"""Which reader reads which file, decided by content and never by the extension."""

from electrodoe.ingest.registry.log_clock import clock_seconds
from electrodoe.ingest.registry.sensor_logs import BATCH_ROWS, SENSOR_LOG_READERS, read_sensor_log
from electrodoe.ingest.registry.tables import TABLE_READERS, read_table

__all__ = [
    "BATCH_ROWS",
    "SENSOR_LOG_READERS",
    "TABLE_READERS",
    "clock_seconds",
    "read_sensor_log",
    "read_table",
]
