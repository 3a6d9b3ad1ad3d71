"""Wet film and coating gap."""

import numpy as np
import pytest

from electrodoe.errors import PhysicsError
from electrodoe.physics import coating_gap, wet_film_thickness


def test_water_of_one_milligram_stands_ten_micrometers_high():
    """By definition, at 1 g/cm³."""
    assert wet_film_thickness(np.array([1.0]), 1.0) == pytest.approx(10.0)


def test_a_newtonian_film_asks_for_twice_its_height():
    """And a film as high as its gap for itself."""
    film = np.array([100.0, 150.0])

    np.testing.assert_allclose(coating_gap(film, 0.5), [200.0, 300.0])
    np.testing.assert_allclose(coating_gap(film, 1.0), film)


@pytest.mark.parametrize("ratio", [0.0, -0.5, np.nan])
def test_a_film_without_gap_is_refused(ratio: float):
    """The ratio was not measured."""
    with pytest.raises(PhysicsError, match="wet_film_per_gap"):
        coating_gap(np.array([100.0]), ratio)


def test_a_film_without_density_is_refused():
    """A forgotten cell."""
    with pytest.raises(PhysicsError, match="slurry_density_g_cm3"):
        wet_film_thickness(np.array([16.8]), 0.0)
