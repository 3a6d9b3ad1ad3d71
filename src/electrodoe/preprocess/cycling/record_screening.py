"""What is odd about a cell's record: its counter, its starts of steps, its voltages."""

from collections.abc import Iterator
from dataclasses import replace
from typing import Final

import numpy as np
import polars as pl

from electrodoe.findings import Finding, Severity, found
from electrodoe.preprocess.cycling.cycled_cell import CycledCell
from electrodoe.preprocess.cycling.recorded_capacity import disagreement

_AGREES: Final = 0.01
_WRONG: Final = 0.1
_MISSED: Final = 0.005
_LITHIATED_V: Final = 0.3
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
