"""Eq. (1): published targets, the inverse, limits, faults, the equation typed out with units."""

import numpy as np
import pint
import pytest
from hypothesis import given
from hypothesis import strategies as st

from electrodoe.errors import PhysicsError
from electrodoe.physics import coating_mass_loading, porosity, thickness_for_porosity

UNITS = pint.get_application_registry()
LOADINGS = st.floats(0.1, 100.0)
THICKNESSES = st.floats(1.0, 1000.0)
DENSITIES = st.floats(0.5, 20.0)

TARGETS_UM = {
    8.2: (53.898, 57.748, 62.190, 67.373),
    9.2: (60.471, 64.790, 69.774, 75.589),
    10.2: (67.044, 71.833, 77.358, 83.805),
    11.2: (73.617, 78.875, 84.943, 92.021),
}
"""Target coating thickness of the paper's anodes at a porosity of .25, .30, .35 and .40."""


@pytest.mark.parametrize("active_mg_cm2", TARGETS_UM)
def test_the_papers_anodes_have_their_target_thickness(active_mg_cm2: float):
    """From the active loading, 94 % active material and the printed density."""
    loading = coating_mass_loading(np.full(4, active_mg_cm2), 0.94)

    found = thickness_for_porosity(loading, np.array([0.25, 0.30, 0.35, 0.40]), 2.158)

    np.testing.assert_allclose(found, TARGETS_UM[active_mg_cm2], atol=5.1e-4)


def test_the_papers_cathodes_have_their_target_thickness():
    """At 30 % porosity, from the loadings as the paper prints them."""
    loading = coating_mass_loading(np.array([14.27, 16.01, 17.75, 19.49]), 0.955)

    found = thickness_for_porosity(loading, np.full(4, 0.3), 4.447)

    np.testing.assert_allclose(found, [48.002, 53.855, 59.708, 65.561], atol=5.1e-4)


@given(LOADINGS, st.floats(0.0, 0.99), DENSITIES)
def test_thickness_is_the_inverse_of_porosity(loading: float, fraction: float, density: float):
    """There and back again."""
    thickness = thickness_for_porosity(np.array([loading]), np.array([fraction]), density)

    back = 1.0 - 10.0 * loading / thickness / density
    assert back == pytest.approx(fraction, abs=1e-12)
    if fraction > 1e-9:
        assert porosity(np.array([loading]), thickness, density) == pytest.approx(
            fraction, abs=1e-12
        )


@given(LOADINGS, THICKNESSES, DENSITIES)
def test_porosity_is_the_equation_with_its_units(loading: float, thickness: float, density: float):
    """Typed out with pint, no conversion factor of ours in it."""
    mass = UNITS.Quantity(loading, "mg/cm^2")
    bulk = mass / UNITS.Quantity(thickness, "um")
    expected = (1.0 - bulk / UNITS.Quantity(density, "g/cm^3")).to("").magnitude
    if expected < 1e-9:
        return

    found = porosity(np.array([loading]), np.array([thickness]), density)

    assert found == pytest.approx(expected, rel=1e-9)


def test_a_thick_sheet_is_all_pores_and_a_solid_one_has_none():
    """The two limits."""
    loading = np.array([1.0, 20.0])

    assert porosity(loading, np.array([1e9, 100.0]), 2.0) == pytest.approx([1.0, 0.0], abs=1e-6)


def test_a_sheet_denser_than_its_solids_is_refused_with_its_row():
    """Most often the thickness was given in other units."""
    with pytest.raises(PhysicsError) as caught:
        porosity(np.array([8.72, 8.72]), np.array([62.2, 6.22]), 2.158)

    assert str(caught.value) == (
        "porosity -5.50: the coating is denser than its own solids\n"
        "  where: row 1, coating_thickness_um = 6.22\n"
        "  fix:   give the thickness in µm and without the foil"
    )


@pytest.mark.parametrize("wanted", [-0.1, 1.0, 30.0, np.nan])
def test_an_impossible_porosity_has_no_thickness(wanted: float):
    """Percent among them."""
    with pytest.raises(PhysicsError, match="as a fraction") as caught:
        thickness_for_porosity(np.array([8.0, 8.0]), np.array([0.3, wanted]), 2.158)

    assert caught.value.where.startswith("row 1, porosity")


@pytest.mark.parametrize("loading", [0.0, -1.0, np.nan, np.inf])
def test_a_loading_that_is_no_mass_has_no_thickness(loading: float):
    """Zero, negative, missing, infinite."""
    with pytest.raises(PhysicsError, match="positive number") as caught:
        thickness_for_porosity(np.array([8.0, loading]), np.array([0.3, 0.3]), 2.158)

    assert caught.value.where.startswith("row 1, mass_loading_mg_cm2")
