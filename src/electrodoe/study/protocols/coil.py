"""Sensor streams of the coating line."""

from typing import Literal

from electrodoe.study.protocols.raw_files import RawFiles


class CoilProtocol(RawFiles):
    """Sensor streams of the coating line.

    Attributes
    ----------
    instrument : {"coil"}
        Says which protocol this is.
    """

    instrument: Literal["coil"]
