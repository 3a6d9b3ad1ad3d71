"""The closed-form rate model of the virtual line, fitted to PyBaMM's Doyle-Fuller-Newman model.

36 full cells (3 mass loadings, 3 temperatures, 4 porosities; tortuosity and contact resistance
follow the virtual line's surfaces) at 5 rates are fitted; 12 further cells, spread by a Sobol
sequence, only check. The residual is weighted by the root of the capacity, so that slow and fast
discharges count alike.

Fit the kept capacities:  python benchmarks/dfn/fit_rate_model.py
Make them anew:           python benchmarks/dfn/fit_rate_model.py --run   (needs the extra simulate)
"""

import argparse
import time
from itertools import product
from pathlib import Path

import numpy as np
import polars as pl
from scipy.optimize import least_squares
from scipy.stats import qmc

from electrodoe.study import read_study
from electrodoe.virtual_line.cells import ALL_RATES
from electrodoe.virtual_line.dfn import dfn_capacities, full_cell
from electrodoe.virtual_line.recipe import recipe_of
from electrodoe.virtual_line.surfaces import Coatings

KEPT = Path(__file__).parent / "capacities.csv"
STUDY = Path(__file__).parents[2] / "examples" / "anode-coating"
N_TIME, N_LINEAR, N_CHECK = 10, 4, 12


def run_dfn() -> pl.DataFrame:
    """Return the capacities of every cell at every rate."""
    recipe = recipe_of(read_study(STUDY))
    settings = [
        ("fit", *each)
        for each in product((8.2, 9.7, 11.2), (50.0, 57.5, 65.0), (0.25, 0.3, 0.35, 0.4))
    ]
    spread = qmc.Sobol(3, seed=1).random_base2(4)[:N_CHECK]
    settings += [("check", 8.2 + 3 * a, 50 + 15 * b, 0.25 + 0.15 * c) for a, b, c in spread]
    rows, start = [], time.perf_counter()
    for kind, loading, temperature, porosity in settings:
        cell = full_cell(Coatings.at(loading, temperature, porosity), recipe)
        rows += [
            {
                "set": kind,
                "active_mass_loading_mg_cm2": loading,
                "temperature_c": temperature,
                "porosity": porosity,
                "tortuosity": cell.anode_tortuosity,
                "contact_resistance_ohm_cm2": cell.contact_resistance_ohm_cm2,
                "nominal_capacity_mah": cell.nominal_capacity_mah,
                "c_rate": rate,
                "capacity_mah": capacity,
            }
            for rate, capacity in zip(ALL_RATES, dfn_capacities(cell, ALL_RATES), strict=True)
        ]
    print(f"{len(settings)} cells, {len(ALL_RATES)} rates: {time.perf_counter() - start:.0f} s")
    return pl.DataFrame(rows).with_columns(pl.col(pl.Float64).round(6))


def fractions(parameters, terms, rates):
    """Return the modeled capacities over the nominal one."""
    ln_time, rest = terms @ parameters[:N_TIME], parameters[N_TIME:]
    linear = terms[:, :N_LINEAR]
    sharpness = np.exp(linear @ rest[:N_LINEAR])
    decay = np.exp(linear @ rest[N_LINEAR : 2 * N_LINEAR])
    min_loss, per_rate, per_root = rest[2 * N_LINEAR :]
    knee = (1 + (rates * np.exp(ln_time)) ** sharpness) ** -decay
    return min_loss * knee - per_rate * rates - per_root * np.sqrt(rates)


def fit(table: pl.DataFrame) -> None:
    """Fit, and print constants and residuals."""
    a = np.log(table["active_mass_loading_mg_cm2"].to_numpy() / 9.7)
    b = np.log((table["tortuosity"] / table["porosity"]).to_numpy() * 0.325 / 6.0)
    r = (table["contact_resistance_ohm_cm2"].to_numpy() - 20.0) / 8.0
    terms = np.stack([np.ones_like(a), a, b, r, a * a, b * b, r * r, a * b, a * r, b * r], axis=1)
    rates = table["c_rate"].to_numpy()
    fraction = (table["capacity_mah"] / table["nominal_capacity_mah"]).to_numpy()
    is_fit = (table["set"] == "fit").to_numpy()
    start = np.zeros(N_TIME + 2 * N_LINEAR + 3)
    start[0], start[N_TIME], start[-3] = np.log(0.2), np.log(2.0), 0.917

    def residuals(parameters):
        return ((fractions(parameters, terms, rates) - fraction) / np.sqrt(fraction))[is_fit]

    found = least_squares(residuals, start, x_scale="jac", max_nfev=4000).x
    error = fractions(found, terms, rates) - fraction
    for name, values in (
        ("ln time", found[:N_TIME]),
        ("ln sharpness", found[N_TIME : N_TIME + N_LINEAR]),
        ("ln decay", found[N_TIME + N_LINEAR : N_TIME + 2 * N_LINEAR]),
        ("smallest loss, per rate, root", found[-3:]),
    ):
        print(f"{name:28s}", *(f"{value:.5f}" for value in values))
    for name, rows in (("fit", is_fit), ("check", ~is_fit)):
        print(
            f"{name}: RMS {np.sqrt(np.mean(error[rows] ** 2)):.4f} of the nominal capacity,"
            f" largest {np.abs(error[rows]).max():.4f}"
        )
        for rate in ALL_RATES:
            at = rows & (rates == rate)
            relative = np.sqrt(np.mean((error[at] / fraction[at]) ** 2))
            print(f"  {rate:g}C: RMS {relative:.4f} of the value")


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--run", action="store_true", help="make the capacities anew")
    if parser.parse_args().run:
        run_dfn().write_csv(KEPT)
    fit(pl.read_csv(KEPT))
