"""The coating line: what its sensors saw, the log, and what the operator noted beside it."""

from typing import Final

import numpy as np
import polars as pl

from electrodoe.arrays import Floats
from electrodoe.errors import SimulationError
from electrodoe.study import CoilProtocol
from electrodoe.study.protocols.coil_sensor import CoilSensor, Traverse
from electrodoe.virtual_line.coil import PLANNED, RUN_M, STEP_S, Ride, VirtualCoil, ride
from electrodoe.virtual_line.noise_levels import NoiseLevels
from electrodoe.virtual_line.production import Measured, Production
from electrodoe.virtual_line.raw_files import hand_table, only_file
from electrodoe.virtual_line.recipe import Recipe
from electrodoe.virtual_line.streams import stream
from electrodoe.virtual_line.web import GRID_M, Web

_DRYERS_C: Final = {"dryer_1_temperature": 50.0, "dryer_3_temperature": 65.0}
"""Constant in the paper."""
_SETTLING_S: Final = 120.0
"""Time constant of a dryer: an assumption; over 6 m of web it comes within 1 %."""
_TILT_UM: Final = 3.0
"""Of the blade, from one side to the other: an assumption."""
_ACROSS: Final = (0.012, -0.02)
"""Relative slope and bulge of the film from edge to edge; their mean over the width is none."""
_SPLICE_M: Final = 0.15
"""Length of a splice's tape: an assumption."""
_SWEEP_S: Final = 20.0
"""From edge to edge, where the declaration does not say how the sensor moves."""


def reading(
    sensor: CoilSensor, ride: Ride, web: Web, levels: NoiseLevels, seed: int
) -> dict[str, Floats]:
    """Return a sensor's column of the log in the log's unit, and that of its place if it moves."""
    seen_m = ride.passed_m - sensor.distance_m
    rng = stream(seed, "sensor", sensor.key)
    if sensor.quantity == "coating_gap":
        values = _gap(sensor, web.at(seen_m).gap_um, levels, rng)
    elif sensor.quantity in {"wet_mass_loading", "dry_mass_loading"}:
        return _traversing(sensor, seen_m, ride, web, levels, rng)
    elif sensor.quantity in _DRYERS_C:
        constant = np.full(seen_m.shape, _DRYERS_C[sensor.quantity])
        values = constant + levels.dryer_c * rng.standard_normal(seen_m.size)
    elif sensor.quantity == "dryer_2_temperature":
        values = _settling(web.at(seen_m).temperature_c)
        values = values + levels.dryer_c * rng.standard_normal(seen_m.size)
    else:
        raise SimulationError(
            f"no sensor of '{sensor.quantity}' on the virtual line",
            where=f"study.toml, protocols, sensor with the column '{sensor.column}'",
            fix="use coating_gap, mass_loading with film, or dryer_N_temperature with N 1, 2, 3",
        )
    return {sensor.column: values / sensor.factor}


def log_columns(
    protocol: CoilProtocol, ride: Ride, web: Web, levels: NoiseLevels, seed: int
) -> dict[str, Floats]:
    """Return the log that a protocol declares: clock, speed, sensors in their order."""
    rng = stream(seed, "speed")
    noise = levels.speed_m_min * rng.standard_normal(ride.time_s.size)
    speed = np.where(ride.speed_m_min > 0.0, ride.speed_m_min + noise, 0.0)
    columns = {protocol.log.time: ride.time_s, protocol.speed: speed / protocol.speed_factor}
    for sensor in protocol.sensors:
        columns |= reading(sensor, ride, web, levels, seed)
    return columns


def _gap(
    sensor: CoilSensor, gap_um: Floats, levels: NoiseLevels, rng: np.random.Generator
) -> Floats:
    """Return what a gap sensor at one side saw."""
    tilt = {"left": -0.5 * _TILT_UM, "right": 0.5 * _TILT_UM}.get(sensor.side or "", 0.0)
    offset = levels.gap_offset_um * rng.standard_normal()
    return gap_um + tilt + offset + levels.gap_um * rng.standard_normal(gap_um.size)


def _traversing(
    sensor: CoilSensor,
    seen_m: Floats,
    ride: Ride,
    web: Web,
    levels: NoiseLevels,
    rng: np.random.Generator,
) -> dict[str, Floats]:
    """Return what an ultrasound sensor saw on its zigzag way; bare foil and tape read nothing."""
    is_wet = sensor.film == "wet"
    place = web.at(seen_m)
    film, noise = (
        (place.gauged_wet_mg_cm2, levels.wet_mg_cm2)
        if is_wet
        else (place.gauged_dry_mg_cm2, levels.dry_mg_cm2)
    )
    fraction = _zigzag(sensor.traverse, ride.time_s)
    is_bare = (seen_m < 0.0) | (seen_m > web.position_m[-1] + GRID_M)
    is_tape = (seen_m >= ride.splice_m) & (seen_m < ride.splice_m + _SPLICE_M)
    seen = np.where(is_bare | is_tape, 0.0, film * _profile(fraction))
    columns = {sensor.column: (seen + noise * rng.standard_normal(seen.size)) / sensor.factor}
    if sensor.traverse is not None and sensor.traverse.column is not None:
        columns[sensor.traverse.column] = fraction * sensor.traverse.width_mm
    return columns


