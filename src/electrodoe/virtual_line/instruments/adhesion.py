"""The testing machine: a pull-off test of a specimen, written as a German testXpert does."""

from dataclasses import dataclass
from typing import Final

import numpy as np
import polars as pl

from electrodoe.arrays import Floats
from electrodoe.physics import pull_off_force
from electrodoe.study import AdhesionProtocol
from electrodoe.virtual_line.noise_levels import NoiseLevels
from electrodoe.virtual_line.production import Measured, Production
from electrodoe.virtual_line.raw_files import MARK, moment, specimen_file
from electrodoe.virtual_line.specimens import adhesion_of, punch
from electrodoe.virtual_line.streams import stream

_COMPRESSION_N_UM: Final = 1.4
"""Stiffness of tape and specimen while they are pressed."""
_TENSION_N_UM: Final = 0.12
"""Of the tape while it is pulled, up to the peak; it softens before it lets go."""
_AIR_UM: Final = 15.0
"""The stamp's way before it touches."""
_TAIL_S: Final = 0.15
"""Recorded after the bond has parted: an assumption."""
_BREAK_S: Final = 0.002
"""Time constant of the falling force, four points at 2000 Hz: an assumption."""
_PRESS_HZ: Final = 100.0  # as below, while the stamp presses; an assumption
_DWELL_HZ: Final = 10.0
"""The machine writes events sparsely where nothing happens; the pull comes at its full rate."""
_S_PER_MIN: Final = 60.0
"""Seconds in a minute."""
_UM_PER_MM: Final = 1e3
"""Micrometers in a millimeter."""


@dataclass(frozen=True, kw_only=True, eq=False)
class PullOff:
    """What the machine recorded.

    Attributes
    ----------
    time_s, travel_mm, force_n : array of shape (n_points,)
        Compression is negative, tension positive.
    area_mm2, compression_kpa, dwell_s, compression_mm_min, pull_mm_min : float
        How the machine was set.
    """

    time_s: Floats
    travel_mm: Floats
    force_n: Floats
    area_mm2: float
    compression_kpa: float
    dwell_s: float
    compression_mm_min: float
    pull_mm_min: float


def pull_off(
    adhesion_kpa: float,
    protocol: AdhesionProtocol,
    settings: tuple[float, float, float, float],
    levels: NoiseLevels,
    rng: np.random.Generator,
) -> PullOff:
    """Return the recorded curve of one specimen.

    ``settings`` are compression in kPa, dwell in s, speeds of pressing and pulling in mm/min. The
    largest tension, freed of the zero, is the adhesion times the area.
    """
    compression_kpa, dwell_s, press_mm_min, pull_mm_min = settings
    pressed_n = float(pull_off_force(np.array([compression_kpa]), protocol.area_mm2)[0])
    peak_n = float(pull_off_force(np.array([adhesion_kpa]), protocol.area_mm2)[0])
    phases = [
        _press(pressed_n, press_mm_min),
        (np.arange(1.0, dwell_s * _DWELL_HZ) / _DWELL_HZ, np.zeros(0), np.zeros(0)),
        _pull(pressed_n, peak_n, pull_mm_min, protocol.data_rate_hz or 2000.0),
    ]
    hold_s = phases[1][0]
    deepest_mm = float(phases[0][1][-1])
    phases[1] = (hold_s, np.full(hold_s.size, deepest_mm), np.full(hold_s.size, -pressed_n))
    starts = [0.0, float(phases[0][0][-1]), float(phases[0][0][-1]) + dwell_s]
    travel = [phases[0][1], phases[1][1], deepest_mm + phases[2][1]]
    force = np.concatenate([phase[2] for phase in phases])
    zero_n = levels.force_offset_n * rng.standard_normal()
    return PullOff(
        time_s=np.concatenate([at + phase[0] for at, phase in zip(starts, phases, strict=True)]),
        travel_mm=np.concatenate(travel),
        force_n=force + zero_n + levels.force_n * rng.standard_normal(force.size),
        area_mm2=protocol.area_mm2,
        compression_kpa=compression_kpa,
        dwell_s=dwell_s,
        compression_mm_min=press_mm_min,
        pull_mm_min=pull_mm_min,
    )


