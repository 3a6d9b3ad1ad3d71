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
from electrodoe.physics.compaction import compaction_rate, thickness_for_compaction
from electrodoe.physics.contact_arc import contact_arc
from electrodoe.physics.density import slurry_density, theoretical_density
from electrodoe.physics.electronic_resistance import apparent_ionic_resistance
from electrodoe.physics.mass_loading import (
    active_mass_loading,
    coating_mass_loading,
    wet_mass_loading,
)
from electrodoe.physics.porosity import porosity, thickness_for_porosity
from electrodoe.physics.pull_off import adhesion_strength, pull_off_force
from electrodoe.physics.shorted_cell import shorted_cell
from electrodoe.physics.tortuosity import ionic_resistance, tortuosity
from electrodoe.physics.transmission_line import (
    transmission_line,
    transmission_line_derivatives,
)
from electrodoe.physics.traverse import crossing_length, traverse_position
from electrodoe.physics.web_transport import (
    passing_time,
    transport_delay,
    web_position,
    web_position_at,
)
from electrodoe.physics.wet_film import coating_gap, wet_film_thickness

__all__ = [
    "BRUGGEMAN_EXPONENT",
    "active_mass_loading",
    "adhesion_strength",
    "apparent_ionic_resistance",
    "areal_capacity",
    "bruggeman_porosity",
    "bruggeman_tortuosity",
    "coating_gap",
    "coating_mass_loading",
    "compaction_rate",
    "contact_arc",
    "crossing_length",
    "ionic_resistance",
    "matching_anode_loading",
    "matching_cathode_loading",
    "passing_time",
    "porosity",
    "pull_off_force",
    "relation_through",
    "shorted_cell",
    "slurry_density",
    "theoretical_density",
    "thickness_for_compaction",
    "thickness_for_porosity",
    "tortuosity",
    "transmission_line",
    "transmission_line_derivatives",
    "transport_delay",
    "traverse_position",
    "web_position",
    "web_position_at",
    "wet_film_thickness",
    "wet_mass_loading",
]
