"""What is true of the virtual line's coatings has the paper's trends."""

from pathlib import Path

import numpy as np
import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from electrodoe.physics import ionic_resistance, tortuosity
from electrodoe.virtual_line.cells import (
    ALL_RATES,
    RATES,
    nominal_mah,
    true_capacity_mah,
    used_fraction,
)
from electrodoe.virtual_line.recipe import recipe_of
from electrodoe.virtual_line.surfaces import (
    Coatings,
    contact_resistance_ohm_cm2,
    dry_porosity,
    true_adhesion_kpa,
    true_tortuosity,
)
from strategies.plants import plant_study

LOADING, TEMPERATURE = st.floats(8.2, 11.2), st.floats(50.0, 65.0)
POROSITY = st.floats(0.25, 0.40)
WARM = np.linspace(50.0, 65.0, 151)


@given(LOADING, TEMPERATURE, POROSITY)
def test_a_denser_coating_adheres_better(loading: float, temperature: float, porosity: float):
    """Low porosity improves the adhesion (Figure 7), wherever one is."""
    denser, looser = true_adhesion_kpa(
        Coatings.at(loading, temperature, [porosity, porosity + 0.02])
    )

    assert denser > looser


def test_medium_coatings_adhere_best_between_55_and_60_degrees():
    """A local optimum inside, not at an end (Figure 2)."""
    found = WARM[np.argmax(true_adhesion_kpa(Coatings.at(9.7, WARM, 0.5)))]

    assert 55.0 < found < 60.0


def test_light_coatings_adhere_best_where_it_is_cool_and_do_not_care_above_55_degrees():
    """A low temperature correlates with high adhesion; above 55 °C nothing happens (Figure 2)."""
    adhesion = true_adhesion_kpa(Coatings.at(8.2, WARM, 0.5))
    above = adhesion[WARM >= 55.0]

    assert WARM[np.argmax(adhesion)] == 50.0
    assert np.ptp(above) < 0.2 * np.ptp(adhesion)


def test_heavy_and_hot_adheres_worst():
    """The highest loading with the highest temperature (Figure 2)."""
    loading, temperature = np.meshgrid(np.linspace(8.2, 11.2, 31), np.linspace(50.0, 65.0, 31))
    adhesion = true_adhesion_kpa(Coatings.at(loading.ravel(), temperature.ravel(), 0.5))
    worst = np.argmin(adhesion)

    assert (loading.ravel()[worst], temperature.ravel()[worst]) == (11.2, 65.0)


def test_on_average_heavier_and_hotter_adheres_worse():
    """Signs of the main effects (Figure 7)."""
    loading, temperature = np.meshgrid(np.linspace(8.2, 11.2, 31), np.linspace(50.0, 65.0, 31))
    adhesion = true_adhesion_kpa(Coatings.at(loading.ravel(), temperature.ravel(), 0.3))
    slopes = [np.polyfit(factor.ravel(), adhesion, 1)[0] for factor in (loading, temperature)]

    assert max(slopes) < 0.0


@given(LOADING, TEMPERATURE, POROSITY)
def test_pores_wind_less_where_they_are_wide_light_and_hot(
    loading: float, temperature: float, porosity: float
):
    """Tortuosity falls with porosity, rises with loading, falls with temperature (Figure 9)."""
    changed = Coatings.at(
        [loading, loading, loading + 0.1, loading],
        [temperature, temperature, temperature, temperature + 0.5],
        [porosity, porosity + 0.01, porosity, porosity],
    )
    here, wider, heavier, hotter = true_tortuosity(changed)

    assert wider < here < heavier
    assert hotter < here


def test_heat_matters_most_to_heavy_coatings():
    """As both panels of Figure 3 show, before and after the calender."""
    cool, hot = (true_tortuosity(Coatings.at([8.2, 11.2], t, 0.5)) for t in (50.0, 65.0))
    light, heavy = hot / cool

    assert heavy < light < 1.0


@given(LOADING, TEMPERATURE, POROSITY)
def test_the_ionic_resistance_returns_its_tortuosity(
    loading: float, temperature: float, porosity: float
):
    """Eq. (2) forth and back, with the paper's disc and electrolyte."""
    truth = true_tortuosity(Coatings.at(loading, temperature, porosity))
    resistance = ionic_resistance(truth, 70.0, porosity, 350.0, 15.0)

    assert tortuosity(resistance, 70.0, porosity, 350.0, 15.0) == pytest.approx(truth)


def test_heat_leaves_a_looser_coating():
    """The temperature acts on the thickness and not on the loading (Figure 5)."""
    cool, hot = dry_porosity(Coatings.at(9.7, [50.0, 65.0], 0.3))

    assert 0.45 < cool < hot < 0.55


@given(LOADING, TEMPERATURE, POROSITY)
def test_fast_discharges_give_less(loading: float, temperature: float, porosity: float):
    """At every setting."""
    capacity = true_capacity_mah(Coatings.at(loading, temperature, porosity), 4.0, RATES)[0]

    assert np.all(np.diff(capacity) < 0.0)
    assert capacity[-1] > 0.0


@given(LOADING, TEMPERATURE, POROSITY)
def test_dense_heavy_and_hot_coatings_are_slow(loading: float, temperature: float, porosity: float):
    """Capacity at 5C rises with porosity, falls with loading and temperature (Figure 13)."""
    settings = Coatings.at(
        [loading, loading, loading + 0.1, loading],
        [temperature, temperature, temperature, temperature + 0.5],
        [porosity, porosity + 0.01, porosity, porosity],
    )
    nominal = nominal_mah(settings.active_mass_loading_mg_cm2, recipe_of(plant_study()))
    here, wider, heavier, hotter = true_capacity_mah(settings, nominal, [5.0])[:, 0]

    assert wider > here > heavier
    assert here > hotter


def test_the_rate_model_is_as_close_to_the_dfn_model_as_it_says(repository: Path):
    """PyBaMM's capacities are kept beside the script that fits them; 12 cells only check."""
    table = pl.read_csv(repository / "benchmarks" / "dfn" / "capacities.csv")
    assert set(table["c_rate"]) == set(ALL_RATES)
    for kind, limit in (("fit", 0.0052), ("check", 0.0052)):
        rows = table.filter(set=kind)
        coatings = Coatings.at(
            rows["active_mass_loading_mg_cm2"], rows["temperature_c"], rows["porosity"]
        )
        modeled = true_capacity_mah(coatings, 1.0, ALL_RATES) / used_fraction(coatings)[:, None]
        column = [ALL_RATES.index(rate) for rate in rows["c_rate"]]
        error = modeled[np.arange(rows.height), column] - (
            rows["capacity_mah"] / rows["nominal_capacity_mah"]
        )

        assert float((error**2).mean()) ** 0.5 < limit
        assert contact_resistance_ohm_cm2(coatings) == pytest.approx(
            rows["contact_resistance_ohm_cm2"].to_numpy(), abs=1e-6
        )