def _press(pressed_n: float, press_mm_min: float) -> tuple[Floats, Floats, Floats]:
    """Return time, travel and force until the stamp presses as it should."""
    um_s = press_mm_min * _UM_PER_MM / _S_PER_MIN
    way_um = _AIR_UM + pressed_n / _COMPRESSION_N_UM
    time_s = np.linspace(0.0, way_um / um_s, max(int(way_um / um_s * _PRESS_HZ), 2))
    way = um_s * time_s
    force_n = -_COMPRESSION_N_UM * np.maximum(way - _AIR_UM, 0.0)
    return time_s, -way / _UM_PER_MM, force_n


def _pull(
    pressed_n: float, peak_n: float, pull_mm_min: float, rate_hz: float
) -> tuple[Floats, Floats, Floats]:
    """Return time, travel and force from the first upward step until nothing holds any more."""
    um_s = pull_mm_min * _UM_PER_MM / _S_PER_MIN
    free_s = pressed_n / _COMPRESSION_N_UM / um_s
    break_s = free_s + peak_n / _TENSION_N_UM / um_s
    last = int((break_s + _TAIL_S) * rate_hz)
    time_s = np.unique(np.append(np.arange(last) / rate_hz, round(break_s * rate_hz) / rate_hz))
    way = um_s * time_s
    loading = np.where(
        time_s < free_s,
        _COMPRESSION_N_UM * way - pressed_n,
        peak_n * np.sin(0.5 * np.pi * np.clip((time_s - free_s) / (break_s - free_s), 0.0, 1.0)),
    )
    parted = peak_n * np.exp(-np.maximum(time_s - break_s, 0.0) / _BREAK_S)
    return time_s, way / _UM_PER_MM, np.where(time_s <= break_s, loading, parted)


_MINUTES: Final = 6.0
"""From one test to the next, for the date in the file: an assumption."""


def pull_off_text(curve: PullOff, sample: str, number: int) -> bytes:
    """Return one pull-off test as the machine's software writes it."""
    rows: list[tuple[object, ...]] = [
        ("aktuelle Probe", str(number + 1)),
        ("Probenbezeichnung", sample),
        ("Bemerkung", MARK),
        ("Probenfläche", curve.area_mm2, "mm²"),
        ("Druckspannung", curve.compression_kpa, "kPa"),
        ("Haltezeit", curve.dwell_s, "s"),
        ("Geschwindigkeit Druck", curve.compression_mm_min, "mm/min"),
        ("Prüfgeschwindigkeit", curve.pull_mm_min, "mm/min"),
        ("Abzugskraft", round(float(np.max(curve.force_n)), 4), "N"),
        ("Datum", moment(number, _MINUTES).strftime("%d.%m.%Y")),
        ("Prüfzeit", "Standardweg", "Standardkraft"),
        ("s", "mm", "N"),
    ]
    head = "".join("\t".join(map(_cell, row)) + "\r\n" for row in rows)
    table = pl.DataFrame(
        {"s": curve.time_s.round(4), "mm": curve.travel_mm.round(6), "N": curve.force_n.round(5)}
    )
    body = table.write_csv(separator="\t", include_header=False, line_terminator="\r\n")
    return (head + body).encode("latin-1")


def _cell(value: object) -> str:
    """Return a header's cell: text in quotes, numbers bare."""
    return f'"{value}"' if isinstance(value, str) else f"{value:g}"


_PAPER: Final = (1500.0, 30.0, 0.75, 100.0)
"""Table 4: compression in kPa, dwell in s, pressing and pulling in mm/min."""


def measure_adhesion(made: Production, name: str, protocol: AdhesionProtocol) -> Measured:
    """Return one file per pull-off test."""
    specimens = punch(name, made.coil, made.sheets, made.effects, made.study.simulation)
    truth = adhesion_of(specimens, made.levels, made.seed, name)
    settings = (
        protocol.compression_stress_kpa or _PAPER[0],
        protocol.dwell_time_s or _PAPER[1],
        _PAPER[2],
        protocol.pull_off_speed_mm_min or _PAPER[3],
    )
    files, paths = {}, []
    rows = truth.select("run", "sample", "specimen_adhesion_strength_kpa").iter_rows()
    for number, (run, sample, adhesion_kpa) in enumerate(rows):
        rng = stream(made.seed, name, run, sample)
        curve = pull_off(adhesion_kpa, protocol, settings, made.levels, rng)
        path = specimen_file(name, protocol, run, str(sample))
        files[path] = pull_off_text(curve, f"run {run}, specimen {sample}", number)
        paths.append(path)
    return Measured(files=files, truth=truth.with_columns(pl.Series("file", paths)))
