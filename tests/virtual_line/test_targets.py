"""True Sobol indices: known functions, and the order that the paper found."""

from itertools import pairwise

import numpy as np
import polars as pl
import pytest

from electrodoe.virtual_line.recipe import recipe_of
from electrodoe.virtual_line.targets import sobol_indices, targets
from strategies.plants import RANGES, plant_study


def test_the_ishigami_function_has_its_published_indices():
    """A = 7, b = 0.1 on [-π, π]: .3139, .4424, 0 and totals .5576, .4424, .2437."""
    box = dict.fromkeys("abc", (-np.pi, np.pi))

    table = sobol_indices(
        lambda x: np.sin(x[:, 0]) + 7 * np.sin(x[:, 1]) ** 2 + 0.1 * x[:, 2] ** 4 * np.sin(x[:, 0]),
        box,
    )

    np.testing.assert_allclose(table["first_order"], [0.3139, 0.4424, 0.0], atol=1e-4)
    np.testing.assert_allclose(table["total"], [0.5576, 0.4424, 0.2437], atol=1e-4)


def test_a_flat_surface_has_no_indices():
    """Nothing is divided by nothing."""
    table = sobol_indices(lambda x: np.ones(len(x)), {"a": (0.0, 1.0)})

    assert table.row(0) == ("a", 0.0, 0.0, 0.0)


@pytest.mark.parametrize(
    ("target", "order"),
    [
        ("adhesion_strength_kpa", "ɛ m T"),
        ("ionic_resistance_ohm", "ɛ m T"),
        ("tortuosity", "ɛ m T"),
        ("discharge_capacity_5c_mah", "ɛ m T"),
        ("discharge_capacity_5c_mah_g", "m ɛ T"),
        ("discharge_capacity_c10_mah", "m"),
        ("discharge_capacity_c10_mah_g", "ɛ"),
        ("coating_mass_loading_mg_cm2", "m"),
    ],
)
def test_factors_matter_in_the_papers_order(target: str, order: str):
    """Figures 7, 9, 13 and 14; neighbors differ by a twentieth of the variance, or twofold."""
    symbols = dict(zip(RANGES, "mTɛ", strict=True))
    surface = targets(recipe_of(plant_study()), 350.0, 15.0)[target]

    table = sobol_indices(surface, {name: tuple(ends) for name, ends in RANGES.items()})
    ranked = table.sort("total", descending=True)
    totals = ranked["total"].to_list()

    assert [symbols[name] for name in ranked["factor"]][: len(order.split())] == order.split()
    assert all(
        first - second > 0.05 or first > 2.0 * second
        for first, second in pairwise(totals)
        if first > 1e-6
    )


def test_fractions_add_up_to_one_where_nothing_interacts():
    """And totals equal first orders."""
    table = sobol_indices(lambda x: x[:, 0] ** 2 + 3 * x[:, 1], {"a": (0.0, 2.0), "b": (1.0, 5.0)})

    assert table["first_order"].sum() == pytest.approx(1.0)
    assert table.select((pl.col("total") - pl.col("first_order")).abs().max()).item() < 1e-12
