"""How a measurement was made, as a report prints it: what a protocol says, then its notes."""

from dataclasses import dataclass
from typing import Final

from electrodoe.study.protocols.protocol import Protocol
from electrodoe.study.protocols.raw_files import Fact

_CONDITIONS: Final[dict[str, tuple[str, ...]]] = {
    "adhesion": (
        "area_mm2",
        "compression_stress_kpa",
        "compression_velocity_mm_min",
        "dwell_time_s",
        "pull_off_speed_mm_min",
        "data_rate_hz",
        "load_cell_n",
        "temperature_c",
    ),
    "coil": ("solid_content", "segment_m", "transition_m"),
    "impedance": (
        "amplitude_mv",
        "temperature_c",
        "electrolyte",
        "conductivity_us_cm",
        "disc_diameter_mm",
        "model",
        "weighting",
        "lowest_hz",
        "highest_hz",
    ),
    "rate_capability": (
        "temperature_c",
        "electrolyte",
        "nominal_capacity_mah",
        "nominal_capacity_mah_g",
        "active_mass_mg",
        "formation_cycles",
        "cycle_at_rate",
    ),
    "sheets": ("area_cm2", "foil_mass_loading_mg_cm2", "foil_thickness_um", "compaction_of"),
}
"""Keys of each instrument's protocol that say how it measured; the others say what is read."""


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
        What the instrument's own keys say, then the notes in their order.

    Examples
    --------
    >>> from electrodoe.study import SheetsProtocol
    >>> sheets = SheetsProtocol(
    ...     instrument="sheets", files=["sheets.csv"], area_cm2=12.0, notes={"scale": "XS205"}
    ... )
    >>> [(each.name, each.value, each.is_declared) for each in conditions(sheets)]
    [('area_cm2', 12.0, True), ('compaction_of', 'coating', False), ('scale', 'XS205', True)]
    """
    said = [
        Condition(name=name, value=value, is_declared=name in protocol.model_fields_set)
        for name in _CONDITIONS[protocol.instrument]
        if (value := getattr(protocol, name)) is not None
    ]
    noted = [
        Condition(name=name, value=value, is_declared=True)
        for name, value in protocol.notes.items()
    ]
    return (*said, *noted)
