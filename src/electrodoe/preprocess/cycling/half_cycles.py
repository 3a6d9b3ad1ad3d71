"""Steps joined to charges and discharges, and these to cycles."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any, Final

import polars as pl

_OTHER_LEVEL: Final = 0.1
"""A current that differs by more is another rate; one that falls by more is a held voltage."""

Step = dict[str, Any]


@dataclass(kw_only=True)
class HalfCycle:
    """One charge or one discharge, with the held voltage behind it.

    Attributes
    ----------
    kind : str
        ``charge`` or ``discharge``.
    steps : list of dict
        Rows of the table of steps.
    """

    kind: str
    steps: list[Step] = field(default_factory=list)

    @property
    def capacity_mah(self) -> float:
        """Return what passed in its direction, less what passed against it."""
        sign = 1.0 if self.kind == "charge" else -1.0
        return float(
            sum(sign * (step["charge_mah"] - step["discharge_mah"]) for step in self.steps)
        )

    @property
    def current_a(self) -> float:
        """Return the size of the current of its first step."""
        return float(self.steps[0]["current_a"])


@dataclass(frozen=True, kw_only=True)
class Cycle:
    """A charge, the discharge after it, and discharges after that.

    Attributes
    ----------
    charge, discharge : HalfCycle or None
        What was found.
    further : tuple of HalfCycle
        Discharges at other currents without a charge in between.
    """

    charge: HalfCycle | None
    discharge: HalfCycle | None
    further: tuple[HalfCycle, ...] = ()

    @property
    def coulombic_efficiency(self) -> float | None:
        """Return the fraction of the charge that the discharge gave back, where there are both."""
        if not (self.charge and self.discharge and self.charge.capacity_mah > 0.0):
            return None
        return self.discharge.capacity_mah / self.charge.capacity_mah

    @property
    def steps(self) -> list[Step]:
        """Return all steps of the cycle in order."""
        parts = (self.charge, self.discharge, *self.further)
        return [step for part in parts if part for step in part.steps]


def join_steps(steps: pl.DataFrame) -> list[HalfCycle]:
    """Return charges and discharges in order; rests and pulses part nothing.

    Steps of one kind in a row are one, unless a discharge goes on at another held current.
    """
    halves: list[HalfCycle] = []
    for step in steps.filter(pl.col("kind").is_in(["charge", "discharge"])).iter_rows(named=True):
        last = halves[-1] if halves else None
        if last is None or last.kind != step["kind"] or _is_another_rate(last, step):
            last = HalfCycle(kind=step["kind"])
            halves.append(last)
        last.steps.append(step)
    return halves


def join_halves(halves: Sequence[HalfCycle]) -> list[Cycle]:
    """Return cycles: each begins with a charge, the first one where the record begins."""
    groups: list[list[HalfCycle]] = []
    for half in halves:
        if half.kind == "charge" or not groups:
            groups.append([])
        groups[-1].append(half)
    return [_cycle(group) for group in groups]


def _cycle(group: Sequence[HalfCycle]) -> Cycle:
    """Return one charge and what followed it."""
    charge = group[0] if group[0].kind == "charge" else None
    discharges = [half for half in group if half.kind == "discharge"]
    return Cycle(
        charge=charge,
        discharge=discharges[0] if discharges else None,
        further=tuple(discharges[1:]),
    )


def _is_another_rate(last: HalfCycle, step: Step) -> bool:
    """Return whether a discharge goes on at another current that is held."""
    if step["kind"] != "discharge":
        return False
    first, end = abs(step["first_current_a"]), abs(step["last_current_a"])
    is_held = abs(first - end) <= _OTHER_LEVEL * max(first, end)
    differs = (
        abs(step["current_a"] / last.current_a - 1.0) > _OTHER_LEVEL if last.current_a else True
    )
    return is_held and differs
