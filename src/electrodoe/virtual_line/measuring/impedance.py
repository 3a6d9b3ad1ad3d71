"""Impedance of symmetric cells: good ones, some that failed, and faults that are planted."""

from typing import Final

import polars as pl

from electrodoe.study import ImpedanceProtocol
from electrodoe.virtual_line.files.comma_table import hand_table
from electrodoe.virtual_line.files.ec_lab import ec_lab_text
from electrodoe.virtual_line.instruments.impedance import sweep, sweep_hz
from electrodoe.virtual_line.measuring.failing_cells import (
    CONDITION,
    IN_FILE,
    NOISY,
    PLANTED,
    SHORTED,
    SOUND,
    as_filed,
    with_failures,
    with_faults,
)
from electrodoe.virtual_line.places import specimen_file
from electrodoe.virtual_line.production import Measured, Production
from electrodoe.virtual_line.specimens import punch, resistance_of
from electrodoe.virtual_line.streams import stream

CONDUCTIVITY_US_CM: Final = 350.0
"""Of the paper's blocking electrolyte."""
DISC_MM: Final = 15.0
"""Not printed for symmetric cells; that of the paper's full cells."""


def measure_impedance(made: Production, name: str, protocol: ImpedanceProtocol) -> Measured:
    """Return one spectrum per symmetric cell."""
    specimens = punch(name, made.coil, made.sheets, made.effects, made.study.simulation)
    is_calendered = name not in made.study.simulation.uncalendered
    cells = specimens.with_columns(pl.lit(SOUND).alias(CONDITION))
    if is_calendered:
        cells = with_failures(made, name, cells)
    truth = resistance_of(
        cells,
        made.levels,
        made.seed,
        name,
        conductivity_us_cm=protocol.conductivity_us_cm or CONDUCTIVITY_US_CM,
        disc_diameter_mm=protocol.disc_diameter_mm or DISC_MM,
    )
    faults: tuple[str, ...] = ()
    if is_calendered:
        truth, faults = with_faults(made, name, truth)
    paths = [
        specimen_file(name, protocol, run, str(sample))
        for run, sample in truth.select("run", "sample").iter_rows()
    ]
    truth = as_filed(truth).with_columns(pl.Series("file", paths))
    files = _spectra(made, name, truth)
    if protocol.index is not None:
        files[protocol.index] = hand_table(_index(made, truth), protocol.index)
    return Measured(files=files, truth=truth, faults=faults)


def _spectra(made: Production, name: str, truth: pl.DataFrame) -> dict[str, bytes]:
    """Return the files of all cells."""
    files, hz = {}, sweep_hz()
    columns = ("file", "run", "sample", CONDITION, IN_FILE)
    for number, (file, run, sample, condition, ohm) in enumerate(truth.select(columns).iter_rows()):
        impedance = sweep(
            ohm,
            made.levels.impedance,
            stream(made.seed, name, run, sample),
            has_contact=name in made.study.simulation.uncalendered,
            is_shorted=condition in {SHORTED, PLANTED},
            is_noisy=condition == NOISY,
        )
        files[file] = ec_lab_text(hz, impedance, f"run {run}, cell {sample}", number)
    return files


def _index(made: Production, truth: pl.DataFrame) -> pl.DataFrame:
    """Return the list of cells with the thickness and the porosity of their discs, as measured."""
    is_calendered = bool(truth["is_calendered"].all())
    before = "" if is_calendered else "uncalendered_"
    noise = stream(made.seed, "discs", truth["file"][0]).standard_normal(truth.height)
    measured = pl.col(f"{before}coating_thickness_um") + made.levels.micrometer_um * pl.Series(
        noise
    )
    density = made.recipe.anode.density_g_cm3
    return truth.select(
        "file",
        "run",
        "sample",
        measured.alias("coating_thickness_um"),
        "coating_mass_loading_mg_cm2",
    ).select(
        "file",
        "run",
        "sample",
        pl.col("coating_thickness_um").round(2),
        (
            1.0
            - 10.0
            * pl.col("coating_mass_loading_mg_cm2")
            / density
            / pl.col("coating_thickness_um")
        )
        .round(5)
        .alias("porosity"),
    )
