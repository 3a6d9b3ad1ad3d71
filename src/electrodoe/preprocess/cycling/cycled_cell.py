"""One cell's record as cycles with capacities and rates."""

from dataclasses import dataclass
from functools import cached_property
from typing import Final

import numpy as np
import polars as pl

from electrodoe.findings import Finding
from electrodoe.ingest import CyclerRecord
from electrodoe.preprocess.cycling.c_rates import (
    RateBlock,
    capacity_for_rates,
    count_formation,
    rate_blocks,
    usual_rate,
)
from electrodoe.preprocess.cycling.half_cycles import Cycle, HalfCycle, join_halves, join_steps
from electrodoe.preprocess.cycling.programme_steps import segment_steps
from electrodoe.study import RateCapabilityProtocol

_AWAY_V: Final = 0.05
"""A step that ends farther from where its kind usually ends was cut."""
_DIGITS: Final = 3
"""Significant, of a rate without a usual name; chosen."""
_SWAPPED: Final = {"charge": "discharge", "discharge": "charge"}


@dataclass(frozen=True, kw_only=True, eq=False)
class CycledCell:
    """One cell's cycles.

    Attributes
    ----------
    record : CyclerRecord
        Where they come from.
    protocol : RateCapabilityProtocol
        How they were made.
    active_mass_mg : float or None, mg
        Active material of the cell.
    steps : polars.DataFrame
        From :func:`segment_steps`; charge and discharge swapped for an anode.
    cycles : tuple of Cycle
        In order.
    findings : tuple of Finding
        Of segmenting.
    """

    record: CyclerRecord
    protocol: RateCapabilityProtocol
    active_mass_mg: float | None
    steps: pl.DataFrame
    cycles: tuple[Cycle, ...]
    findings: tuple[Finding, ...]

    def halves(self, kind: str) -> list[tuple[int, HalfCycle]]:
        """Return all charges or all first discharges, with their cycle's position."""
        found = ((position, getattr(cycle, kind)) for position, cycle in enumerate(self.cycles))
        return [(position, half) for position, half in found if half is not None]

    def is_cut(self, half: HalfCycle) -> bool:
        """Return whether a charge or discharge ended away from where its kind usually ends."""
        ends = [other.steps[-1]["end_voltage_v"] for _, other in self.halves(half.kind)]
        end = half.steps[-1]
        if len(ends) == 1:
            return bool(end["step"] == self.steps.height)
        rises = (half.kind == "charge") != self.protocol.half_cell_anode
        away = end["end_voltage_v"] - float(np.median(ends))
        return bool((-away if rises else away) > _AWAY_V)

    @cached_property
    def slow_discharge(self) -> HalfCycle | None:
        """Return the slowest whole discharge."""
        whole = [half for _, half in self.halves("discharge") if half.capacity_mah > 0.0]
        whole = [half for half in whole if not self.is_cut(half)] or whole
        return min(whole, key=lambda half: half.current_a) if whole else None

    @cached_property
    def declared_capacity_mah(self) -> float | None:
        """Return the nominal capacity that the protocol tells, if it does."""
        per_gram = self.protocol.nominal_capacity_mah_g
        if per_gram is not None and self.active_mass_mg:
            return per_gram * self.active_mass_mg * 1e-3
        return self.protocol.nominal_capacity_mah

    @cached_property
    def measured_capacity_mah(self) -> float | None:
        """Return what the slowest discharge gave, if it reached its limit."""
        slow = self.slow_discharge
        return None if slow is None or self.is_cut(slow) else slow.capacity_mah

    @cached_property
    def capacity_for_rates_mah(self) -> float | None:
        """Return the capacity beside which the programme's currents are usual rates."""
        slow, measured = self.slow_discharge, self.measured_capacity_mah
        if self.declared_capacity_mah is not None or slow is None or measured is None:
            return self.declared_capacity_mah
        return capacity_for_rates([slow.current_a], [measured])

    def exact_c_rate(self, half: HalfCycle) -> float | None:
        """Return measured current over declared, else measured, capacity."""
        capacity = self.declared_capacity_mah or self.measured_capacity_mah
        return half.current_a * 1e3 / capacity if capacity else None

    def usual_c_rate(self, half: HalfCycle) -> float | None:
        """Return the usual rate that a discharge's current stands for, if any."""
        capacity = self.capacity_for_rates_mah
        return usual_rate(half.current_a * 1e3 / capacity) if capacity else None

    @cached_property
    def c_rates(self) -> tuple[float | None, ...]:
        """Return each cycle's rate: the usual one, else the exact one in three digits."""
        found = []
        for cycle in self.cycles:
            half = cycle.discharge
            usual = self.usual_c_rate(half) if half else None
            exact = self.exact_c_rate(half) if half else None
            found.append(usual or (float(f"{exact:.{_DIGITS}g}") if exact else None))
        return tuple(found)

    @cached_property
    def blocks(self) -> tuple[RateBlock, ...]:
        """Return the cycles in a row at one rate."""
        lines = [
            cycle.discharge.steps[0]["step_index"] if cycle.discharge else None
            for cycle in self.cycles
        ]
        return tuple(rate_blocks(self.c_rates, lines))

    @cached_property
    def n_formation(self) -> int:
        """Return how many cycles come before the rate test."""
        declared = self.protocol.formation_cycles
        return count_formation(self.blocks) if declared is None else min(declared, len(self.cycles))

    @cached_property
    def tested(self) -> dict[float, tuple[int, ...]]:
        """Return the cycles of the first block at each usual rate behind the formation."""
        found: dict[float, tuple[int, ...]] = {}
        for block in self.blocks:
            kept = tuple(cycle for cycle in block.cycles if cycle >= self.n_formation)
            half = self.cycles[kept[0]].discharge if kept else None
            if half is not None and block.c_rate and self.usual_c_rate(half):
                found.setdefault(block.c_rate, kept)
        return dict(sorted(found.items()))

    def place(self, cycle: int | None = None) -> str:
        """Return where a cycle stands, for a message."""
        steps = self.cycles[cycle].steps if cycle is not None else []
        if not steps:
            return str(self.record.path)
        return f"{self.record.path}, lines {steps[0]['first_line']} to {steps[-1]['last_line']}"


def cycle_cell(
    record: CyclerRecord, protocol: RateCapabilityProtocol, active_mass_mg: float | None
) -> CycledCell:
    """Return a record's cycles."""
    steps, findings = segment_steps(record)
    if protocol.half_cell_anode:
        steps = steps.with_columns(
            pl.col("kind").replace(_SWAPPED),
            charge_mah="discharge_mah",
            discharge_mah="charge_mah",
        )
    return CycledCell(
        record=record,
        protocol=protocol,
        active_mass_mg=active_mass_mg,
        steps=steps,
        cycles=tuple(join_halves(join_steps(steps))),
        findings=findings,
    )
