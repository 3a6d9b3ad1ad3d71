"""Formation and rate test of full cells on a cycler."""

from typing import Literal

from electrodoe.study.protocols.raw_files import RawFiles


class RateCapabilityProtocol(RawFiles):
    """Formation and rate test of full cells on a cycler.

    Attributes
    ----------
    instrument : {"rate_capability"}
        Says which protocol this is.
    """

    instrument: Literal["rate_capability"]
