"""Laws of the electrode: arrays in, arrays out, each with its equation and its reference."""

from electrodoe.physics.bruggeman import (
    BRUGGEMAN_EXPONENT,
    bruggeman_porosity,
    bruggeman_tortuosity,
    relation_through,
)
from electrodoe.physics.cell_balance import (
    areal_capacity,
    matching_anode_loading,
    matching_cathode_loading,
)
from electrodoe.physics.density import slurry_density, theoretical_density
from electrodoe.physics.mass_loading import (
    active_mass_loading,
    coating_mass_loading,
    wet_mass_loading,
)
from electrodoe.physics.porosity import porosity, thickness_for_porosity
from electrodoe.physics.wet_film import coating_gap, wet_film_thickness

__all__ = [
    "BRUGGEMAN_EXPONENT",
    "active_mass_loading",
    "areal_capacity",
    "bruggeman_porosity",
    "bruggeman_tortuosity",
    "coating_gap",
    "coating_mass_loading",
    "matching_anode_loading",
    "matching_cathode_loading",
    "porosity",
    "relation_through",
    "slurry_density",
    "theoretical_density",
    "thickness_for_porosity",
    "wet_film_thickness",
    "wet_mass_loading",
]
