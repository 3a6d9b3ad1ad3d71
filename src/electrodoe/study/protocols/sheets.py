"""Mass and thickness of electrode sheets, weighed and measured by hand."""

from typing import Literal

from electrodoe.study.protocols.raw_files import RawFiles


class SheetsProtocol(RawFiles):
    """Mass and thickness of electrode sheets, weighed and measured by hand.

    Attributes
    ----------
    instrument : {"sheets"}
        Says which protocol this is.
    """

    instrument: Literal["sheets"]
