"""Full cells by PyBaMM's Doyle-Fuller-Newman model: the optional extra."""

import os
from collections.abc import Sequence
from dataclasses import dataclass
from importlib import import_module
from typing import Any, Final

import numpy as np
import polars as pl

from electrodoe.arrays import Floats
from electrodoe.errors import SimulationError
from electrodoe.physics import (
    coating_mass_loading,
    matching_cathode_loading,
    thickness_for_porosity,
)
from electrodoe.virtual_line.cells import (
    ALL_RATES,
    nominal_mah,
    rate_name,
    surface_capacity_mah,
    used_fraction,
)
from electrodoe.virtual_line.recipe import CATHODE_DISC_MM, Coating, Recipe, disc_cm2
from electrodoe.virtual_line.sheets import settings_of
from electrodoe.virtual_line.surfaces import Coatings, contact_resistance_ohm_cm2, true_tortuosity

FARADAY_AH_MOL: Final = 96485.33212 / 3600.0
"""CODATA 2018, in C/mol; 3600 C are an ampere-hour."""
_FULL_WINDOW: Final = (0.0017, 0.9084, 0.0335)
"""Lithium over sites of the parameter set: graphite empty; oxide full and at 4.2 V."""
LOSS: Final = 0.08
"""Fraction of the cathode's lithium that formation binds: usual for graphite, an assumption."""
_SEPARATOR_UM: Final = 250.0
"""Glass fiber under the spacers' pressure: an assumption, the paper gives its diameter only."""
_SEPARATOR_POROSITY: Final = 0.9
"""Of glass fiber: an assumption, the paper gives the separator's diameter only."""
_ANODE_RADIUS_UM: Final = 5.0  # of graphite particles, as below
_CATHODE_RADIUS_UM: Final = 5.5
"""Half of usual median diameters, 10 µm of graphite and 11 µm of NCM622: the paper prints none. The
parameter set has 2.5 and 3.5 µm, and the capacity at 5C then spreads 1.7 times as far as the RMSE
and R² of Table 5 imply."""
_CUT_OFF_V: Final = 2.9
"""The paper's lower limit."""


@dataclass(frozen=True, kw_only=True)
class FullCell:
    """What the model has to know of one cell.

    Attributes
    ----------
    anode_thickness_um, anode_porosity, anode_tortuosity : float
        Of the studied coating.
    anode_site_density_mol_m3, cathode_site_density_mol_m3 : float, mol/m³
        Places for lithium in the active materials.
    anode_active_volume, cathode_active_volume : float
        Fractions of the coatings' volumes.
    cathode_thickness_um, cathode_porosity : float
        Of the counter electrode.
    area_cm2 : float, cm²
        Of the smaller electrode, the cathode.
    anode_fill : float
        Fraction of the anode's places that hold lithium in the charged cell.
    nominal_capacity_mah : float, mAh
        What 1C empties in an hour.
    contact_resistance_ohm_cm2 : float, ohm·cm²
        Between coating and foil.
    """

    anode_thickness_um: float
    anode_porosity: float
    anode_tortuosity: float
    anode_site_density_mol_m3: float
    cathode_site_density_mol_m3: float
    anode_active_volume: float
    cathode_active_volume: float
    cathode_thickness_um: float
    cathode_porosity: float
    area_cm2: float
    anode_fill: float
    nominal_capacity_mah: float
    contact_resistance_ohm_cm2: float


def dfn_capacities(cell: FullCell, c_rates: Sequence[float]) -> Floats:
    r"""Return what a charged cell gives at each rate until 2.9 V, in mAh.

    Notes
    -----
    Electrodes and open-circuit voltages of Mohtat2020 with their places for lithium scaled to the
    declared capacities, electrolyte of ORegan2022. The anode's pores conduct like
    :math:`\varepsilon/\tau`, which is the model's Bruggeman exponent
    :math:`1 - \ln\tau/\ln\varepsilon`. The anode's overhang is left out.
    """
    pybamm = _pybamm()
    simulation = pybamm.Simulation(
        pybamm.lithium_ion.DFN({"contact resistance": "true"}),
        parameter_values=_parameters(pybamm, cell),
        solver=pybamm.IDAKLUSolver(atol=1e-6, rtol=1e-6),
    )
    return np.array([_discharge(simulation, cell, rate) for rate in c_rates])


