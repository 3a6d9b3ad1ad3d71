"""Active, coated and wet mass over area."""

import numpy as np
import pint
import pytest
from hypothesis import given
from hypothesis import strategies as st

from electrodoe.errors import PhysicsError
from electrodoe.physics import (
    active_mass_loading,
    coating_mass_loading,
    slurry_density,
    wet_film_thickness,
    wet_mass_loading,
)

UNITS = pint.get_application_registry()
LOADINGS = st.floats(0.1, 100.0)
FRACTIONS = st.floats(0.01, 1.0)


def test_the_papers_anodes_weigh_more_than_their_graphite():
    """94 % of the coating is active."""
    found = coating_mass_loading(np.array([8.2, 9.2, 10.2, 11.2]), 0.94)

    np.testing.assert_allclose(found, [8.7234, 9.7872, 10.8511, 11.9149], atol=5.1e-5)


@given(LOADINGS, FRACTIONS)
def test_active_loading_is_the_inverse_of_coating_loading(loading: float, fraction: float):
    """There and back again; a coating of active material alone is itself."""
    coated = coating_mass_loading(np.array([loading]), fraction)

    assert active_mass_loading(coated, fraction) == pytest.approx(loading)
    assert coated >= loading
    assert coating_mass_loading(np.array([loading]), 1.0) == loading


@given(LOADINGS, FRACTIONS, st.floats(0.5, 20.0), st.floats(0.5, 5.0))
def test_drying_the_wet_film_leaves_the_coating(
    loading: float, solid_content: float, solids_g_cm3: float, solvent_g_cm3: float
):
    """Film height times slurry density times solid content is the dry mass, with pint."""
    slurry = slurry_density(solid_content, solids_g_cm3, solvent_g_cm3)

    film = wet_film_thickness(wet_mass_loading(np.array([loading]), solid_content), slurry)

    dry = UNITS.Quantity(film[0], "um") * UNITS.Quantity(slurry, "g/cm^3") * solid_content
    assert dry.to("mg/cm^2").magnitude == pytest.approx(loading)


@pytest.mark.parametrize("law", [coating_mass_loading, active_mass_loading, wet_mass_loading])
@pytest.mark.parametrize(
    ("loading", "fraction"), [(-1.0, 0.9), (np.nan, 0.9), (9.0, 94.0), (9.0, 0)]
)
def test_what_is_no_mass_or_no_fraction_is_refused(law: object, loading: float, fraction: float):
    """With the argument's name and what to give."""
    with pytest.raises(PhysicsError) as caught:
        law(np.array([8.0, loading]), fraction)

    assert caught.value.fix.startswith("give ")
