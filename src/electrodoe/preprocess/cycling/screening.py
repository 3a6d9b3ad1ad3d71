"""What is odd about a cell's cycles: cut, without capacity, leaking, beyond what is possible."""

from collections.abc import Callable, Iterator
from typing import Final

from electrodoe.findings import Severity
from electrodoe.preprocess.cycling.cycled_cell import CycledCell
from electrodoe.preprocess.cycling.oddity import Oddity
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


def cut_steps(cell: CycledCell) -> Iterator[Oddity]:
    """Remark charges and discharges that ended before their limit."""
    for kind in ("charge", "discharge"):
        for cycle, half in cell.halves(kind):
            if cell.is_cut(half):
                yield Oddity(
                    code="D505",
                    title="Incomplete step",
                    flag=f"incomplete {kind}",
                    what=f"the {kind} of cycle {cycle + 1} ends at"
                    f" {half.steps[-1]['end_voltage_v']:.3f} V, away from where others end or at"
                    " the end of the record",
                    place=cell.place(cycle),
                    fix="let the step reach its limit, or do not use this cycle",
                    cycle=cycle,
                )


def no_capacity(cell: CycledCell) -> Iterator[Oddity]:
    """Remark a cell, or a rate, that gave next to nothing."""
    slow = cell.slow_discharge
    nominal = cell.declared_capacity_mah
    if slow is None or (nominal and slow.capacity_mah < _NOTHING * nominal):
        yield Oddity(
            code="D506",
            title="No capacity",
            flag="no capacity",
            what="no discharge gave any charge"
            if slow is None
            else f"the slowest discharge gave {slow.capacity_mah:.3g} mAh of {nominal:.3g} mAh",
            place=cell.place(),
            fix="look at the cell's contacts; set the cell aside",
            severity=Severity.ERROR,
        )
        return
    for cycle, half in cell.halves("discharge"):
        if half.capacity_mah < _NOTHING * slow.capacity_mah:
            yield Oddity(
                code="D506",
                title="No capacity",
                flag="no capacity",
                what=f"the discharge of cycle {cycle + 1} gave {half.capacity_mah:.3g} mAh, the"
                f" slowest one {slow.capacity_mah:.3g} mAh",
                place=cell.place(cycle),
                fix="leave this rate out, or measure another cell",
                cycle=cycle,
            )


def lost_charge(cell: CycledCell) -> Iterator[Oddity]:
    """Remark charges that took in far more than a whole discharge gives."""
    slow = cell.slow_discharge
    for cycle, half in cell.halves("charge"):
        greatest = _LOST * (cell.declared_capacity_mah or (slow.capacity_mah if slow else 0.0))
        if 0.0 < greatest < half.capacity_mah:
            yield Oddity(
                code="D507",
                title="Charge is lost",
                flag="short or leak",
                what=f"the charge of cycle {cycle + 1} took {half.capacity_mah:.4g} mAh, more than"
                f" {greatest:.4g} mAh",
                place=cell.place(cycle),
                fix="look for a short or a side reaction; set the cell aside",
                severity=Severity.ERROR,
                cycle=cycle,
            )


def too_much_capacity(cell: CycledCell) -> Iterator[Oddity]:
    """Remark discharges that gave more than the material holds."""
    per_gram = cell.protocol.greatest_capacity_mah_g
    declared = cell.declared_capacity_mah
    limits = [_BEYOND * declared] if declared else []
    if per_gram and cell.active_mass_mg:
        limits.append(per_gram * cell.active_mass_mg * 1e-3)
    for cycle, half in cell.halves("discharge") if limits else ():
        if half.capacity_mah > min(limits):
            yield Oddity(
                code="D508",
                title="More capacity than possible",
                flag="capacity beyond possible",
                what=f"the discharge of cycle {cycle + 1} gave {half.capacity_mah:.4g} mAh where at"
                f" most {min(limits):.4g} mAh are possible",
                place=cell.place(cycle),
                fix="correct the active mass or the nominal capacity, or set the cell aside",
                severity=Severity.ERROR,
                cycle=cycle,
            )


def odd_efficiency(cell: CycledCell) -> Iterator[Oddity]:
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
            yield Oddity(
                code="D510",
                title="Coulombic efficiency out of range",
                flag=f"efficiency {efficiency:.3f}",
                what=f"cycle {number + 1} gave back {efficiency:.1%} of its charge; expected are"
                f" {least:.0%} to {most:.0%}",
                place=cell.place(number),
                fix="look at the curves of this cycle and the one before",
                cycle=number,
            )


def _full_at_start(cell: CycledCell, most: float) -> Iterator[Oddity]:
    """Remark a first cycle that gave more than it took."""
    first = cell.cycles[0] if cell.cycles else None
    if not (first and first.charge and first.discharge):
        return
    given, taken = first.discharge.capacity_mah, first.charge.capacity_mah
    if given > most * taken:
        yield Oddity(
            code="D510",
            title="Coulombic efficiency out of range",
            flag="not empty at the start",
            what=f"cycle 1 gave {given:.4g} mAh after a charge of {taken:.4g} mAh: the cell was not"
            " empty at the start, and its first-cycle loss is not known",
            place=cell.place(0),
            fix="nothing, if the cell came charged",
            severity=Severity.REMARK,
            cycle=0,
        )


CHECKS: Final[tuple[Callable[[CycledCell], Iterator[Oddity]], ...]] = (
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
"""Each remarks one kind of oddity of one cell."""
