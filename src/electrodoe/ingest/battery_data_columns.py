"""Columns of the Battery Data Format, under machine names and under labels with units."""

from collections.abc import Mapping, Sequence
from typing import Final

from electrodoe.ingest.column_map import FileColumn

_NO_UNIT: Final = {"1": 1.0}
_TIMES: Final = {"s": 1.0, "ms": 1e-3, "min": 60.0, "h": 3600.0}
_VOLTS: Final = {"v": 1.0, "mv": 1e-3}
_AMPERES: Final = {"a": 1.0, "ma": 1e-3}
_CHARGES: Final = {"ah": 1.0, "mah": 1e-3}


def _column(
    machine_name: str, label: str, units: Mapping[str, float], *, is_required: bool = False
) -> FileColumn:
    """Return a column under its machine name, in the format's unit, or as ``Label / unit``."""
    labels = {f"{label} ?/ ?{unit}": factor for unit, factor in units.items()}
    return FileColumn(
        name=machine_name, headers={machine_name: 1.0, **labels}, is_required=is_required
    )


BATTERY_DATA_COLUMNS: Final = (
    _column("test_time_second", "test time", _TIMES, is_required=True),
    _column("voltage_volt", "voltage", _VOLTS, is_required=True),
    _column("current_ampere", "current", _AMPERES, is_required=True),
    _column("cycle_count", "cycle count", _NO_UNIT),
    _column("step_count", "step count", _NO_UNIT),
    FileColumn(
        name="step_index",
        headers={"step_index|step_id|step id": 1.0, "step index ?/ ?1": 1.0},
        is_required=False,
    ),
    _column("step_time_second", "step time", _TIMES),
    _column("charging_capacity_ah", "charging capacity", _CHARGES),
    _column("discharging_capacity_ah", "discharging capacity", _CHARGES),
    _column("net_capacity_ah", "net capacity", _CHARGES),
)
"""Names and labels as in the format's ontology (battery-data-format)."""


def names_battery_data(headers: Sequence[str]) -> bool:
    """Return whether a header names the format's test time.

    Examples
    --------
    >>> names_battery_data(["Test Time / s", "Voltage / V"])
    True
    """
    names = {header.lower().split("/")[0].strip() for header in headers}
    return bool(names & {"test_time_second", "test time"})
