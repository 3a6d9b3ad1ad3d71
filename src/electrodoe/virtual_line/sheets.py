"""Sheets cut from the coil: what they truly are, before and after the calender."""

from typing import Final

import numpy as np
import polars as pl

from electrodoe.physics import coating_mass_loading, thickness_for_porosity
from electrodoe.virtual_line.calender import line_load_n_mm, roll_gap_um
from electrodoe.virtual_line.coatings import Coatings, Floats
from electrodoe.virtual_line.coil.web import Web
from electrodoe.virtual_line.noise_levels import NoiseLevels
from electrodoe.virtual_line.recipe import Recipe
from electrodoe.virtual_line.sections import POROSITY, Coil
from electrodoe.virtual_line.streams import stream

N_SHEETS: Final = 3
"""A4 sheets of every run; specimens are punched from one after the other."""
SHEET_CM2: Final = 21.0 * 29.7


def cut_sheets(
    coil: Coil, web: Web, effects: pl.DataFrame, recipe: Recipe, levels: NoiseLevels, seed: int
) -> pl.DataFrame:
    """Return what every sheet truly is.

    Parameters
    ----------
    coil : Coil
        Where the web of every run lies.
    web : Web
        What was coated there.
    effects : polars.DataFrame
        ``run`` and the configuration's own effects.
    recipe : Recipe
        Densities and fractions.
    levels : NoiseLevels
        How the calender scatters.
    seed : int
        The study's.

    Returns
    -------
    polars.DataFrame
        ``run, sheet, section, position_m``; ``active_mass_loading_mg_cm2, temperature_c,
        porosity, uncalendered_porosity, coating_mass_loading_mg_cm2, coating_thickness_um,
        uncalendered_coating_thickness_um, roll_gap_um, line_load_n_mm``.
    """
    rows = coil.runs.join(effects, on="run", maintain_order="left")
    n = rows.height * N_SHEETS
    sheet = np.tile(np.arange(N_SHEETS), rows.height)
    of_run = {name: np.repeat(rows[name].to_numpy(), N_SHEETS) for name in rows.columns}
    span_m = of_run["end_m"] - of_run["start_m"]
    position_m = of_run["start_m"] + span_m * (sheet + 0.5) / N_SHEETS
    noise = stream(seed, "calender").standard_normal(n)
    porosity = (
        of_run[POROSITY]
        + levels.porosity_configuration * of_run["z_porosity"]
        + levels.porosity_sheet * noise
    )
    place = web.at(position_m)
    truth = _before_and_after(place.active_mg_cm2, place.dry_porosity, porosity, recipe)
    return pl.DataFrame(
        {
            "run": of_run["run"],
            "sheet": sheet + 1,
            "section": of_run["section"],
            "position_m": position_m,
            "active_mass_loading_mg_cm2": place.active_mg_cm2,
            "temperature_c": place.temperature_c,
            "porosity": porosity,
            "uncalendered_porosity": place.dry_porosity,
            **truth,
        }
    )


def settings_of(sheets: pl.DataFrame, *, is_calendered: bool) -> Coatings:
    """Return sheets as the settings that the plant's laws ask for."""
    state = "porosity" if is_calendered else "uncalendered_porosity"
    return Coatings.at(
        sheets["active_mass_loading_mg_cm2"].to_numpy(),
        sheets["temperature_c"].to_numpy(),
        sheets[state].to_numpy(),
    )


def _before_and_after(
    active_mg_cm2: Floats, dry: Floats, porosity: Floats, recipe: Recipe
) -> dict[str, Floats]:
    """Return loading, thicknesses and the calender's settings."""
    density = recipe.anode.density_g_cm3
    coating = coating_mass_loading(active_mg_cm2, recipe.anode.active_mass_fraction)
    before = thickness_for_porosity(coating, dry, density)
    after = thickness_for_porosity(coating, porosity, density)
    return {
        "coating_mass_loading_mg_cm2": coating,
        "uncalendered_coating_thickness_um": before,
        "coating_thickness_um": after,
        "roll_gap_um": roll_gap_um(before + recipe.foil_um, after + recipe.foil_um),
        "line_load_n_mm": line_load_n_mm(dry, porosity),
    }
