"""What is odd about a cell: its record, its cycles, its rates."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import Final

import numpy as np
import polars as pl

from electrodoe.findings import Finding, Severity, found
from electrodoe.preprocess.cycling.c_rates import rate_words, usual_rate
from electrodoe.preprocess.cycling.cycled_cell import CycledCell
from electrodoe.preprocess.cycling.integration import disagreement

_SLOW: Final = 0.51
"""Up to C/2 a discharge gives nearly all of the capacity."""


def unusual_rates(cell: CycledCell) -> Iterator[Finding]:
    """Remark rates that cannot be named, and a capacity for rates that is a guess."""
    slow = cell.slow_discharge
    declared = cell.declared_capacity_mah
    fix = "give nominal_capacity_mah in the protocol (--nominal-capacity-mah)"
    if declared is None and slow is not None:
        measured = cell.measured_capacity_mah
        slowest = slow.current_a * 1e3 / measured if measured else None
        if slowest is None or slowest > _SLOW:
            yield found(
                "D511",
                f"the slowest discharge is at {slowest:.2f}C; its capacity is less than the"
                " nominal one, so rates may be named too high"
                if slowest
                else "no discharge reached its limit, so none tells the capacity that 1C empties in"
                " an hour",
                cell.place(),
                flag="rates uncertain" if slowest else "rates unknown",
                fix=fix,
            )
    for cycle, half in cell.halves("discharge"):
        exact = cell.exact_c_rate(half)
        if exact and cell.usual_c_rate(half) is None:
            near = usual_rate(exact, near=1.0)
            yield found(
                "D503",
                f"cycle {cycle + 1} is at {exact:.3g}C, nearest is"
                f" {rate_words(near) if near else 'none'}; it gets no column of its own",
                cell.place(cycle),
                flag=f"{exact:.3g}C is no usual rate",
                row=cycle,
                fix=fix,
            )


def rule_not_met(cell: CycledCell) -> Iterator[Finding]:
    """Remark rates with fewer cycles than the rule counts to."""
    wanted = cell.protocol.cycle_at_rate
    few = {rate: len(cycles) for rate, cycles in cell.tested.items() if len(cycles) < wanted}
    if not few:
        return
    listed = ", ".join(f"{n} at {rate_words(rate)}" for rate, n in few.items())
    yield found(
        "D504",
        f"cycles: {listed}; where cycle {wanted} counts, the last one is taken",
        cell.place(),
        flag=f"cycles: {listed}",
        fix=f"cycle {wanted} times at each rate, or set cycle_at_rate = {min(few.values())}",
    )


_AGREES: Final = 0.01
"""Relative difference from the cycler's own counter (D513); chosen."""
_WRONG: Final = 0.1
"""From here on it is an error (D513): a wrong unit is a factor, no rounding; chosen."""
_MISSED: Final = 0.005
"""Of the charge, before a step's first row (D512); chosen."""
_LITHIATED_V: Final = 0.3  # chosen; graphite takes lithium below 0.25 V
_EMPTY_V: Final = 2.2
"""Between these an anode against lithium is cycled; no full cell is."""


def odd_file(cell: CycledCell) -> Iterator[Finding]:
    """Hand on what the reader warned of: a mended clock, an impossible voltage."""
    for finding in cell.record.findings:
        if finding.severity is not Severity.NOTE:
            yield replace(finding, flag=finding.title.lower())


def counter_disagrees(cell: CycledCell) -> Iterator[Finding]:
    """Remark a cycler's own counter that is not the integral of its current."""
    worst = disagreement(cell.record, cell.steps)
    if worst and worst[0] > _AGREES:
        step = cell.steps.row(worst[1], named=True)
        yield found(
            "D513",
            f"integrating the current of step {step['step']} gives"
            f" {max(step['charge_mah'], step['discharge_mah']):.4g} mAh, {worst[0]:.1%} from what"
            " the cycler counted",
            f"{cell.record.path}, lines {step['first_line']} to {step['last_line']}",
            flag="counter disagrees",
            severity=Severity.ERROR if worst[0] > _WRONG else Severity.WARNING,
        )


def start_not_recorded(cell: CycledCell) -> Iterator[Finding]:
    """Remark charges and discharges whose first row comes late."""
    for kind in ("charge", "discharge"):
        for cycle, half in cell.halves(kind):
            missed = sum(step["missed_mah"] for step in half.steps)
            if missed > _MISSED * half.capacity_mah:
                yield found(
                    "D512",
                    f"up to {missed:.3g} mAh of cycle {cycle + 1} passed before its"
                    f" {kind}'s first row",
                    cell.place(cycle),
                    flag=f"start of the {kind} not recorded",
                    row=cycle,
                )


def voltage_against_current(cell: CycledCell) -> Iterator[Finding]:
    """Remark a record whose voltage falls while it is charged, most of the time."""
    moved = cell.steps.filter(pl.col("kind").is_in(["charge", "discharge"])).select(
        rise=pl.col("end_voltage_v") - pl.col("start_voltage_v"),
        went_in=(pl.col("charge_mah") - pl.col("discharge_mah")),
    )
    sign = -1.0 if cell.protocol.half_cell_anode else 1.0
    against = (sign * moved["rise"] * moved["went_in"]).to_numpy()
    if len(against) and (against < 0.0).sum() > (against > 0.0).sum():
        yield found(
            "D514",
            f"in {(against < 0.0).sum()} of {len(against)} steps the voltage falls while the"
            " cell is charged, or rises while it is discharged",
            cell.place(),
            flag="voltage against current",
        )


def anode_voltages(cell: CycledCell) -> Iterator[Finding]:
    """Remark voltages of an anode against lithium, where the protocol does not say so."""
    ends = [
        [half.steps[-1]["end_voltage_v"] for _, half in cell.halves(kind)]
        for kind in ("discharge", "charge")
    ]
    if cell.protocol.half_cell_anode or not all(ends):
        return
    low, high = (float(np.median(each)) for each in ends)
    if low <= _LITHIATED_V and low < high <= _EMPTY_V:
        yield found(
            "D502",
            f"discharges end at {low:.2f} V and charges at {high:.2f} V, as those of an anode"
            " against lithium; what its cycler calls discharge is lithiation",
            cell.place(),
            flag="anode: discharge is lithiation",
        )


_NOTHING: Final = 0.01
"""A discharge below this fraction of the slowest one is none."""
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
        largest = _LOST * (cell.declared_capacity_mah or (slow.capacity_mah if slow else 0.0))
        if 0.0 < largest < half.capacity_mah:
            yield found(
                "D507",
                f"the charge of cycle {cycle + 1} took {half.capacity_mah:.4g} mAh, more than"
                f" {largest:.4g} mAh",
                cell.place(cycle),
                flag="short or leak",
                row=cycle,
            )


def too_much_capacity(cell: CycledCell) -> Iterator[Finding]:
    """Remark discharges that gave more than the material holds."""
    per_gram = cell.protocol.max_capacity_mah_g
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
    smallest, most = cell.protocol.efficiency_range
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
        if not smallest <= efficiency <= most:
            yield found(
                "D510",
                f"cycle {number + 1} gave back {efficiency:.1%} of its charge; expected are"
                f" {smallest:.0%} to {most:.0%}",
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
