"""Tables that people keep beside the coater's log: which web is whose, how thick it was."""

from typing import Final

import numpy as np
import polars as pl

from electrodoe.virtual_line.coil.web import Web
from electrodoe.virtual_line.noise_levels import NoiseLevels
from electrodoe.virtual_line.recipe import Recipe
from electrodoe.virtual_line.sections import RUN_M, Coil
from electrodoe.virtual_line.streams import stream

_SAMPLES_OF_RUN: Final = 6


def run_spans(coil: Coil) -> pl.DataFrame:
    """Return which web belongs to which run, as the operator noted it."""
    return coil.runs.select("run", "start_m", "end_m")


def thickness_samples(
    coil: Coil, web: Web, recipe: Recipe, levels: NoiseLevels, seed: int
) -> pl.DataFrame:
    """Return thicknesses by micrometer of samples taken behind the dryer.

    Parameters
    ----------
    coil, web : Coil, Web
        Where runs lie, and what is there.
    recipe : Recipe
        Thickness of the foil.
    levels : NoiseLevels
        Of the micrometer.
    seed : int
        The study's.

    Returns
    -------
    polars.DataFrame
        ``position_m``, ``uncalendered_electrode_thickness_um`` (with foil, as the micrometer
        shows it) and ``uncalendered_coating_thickness_um`` (without): six samples of every run.
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
