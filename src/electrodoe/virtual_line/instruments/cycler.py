"""What a cycler writes down of a programme, row by row."""

from typing import Final

import numpy as np
import polars as pl

from electrodoe.virtual_line.coatings import Floats
from electrodoe.virtual_line.instruments.programme import DISCHARGE, PAUSE, Step
from electrodoe.virtual_line.noise_levels import NoiseLevels

FULL_V: Final = 4.2
EMPTY_V: Final = 2.9
"""The paper's limits."""
_ROWS: Final = 50
"""Rows of a step at constant current."""
_HOLD_ROWS: Final = 12
_PAUSE_S: Final = 300.0
_PAUSE_ROWS: Final = 4
_PAUSE_V: Final = 3.6
_HOLD_SHARE: Final = 0.03
"""Of a charge, taken at constant voltage."""
_HOLD_END: Final = 0.02
"""Rate below which a constant voltage ends (the paper's)."""
_S_PER_H: Final = 3600.0
_A_PER_MA: Final = 1e-3
_SHARE: Final = (0.0, 0.1, 0.3, 0.5, 0.7, 0.85, 0.95, 1.0)
_OPEN_V: Final = (4.17, 4.03, 3.86, 3.71, 3.62, 3.53, 3.36, 2.9)
"""Voltage of graphite against NMC622 over what has been taken: for the look of it only."""
_LOSS_V: Final = 0.06
"""Loss of voltage at 1C."""


def record(
    steps: list[Step], nominal_mah: float, levels: NoiseLevels, rng: np.random.Generator
) -> pl.DataFrame:
    """Return what the cycler wrote down of a programme.

    Parameters
    ----------
    steps : list of Step
        The programme with what flows in each step.
    nominal_mah : float, mAh
        What a rate of 1 empties in an hour.
    levels : NoiseLevels
        Of the cycler.
    rng : numpy.random.Generator
        For them.

    Returns
    -------
    polars.DataFrame
        ``line, command, cycle, step, step_s, voltage_v, current_a, step_ah``: one row per moment;
        discharges have a negative current and charge.
    """
    gain = 1.0 + levels.current * rng.standard_normal()
    flows = [_moments(step, nominal_mah) for step in steps]
    rows = np.repeat(np.arange(len(steps)), [len(time_s) for time_s, *_ in flows])
    time_s, voltage_v, current_a, charge_ah = (
        np.concatenate(values) for values in zip(*flows, strict=True)
    )
    noise = levels.voltage_v * rng.standard_normal(len(rows))
    moments = {"step_s": time_s, "voltage_v": voltage_v + noise}
    return pl.DataFrame(
        moments
        | {"current_a": current_a * gain, "step_ah": charge_ah * gain}
        | {"line": np.array([step.line for step in steps], dtype=np.int32)[rows]}
        | {"command": pl.Series([step.command for step in steps]).gather(rows)}
        | {"cycle": np.array([step.cycle for step in steps], dtype=np.int32)[rows]}
        | {"step": rows.astype(np.int32)}
    )


def _moments(step: Step, nominal_mah: float) -> tuple[Floats, Floats, Floats, Floats]:
    """Return time, voltage, current and charge of one step, both negative in a discharge."""
    time_s, voltage_v, current_a, charge_ah = (
        _rest() if step.command == PAUSE else _flow(step, nominal_mah)
    )
    sign = -1.0 if step.command == DISCHARGE else 1.0
    return time_s, voltage_v, sign * current_a, sign * charge_ah


def _rest() -> tuple[Floats, Floats, Floats, Floats]:
    """Return time, voltage, current and charge while nothing flows."""
    nothing = np.zeros(_PAUSE_ROWS)
    time_s = np.asarray(np.linspace(0.0, _PAUSE_S, _PAUSE_ROWS), dtype=np.float64)
    return time_s, nothing + _PAUSE_V, nothing, nothing


def _flow(step: Step, nominal_mah: float) -> tuple[Floats, Floats, Floats, Floats]:
    """Return time, voltage, current and charge of a step in which current flows."""
    amperes = step.rate * nominal_mah * _A_PER_MA
    all_ah = step.capacity_mah * _A_PER_MA
    constant_ah = all_ah * (1.0 - _HOLD_SHARE * step.has_voltage_hold)
    share = np.asarray(np.linspace(0.0, 1.0, _ROWS), dtype=np.float64)
    time_s = share * constant_ah / amperes * _S_PER_H
    flowed = time_s, _voltage(share, step), np.full(_ROWS, amperes), share * constant_ah
    if not step.has_voltage_hold:
        return flowed
    held_s, held_a, held_ah = _hold(amperes, all_ah - constant_ah, step.rate)
    held = time_s[-1] + held_s, np.full(_HOLD_ROWS, FULL_V), held_a, constant_ah + held_ah
    joined = [np.concatenate(pair) for pair in zip(flowed, held, strict=True)]
    return joined[0], joined[1], joined[2], joined[3]


def _voltage(share: Floats, step: Step) -> Floats:
    """Return the voltage over what has flowed, from limit to limit."""
    loss = _LOSS_V * step.rate
    if step.command == DISCHARGE:
        falling: Floats = np.interp(share, _SHARE, _OPEN_V) - loss * (1.0 - share)
        return np.maximum(falling, EMPTY_V)
    rising: Floats = np.interp(1.0 - share, _SHARE, _OPEN_V) + loss * (1.0 - share)
    lifted: Floats = rising + (FULL_V - rising[-1]) * share
    return lifted


def _hold(amperes: float, charge_ah: float, rate: float) -> tuple[Floats, Floats, Floats]:
    """Return time, current and charge while the voltage is held and the current decays."""
    share = np.asarray(np.linspace(0.0, 1.0, _HOLD_ROWS + 1)[1:], dtype=np.float64)
    decay = float(np.log(rate / _HOLD_END))
    falling = np.exp(-decay * share)
    flowed = charge_ah * (1.0 - falling) / (1.0 - falling[-1])
    time_constant_s = charge_ah / (amperes * (1.0 - falling[-1])) * _S_PER_H
    return decay * share * time_constant_s, amperes * falling, flowed
