"""Full cells: the cathode that matches, and the capacities that are true of each cell."""

from collections.abc import Sequence
from typing import Final

import polars as pl

from electrodoe.physics import matching_cathode_loading
from electrodoe.virtual_line.coatings import Coatings, Floats
from electrodoe.virtual_line.noise_levels import NoiseLevels
from electrodoe.virtual_line.recipe import ANODE_DISC_MM, CATHODE_DISC_MM, Recipe, disc_cm2
from electrodoe.virtual_line.sections import LOADING, Coil
from electrodoe.virtual_line.sheets import settings_of
from electrodoe.virtual_line.specimens import own_effect
from electrodoe.virtual_line.streams import stream
from electrodoe.virtual_line.surfaces.capacity import true_capacity_mah
from electrodoe.virtual_line.surfaces.tortuosity import true_tortuosity

RATES: Final = (0.1, 1.0, 3.0, 5.0)
"""Of the rate test; before it come cycles at 0.2C."""
FORMATION_RATE: Final = 0.2
ALL_RATES: Final = (*RATES, FORMATION_RATE)
_MG_PER_G: Final = 1e3


def rate_name(rate: float) -> str:
    """Return a rate as column names write it.

    Examples
    --------
    >>> [rate_name(rate) for rate in (0.1, 0.2, 1.0, 5.0)]
    ['c10', 'c5', '1c', '5c']
    """
    return f"{rate:g}c" if rate >= 1.0 else f"c{1.0 / rate:g}"


def nominal_mah(active_mass_loading_mg_cm2: Floats, recipe: Recipe) -> Floats:
    """Return what 1C empties in an hour: the capacity of the cathode's active material."""
    cathode_q = recipe.cathode.specific_capacity_mah_g
    loading = matching_cathode_loading(
        active_mass_loading_mg_cm2,
        recipe.anode.specific_capacity_mah_g,
        cathode_q,
        recipe.n_to_p,
    )
    return loading * disc_cm2(CATHODE_DISC_MM) * cathode_q / _MG_PER_G


def capacities_of(
    cells: pl.DataFrame, coil: Coil, recipe: Recipe, levels: NoiseLevels, seed: int
) -> pl.DataFrame:
    """Return the true capacities of full cells at every rate, and their masses.

    Parameters
    ----------
    cells : polars.DataFrame
        Calendered specimens.
    coil : Coil
        Planned loadings: cathodes are made for those, and cyclers are set by them.
    recipe : Recipe
        Materials.
    levels : NoiseLevels
        What configurations and cells add.
    seed : int
        The study's.

    Returns
    -------
    polars.DataFrame
        With ``nominal_capacity_mah, active_mass_mg`` and, for each rate, the three truths
        ``surface_, configuration_, specimen_discharge_capacity_RATE_mah``.
    """
    planned = cells.select("run").join(
        coil.runs.select("run", pl.col(LOADING).alias("planned")), on="run", maintain_order="left"
    )["planned"]
    nominal = nominal_mah(planned.to_numpy(), recipe)
    settings = settings_of(cells, is_calendered=True)
    truths = _truths(cells, settings, nominal, levels, seed)
    mass = settings.active_mass_loading_mg_cm2 * disc_cm2(ANODE_DISC_MM)
    columns = {"nominal_capacity_mah": nominal, "active_mass_mg": mass, **truths}
    return cells.with_columns(**{name: pl.Series(values) for name, values in columns.items()})


def surface_capacity_mah(coatings: Coatings, recipe: Recipe, rates: Sequence[float]) -> Floats:
    """Return the capacities of coatings whose cathodes match them exactly."""
    nominal = nominal_mah(coatings.active_mass_loading_mg_cm2, recipe)
    return true_capacity_mah(coatings, nominal, rates)


def _truths(
    cells: pl.DataFrame, settings: Coatings, nominal: Floats, levels: NoiseLevels, seed: int
) -> dict[str, Floats]:
    """Return every rate's capacity: of the surface, the configuration, the cell."""
    rng = stream(seed, "full cells", "replicates")
    mass_noise, time_noise = rng.standard_normal((2, cells.height))
    tortuosity = true_tortuosity(settings)
    own_q = 1.0 + levels.capacity_configuration * own_effect(cells, "capacity")
    own_t = levels.rate_time_configuration * own_effect(cells, "rate_time")
    surface = true_capacity_mah(settings, nominal, ALL_RATES, 0.0, tortuosity)
    configuration = true_capacity_mah(settings, nominal * own_q, ALL_RATES, own_t, tortuosity)
    specimen = true_capacity_mah(
        settings,
        nominal * own_q * (1.0 + levels.capacity_replicate * mass_noise),
        ALL_RATES,
        own_t + levels.rate_time_replicate * time_noise,
        tortuosity,
    )
    return {
        f"{kind}_discharge_capacity_{rate_name(rate)}_mah": values[:, number]
        for kind, values in (
            ("surface", surface),
            ("configuration", configuration),
            ("specimen", specimen),
        )
        for number, rate in enumerate(ALL_RATES)
    }
