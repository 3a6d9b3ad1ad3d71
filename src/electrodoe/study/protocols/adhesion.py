"""Pull-off tests on a testing machine."""

from typing import Literal

from electrodoe.study.protocols.raw_files import RawFiles


class AdhesionProtocol(RawFiles):
    """Pull-off tests on a testing machine.

    Attributes
    ----------
    instrument : {"adhesion"}
        Says which protocol this is.
    """

    instrument: Literal["adhesion"]
