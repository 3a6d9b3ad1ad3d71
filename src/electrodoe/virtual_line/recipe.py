"""Materials and line as the virtual plant needs them, taken from the study's declaration."""

import math
from dataclasses import dataclass
from typing import Final

import numpy as np

from electrodoe.errors import SimulationError
from electrodoe.physics import slurry_density, theoretical_density
from electrodoe.study import Material, Study

ANODE_DISC_MM: Final = 15.0  # of the anode, the larger one
CATHODE_DISC_MM: Final = 14.0
"""Discs of a full coin cell in Haghi et al. (2023)."""
_COPPER_G_CM3: Final = 8.96
"""Density of copper at 20 °C (CRC Handbook of Chemistry and Physics)."""
_MG_CM2_PER_G_CM3_UM: Final = 0.1
"""1 µm of a material of 1 g/cm³ weighs 0.1 mg/cm²."""


@dataclass(frozen=True, kw_only=True)
class Coating:
    """A coating and the slurry it comes from, with nothing left open.

    Attributes
    ----------
    active_mass_fraction, solid_content : float
        By mass.
    density_g_cm3, slurry_density_g_cm3, active_density_g_cm3 : float, g/cm³
        Of the solids without pores, of the slurry, of the active material.
    specific_capacity_mah_g : float, mAh/g
        Of the active material.
    """

    active_mass_fraction: float
    solid_content: float
    density_g_cm3: float
    slurry_density_g_cm3: float
    active_density_g_cm3: float
    specific_capacity_mah_g: float


@dataclass(frozen=True, kw_only=True)
class Recipe:
    """What the plant is made of.

    Attributes
    ----------
    anode, cathode : Coating
        The studied electrode and its counter electrode.
    n_to_p, cathode_porosity : float
        How they are paired.
    film_per_gap : float
        Wet film over coating gap, as the person believes it to be.
    foil_um : float, µm
        Current collector.
    """

    anode: Coating
    cathode: Coating
    n_to_p: float
    cathode_porosity: float
    film_per_gap: float
    foil_um: float

    @property
    def foil_mg_cm2(self) -> float:
        """Return the mass of the copper foil over its area, as it should be."""
        return _MG_CM2_PER_G_CM3_UM * _COPPER_G_CM3 * self.foil_um


def recipe_of(study: Study) -> Recipe:
    """Return what a study declares of materials, cell and line."""
    if study.cell is None or study.line is None:
        missing = "cell" if study.cell is None else "line"
        raise _missing(f"[{missing}]", missing)
    cell, line = study.cell, study.line
    return Recipe(
        anode=_coating(study.materials[cell.electrode], cell.electrode),
        cathode=_coating(study.materials[cell.counter_electrode], cell.counter_electrode),
        n_to_p=cell.n_to_p,
        cathode_porosity=_given(cell.counter_porosity, "counter_porosity", "cell"),
        film_per_gap=_given(line.wet_film_per_gap, "wet_film_per_gap", "line"),
        foil_um=_given(line.foil_thickness_um, "foil_thickness_um", "line"),
    )


def disc_cm2(diameter_mm: float) -> float:
    """Return the area of a disc.

    Examples
    --------
    >>> round(disc_cm2(15.0), 4)
    1.7671
    """
    return math.pi * (0.05 * diameter_mm) ** 2


def _coating(material: Material, name: str) -> Coating:
    """Return a declared material with nothing left open."""
    where = f"materials.{name}"
    solids = _given(material.solid_content, "solid_content", where)
    active = max(material.components.values(), key=lambda each: each.mass_fraction, default=None)
    if active is None:
        raise _missing("components", where)
    density = material.theoretical_density_g_cm3 or _mixed(material)
    return Coating(
        active_mass_fraction=material.active_mass_fraction,
        solid_content=solids,
        density_g_cm3=density,
        slurry_density_g_cm3=float(slurry_density(solids, density, material.solvent_density_g_cm3)),
        active_density_g_cm3=active.density_g_cm3,
        specific_capacity_mah_g=_given(
            material.specific_capacity_mah_g, "specific_capacity_mah_g", where
        ),
    )


def _mixed(material: Material) -> float:
    """Return the density that a coating's components make."""
    parts = list(material.components.values())
    return float(
        theoretical_density(
            np.array([part.mass_fraction for part in parts]),
            np.array([part.density_g_cm3 for part in parts]),
        )
    )


def _given(value: float | None, key: str, where: str) -> float:
    """Return a declared number, or say that it is missing."""
    if value is None:
        raise _missing(key, where)
    return value


def _missing(key: str, where: str) -> SimulationError:
    """Return the error about something that is not declared."""
    return SimulationError(
        f"{key} is not declared, and the virtual line cannot do without",
        where=f"study.toml, {where}",
        fix=f"declare {key} as examples/anode-coating does",
    )
