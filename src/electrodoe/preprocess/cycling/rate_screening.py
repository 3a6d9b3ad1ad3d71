"""What is odd about a cell's rates: no name, no slow discharge, too few cycles."""

from collections.abc import Iterator
from typing import Final

from electrodoe.findings import Finding, found
from electrodoe.preprocess.cycling.c_rates import rate_words, usual_rate
from electrodoe.preprocess.cycling.cycled_cell import CycledCell

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
