"""N:P: the paper's four cathodes, the inverse, discs of unlike size, faults."""

import math

import numpy as np
import pint
import pytest
from hypothesis import given
from hypothesis import strategies as st

from electrodoe.errors import PhysicsError
from electrodoe.physics import areal_capacity, matching_anode_loading, matching_cathode_loading

UNITS = pint.get_application_registry()
ANODES = np.array([8.2, 9.2, 10.2, 11.2])
CAPACITIES = st.floats(10.0, 4000.0)


def _disc_cm2(diameter_mm: float) -> float:
    """Return a disc's area."""
    return math.pi / 4.0 * (diameter_mm / 10.0) ** 2


def test_the_papers_cathodes_match_its_anodes():
    """At N:P 1.2, 355 and 170 mAh/g."""
    found = matching_cathode_loading(ANODES, 355.0, 170.0, 1.2)

    np.testing.assert_allclose(found, [14.2696, 16.0098, 17.7500, 19.4902], atol=5.1e-5)


def test_a_cathode_disc_has_its_capacity_and_the_cell_another_ratio():
    """14 mm against 15 mm: an areal 1.2 is 1.378 in whole capacities, of loadings as printed."""
    whole_mah = areal_capacity(np.array([14.27, 16.01, 17.75, 19.49]), 170.0) * _disc_cm2(14.0)

    np.testing.assert_allclose(whole_mah, [3.7344, 4.1897, 4.6451, 5.1004], atol=5.1e-5)
    ratio = areal_capacity(ANODES, 355.0) * _disc_cm2(15.0) / whole_mah
    np.testing.assert_allclose(ratio, 1.378, atol=5.1e-4)


@given(st.floats(0.1, 100.0), CAPACITIES, CAPACITIES, st.floats(0.1, 10.0))
def test_the_ratio_of_areal_capacities_is_the_one_asked_for(
    loading: float, anode_mah_g: float, cathode_mah_g: float, n_to_p: float
):
    """With pint; and the way back is the inverse."""
    found = matching_cathode_loading(np.array([loading]), anode_mah_g, cathode_mah_g, n_to_p)

    def capacity(loading_mg_cm2: float, capacity_mah_g: float) -> pint.Quantity:
        return UNITS.Quantity(loading_mg_cm2, "mg/cm^2") * UNITS.Quantity(capacity_mah_g, "mAh/g")

    ratio = capacity(loading, anode_mah_g) / capacity(found[0], cathode_mah_g)
    assert ratio.to("").magnitude == pytest.approx(n_to_p)
    back = matching_anode_loading(found, cathode_mah_g, anode_mah_g, n_to_p)
    assert back == pytest.approx(loading)


@pytest.mark.parametrize("law", [matching_cathode_loading, matching_anode_loading])
@pytest.mark.parametrize("spoiled", range(4))
def test_what_is_not_positive_is_refused(law: object, spoiled: int):
    """Each argument in turn."""
    given_values: list[object] = [np.array([8.2]), 355.0, 170.0, 1.2]
    given_values[spoiled] = np.array([0.0]) if spoiled == 0 else 0.0

    with pytest.raises(PhysicsError, match="positive number"):
        law(*given_values)
