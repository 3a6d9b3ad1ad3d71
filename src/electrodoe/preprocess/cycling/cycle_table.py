"""One row per cycle."""

from collections.abc import Sequence
from typing import Final

import polars as pl

from electrodoe.findings import Finding, Severity
from electrodoe.preprocess.cycling.cycled_cell import CycledCell
from electrodoe.preprocess.cycling.half_cycles import HalfCycle

SCHEMA: Final = {
    "file": pl.String,
    "lines": pl.String,
    "cycle": pl.Int64,
    "is_formation": pl.Boolean,
    "c_rate": pl.Float64,
    "c_rate_exact": pl.Float64,
    "discharge_current_a": pl.Float64,
    "discharge_capacity_mah": pl.Float64,
    "charge_capacity_mah": pl.Float64,
    "discharge_capacity_mah_g": pl.Float64,
    "charge_capacity_mah_g": pl.Float64,
    "coulombic_efficiency": pl.Float64,
    "discharge_end_voltage_v": pl.Float64,
    "further_discharge_mah": pl.Float64,
    "flags": pl.String,
}
"""Columns and their types."""


def cycle_table(cell: CycledCell, findings: Sequence[Finding]) -> pl.DataFrame:
    """Return a cell's cycles.

    One row per cycle, numbered from 1, flagged with its own findings and with those of the whole
    cell, findings about the whole cell left out. ``c_rate`` is the usual rate of the discharge,
    ``c_rate_exact`` its measured current over the capacity; ``further_discharge_mah`` came out at
    other currents before the next charge.
    """
    rows = []
    for number, cycle in enumerate(cell.cycles):
        came_out, went_in = _capacity(cycle.discharge), _capacity(cycle.charge)
        flags = [finding.flag for finding in findings if _speaks_of(finding, number)]
        further = sum(half.capacity_mah for half in cycle.further)
        rows.append(
            {
                "file": str(cell.record.path),
                "lines": f"{cycle.steps[0]['first_line']}-{cycle.steps[-1]['last_line']}",
                "cycle": number + 1,
                "is_formation": number < cell.n_formation,
                "c_rate": cell.c_rates[number],
                "c_rate_exact": cell.exact_c_rate(cycle.discharge) if cycle.discharge else None,
                "discharge_current_a": cycle.discharge.current_a if cycle.discharge else None,
                "discharge_capacity_mah": came_out,
                "charge_capacity_mah": went_in,
                "discharge_capacity_mah_g": per_gram(came_out, cell.active_mass_mg),
                "charge_capacity_mah_g": per_gram(went_in, cell.active_mass_mg),
                "coulombic_efficiency": cycle.coulombic_efficiency,
                "discharge_end_voltage_v": (
                    cycle.discharge.steps[-1]["end_voltage_v"] if cycle.discharge else None
                ),
                "further_discharge_mah": further or None,
                "flags": "; ".join(dict.fromkeys(flags)),
            }
        )
    return pl.DataFrame(rows, schema=SCHEMA)


def per_gram(capacity_mah: float | None, active_mass_mg: float | None) -> float | None:
    """Return a capacity per gram of active material, in mAh/g.

    Examples
    --------
    >>> per_gram(3.2, 20.0)
    160.0
    """
    if capacity_mah is None or not active_mass_mg:
        return None
    return capacity_mah / active_mass_mg * 1e3


def _speaks_of(finding: Finding, number: int) -> bool:
    """Return whether a finding is one of a cycle, or a grave one of its cell."""
    if finding.row is None:
        return finding.severity is not Severity.NOTE
    return finding.row == number


def _capacity(half: HalfCycle | None) -> float | None:
    """Return what passed, or None."""
    return half.capacity_mah if half else None
