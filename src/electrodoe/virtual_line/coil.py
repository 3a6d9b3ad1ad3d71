"""The coil: where sections and runs lie on it, and how the web ran."""

from dataclasses import dataclass
from typing import Final

import numpy as np
import polars as pl

from electrodoe.arrays import Floats
from electrodoe.design.run_plan import RUN, RunPlan
from electrodoe.errors import SimulationError

LOADING: Final = "active_mass_loading_mg_cm2"
TEMPERATURE: Final = "dryer_2_temperature_c"
POROSITY: Final = "porosity"
PLANNED: Final = (LOADING, TEMPERATURE, POROSITY)

LEAD_M: Final = 6.0
"""Web at the coil's start that belongs to nobody."""
TRANSITION_M: Final = 6.0
"""Web at the start of a section, until the dryer has its new temperature."""
RUN_M: Final = 6.0
"""Web of one run: several A4 sheets long."""
TAIL_M: Final = 9.0
"""Web after the last run, which carries it past the last sensor."""


@dataclass(frozen=True, kw_only=True)
class VirtualCoil:
    """What is coated where; positions are lengths of web that had passed the blade.

    Attributes
    ----------
    sections : polars.DataFrame
        ``section`` (1, 2, ...), ``start_m, end_m``, loading and temperature as planned, and
        ``run``: the first run that is cut from it, which stands for its uncalendered web.
    runs : polars.DataFrame
        ``run, section, start_m, end_m`` and the planned settings, in the order of the web.
    """

    sections: pl.DataFrame
    runs: pl.DataFrame

    @property
    def length_m(self) -> float:
        """Return the coil's length."""
        return float(self.sections["end_m"].to_numpy().max()) + TAIL_M


def lay_out(plan: RunPlan) -> VirtualCoil:
    """Return where the web of every run lies on the one coil.

    Sections stand in the order in which the plan first asks for them; runs of one section follow
    one another and are distinguished by the calender alone.
    """
    _require_factors(plan)
    at_m, sections, runs = LEAD_M, [], []
    groups = plan.frame.group_by(LOADING, TEMPERATURE, maintain_order=True)
    for number, ((loading, temperature), rows) in enumerate(groups, start=1):
        settings = {"section": number, LOADING: loading, TEMPERATURE: temperature}
        start_m, at_m = at_m, at_m + TRANSITION_M
        for run, porosity in rows.select(RUN, POROSITY).iter_rows():
            span = {"start_m": at_m, "end_m": at_m + RUN_M}
            runs.append({RUN: str(run), **settings, POROSITY: porosity, **span})
            at_m += RUN_M
        first = str(rows[RUN][0])
        sections.append({**settings, RUN: first, "start_m": start_m, "end_m": at_m})
    return VirtualCoil(sections=pl.DataFrame(sections), runs=pl.DataFrame(runs))


def _require_factors(plan: RunPlan) -> None:
    """Refuse a plan whose factors the plant has no knob for."""
    missing = [name for name in PLANNED if name not in plan.factors]
    other = [name for name in plan.factors if name not in PLANNED]
    if missing or other:
        named = f"without '{missing[0]}'" if missing else f"of '{other[0]}'"
        raise SimulationError(
            f"a plan {named} cannot be played",
            where="results/run_plan.csv",
            fix=f"plan with the factors {', '.join(PLANNED)}",
        )


STEP_S: Final = 0.5
"""Between two rows of the log: an assumption."""
SPEED_M_MIN: Final = 0.6
"""Of the paper."""
_SLOWER_M_MIN: Final = 0.5
"""In a part of one run, so that time and place do not go together: an assumption."""
_RAMP_M_MIN_S: Final = 0.6 / 20.0
"""From rest to full speed in 20 s."""
_STOP_S: Final = 180.0
"""For which the line stands still once: an assumption."""
_S_PER_MIN: Final = 60.0
"""Seconds in a minute."""


@dataclass(frozen=True, kw_only=True, eq=False)
class Ride:
    """How the web ran, in steps of half a second.

    Attributes
    ----------
    time_s, speed_m_min : array of shape (n_steps,)
        The machine's clock, and how fast the web truly was.
    passed_m : array of shape (n_steps,), m
        Web that had passed the blade.
    stop_m, splice_m : float, m
        Web that had passed when the line stood still, and when the splice came.
    """

    time_s: Floats
    speed_m_min: Floats
    passed_m: Floats
    stop_m: float
    splice_m: float


def ride(coil: VirtualCoil, to_last_sensor_m: float) -> Ride:
    """Return how the web ran over the whole coil.

    The stop and the splice are put into transitions, a slower segment into a run; the line runs
    until the coil's end has passed the last sensor.

    Notes
    -----
    The position is the trapezoid sum of the speed, step by step.
    """
    stop_m = _transition(coil, 0.4)
    slow_from_m = _middle_run(coil)
    end_m = coil.length_m + to_last_sensor_m
    speed, passed, stood_s = [0.0], [0.0], 0.0
    while passed[-1] < end_m:
        has_to_stand = passed[-1] >= stop_m and stood_s < _STOP_S
        is_slow = slow_from_m <= passed[-1] < slow_from_m + 0.5 * TRANSITION_M
        wanted = 0.0 if has_to_stand else (_SLOWER_M_MIN if is_slow else SPEED_M_MIN)
        change = np.clip(wanted - speed[-1], -_RAMP_M_MIN_S * STEP_S, _RAMP_M_MIN_S * STEP_S)
        speed.append(float(speed[-1] + change))
        passed.append(passed[-1] + 0.5 * (speed[-2] + speed[-1]) * STEP_S / _S_PER_MIN)
        stood_s += STEP_S * (has_to_stand and speed[-1] == 0.0)
    return Ride(
        time_s=STEP_S * np.arange(len(speed), dtype=np.float64),
        speed_m_min=np.array(speed),
        passed_m=np.array(passed),
        stop_m=stop_m,
        splice_m=_transition(coil, 0.7),
    )


def _transition(coil: VirtualCoil, fraction: float) -> float:
    """Return the place two meters into the transition at a fraction of the coil's sections."""
    row = min(int(fraction * coil.sections.height), coil.sections.height - 1)
    return float(coil.sections["start_m"][row]) + 2.0


def _middle_run(coil: VirtualCoil) -> float:
    """Return where the run in the middle of the coil begins."""
    return float(coil.runs["start_m"][coil.runs.height // 2])
