"""The targets of Table 5 as surfaces over the factors, and their true Sobol indices."""

from collections.abc import Callable, Sequence
from typing import Final

import numpy as np
import polars as pl

from electrodoe.arrays import Floats
from electrodoe.physics import coating_mass_loading, ionic_resistance, thickness_for_porosity
from electrodoe.virtual_line.cells import RATES, rate_name, surface_capacity_mah
from electrodoe.virtual_line.recipe import ANODE_DISC_MM, Recipe, disc_cm2
from electrodoe.virtual_line.surfaces import (
    Coatings,
    dry_porosity,
    true_adhesion_kpa,
    true_tortuosity,
)

Surface = Callable[[Floats], Floats]
_MG_PER_G: Final = 1e3
"""Milligrams in a gram."""


def targets(recipe: Recipe, conductivity_us_cm: float, disc_mm: float) -> dict[str, Surface]:
    """Return every response by its name, as a function of loading, temperature and porosity."""
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


N_NODES: Final = 24
"""Gauss points of each factor: smooth surfaces are integrated to many digits."""


_FLAT: Final = 1e-24
"""Of the square of a surface, below which its variance is the rounding of sums."""


def sobol_indices(
    surface: Callable[[Floats], Floats], ends: dict[str, tuple[float, float]]
) -> pl.DataFrame:
    r"""Return the first-order and total Sobol indices of a surface over a box.

    Every factor is spread evenly between its ends, independently of the others.

    Notes
    -----
    By Gauss-Legendre quadrature on a full grid, of the definitions
    :math:`S_i = V(E(f|x_i))/V(f)` and :math:`S_{Ti} = 1 - V(E(f|x_{\sim i}))/V(f)`.

    Examples
    --------
    f = 2a + 3b + 4ab on [-1, 1]: .2182 and .4909, with the interaction .5091 and .7818.

    >>> box = {"a": (-1.0, 1.0), "b": (-1.0, 1.0)}
    >>> table = sobol_indices(lambda x: 2*x[:, 0] + 3*x[:, 1] + 4*x[:, 0]*x[:, 1], box)
    >>> table.select(pl.col("first_order", "total").round(4)).rows()
    [(0.2182, 0.5091), (0.4909, 0.7818)]
    """
    nodes, weights = np.polynomial.legendre.leggauss(N_NODES)
    axes = [low + 0.5 * (nodes + 1.0) * (high - low) for low, high in ends.values()]
    grid = np.stack(np.meshgrid(*axes, indexing="ij"), axis=-1)
    values = surface(grid.reshape(-1, len(ends))).reshape(grid.shape[:-1])
    weights = 0.5 * weights
    whole = _variance(values, weights)
    if whole <= _FLAT * float(np.max(values**2)):
        whole = 0.0
    factors = range(len(ends))
    rows = []
    for number, name in enumerate(ends):
        others = tuple(axis for axis in factors if axis != number)
        first = _variance(_mean_over(values, weights, others), weights)
        rest = _variance(_mean_over(values, weights, (number,)), weights)
        rows.append(
            {
                "factor": name,
                "first_order": first / whole if whole > 0.0 else 0.0,
                "total": 1.0 - rest / whole if whole > 0.0 else 0.0,
                "standard_deviation": float(np.sqrt(whole)),
            }
        )
    return pl.DataFrame(rows)


def _mean_over(values: Floats, weights: Floats, axes: tuple[int, ...]) -> Floats:
    """Return the mean over some factors."""
    for axis in sorted(axes, reverse=True):
        values = np.tensordot(values, weights, axes=([axis], [0]))
    return values


def _variance(values: Floats, weights: Floats) -> float:
    """Return the variance over all factors that are left."""
    every = tuple(range(values.ndim))
    mean = _mean_over(values, weights, every)
    return max(float(_mean_over((values - mean) ** 2, weights, every)), 0.0)
