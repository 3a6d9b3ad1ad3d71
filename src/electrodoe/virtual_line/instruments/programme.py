"""A cycler's programme: formation, then discharges from slow to fast."""

from dataclasses import dataclass
from typing import Final

from electrodoe.virtual_line.cells import FORMATION_RATE, RATES

PAUSE, CHARGE, DISCHARGE = "Pause", "Charge", "Discharge"
N_FORMATION: Final = 3
N_AT_RATE: Final = 2
"""The second cycle at each rate is the one that counts in the paper."""
_FIRST_EFFICIENCY: Final = 0.92
"""The rest binds lithium in formation: an assumption, the same as in the capacity model."""
_EFFICIENCY: Final = 0.9995
_LINES_A_CYCLE: Final = 4


@dataclass(frozen=True, kw_only=True)
class Step:
    """One step of the programme.

    Attributes
    ----------
    line : int
        Of the test plan.
    command : str
        ``Pause``, ``Charge`` or ``Discharge``.
    cycle : int
        From 1.
    rate : float, 1/h
        Of the nominal capacity.
    capacity_mah : float, mAh
        What flows.
    has_voltage_hold : bool
        Whether a constant voltage follows the constant current.
    """

    line: int
    command: str
    cycle: int
    rate: float = 0.0
    capacity_mah: float = 0.0
    has_voltage_hold: bool = False


def programme(capacity_mah: dict[float, float]) -> list[Step]:
    """Return formation and rate test of a cell.

    Parameters
    ----------
    capacity_mah : dict of float to float
        What the cell gives at each rate, 0.2C among them.

    Returns
    -------
    list of Step
        Two cycles at 0.2C and a third with a voltage hold; then two cycles at each rate, always
        charged at 0.2C with a hold.

    Examples
    --------
    >>> steps = programme({0.1: 4.05, 0.2: 4.0, 1.0: 3.8, 3.0: 2.0, 5.0: 1.0})
    >>> [(step.cycle, step.rate) for step in steps if step.command == "Discharge"][2:6]
    [(3, 0.2), (4, 0.1), (5, 0.1), (6, 1.0)]
    """
    formation = [(FORMATION_RATE, number == N_FORMATION) for number in range(1, N_FORMATION + 1)]
    tested = [(rate, True) for rate in RATES for _ in range(N_AT_RATE)]
    charged_mah = capacity_mah[FORMATION_RATE] / _FIRST_EFFICIENCY
    steps = [Step(line=2, command=PAUSE, cycle=1)]
    for cycle, (rate, has_hold) in enumerate(formation + tested, start=1):
        steps += _cycle(cycle, rate, charged_mah, capacity_mah[rate], has_hold=has_hold)
        charged_mah = capacity_mah[rate] / _EFFICIENCY
    return steps


def _cycle(
    cycle: int, rate: float, charged_mah: float, given_mah: float, *, has_hold: bool
) -> list[Step]:
    """Return a charge and a discharge with their rests."""
    line = _LINES_A_CYCLE * cycle
    charge = Step(
        line=line,
        command=CHARGE,
        cycle=cycle,
        rate=FORMATION_RATE,
        capacity_mah=charged_mah,
        has_voltage_hold=has_hold,
    )
    discharge = Step(
        line=line + 2, command=DISCHARGE, cycle=cycle, rate=rate, capacity_mah=given_mah
    )
    first, second = (Step(line=line + n, command=PAUSE, cycle=cycle) for n in (1, 3))
    return [charge, first, discharge, second]
