"""How each measurement was made, and which files it left."""

from electrodoe.study.protocols.adhesion import AdhesionProtocol
from electrodoe.study.protocols.coil import CoilProtocol
from electrodoe.study.protocols.coil_events import RunSpan, Splice
from electrodoe.study.protocols.coil_sensor import CoilSensor, Traverse
from electrodoe.study.protocols.conditions import Condition, conditions
from electrodoe.study.protocols.impedance import ImpedanceProtocol
from electrodoe.study.protocols.outliers import OutlierRule
from electrodoe.study.protocols.protocol import Protocol
from electrodoe.study.protocols.rate_capability import RateCapabilityProtocol
from electrodoe.study.protocols.raw_files import RawFiles
from electrodoe.study.protocols.sensor_log import SECONDS_PER, OtherLog, SensorLog
from electrodoe.study.protocols.sheets import SheetsProtocol

__all__ = [
    "SECONDS_PER",
    "AdhesionProtocol",
    "CoilProtocol",
    "CoilSensor",
    "Condition",
    "ImpedanceProtocol",
    "OtherLog",
    "OutlierRule",
    "Protocol",
    "RateCapabilityProtocol",
    "RawFiles",
    "RunSpan",
    "SensorLog",
    "SheetsProtocol",
    "Splice",
    "Traverse",
    "conditions",
]
