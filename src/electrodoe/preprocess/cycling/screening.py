"""What is odd about a cell's cycles: cut, without capacity, leaking, beyond what is possible."""

from collections.abc import Callable, Iterator
from typing import Final

from electrodoe.findings import Finding, Severity, found
from electrodoe.preprocess.cycling.cycled_cell import CycledCell
from electrodoe.preprocess.cycling.rate_screening import rule_not_met, unusual_rates
from electrodoe.preprocess.cycling.record_screening import (
    anode_voltages,
    counter_disagrees,
    odd_file,
    start_not_recorded,
    voltage_against_current,
)

_NOTHING: Final = 0.01
"""A discharge below this share of the slowest one is none."""
_LOST: Final = 2.0
"""A charge above this many capacities goes nowhere."""
_BEYOND: Final = 1.3
"""No cell has more of its declared capacity."""


def cut_steps(cell: CycledCell) -> Iterator[Finding]:
    """Remark charges and discharges that ended before their limit."""
    for kind in ("charge", "discharge"):
        for cycle, half in cell.halves(kind):
            if cell.is_cut(half):
                yield found(
                    "D505",
                    f"the {kind} of cycle {cycle + 1} ends at"
                    f" {half.steps[-1]['end_voltage_v']:.3f} V, away from where others end or at"
                    " the end of the record",
                    cell.place(cycle),
                    flag=f"incomplete {kind}",
                    row=cycle,
                )


def no_capacity(cell: CycledCell) -> Iterator[Finding]:
    """Remark a cell, or a rate, that gave next to nothing."""
    slow = cell.slow_discharge
    nominal = cell.declared_capacity_mah
    if slow is None or (nominal and slow.capacity_mah < _NOTHING * nominal):
        yield found(
            "D506",
            "no discharge gave any charge"
            if slow is None
            else f"the slowest discharge gave {slow.capacity_mah:.3g} mAh of {nominal:.3g} mAh",
            cell.place(),
            flag="no capacity",
        )
        return
    for cycle, half in cell.halves("discharge"):
        if half.capacity_mah < _NOTHING * slow.capacity_mah:
            yield found(
                "D506",
                f"the discharge of cycle {cycle + 1} gave {half.capacity_mah:.3g} mAh, the"
                f" slowest one {slow.capacity_mah:.3g} mAh",
                cell.place(cycle),
                flag="no capacity",
                row=cycle,
                severity=Severity.WARNING,
                fix="leave this rate out, or measure another cell",
            )


def lost_charge(cell: CycledCell) -> Iterator[Finding]:
    """Remark charges that took in far more than a whole discharge gives."""
    slow = cell.slow_discharge
    for cycle, half in cell.halves("charge"):
        greatest = _LOST * (cell.declared_capacity_mah or (slow.capacity_mah if slow else 0.0))
        if 0.0 < greatest < half.capacity_mah:
            yield found(
                "D507",
                f"the charge of cycle {cycle + 1} took {half.capacity_mah:.4g} mAh, more than"
                f" {greatest:.4g} mAh",
                cell.place(cycle),
                flag="short or leak",
                row=cycle,
            )


def too_much_capacity(cell: CycledCell) -> Iterator[Finding]:
    """Remark discharges that gave more than the material holds."""
    per_gram = cell.protocol.greatest_capacity_mah_g
    declared = cell.declared_capacity_mah
    limits = [_BEYOND * declared] if declared else []
    if per_gram and cell.active_mass_mg:
        limits.append(per_gram * cell.active_mass_mg * 1e-3)
    for cycle, half in cell.halves("discharge") if limits else ():
        if half.capacity_mah > min(limits):
            yield found(
                "D508",
                f"the discharge of cycle {cycle + 1} gave {half.capacity_mah:.4g} mAh where at"
                f" most {min(limits):.4g} mAh are possible",
                cell.place(cycle),
                flag="capacity beyond possible",
                row=cycle,
            )


def odd_efficiency(cell: CycledCell) -> Iterator[Finding]:
    """Remark coulombic efficiencies out of range, where the cycle before had the same rate."""
    least, most = cell.protocol.efficiency_range
    yield from _full_at_start(cell, most)
    for number in range(1, len(cell.cycles)):
        cycle = cell.cycles[number]
        efficiency = cycle.coulombic_efficiency
        is_repeated = cell.c_rates[number] == cell.c_rates[number - 1]
        halves = (cycle.charge, cycle.discharge)
        if (
            efficiency is None
            or not is_repeated
            or any(half and cell.is_cut(half) for half in halves)
        ):
            continue
        if not least <= efficiency <= most:
            yield found(
                "D510",
                f"cycle {number + 1} gave back {efficiency:.1%} of its charge; expected are"
                f" {least:.0%} to {most:.0%}",
                cell.place(number),
                flag=f"efficiency {efficiency:.3f}",
                row=number,
                severity=Severity.WARNING,
                fix="look at the curves of this cycle and the one before",
            )


def _full_at_start(cell: CycledCell, most: float) -> Iterator[Finding]:
    """Remark a first cycle that gave more than it took."""
    first = cell.cycles[0] if cell.cycles else None
    if not (first and first.charge and first.discharge):
        return
    given, taken = first.discharge.capacity_mah, first.charge.capacity_mah
    if given > most * taken:
        yield found(
            "D510",
            f"cycle 1 gave {given:.4g} mAh after a charge of {taken:.4g} mAh: the cell was not"
            " empty at the start, and its first-cycle loss is not known",
            cell.place(0),
            flag="not empty at the start",
            row=0,
        )


CHECKS: Final[tuple[Callable[[CycledCell], Iterator[Finding]], ...]] = (
    odd_file,
    counter_disagrees,
    voltage_against_current,
    start_not_recorded,
    anode_voltages,
    no_capacity,
    lost_charge,
    too_much_capacity,
    cut_steps,
    odd_efficiency,
    unusual_rates,
    rule_not_met,
)
"""Each finds one kind of fault of one cell."""
