"""What is odd about a cell's record: its counter, its starts of steps, its voltages."""

from collections.abc import Iterator
from typing import Final

import numpy as np
import polars as pl

from electrodoe.findings import Severity
from electrodoe.preprocess.cycling.cycled_cell import CycledCell
from electrodoe.preprocess.cycling.oddity import Oddity
from electrodoe.preprocess.cycling.recorded_capacity import disagreement

_AGREES: Final = 0.01
_WRONG: Final = 0.1
_MISSED: Final = 0.005
_LITHIATED_V: Final = 0.3
_EMPTY_V: Final = 2.2
"""Between these an anode against lithium is cycled; no full cell is."""


def odd_file(cell: CycledCell) -> Iterator[Oddity]:
    """Hand on what the reader warned of: a mended clock, an impossible voltage."""
    for finding in cell.record.findings:
        if finding.severity is not Severity.REMARK:
            yield Oddity(
                code=finding.code,
                title=finding.title,
                flag=finding.title.lower(),
                what=finding.what,
                place=finding.where,
                fix=finding.fix,
                severity=finding.severity,
            )


def counter_disagrees(cell: CycledCell) -> Iterator[Oddity]:
    """Remark a cycler's own counter that is not the integral of its current."""
    found = disagreement(cell.record, cell.steps)
    if found and found[0] > _AGREES:
        step = cell.steps.row(found[1], named=True)
        yield Oddity(
            code="D513",
            title="Current, time and the cycler's counter disagree",
            flag="counter disagrees",
            what=f"integrating the current of step {step['step']} gives"
            f" {max(step['charge_mah'], step['discharge_mah']):.4g} mAh, {found[0]:.1%} from what"
            " the cycler counted",
            place=f"{cell.record.path}, lines {step['first_line']} to {step['last_line']}",
            fix="look at the units in the header and at the clock; export more rows per step",
            severity=Severity.ERROR if found[0] > _WRONG else Severity.WARNING,
        )


def start_not_recorded(cell: CycledCell) -> Iterator[Oddity]:
    """Remark charges and discharges whose first row comes late."""
    for kind in ("charge", "discharge"):
        for cycle, half in cell.halves(kind):
            missed = sum(step["missed_mah"] for step in half.steps)
            if missed > _MISSED * half.capacity_mah:
                yield Oddity(
                    code="D512",
                    title="Start of a step not recorded",
                    flag=f"start of the {kind} not recorded",
                    what=f"up to {missed:.3g} mAh of cycle {cycle + 1} passed before its"
                    f" {kind}'s first row",
                    place=cell.place(cycle),
                    fix="record a row where a step begins, or export the step time",
                    cycle=cycle,
                )


def voltage_against_current(cell: CycledCell) -> Iterator[Oddity]:
    """Remark a record whose voltage falls while it is charged, most of the time."""
    moved = cell.steps.filter(pl.col("kind").is_in(["charge", "discharge"])).select(
        rise=pl.col("end_voltage_v") - pl.col("start_voltage_v"),
        went_in=(pl.col("charge_mah") - pl.col("discharge_mah")),
    )
    sign = -1.0 if cell.protocol.half_cell_anode else 1.0
    against = (sign * moved["rise"] * moved["went_in"]).to_numpy()
    if len(against) and (against < 0.0).sum() > (against > 0.0).sum():
        yield Oddity(
            code="D514",
            title="Voltage against the current",
            flag="voltage against current",
            what=f"in {(against < 0.0).sum()} of {len(against)} steps the voltage falls while the"
            " cell is charged, or rises while it is discharged",
            place=cell.place(),
            fix="turn the sign of the current, or look whether two columns are swapped",
            severity=Severity.ERROR,
        )


def anode_voltages(cell: CycledCell) -> Iterator[Oddity]:
    """Remark voltages of an anode against lithium, where the protocol does not say so."""
    ends = [
        [half.steps[-1]["end_voltage_v"] for _, half in cell.halves(kind)]
        for kind in ("discharge", "charge")
    ]
    if cell.protocol.half_cell_anode or not all(ends):
        return
    low, high = (float(np.median(each)) for each in ends)
    if low <= _LITHIATED_V and low < high <= _EMPTY_V:
        yield Oddity(
            code="D502",
            title="Half cell of an anode",
            flag="anode: discharge is lithiation",
            what=f"discharges end at {low:.2f} V and charges at {high:.2f} V, as those of an anode"
            " against lithium; what its cycler calls discharge is lithiation",
            place=cell.place(),
            fix="say half_cell_anode = true in the protocol (--half-cell-anode)",
        )
