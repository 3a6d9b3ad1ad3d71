"""From frames of raw data to one row per sample, with the settings of its run."""

from pathlib import Path

import numpy as np
import pandas as pd
from raw_files import run_and_sample

ACTIVE_FRACTION, DENSITY_G_CM3, FOIL_UM = 0.94, 2.158, 10.0
PULLED_MM2 = 50.26
NOMINAL_MAH_G = 257.7
RATES = {"c10": 0.1, "1c": 1.0, "3c": 3.0, "5c": 5.0}
SEGMENT_M = 3.0
SENSORS = {  # columns of the log, factor to the unit, and meters behind the blade
    "coating_gap_um": (["gap_left_um", "gap_right_um"], 1.0, 0.0),
    "wet_mass_loading_mg_cm2": (["wet_g_m2"], 0.1, 0.8),
    "dryer_2_temperature_c": (["dryer_2_c"], 1.0, 3.5),
    "dry_mass_loading_mg_cm2": (["dry_g_m2"], 0.1, 6.0),
}
STANDING_M_MIN = 0.01
NOWHERE = -1  # web that belongs to no run


def adhesion(curves: dict[Path, pd.DataFrame], name: str) -> pd.DataFrame:
    """Return strengths: peak force above the force after rupture, over the area."""
    rows = []
    for path, curve in curves.items():
        zero = curve["force_n"].iloc[-100:].mean()
        run, sample = run_and_sample(path)
        strength = 1e3 * (curve["force_n"].max() - zero) / PULLED_MM2
        rows.append({"run": run, "sample": sample, "file": path, name: strength})
    return pd.DataFrame(rows)


def capacities(cells: dict[Path, pd.DataFrame], index: pd.DataFrame) -> pd.DataFrame:
    """Return the discharge capacity of each cell's second cycle at each rate, after formation."""
    masses = index.set_index("file")["active_mass_mg"]
    rows = []
    for path, cell in cells.items():
        run, sample = run_and_sample(path)
        mass_g = masses[f"raw/cells/{path.name}"] * 1e-3
        discharge = cell[cell["Command"] == "Discharge"].groupby("Cyc-Count")
        cycles = pd.DataFrame(
            {
                "mah": -1e3 * discharge["Ah-Step"].min(),
                "rate": -1e3 * discharge["I[A]"].median() / (NOMINAL_MAH_G * mass_g),
            }
        )
        row = {"run": run, "sample": sample, "file": path}
        for name, rate in RATES.items():
            found = cycles.loc[np.isclose(cycles["rate"], rate, rtol=0.1), "mah"].iloc[1]
            row |= {
                f"discharge_capacity_{name}_mah": found,
                f"discharge_capacity_{name}_mah_g": found / mass_g,
            }
        rows.append(row)
    return pd.DataFrame(rows)


def sheets_by_run(sheets: pd.DataFrame) -> pd.DataFrame:
    """Return the means of each run's sheets, by eqs. (1) and (3) of the paper."""
    loading = 1e3 * (sheets["sheet_mass_g"] - sheets["foil_mass_g"]) / sheets["area_cm2"]
    readings = sheets[[f"thickness_{number}_um" for number in (1, 2, 3)]]
    thickness = readings.mean(axis=1) - FOIL_UM
    before = sheets["uncalendered_electrode_thickness_um"] - FOIL_UM
    values = pd.DataFrame(
        {
            "active_mass_loading_mg_cm2": ACTIVE_FRACTION * loading,
            "coating_mass_loading_mg_cm2": loading,
            "coating_thickness_um": thickness,
            "porosity": 1.0 - 10.0 * loading / (DENSITY_G_CM3 * thickness),
            "compaction_rate": 1.0 - thickness / before,
            "roll_gap_um": sheets["roll_gap_um"],
        }
    )
    return values.groupby(sheets["run"]).mean()


def coil_web_segments(
    log: pd.DataFrame, runs: pd.DataFrame, thickness: pd.DataFrame
) -> pd.DataFrame:
    """Return what the sensors saw of each run's segments of 3 m, and their thickness samples."""
    speed = log["speed_m_min"].where(log["speed_m_min"] > STANDING_M_MIN, 0.0).to_numpy()
    steps = np.diff(log["time_s"]) / 60.0 * 0.5 * (speed[1:] + speed[:-1])
    passed = np.concatenate([[0.0], np.cumsum(steps)])
    moving = speed > 0.0
    columns = {
        name: (log.loc[moving, sensors].mean(axis=1) * factor)
        .groupby(segment_of(passed[moving] - behind, runs))
        .mean()
        for name, (sensors, factor, behind) in SENSORS.items()
    }
    name = "uncalendered_electrode_thickness_um"
    columns[name] = thickness.groupby(segment_of(thickness["position_m"], runs))[name].mean()
    segments = pd.DataFrame(columns).drop(index=NOWHERE, errors="ignore")
    segments.index = pd.MultiIndex.from_arrays(
        [segments.index // 1000, segments.index % 1000], names=["run", "sample"]
    )
    return segments


def segment_of(position_m: np.ndarray, runs: pd.DataFrame) -> np.ndarray:
    """Return 1000 times the run and the number of the segment that lies at some places."""
    position = np.asarray(position_m)
    ordered = runs.sort_values("start_m")
    at = (np.searchsorted(ordered["start_m"], position, side="right") - 1).clip(0)
    start, end, run = (ordered[name].to_numpy()[at] for name in ("start_m", "end_m", "run"))
    number = (position - start) // SEGMENT_M + 1.0
    is_inside = (position >= start) & (position < end)
    return np.where(is_inside, 1000 * run + number, NOWHERE).astype(int)
