"""How a measurement was made, as a protocol says: its settings, then its notes."""

from dataclasses import dataclass
from typing import Final

from electrodoe.study.protocols.protocol import Protocol
from electrodoe.study.protocols.raw_files import Fact

_NOT_A_CONDITION: Final = {
    *("instrument", "files", "name", "index", "columns", "after"),
    *("decimal", "separator", "encoding", "sheet"),
}
"""How files are found and read, not how it was measured."""


@dataclass(frozen=True, kw_only=True)
class Condition:
    """One fact about a measurement.

    Attributes
    ----------
    name : str
        Key of the protocol or of its notes; it ends in the unit of a number.
    value : bool, int, float or str
        What it was.
    is_declared : bool
        Whether the study says so; otherwise it is a default.
    """

    name: str
    value: Fact
    is_declared: bool


def conditions(protocol: Protocol) -> tuple[Condition, ...]:
    """Return how a measurement was made, as far as its protocol says.

    Parameters
    ----------
    protocol : Protocol
        Of any instrument.

    Returns
    -------
    tuple of Condition
        The plain settings in their order, then the notes in theirs.

    Examples
    --------
    >>> from electrodoe.study import SheetsProtocol
    >>> sheets = SheetsProtocol(
    ...     instrument="sheets", files=["sheets.csv"], area_cm2=12.0, notes={"scale": "XS205"}
    ... )
    >>> [(each.name, each.value) for each in conditions(sheets) if each.is_declared]
    [('area_cm2', 12.0), ('scale', 'XS205')]
    """
    settings = [
        Condition(name=name, value=value, is_declared=name in protocol.model_fields_set)
        for name, value in protocol.model_dump(exclude=_NOT_A_CONDITION).items()
        if isinstance(value, bool | int | float | str)
    ]
    notes = [
        Condition(name=name, value=value, is_declared=True)
        for name, value in protocol.notes.items()
    ]
    return (*settings, *notes)