def _discharge(simulation: Any, cell: FullCell, rate: float) -> float:  # noqa: ANN401 - PyBaMM is untyped
    """Return the capacity of one discharge in mAh."""
    current_a = rate * cell.nominal_capacity_mah * 1e-3
    duration_s = 1.2 * 3600.0 / rate
    solution = simulation.solve(
        np.linspace(0.0, duration_s, 400), inputs={"Current function [A]": current_a}
    )
    return float(current_a * solution.t[-1] / 3.6)


def _parameters(pybamm: Any, cell: FullCell) -> Any:  # noqa: ANN401 - PyBaMM is untyped
    """Return the model's parameters for one cell."""
    empty, full, charged = _FULL_WINDOW
    values = pybamm.ParameterValues("Mohtat2020")
    electrolyte = pybamm.ParameterValues("ORegan2022")
    borrowed = (
        "Cation transference number",
        "Thermodynamic factor",
        "Electrolyte diffusivity [m2.s-1]",
        "Electrolyte conductivity [S.m-1]",
    )
    exponent = 1.0 - np.log(cell.anode_tortuosity) / np.log(cell.anode_porosity)
    sites_n, sites_p = cell.anode_site_density_mol_m3, cell.cathode_site_density_mol_m3
    values.update({name: electrolyte[name] for name in borrowed})
    values.update(
        {
            "Negative electrode thickness [m]": cell.anode_thickness_um * 1e-6,
            "Negative electrode porosity": cell.anode_porosity,
            "Negative electrode active material volume fraction": cell.anode_active_volume,
            "Negative electrode Bruggeman coefficient (electrolyte)": float(exponent),
            "Maximum concentration in negative electrode [mol.m-3]": sites_n,
            "Initial concentration in negative electrode [mol.m-3]": sites_n
            * (empty + cell.anode_fill),
            "Positive electrode thickness [m]": cell.cathode_thickness_um * 1e-6,
            "Positive electrode porosity": cell.cathode_porosity,
            "Positive electrode active material volume fraction": cell.cathode_active_volume,
            "Maximum concentration in positive electrode [mol.m-3]": sites_p / (full - charged),
            "Initial concentration in positive electrode [mol.m-3]": sites_p
            / (full - charged)
            * charged,
            "Negative particle radius [m]": _ANODE_RADIUS_UM * 1e-6,
            "Positive particle radius [m]": _CATHODE_RADIUS_UM * 1e-6,
            "Separator thickness [m]": _SEPARATOR_UM * 1e-6,
            "Separator porosity": _SEPARATOR_POROSITY,
            "Electrode height [m]": 1e-2,
            "Electrode width [m]": cell.area_cm2 * 1e-2,
            "Contact resistance [Ohm]": cell.contact_resistance_ohm_cm2 / cell.area_cm2,
            "Nominal cell capacity [A.h]": cell.nominal_capacity_mah * 1e-3,
            "Current function [A]": "[input]",
            "Lower voltage cut-off [V]": _CUT_OFF_V,
        }
    )
    return values


def _pybamm() -> Any:  # noqa: ANN401 - PyBaMM is untyped
    """Return PyBaMM, loaded on first use and without telemetry."""
    os.environ["PYBAMM_DISABLE_TELEMETRY"] = "true"
    try:
        return import_module("pybamm")
    except ImportError as error:
        raise SimulationError(
            "capacities by the Doyle-Fuller-Newman model need PyBaMM, which is not installed",
            where='study.toml, [simulation], rate_model = "dfn"',
            fix='install it with: pip install "electrodoe[simulate]", or leave rate_model out',
        ) from error


def full_cell(coating: Coatings, recipe: Recipe) -> FullCell:
    """Return the full cell of one calendered coating and the cathode that matches it."""
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

    A configuration's capacities are multiplied by what the model says over what the closed form
    says of the mean of its cells.
    """
    settings = ("active_mass_loading_mg_cm2", "temperature_c", "porosity")
    ratios = []
    for (run,), own in cells.group_by("run", maintain_order=True):
        middle = settings_of(own.select(pl.col(settings).mean()), is_calendered=True)
        closed = surface_capacity_mah(middle, recipe, ALL_RATES)[0]
        model = dfn_capacities(full_cell(middle, recipe), ALL_RATES) * used_fraction(middle)
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
    """Return the active material's fraction of a coating's volume."""
    fraction = coating.active_mass_fraction * coating.density_g_cm3 / coating.active_density_g_cm3
    return fraction * (1.0 - porosity)


def _sites(coating: Coating) -> float:
    """Return the places for lithium in an active material, in mol/m³."""
    return coating.specific_capacity_mah_g * coating.active_density_g_cm3 * 1e3 / FARADAY_AH_MOL
