"""A made-up coating line: a coil whose truth is known at every millimeter, logged row by row.

Knows nothing of the reader: positions come from the speed's closed form on a fine grid of its own.
"""

from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
import polars as pl

FINE_S = 0.01
RUNS = {"1": (1.0, 6.0), "2": (6.0, 11.0), "3": (12.0, 17.0)}
"""Run 3 begins behind the splice, which takes the web from 11 to 12 m."""
GAP_UM = {"1": 180.0, "2": 240.0, "3": 210.0}
DRYER_C = {"1": 50.0, "2": 60.0, "3": 65.0}
WET_PER_GAP = 0.08
SOLIDS = 0.52
TILT_UM = 6.0
STOP_AT_S, STOP_FOR_S = 700.0, 120.0
DISTANCE_M = {"gap": 0.0, "wet": 0.8, "dryer": 3.0, "dry": 5.6}
TRAVERSE_MM, TRAVERSE_S = 200.0, 20.0


def speed_m_min(time_s: np.ndarray) -> np.ndarray:
    """Return the speed: 0.6, a ramp to 0.9, a stop of two minutes, 0.45, then 0.6 m/min."""
    knots = [0, 400, 430, STOP_AT_S - 10, STOP_AT_S, STOP_AT_S + STOP_FOR_S, 830, 1100, 1120, 9e3]
    return np.interp(time_s, knots, [0.6, 0.6, 0.9, 0.9, 0.0, 0.0, 0.45, 0.45, 0.6, 0.6])


def texture(web_m: np.ndarray) -> np.ndarray:
    """Return what the blade leaves besides its setting: waves of several lengths, in µm."""
    waves = [(0.37, 1.7), (0.83, 1.1), (1.9, 2.3), (0.21, 0.9)]
    return sum(size * np.sin(2 * np.pi * web_m / wave + 3 * wave) for wave, size in waves)


def run_at(web_m: np.ndarray) -> np.ndarray:
    """Return the run of each place, or an empty name."""
    names = np.full(len(web_m), "", dtype=object)
    for run, (start, end) in RUNS.items():
        names[(web_m >= start) & (web_m < end)] = run
    return names


def _by_run(web_m: np.ndarray, values: dict[str, float], between: float) -> np.ndarray:
    """Return the value of each place's run."""
    return np.array([values.get(run, between) for run in run_at(web_m)])


def gap_um(web_m: np.ndarray) -> np.ndarray:
    """Return the mean gap that each place passed under."""
    return _by_run(web_m, GAP_UM, 150.0) + texture(web_m)


@dataclass(frozen=True)
class MadeUpCoil:
    """A log and what is true about it."""

    frame: pl.DataFrame
    position_m: np.ndarray
    distances_m: dict[str, float] = field(default_factory=lambda: dict(DISTANCE_M))

    def time_at(self, web_m: float) -> float:
        """Return when a place passed the blade."""
        return float(np.interp(web_m, self.position_m, self.frame["time_s"].to_numpy()))


def made_up_coil(
    period_s: float = 1.0, until_s: float = 2500.0, noise: float = 0.3, seed: int = 1
) -> MadeUpCoil:
    """Return one coil's log with a reading of every sensor every so many seconds."""
    rng = np.random.default_rng(seed)
    fine_s = np.arange(0.0, until_s + FINE_S, FINE_S)
    fine_m = np.concatenate(
        [[0.0], np.cumsum(speed_m_min(fine_s[:-1] + FINE_S / 2) * FINE_S / 60.0)]
    )
    time_s = np.arange(0.0, until_s + period_s / 2, period_s)
    position = np.interp(time_s, fine_s, fine_m)
    seen = {name: position - distance for name, distance in DISTANCE_M.items()}
    phase = np.mod(time_s, TRAVERSE_S) / (TRAVERSE_S / 2)
    across_mm = TRAVERSE_MM * np.where(phase < 1.0, phase, 2.0 - phase)

    def noisy(values: np.ndarray, size: float) -> np.ndarray:
        return values + size * noise * rng.standard_normal(len(values))

    wet = WET_PER_GAP * gap_um(seen["wet"]) * (1.0 + 2e-4 * (across_mm - TRAVERSE_MM / 2))
    dry = SOLIDS * WET_PER_GAP * gap_um(seen["dry"])
    frame = pl.DataFrame(
        {
            "time_s": time_s,
            "speed_m_min": speed_m_min(time_s),
            "gap_left": noisy(gap_um(seen["gap"]) - TILT_UM / 2, 1.0),
            "gap_right": noisy(gap_um(seen["gap"]) + TILT_UM / 2, 1.0),
            "wet_g_m2": noisy(10.0 * wet, 2.0),
            "across_mm": across_mm,
            "dryer_2": noisy(_by_run(seen["dryer"], DRYER_C, 40.0), 0.5),
            "dry_g_m2": noisy(10.0 * dry, 1.0),
            "run": run_at(position),
        }
    )
    return MadeUpCoil(frame=frame, position_m=position)


def sensor(name: str, column: str, unit: str, **more: object) -> dict[str, object]:
    """Return one sensor's declaration."""
    return {"name": name, "column": column, "unit": unit, **more}


SENSORS = [
    sensor("coating_gap", "gap_left", "um", side="left"),
    sensor("coating_gap", "gap_right", "um", side="right"),
    sensor(
        "mass_loading",
        "wet_g_m2",
        "mg_cm2",
        factor=0.1,
        film="wet",
        distance_m=DISTANCE_M["wet"],
        traverse={"width_mm": TRAVERSE_MM, "column": "across_mm"},
    ),
    sensor("dryer_2_temperature", "dryer_2", "c", distance_m=DISTANCE_M["dryer"]),
    sensor("mass_loading", "dry_g_m2", "mg_cm2", factor=0.1, film="dry", distance_m=5.6),
]

SPANS = [{"run": run, "start_m": start, "end_m": end} for run, (start, end) in RUNS.items()]


def declared(**changes: object) -> dict[str, object]:
    """Return the protocol of the made-up line, with changes."""
    return {
        "instrument": "coil",
        "files": ("raw/*.csv",),
        "sensors": SENSORS,
        "runs": SPANS,
        "splices": [{"at_m": 11.0, "length_m": 1.0}],
        **changes,
    }


def written(folder: Path, frame: pl.DataFrame, name: str = "line.csv") -> Path:
    """Return the log as a file: Parquet or text by its name."""
    path = folder / name
    if name.endswith(".parquet"):
        frame.write_parquet(path)
    else:
        frame.write_csv(path)
    return path
