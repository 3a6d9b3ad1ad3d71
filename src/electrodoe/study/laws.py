"""Laws by which one parameter follows from others, by the name that a study gives them."""

from dataclasses import dataclass
from typing import Final

_PAPER: Final = "Haghi et al., Batteries & Supercaps (2023), 10.1002/batt.202300457"


@dataclass(frozen=True, kw_only=True)
class Law:
    """One equation between quantities; it can be solved for any one of them.

    Attributes
    ----------
    title : str
        Words for a sentence: "eq. (1)".
    equation : str
        The equation as text.
    quantities : tuple of str
        What it links, in the words that the names of parameters hold.
    given : tuple of str
        What it needs besides, and what does not change within a study.
    reference : str
        Where it is written.
    """

    title: str
    equation: str
    quantities: tuple[str, ...]
    given: tuple[str, ...] = ()
    reference: str


LAWS: Final[dict[str, Law]] = {
    "porosity": Law(
        title="eq. (1)",
        equation="porosity = 1 − mass loading / (thickness × theoretical density)",
        quantities=("porosity", "mass_loading", "thickness"),
        given=("theoretical density",),
        reference=f"{_PAPER}, eq. (1)",
    ),
    "tortuosity": Law(
        title="eq. (2)",
        equation="tortuosity = ionic resistance × area × conductivity × porosity / (2 × thickness)",
        quantities=("tortuosity", "ionic_resistance", "porosity", "thickness"),
        given=("area", "conductivity of the electrolyte"),
        reference=f"{_PAPER}, eq. (2)",
    ),
    "compaction_rate": Law(
        title="eq. (3)",
        equation="compaction rate = 1 − thickness after calendering / thickness before",
        quantities=("compaction_rate", "thickness", "thickness"),
        reference=f"{_PAPER}, eq. (3)",
    ),
    "bruggeman": Law(
        title="Bruggeman's relation, eq. (4)",
        equation="tortuosity = porosity^(−exponent)",
        quantities=("tortuosity", "porosity"),
        given=("exponent",),
        reference=f"{_PAPER}, eqs. (4) and (5)",
    ),
    "wet_film_thickness": Law(
        title="the balance of solids over drying",
        equation="mass loading = wet film thickness × density of the slurry × solid content",
        quantities=("wet_film_thickness", "mass_loading"),
        given=("density of the slurry", "solid content"),
        reference=f"{_PAPER}, 'linear correlation between the wet film thickness and the mass"
        " loading'",
    ),
    "wet_mass_loading": Law(
        title="the balance of solids over drying",
        equation="mass loading = wet mass loading × solid content",
        quantities=("wet_mass_loading", "mass_loading"),
        given=("solid content",),
        reference="balance of mass",
    ),
    "active_fraction": Law(
        title="the fraction of active material",
        equation="active mass loading = coating mass loading × fraction of active material",
        quantities=("active_mass_loading", "coating_mass_loading"),
        given=("fraction of active material",),
        reference="balance of mass",
    ),
    "coating_density": Law(
        title="the definition of density",
        equation="density = mass loading / thickness",
        quantities=("density", "mass_loading", "thickness"),
        reference="definition",
    ),
    "areal_capacity": Law(
        title="the areal capacity",
        equation="areal capacity = active mass loading × specific capacity",
        quantities=("areal_capacity", "mass_loading"),
        given=("specific capacity",),
        reference="definition",
    ),
    "n_to_p": Law(
        title="the balance of the cell",
        equation="N:P = areal capacity of the anode / areal capacity of the cathode",
        quantities=("n_to_p", "anode", "cathode"),
        given=("specific capacities",),
        reference=f"{_PAPER}, 'N:P ratio of 1.2'",
    ),
    "residence_time": Law(
        title="the transport of the web",
        equation="residence time = length of the dryer / web speed",
        quantities=("residence_time", "web_speed"),
        given=("length of the dryer",),
        reference="definition",
    ),
}
"""What ``law`` in ``study.toml`` may name."""
