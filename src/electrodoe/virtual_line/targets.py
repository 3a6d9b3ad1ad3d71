"""The targets of Table 5 as surfaces over the factors, without scatter."""

from collections.abc import Callable, Sequence
from typing import Final

import numpy as np

from electrodoe.physics import coating_mass_loading, ionic_resistance, thickness_for_porosity
from electrodoe.virtual_line.cells import RATES, rate_name, surface_capacity_mah
from electrodoe.virtual_line.coatings import Coatings, Floats
from electrodoe.virtual_line.recipe import ANODE_DISC_MM, Recipe, disc_cm2
from electrodoe.virtual_line.surfaces.adhesion import true_adhesion_kpa
from electrodoe.virtual_line.surfaces.dry_porosity import dry_porosity
from electrodoe.virtual_line.surfaces.tortuosity import true_tortuosity

Surface = Callable[[Floats], Floats]
_MG_PER_G: Final = 1e3


def targets(recipe: Recipe, conductivity_us_cm: float, disc_mm: float) -> dict[str, Surface]:
    """Return every target as a function of mass loading, temperature and porosity.

    Parameters
    ----------
    recipe : Recipe
        Materials.
    conductivity_us_cm : float, µS/cm
        Of the blocking electrolyte.
    disc_mm : float, mm
        Disc of a symmetric cell.

    Returns
    -------
    dict of str to callable
        By the names that a study gives its responses; each takes an array of shape (n, 3).
    """
    found: dict[str, Surface] = {
        "coating_mass_loading_mg_cm2": lambda x: _coating(x, recipe),
        "uncalendered_coating_thickness_um": lambda x: _dry_thickness(x, recipe),
        "uncalendered_adhesion_strength_kpa": lambda x: true_adhesion_kpa(_uncalendered(x)),
        "adhesion_strength_kpa": lambda x: true_adhesion_kpa(_at(x)),
        "tortuosity": lambda x: true_tortuosity(_at(x)),
        "ionic_resistance_ohm": lambda x: _resistance(x, recipe, conductivity_us_cm, disc_mm),
    }
    for rate in RATES:
        name = rate_name(rate)
        found[f"discharge_capacity_{name}_mah"] = _capacity(recipe, [rate])
        found[f"discharge_capacity_{name}_mah_g"] = _gravimetric(recipe, [rate])
    return found


def _at(x: Floats) -> Coatings:
    """Return settings as coatings."""
    return Coatings.at(x[:, 0], x[:, 1], x[:, 2])


def _uncalendered(x: Floats) -> Coatings:
    """Return settings as coatings that have not seen the calender."""
    return Coatings.at(x[:, 0], x[:, 1], dry_porosity(_at(x)))


def _coating(x: Floats, recipe: Recipe) -> Floats:
    """Return the mass of the whole coating over its area."""
    return coating_mass_loading(x[:, 0], recipe.anode.active_mass_fraction)


def _dry_thickness(x: Floats, recipe: Recipe) -> Floats:
    """Return the thickness before the calender."""
    return thickness_for_porosity(
        _coating(x, recipe), dry_porosity(_at(x)), recipe.anode.density_g_cm3
    )


def _resistance(x: Floats, recipe: Recipe, conductivity_us_cm: float, disc_mm: float) -> Floats:
    """Return the ionic resistance of a symmetric cell by eq. (2)."""
    thickness = thickness_for_porosity(_coating(x, recipe), x[:, 2], recipe.anode.density_g_cm3)
    return np.asarray(
        ionic_resistance(true_tortuosity(_at(x)), thickness, x[:, 2], conductivity_us_cm, disc_mm)
    )


def _capacity(recipe: Recipe, rate: Sequence[float]) -> Surface:
    """Return the capacity of a full cell at one rate."""
    return lambda x: surface_capacity_mah(_at(x), recipe, rate)[:, 0]


def _gravimetric(recipe: Recipe, rate: Sequence[float]) -> Surface:
    """Return the capacity over the anode's active mass."""
    area_cm2 = disc_cm2(ANODE_DISC_MM)
    return lambda x: (
        surface_capacity_mah(_at(x), recipe, rate)[:, 0] / (x[:, 0] * area_cm2) * _MG_PER_G
    )
