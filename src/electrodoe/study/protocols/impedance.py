"""Symmetric cells in a blocking electrolyte, measured by an impedance analyzer."""

from typing import Literal

from electrodoe.study.protocols.raw_files import RawFiles


class ImpedanceProtocol(RawFiles):
    """Symmetric cells in a blocking electrolyte, measured by an impedance analyzer.

    Attributes
    ----------
    instrument : {"impedance"}
        Says which protocol this is.
    """

    instrument: Literal["impedance"]