def _profile(fraction: Floats) -> Floats:
    """Return the film over its mean across the web, from 0 at the left edge to 1."""
    slope, bulge = _ACROSS
    from_middle = fraction - 0.5
    return 1.0 + slope * from_middle + bulge * (from_middle**2 - 1.0 / 12.0)


def _zigzag(traverse: Traverse | None, time_s: Floats) -> Floats:
    """Return a sensor's place from 0 to 1 across the web; a fixed one stands in the middle."""
    if traverse is None:
        return np.full(time_s.shape, 0.5)
    period_s = traverse.period_s or 2.0 * _SWEEP_S
    moving_s = 0.5 * period_s - traverse.dwell_s
    phase_s = np.mod(time_s - traverse.leaves_first_edge_s, period_s)
    out = np.clip(phase_s / moving_s, 0.0, 1.0)
    back = np.clip((phase_s - 0.5 * period_s) / moving_s, 0.0, 1.0)
    return out - back


def _settling(wanted_c: Floats) -> Floats:
    """Return a dryer's temperature as it follows what is wanted of it."""
    fraction = 1.0 - np.exp(-STEP_S / _SETTLING_S)
    values = np.empty_like(wanted_c)
    at_c = wanted_c[0]
    for step, target in enumerate(wanted_c):
        at_c += fraction * (target - at_c)
        values[step] = at_c
    return values


_SAMPLES_OF_RUN: Final = 6
"""Places of a run at which its thickness is measured: an assumption."""


def run_spans(coil: VirtualCoil) -> pl.DataFrame:
    """Return which web belongs to which run, as the operator noted it."""
    return coil.runs.select("run", "start_m", "end_m")


def thickness_samples(
    coil: VirtualCoil, web: Web, recipe: Recipe, levels: NoiseLevels, seed: int
) -> pl.DataFrame:
    """Return thicknesses by micrometer of samples taken behind the dryer.

    Six samples of every run, with foil, as the micrometer shows them, and without.
    """
    offsets = RUN_M * (np.arange(_SAMPLES_OF_RUN) + 0.5) / _SAMPLES_OF_RUN
    position_m = (coil.runs["start_m"].to_numpy()[:, None] + offsets).ravel()
    noise = levels.micrometer_um * stream(seed, "micrometer").standard_normal(position_m.size)
    coating_um = web.at(position_m).dry_thickness_um + noise
    return pl.DataFrame(
        {
            "position_m": position_m,
            "uncalendered_electrode_thickness_um": coating_um + recipe.foil_um,
            "uncalendered_coating_thickness_um": coating_um,
        }
    ).with_columns(pl.all().round(2))


_OURS: Final = "raw/"


def run_list(made: Production) -> dict[str, bytes]:
    """Return the table of runs that a study names in its raw folder, or nothing.

    A table that the study names elsewhere is a person's own and is not written.
    """
    file = made.study.measurements.runs
    if file is None or not file.startswith(_OURS):
        return {}
    table = made.coil.runs.rename({"start_m": "coil_position_m"})
    return {file: hand_table(table.select("run", *PLANNED, "coil_position_m"), file)}


_DIGITS = 3
"""Decimals of the log, as loggers round: an assumption."""


def measure_coil(made: Production, name: str, protocol: CoilProtocol) -> Measured:
    """Return the log of the whole coil, with tables of runs and thickness samples."""
    last_m = max((sensor.distance_m for sensor in protocol.all_sensors), default=0.0)
    ridden = ride(made.coil, last_m)
    log = pl.DataFrame(log_columns(protocol, ridden, made.web, made.levels, made.seed))
    file = only_file(name, protocol, "coater_log")
    files = {file: hand_table(log.with_columns(pl.all().round(_DIGITS)), file)}
    if protocol.runs_table is not None:
        files[protocol.runs_table] = hand_table(run_spans(made.coil), protocol.runs_table)
    if protocol.thickness_table is not None:
        samples = thickness_samples(made.coil, made.web, made.recipe, made.levels, made.seed)
        files[protocol.thickness_table] = hand_table(samples, protocol.thickness_table)
    return Measured(files=files, truth=_along_the_web(made))


def _along_the_web(made: Production) -> pl.DataFrame:
    """Return what is true every quarter meter of the web."""
    web = made.web
    columns = {name: values for name, values in vars(web).items() if name != "section"}
    return pl.DataFrame({"section": web.section, **columns}).gather_every(5)
