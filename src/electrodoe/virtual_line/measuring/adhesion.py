"""Pull-off tests of coatings, before or after the calender."""

from typing import Final

import polars as pl

from electrodoe.study import AdhesionProtocol
from electrodoe.virtual_line.files.test_xpert import pull_off_text
from electrodoe.virtual_line.instruments.pull_off import pull_off
from electrodoe.virtual_line.places import specimen_file
from electrodoe.virtual_line.production import Measured, Production
from electrodoe.virtual_line.specimens import adhesion_of, punch
from electrodoe.virtual_line.streams import stream

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
