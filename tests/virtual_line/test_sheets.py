"""Sheets keep eq. (1), and the calender's settings follow from them."""

import numpy as np
import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from electrodoe.virtual_line.production import produce
from electrodoe.virtual_line.sheets import line_load_n_mm, roll_gap_um
from strategies.plants import plant_plan, plant_study


def test_a_sheet_weighs_what_fills_its_volume():
    """Mass = thickness times (1 - porosity) times density, before and after the calender."""
    sheets = produce(plant_study(), plant_plan()).sheets

    for before in ("", "uncalendered_"):
        filled = pl.col(f"{before}coating_thickness_um") * (1.0 - pl.col(f"{before}porosity"))
        mass = sheets.select(filled * 2.158 / 10.0).to_series()
        np.testing.assert_allclose(mass, sheets["coating_mass_loading_mg_cm2"])


def test_without_scatter_a_sheet_is_as_planned():
    """8.2 mg/cm² at 25 % are 53.898 µm (known answer), three sheets alike."""
    sheets = produce(plant_study(noise_scale=0.0), plant_plan()).sheets.filter(run="1")

    np.testing.assert_allclose(sheets["coating_thickness_um"], 53.898, rtol=1e-4)
    assert sheets["sheet"].to_list() == [1, 2, 3]


@given(st.floats(80.0, 150.0), st.floats(0.5, 0.99))
def test_the_gap_is_smaller_than_the_sheet_that_leaves_it(before_um: float, fraction: float):
    """12 % of the compression in the gap come back."""
    after_um = fraction * before_um
    gap = roll_gap_um(np.array([before_um]), np.array([after_um]))[0]

    assert gap < after_um
    assert after_um == pytest.approx(gap + 0.12 * (before_um - gap))


@given(st.floats(0.45, 0.55), st.floats(0.2, 0.44))
def test_the_line_load_is_that_of_the_exponential_law(before: float, after: float):
    """Put back into the law, it gives the porosity."""
    load = line_load_n_mm(np.array([before]), np.array([after]))[0]

    assert 0.15 + (before - 0.15) * np.exp(-load / 180.0) == pytest.approx(after)
