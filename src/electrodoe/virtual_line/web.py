"""What was coated along the web: gap, wet film, dry film, temperature, thickness."""

from dataclasses import dataclass
from typing import Final

import numpy as np
from scipy.signal import lfilter

from electrodoe.arrays import Floats, Integers
from electrodoe.physics import (
    active_mass_loading,
    coating_gap,
    coating_mass_loading,
    thickness_for_porosity,
    wet_film_thickness,
    wet_mass_loading,
)
from electrodoe.virtual_line.coil import LOADING, TEMPERATURE, VirtualCoil
from electrodoe.virtual_line.noise_levels import NoiseLevels
from electrodoe.virtual_line.recipe import Recipe
from electrodoe.virtual_line.streams import stream
from electrodoe.virtual_line.surfaces import Coatings, dry_porosity

GRID_M: Final = 0.05
"""Step along the web: chosen, a twentieth of how far the film remembers."""
_CORRELATED_M: Final = 1.0
"""How far the film remembers: waves of some meters, an assumption."""
_WANDERING_M: Final = 6.0
"""How far a gauge's error, and the foil's mass, remember: ten minutes of web, an assumption."""


@dataclass(frozen=True, kw_only=True, eq=False)
class Web:
    """What was coated; every array has one value per 5 cm of web.

    Attributes
    ----------
    position_m : array of shape (n,)
        Web that had passed the blade before this piece.
    section : array of shape (n,), int
        1, 2, ...; what lies before the first section belongs to it.
    gap_um, wet_mg_cm2, dry_mg_cm2, active_mg_cm2 : array of shape (n,)
        Under the blade; mean over the width.
    temperature_c : array of shape (n,)
        Of dryer 2, once it has settled for this section.
    dry_porosity, dry_thickness_um : array of shape (n,)
        Before the calender; without the foil.
    foil_deviation_mg_cm2 : array of shape (n,)
        Mass of the foil over its area beyond what gauges and balance take off for it.
    gauged_wet_mg_cm2, gauged_dry_mg_cm2 : array of shape (n,)
        What the gauges show of the films, were it not for the noise of single readings.
    """

    position_m: Floats
    section: Integers
    gap_um: Floats
    wet_mg_cm2: Floats
    dry_mg_cm2: Floats
    active_mg_cm2: Floats
    temperature_c: Floats
    dry_porosity: Floats
    dry_thickness_um: Floats
    foil_deviation_mg_cm2: Floats
    gauged_wet_mg_cm2: Floats
    gauged_dry_mg_cm2: Floats

    def at(self, position_m: Floats) -> "Web":
        """Return the web at some places."""
        index = np.clip(np.round(position_m / GRID_M).astype(int), 0, self.position_m.size - 1)
        return Web(**{name: values[index] for name, values in vars(self).items()})


def coat(coil: VirtualCoil, recipe: Recipe, levels: NoiseLevels, seed: int) -> Web:
    """Return what a plant of flesh and iron coats where a plan is asked for.

    The film is what the true ratio of wet film to gap leaves; the operator corrects the gap until
    the loading is right, so that the gap alone tells the loading poorly.
    """
    anode, rng = recipe.anode, stream(seed, "coating")
    n = round(coil.length_m / GRID_M) + 1
    position_m = GRID_M * np.arange(n, dtype=np.float64)
    begun = np.searchsorted(coil.sections["start_m"].to_numpy(), position_m, side="right")
    section = np.maximum(begun, 1).astype(np.int64)
    each = coil.sections.height
    target = coil.sections[LOADING].to_numpy() * (
        1.0 + levels.loading_section * rng.standard_normal(each)
    )
    ratio = recipe.film_per_gap * (1.0 + levels.film_per_gap_section * rng.standard_normal(each))
    offset_c = levels.temperature_section_c * rng.standard_normal(each)
    waves = _waves(levels, position_m / coil.length_m, rng)
    coating = coating_mass_loading(target, anode.active_mass_fraction)[section - 1]
    set_film = wet_film_thickness(
        wet_mass_loading(coating, anode.solid_content), anode.slurry_density_g_cm3
    )
    temperature_c = (coil.sections[TEMPERATURE].to_numpy() + offset_c)[section - 1]
    dry = coating * waves
    wet = wet_mass_loading(dry, anode.solid_content) / _solids(levels, section, seed)
    foil = recipe.foil_mg_cm2 * levels.foil * _wander(n, stream(seed, "foil"))
    porosity = _dried(dry, temperature_c, recipe, levels, section, rng)
    return Web(
        position_m=position_m,
        section=section,
        gap_um=coating_gap(set_film, 1.0) / ratio[section - 1],
        wet_mg_cm2=wet,
        dry_mg_cm2=dry,
        active_mg_cm2=active_mass_loading(dry, anode.active_mass_fraction),
        temperature_c=temperature_c,
        dry_porosity=porosity,
        dry_thickness_um=thickness_for_porosity(dry, porosity, anode.density_g_cm3),
        foil_deviation_mg_cm2=foil,
        gauged_wet_mg_cm2=_gauged(wet, foil, levels, stream(seed, "gauge", "wet")),
        gauged_dry_mg_cm2=_gauged(dry, foil, levels, stream(seed, "gauge", "dry")),
    )


def _waves(levels: NoiseLevels, fraction: Floats, rng: np.random.Generator) -> Floats:
    """Return the film over what was set, along the coil: a drift, and waves of some meters."""
    waves = _remembering(fraction.size, _CORRELATED_M, rng)
    return 1.0 + levels.film_drift * (0.5 - fraction) + levels.loading_along_web * waves


def _remembering(n: int, memory_m: float, rng: np.random.Generator) -> Floats:
    """Return noise of variance one along the web that is correlated over some meters."""
    memory = np.exp(-GRID_M / memory_m)
    noise = np.sqrt(1.0 - memory**2) * rng.standard_normal(n)
    waves: Floats = lfilter([1.0], [1.0, -memory], noise)
    return waves


def _wander(n: int, rng: np.random.Generator) -> Floats:
    """Return a slow error of variance one along the web, from its start on."""
    start = rng.standard_normal() * np.exp(-GRID_M / _WANDERING_M * np.arange(n))
    wander: Floats = start + _remembering(n, _WANDERING_M, rng)
    return wander


def _solids(levels: NoiseLevels, section: Integers, seed: int) -> Floats:
    """Return the slurry's solid content over the declared one, along the web."""
    own = stream(seed, "slurry").standard_normal(int(section.max()))
    return 1.0 + levels.solids_section * own[section - 1]


def _gauged(
    film_mg_cm2: Floats, foil_mg_cm2: Floats, levels: NoiseLevels, rng: np.random.Generator
) -> Floats:
    """Return what a gauge shows of a film on its foil, which it takes for constant."""
    return film_mg_cm2 * (1.0 + levels.gauge_wander * _wander(film_mg_cm2.size, rng)) + foil_mg_cm2


def _dried(
    dry_mg_cm2: Floats,
    temperature_c: Floats,
    recipe: Recipe,
    levels: NoiseLevels,
    section: Integers,
    rng: np.random.Generator,
) -> Floats:
    """Return the porosity that drying leaves along the web."""
    active = active_mass_loading(dry_mg_cm2, recipe.anode.active_mass_fraction)
    own = levels.dry_porosity_section * rng.standard_normal(int(section.max()))
    dried: Floats = dry_porosity(Coatings.at(active, temperature_c, 0.5)) + own[section - 1]
    return dried
