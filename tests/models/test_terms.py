"""Which inputs get a square: one rule for least squares and for the tests of its coefficients."""

from pathlib import Path

import numpy as np
import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from electrodoe.dataset import TrainingData, configuration_means
from electrodoe.models import tune
from electrodoe.models.terms import has_curvature, has_quadratic_term

TABLE = Path(__file__).parents[2] / "examples" / "calendering-nmc622" / "cells.csv"
INPUTS = ("coating_mass_loading_mg_cm2", "roll_temperature_c", "porosity")


def calendering() -> TrainingData:
    """Return the real cells with the capacity at 5C."""
    table = pl.read_csv(TABLE).filter(pl.col("cell") != "DD020")
    return TrainingData(
        scenario="product",
        response_name="discharge_capacity_5c_mah",
        input_names=INPUTS,
        inputs=table.select(INPUTS).to_numpy(),
        response=table["discharge_capacity_5c_mah"].to_numpy(),
        configurations=table["configuration"].to_numpy(),
        sample_names=tuple(table["cell"]),
    )


def replicated(levels: list[float]) -> tuple[np.ndarray, np.ndarray]:
    """Return three samples of each level and their configurations."""
    return np.repeat(levels, 3)[:, None], np.repeat(np.arange(len(levels)), 3)


def test_the_coating_weight_of_a_real_line_gets_no_square():
    """It was set to two weights and measured cell by cell: 53 values, two levels."""
    data = calendering()

    quadratic = has_quadratic_term(data.inputs, data.configurations)

    assert dict(zip(INPUTS, quadratic.tolist(), strict=True)) == {
        "coating_mass_loading_mg_cm2": False,
        "roll_temperature_c": True,
        "porosity": True,
    }
    assert has_curvature(data.inputs).all()


def test_the_polynomial_of_a_real_line_has_the_same_squares():
    """Normalized or not, the family and the rule say the same."""
    data = calendering()

    chosen = tune(data, "polynomial")

    assert chosen["quadratic"] == has_quadratic_term(data.inputs, data.configurations).tolist()


def test_the_mean_coating_weights_of_a_real_line_bear_no_square_either():
    """Strength is measured once per configuration: one row each, and 18 values of two levels."""
    data = calendering()
    means = configuration_means(data.inputs, data.configurations)

    quadratic = has_quadratic_term(means, np.arange(len(means)))

    assert quadratic.tolist() == [False, True, True]


@pytest.mark.parametrize("scatter", [0.001, 0.05, 0.2])
def test_scatter_around_two_levels_is_no_third(scatter: float):
    """Up to a fifth of the half range, more than any line that aims at two levels."""
    inputs, configurations = replicated([8.0, 11.0] * 6)
    noise = np.random.default_rng(0).uniform(-1.0, 1.0, inputs.shape)

    assert not has_quadratic_term(inputs + 1.5 * scatter * noise, configurations).any()


@pytest.mark.parametrize(
    "levels", [[0.0, 0.5, 1.0], [0.0, 10.0, 100.0], [0.0, 0.95, 1.0], [1.0, 2.0, 4.0, 8.0]]
)
def test_levels_that_are_set_bear_a_square_wherever_they_lie(levels: list[float]):
    """Three exact levels determine a parabola."""
    assert has_quadratic_term(*replicated(levels)).all()


def test_a_measured_input_with_a_setting_in_the_middle_bears_a_square():
    """Porosity is measured cell by cell, too, but has levels between the ends."""
    inputs, configurations = replicated([0.30, 0.35, 0.40])
    noise = np.random.default_rng(0).uniform(-0.005, 0.005, inputs.shape)

    assert has_quadratic_term(inputs + noise, configurations).all()


def test_two_levels_and_one_level_bear_none():
    """There is nothing to bend."""
    assert not has_quadratic_term(*replicated([1.0, 2.0])).any()
    assert not has_quadratic_term(*replicated([1.0])).any()


@settings(deadline=None, max_examples=50)
@given(shift=st.floats(-1e3, 1e3), scale=st.floats(1e-3, 1e3), seed=st.integers(0, 1000))
def test_the_unit_of_an_input_does_not_matter(shift: float, scale: float, seed: int):
    """Kelvin or degrees Celsius: the same squares, as after normalization."""
    rng = np.random.default_rng(seed)
    inputs, configurations = replicated(rng.integers(0, 5, 6).astype(float).tolist())
    is_measured = rng.random() < 0.5
    inputs = inputs + is_measured * rng.uniform(-0.1, 0.1, inputs.shape)

    found = has_quadratic_term(inputs * scale + shift, configurations)

    assert found.tolist() == has_quadratic_term(inputs, configurations).tolist()
