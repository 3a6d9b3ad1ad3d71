"""Specimens: which are made of which sheet, what is true of each, what their run has of its own."""

from typing import Final

import numpy as np
import polars as pl

from electrodoe.arrays import Floats
from electrodoe.physics import ionic_resistance
from electrodoe.study import Simulation
from electrodoe.virtual_line.coil import VirtualCoil
from electrodoe.virtual_line.noise_levels import NoiseLevels
from electrodoe.virtual_line.sheets import N_SHEETS, settings_of
from electrodoe.virtual_line.streams import stream
from electrodoe.virtual_line.surfaces import true_adhesion_kpa, true_tortuosity

EFFECTS: Final = ("adhesion", "tortuosity", "capacity", "rate_time", "porosity")


def configuration_effects(coil: VirtualCoil, section_fraction: float, seed: int) -> pl.DataFrame:
    """Return standard normal effects of every run, part of which its coil section has in common.

    A configuration is made once in the paper, so that it is a run; where a plan repeats settings,
    each run has an effect of its own: what is not repeated within a run, such as the set-up of the
    calender, is not the same the second time. ``z_NAME`` is of calendered, ``z_uncalendered_NAME``
    of uncalendered web; both are to be multiplied by the declared levels.
    """
    n_sections, place = coil.sections.height, coil.runs["section"].to_numpy() - 1
    columns: dict[str, Floats] = {}
    for name in EFFECTS:
        section = stream(seed, "section effect", name).standard_normal(n_sections)[place]
        run = stream(seed, "run effect", name).standard_normal(coil.runs.height)
        mixed = np.sqrt(section_fraction) * section + np.sqrt(1.0 - section_fraction) * run
        columns |= {f"z_{name}": mixed, f"z_uncalendered_{name}": section}
    return coil.runs.select("run").with_columns(**{k: pl.Series(v) for k, v in columns.items()})


_UNCALENDERED: float = 0.55
"""Adhesion before over after calendering at the middle: scales what configurations add in kPa."""


def punch(
    name: str,
    coil: VirtualCoil,
    sheets: pl.DataFrame,
    effects: pl.DataFrame,
    simulation: Simulation,
) -> pl.DataFrame:
    """Return one measurement's specimens, spread evenly over runs, or sections if uncalendered."""
    is_calendered = name not in simulation.uncalendered
    of = (coil.runs if is_calendered else coil.sections).select("run")
    wanted = simulation.samples.get(name, 3 * of.height)
    counts = [wanted // of.height + (row < wanted % of.height) for row in range(of.height)]
    rows = [
        {"run": run, "sample": number + 1, "sheet": number % N_SHEETS + 1}
        for run, count in zip(of["run"], counts, strict=True)
        for number in range(count)
    ]
    frame = pl.DataFrame(rows, schema={"run": pl.String, "sample": pl.Int64, "sheet": pl.Int64})
    whole = frame.join(sheets, on=["run", "sheet"], how="left", maintain_order="left")
    return whole.join(effects, on="run", how="left", maintain_order="left").with_columns(
        pl.lit(is_calendered).alias("is_calendered")
    )


def own_effect(specimens: pl.DataFrame, name: str) -> Floats:
    """Return what each specimen's configuration has of its own, in standard deviations."""
    is_calendered = bool(specimens["is_calendered"].all())
    return specimens[f"z_{name}" if is_calendered else f"z_uncalendered_{name}"].to_numpy()


def adhesion_of(
    specimens: pl.DataFrame, levels: NoiseLevels, seed: int, protocol: str
) -> pl.DataFrame:
    """Return the true adhesion of specimens: of the surface, the configuration, the specimen."""
    is_calendered = bool(specimens["is_calendered"].all())
    surface = true_adhesion_kpa(settings_of(specimens, is_calendered=is_calendered))
    scale = 1.0 if is_calendered else _UNCALENDERED
    own = scale * levels.adhesion_configuration_kpa * own_effect(specimens, "adhesion")
    noise = stream(seed, protocol, "replicates").standard_normal(specimens.height)
    configuration = np.maximum(surface + own, 0.1 * surface)
    specimen = np.maximum(configuration + levels.adhesion_replicate_kpa * noise, 0.05 * surface)
    return _three_truths(specimens, "adhesion_strength_kpa", surface, configuration, specimen)


def resistance_of(
    specimens: pl.DataFrame,
    levels: NoiseLevels,
    seed: int,
    protocol: str,
    *,
    conductivity_us_cm: float,
    disc_diameter_mm: float,
) -> pl.DataFrame:
    """Return tortuosity and ionic resistance (eq. 2) of symmetric cells, each in three truths."""
    is_calendered = bool(specimens["is_calendered"].all())
    settings = settings_of(specimens, is_calendered=is_calendered)
    surface = true_tortuosity(settings)
    own = 1.0 + levels.tortuosity_configuration * own_effect(specimens, "tortuosity")
    noise = stream(seed, protocol, "replicates").standard_normal(specimens.height)
    configuration = surface * own
    specimen = configuration * (1.0 + levels.tortuosity_replicate * noise)
    truth = _three_truths(specimens, "tortuosity", surface, configuration, specimen)
    thickness = "coating_thickness_um" if is_calendered else "uncalendered_coating_thickness_um"
    ohm_per_tortuosity = ionic_resistance(
        1.0,
        specimens[thickness].to_numpy(),
        settings.porosity,
        conductivity_us_cm,
        disc_diameter_mm,
    )
    return _three_truths(
        truth,
        "ionic_resistance_ohm",
        *(each * ohm_per_tortuosity for each in (surface, configuration, specimen)),
    )


def _three_truths(
    specimens: pl.DataFrame, name: str, surface: Floats, configuration: Floats, specimen: Floats
) -> pl.DataFrame:
    """Return specimens with a quantity's truth in three columns."""
    return specimens.with_columns(
        pl.Series(f"surface_{name}", surface),
        pl.Series(f"configuration_{name}", configuration),
        pl.Series(f"specimen_{name}", specimen),
    )
