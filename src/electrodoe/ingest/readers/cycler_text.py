"""Text files of cyclers, one declaration per vendor: columns, their headers and units."""

import re
from typing import Final

from electrodoe.ingest.battery_data_columns import BATTERY_DATA_COLUMNS, names_battery_data
from electrodoe.ingest.column_map import FileColumn
from electrodoe.ingest.cycling import DATE, NO_UNIT, STATE, CyclerText


def _optional(name: str, headers: dict[str, float]) -> FileColumn:
    """Return a column that a file may lack."""
    return FileColumn(name=name, headers=headers, is_required=False)


def _amount(header: str, unit: str) -> dict[str, float]:
    """Return the headers of an amount in a unit and in its thousandth; ``{}`` takes the unit."""
    return {header.format(unit): 1.0, header.format(f"m{unit}"): 1e-3}


def _time(header: str, units: tuple[str, str, str] = ("s", "min", "h")) -> dict[str, float]:
    """Return the headers of a time in seconds, minutes and hours; ``{}`` takes the unit."""
    return {
        header.format(unit): factor for unit, factor in zip(units, (1.0, 60.0, 3600.0), strict=True)
    }


ARBIN: Final = CyclerText(
    name="Arbin CSV",
    separator="",
    is_first=True,
    is_header=lambda cells: (
        any(re.match(r"test[ _]time ?\(", cell) for cell in cells)
        and any(re.match(r"current ?\(", cell) for cell in cells)
    ),
    columns=(
        FileColumn(name="test_time_second", headers=_time(r"test[ _]time ?\({}\)")),
        FileColumn(name="voltage_volt", headers=_amount(r"voltage ?\({}\)", "v")),
        FileColumn(name="current_ampere", headers=_amount(r"current ?\({}\)", "a")),
        _optional("cycle_count", {"cycle[ _]index": 1.0}),
        _optional("step_index", {"step[ _]index": 1.0}),
        _optional("step_time_second", _time(r"step[ _]time ?\({}\)")),
        _optional("charging_capacity_ah", _amount(r"charge[ _]capacity ?\({}\)", "ah")),
        _optional("discharging_capacity_ah", _amount(r"discharge[ _]capacity ?\({}\)", "ah")),
    ),
)
"""One header line with units in parentheses, often behind a byte-order mark."""

BASYTEC: Final = CyclerText(
    name="BaSyTec text",
    mark="~",
    is_header=lambda cells: bool(cells) and cells[0].startswith("time["),
    charge="charge",
    discharge="discharge",
    columns=(
        FileColumn(
            name="test_time_second", headers={**_time(r"time\[{}\]"), r"time\[h:min:s\]": 1.0}
        ),
        FileColumn(name="voltage_volt", headers=_amount(r"u\[{}\]", "v")),
        FileColumn(name="current_ampere", headers=_amount(r"i\[{}\]", "a")),
        _optional(STATE, {"command": 1.0}),
        _optional("cycle_count", {"cyc-count": 1.0}),
        _optional("step_index", {"line": 1.0}),
        _optional("step_time_second", _time(r"t-step\[{}\]")),
        _optional("net_capacity_ah", _amount(r"ah\[{}\]", "ah")),
    ),
)
"""A preamble behind ``~``; time in seconds, hours or as a clock."""

_VOLTAGES: Final = ("ecell/{}", "ewe-ece/{}", "<ecell>/{}", "ewe/{}", "<ewe>/{}")
"""The whole cell before the working electrode alone."""
_CURRENTS: Final = ("i/{}", "<i>/{}")
EC_LAB: Final = CyclerText(
    name="EC-Lab text",
    titles=("EC-Lab ASCII FILE", "BT-Lab ASCII FILE"),
    counted=re.compile(r"Nb header lines\s*:\s*(\d+)\s*"),
    is_header=lambda cells: (
        any(cell.startswith("time/") for cell in cells)
        and any(re.fullmatch(name.format("m?v"), cell) for name in _VOLTAGES for cell in cells)
        and any(re.fullmatch(name.format("m?a"), cell) for name in _CURRENTS for cell in cells)
    ),
    columns=(
        FileColumn(name="test_time_second", headers=_time("time/{}")),
        _optional("cycle_count", {"cycle number": 1.0}),
        _optional("step_index", {"ns": 1.0}),
        _optional("step_time_second", {"step time/s": 1.0}),
        _optional("charging_capacity_ah", _amount(r"q charge/{}", r"a\.h")),
        _optional("discharging_capacity_ah", _amount(r"q discharge/{}", r"a\.h")),
        _optional("net_capacity_ah", _amount(r"\(q-qo\)/{}", r"a\.h")),
        FileColumn(
            name="voltage_volt",
            headers={k: f for name in _VOLTAGES for k, f in _amount(name, "v").items()},
            is_ranked=True,
        ),
        FileColumn(
            name="current_ampere",
            headers={k: f for name in _CURRENTS for k, f in _amount(name, "a").items()},
            is_ranked=True,
        ),
    ),
)
"""BioLogic's EC-Lab and BT-Lab, with the preamble or without."""

_CAPACITY: Final = r"(cap\.|capacity)"
_MACCOR_UNITS: Final = ("sec", "min", "hr?")
MACCOR: Final = CyclerText(
    name="Maccor text",
    is_header=lambda cells: (
        bool({"rec", "rec#"} & set(cells))
        and "step" in cells
        and bool({"md", "state"} & set(cells))
    ),
    charge="c",
    discharge="d",
    columns=(
        FileColumn(
            name="test_time_second",
            headers={"test ?time": NO_UNIT, **_time(r"test( time)? ?\({}\)", _MACCOR_UNITS)},
        ),
        FileColumn(name="voltage_volt", headers={r"(voltage|volts)( [\[(]v[\])])?": 1.0}),
        FileColumn(
            name="current_ampere",
            headers={r"(current|amps)( [\[(]a[\])])?": 1.0, r"current [\[(]ma[\])]": 1e-3},
        ),
        FileColumn(name=STATE, headers={"md|state": 1.0}),
        _optional("cycle_count", {"cycle c|cyc#|cycle": 1.0}),
        _optional("step_index", {"step": 1.0}),
        _optional(
            "step_time_second",
            {"step ?time": NO_UNIT, **_time(r"step( time)? ?\({}\)", _MACCOR_UNITS)},
        ),
        _optional(
            "step_capacity_ah",
            {rf"{_CAPACITY}( [\[(]ah[\])])?|amp-hr": 1.0, rf"{_CAPACITY} [\[(]mah[\])]": 1e-3},
        ),
        _optional(DATE, {"dpt ?time": 1.0}),
    ),
)
"""Keys and values above, states beside an unsigned current, time without a unit."""

BATTERY_DATA: Final = CyclerText(
    name="Battery Data Format CSV",
    separator="",
    is_first=True,
    is_header=names_battery_data,
    columns=BATTERY_DATA_COLUMNS,
)
"""The Battery Data Format as text, under its machine names or its labels."""
