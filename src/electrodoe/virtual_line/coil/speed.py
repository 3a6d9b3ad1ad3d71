"""How the web ran: ramps, a slower stretch, a stop; its position by integration."""

from dataclasses import dataclass
from typing import Final

import numpy as np

from electrodoe.virtual_line.coatings import Floats
from electrodoe.virtual_line.sections import TRANSITION_M, Coil

STEP_S: Final = 0.5
SPEED_M_MIN: Final = 0.6
"""Of the paper."""
_SLOWER_M_MIN: Final = 0.5
_RAMP_M_MIN_S: Final = 0.6 / 20.0
"""From rest to full speed in 20 s."""
_STOP_S: Final = 180.0
_S_PER_MIN: Final = 60.0


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


def ride(coil: Coil, to_last_sensor_m: float) -> Ride:
    """Return how the web ran over the whole coil.

    Parameters
    ----------
    coil : Coil
        The stop and the splice are put into transitions of it, the slower stretch into a run.
    to_last_sensor_m : float, m
        The line runs until the coil's end has passed there.

    Returns
    -------
    Ride
        From rest to rest.

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


def _transition(coil: Coil, share: float) -> float:
    """Return the place two meters into the transition at a share of the coil's sections."""
    row = min(int(share * coil.sections.height), coil.sections.height - 1)
    return float(coil.sections["start_m"][row]) + 2.0


def _middle_run(coil: Coil) -> float:
    """Return where the run in the middle of the coil begins."""
    return float(coil.runs["start_m"][coil.runs.height // 2])
