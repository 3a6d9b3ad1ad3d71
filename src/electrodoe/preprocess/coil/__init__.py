"""A coating line's sensor streams, brought to the web they were read on."""

from electrodoe.preprocess.coil.coil_log import CoilLog, coil_logs
from electrodoe.preprocess.coil.condense import CondensedCoil, read_coil
from electrodoe.preprocess.coil.sensor_lags import SensorLags, estimate_lags

__all__ = [
    "CoilLog",
    "CondensedCoil",
    "SensorLags",
    "coil_logs",
    "estimate_lags",
    "read_coil",
]
