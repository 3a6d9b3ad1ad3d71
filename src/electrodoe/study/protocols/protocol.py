"""Any measurement's protocol, distinguished by its instrument."""

from typing import Annotated

from pydantic import Field

from electrodoe.study.protocols.adhesion import AdhesionProtocol
from electrodoe.study.protocols.coil import CoilProtocol
from electrodoe.study.protocols.impedance import ImpedanceProtocol
from electrodoe.study.protocols.rate_capability import RateCapabilityProtocol
from electrodoe.study.protocols.sheets import SheetsProtocol

Protocol = Annotated[
    AdhesionProtocol | CoilProtocol | ImpedanceProtocol | RateCapabilityProtocol | SheetsProtocol,
    Field(discriminator="instrument"),
]
