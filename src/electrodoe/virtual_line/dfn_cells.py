"""Full cells of the virtual line as PyBaMM's model needs them, one build per configuration."""

import polars as pl

from electrodoe.physics import (
    coating_mass_loading,
    matching_cathode_loading,
    thickness_for_porosity,
)
from electrodoe.virtual_line.cells import ALL_RATES, nominal_mah, rate_name, surface_capacity_mah
from electrodoe.virtual_line.coatings import Coatings
from electrodoe.virtual_line.dfn import FARADAY_AH_MOL, LOSS, FullCell, dfn_capacities
from electrodoe.virtual_line.recipe import CATHODE_DISC_MM, Coating, Recipe, disc_cm2
from electrodoe.virtual_line.sheets import settings_of
from electrodoe.virtual_line.surfaces.capacity import used_share
from electrodoe.virtual_line.surfaces.tortuosity import contact_resistance_ohm_cm2, true_tortuosity


def full_cell(coating: Coatings, recipe: Recipe) -> FullCell:
    """Return the full cell of one calendered coating and the cathode that matches it.

    Parameters
    ----------
    coating : Coatings
        Of one configuration.
    recipe : Recipe
        Materials.

    Returns
    -------
    FullCell
        For :func:`electrodoe.virtual_line.dfn.dfn_capacities`.
    """
    anode, cathode = recipe.anode, recipe.cathode
    loading = coating.active_mass_loading_mg_cm2
    counter = matching_cathode_loading(
        loading, anode.specific_capacity_mah_g, cathode.specific_capacity_mah_g, recipe.n_to_p
    )
    counter_porosity = 0.0 * counter + recipe.cathode_porosity
    return FullCell(
        anode_thickness_um=_thickness_um(anode, coating),
        anode_porosity=float(coating.porosity[0]),
        anode_tortuosity=float(true_tortuosity(coating)[0]),
        anode_site_density_mol_m3=_sites(anode),
        cathode_site_density_mol_m3=_sites(cathode),
        anode_active_volume=_active_volume(anode, float(coating.porosity[0])),
        cathode_active_volume=_active_volume(cathode, recipe.cathode_porosity),
        cathode_thickness_um=_thickness_um(cathode, Coatings.at(counter, 0.0, counter_porosity)),
        cathode_porosity=recipe.cathode_porosity,
        area_cm2=disc_cm2(CATHODE_DISC_MM),
        anode_fill=(1.0 - LOSS) / recipe.n_to_p,
        nominal_capacity_mah=float(nominal_mah(loading, recipe)[0]),
        contact_resistance_ohm_cm2=float(contact_resistance_ohm_cm2(coating)[0]),
    )


def by_dfn(cells: pl.DataFrame, recipe: Recipe) -> pl.DataFrame:
    """Return cells whose capacities follow from the DFN model in place of the closed form.

    Parameters
    ----------
    cells : polars.DataFrame
        With the truths of the closed form.
    recipe : Recipe
        Materials.

    Returns
    -------
    polars.DataFrame
        Every capacity of a configuration times what the model says over what the closed form says
        of the mean of its cells.

    Raises
    ------
    SimulationError
        If PyBaMM is not installed.
    """
    settings = ("active_mass_loading_mg_cm2", "temperature_c", "porosity")
    ratios = []
    for (run,), own in cells.group_by("run", maintain_order=True):
        middle = settings_of(own.select(pl.col(settings).mean()), is_calendered=True)
        closed = surface_capacity_mah(middle, recipe, ALL_RATES)[0]
        model = dfn_capacities(full_cell(middle, recipe), ALL_RATES) * used_share(middle)
        names = [f"ratio_{rate_name(rate)}" for rate in ALL_RATES]
        ratios.append({"run": run, **dict(zip(names, model / closed, strict=True))})
    joined = cells.join(pl.DataFrame(ratios), on="run", how="left", maintain_order="left")
    return joined.with_columns(
        pl.col(f"{kind}_discharge_capacity_{name}_mah") * pl.col(f"ratio_{name}")
        for kind in ("surface", "configuration", "specimen")
        for name in map(rate_name, ALL_RATES)
    ).select(cells.columns)


def _thickness_um(coating: Coating, settings: Coatings) -> float:
    """Return the thickness of a coating by eq. (1)."""
    whole = coating_mass_loading(settings.active_mass_loading_mg_cm2, coating.active_mass_fraction)
    return float(thickness_for_porosity(whole, settings.porosity, coating.density_g_cm3)[0])


def _active_volume(coating: Coating, porosity: float) -> float:
    """Return the active material's share of a coating's volume."""
    share = coating.active_mass_fraction * coating.density_g_cm3 / coating.active_density_g_cm3
    return share * (1.0 - porosity)


def _sites(coating: Coating) -> float:
    """Return the places for lithium in an active material, in mol/m³."""
    return coating.specific_capacity_mah_g * coating.active_density_g_cm3 * 1e3 / FARADAY_AH_MOL
