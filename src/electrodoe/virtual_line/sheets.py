"""Sheets cut from the coil, and the calender that they went through."""

from typing import Final

import numpy as np
import polars as pl

from electrodoe.arrays import Floats
from electrodoe.physics import coating_mass_loading, thickness_for_porosity
from electrodoe.virtual_line.coil import POROSITY, VirtualCoil
from electrodoe.virtual_line.noise_levels import NoiseLevels
from electrodoe.virtual_line.recipe import Recipe
from electrodoe.virtual_line.streams import stream
from electrodoe.virtual_line.surfaces import Coatings
from electrodoe.virtual_line.web import Web

_SPRINGBACK: Final = 0.12
"""Fraction of the compression in the gap that comes back behind it: usual for graphite."""
_MIN_POROSITY: Final = 0.15  # below which no line load compacts
_RESISTANCE_N_MM: Final = 180.0
"""Level and resistance of the exponential law of compaction: assumptions for graphite."""


def roll_gap_um(uncalendered_um: Floats, calendered_um: Floats) -> Floats:
    """Return the gap whose electrode (with foil) springs back from one thickness to another.

    Examples
    --------
    >>> roll_gap_um(np.array([100.0]), np.array([78.0])).round(3)
    array([75.])
    """
    return calendered_um - _SPRINGBACK / (1.0 - _SPRINGBACK) * (uncalendered_um - calendered_um)


def line_load_n_mm(uncalendered_porosity: Floats, porosity: Floats) -> Floats:
    r"""Return the force over the web's width that brings a coating from porosity to porosity.

    Notes
    -----
    The exponential law of [1]_, solved for the load:

    .. math::
        \varepsilon = \varepsilon_\mathrm{min}
        + (\varepsilon_0 - \varepsilon_\mathrm{min})\,e^{-q/\gamma_c}

    References
    ----------
    .. [1] Meyer, Bockholt, Haselrieder, Kwade, Journal of Materials Processing Technology 249
       (2017) 172, 10.1016/j.jmatprotec.2017.05.031.

    Examples
    --------
    >>> line_load_n_mm(np.array([0.5]), np.array([0.3])).round(1)
    array([152.5])
    """
    left = (porosity - _MIN_POROSITY) / (uncalendered_porosity - _MIN_POROSITY)
    return -_RESISTANCE_N_MM * np.log(left)


N_SHEETS: Final = 3
"""A4 sheets of every run; specimens are punched from one after the other."""
SHEET_CM2: Final = 21.0 * 29.7
"""A4 (ISO 216), the size to which the paper trims its electrodes."""


def cut_sheets(
    coil: VirtualCoil,
    web: Web,
    effects: pl.DataFrame,
    recipe: Recipe,
    levels: NoiseLevels,
    seed: int,
) -> pl.DataFrame:
    """Return what every sheet truly is."""
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
            "foil_deviation_mg_cm2": place.foil_deviation_mg_cm2,
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
