"""Strength over the stamp: the known answer, the inverse, faults, the equation with its units."""

import numpy as np
import pint
import pytest
from hypothesis import given
from hypothesis import strategies as st

from electrodoe.errors import PhysicsError
from electrodoe.physics import adhesion_strength, pull_off_force

UNITS = pint.get_application_registry()
FORCES = st.floats(0.0, 1e4)
AREAS = st.floats(1.0, 1e4)


def test_one_newton_on_the_papers_stamp_is_its_known_strength():
    """1 N over 50.26 mm² (Table 4) is 19.8965 kPa."""
    assert adhesion_strength(np.array([1.0]), 50.26)[0] == pytest.approx(19.8965, abs=5e-5)


@given(FORCES, AREAS)
def test_force_is_the_inverse_of_strength(force: float, area: float):
    """There and back again."""
    strength = adhesion_strength(np.array([force]), area)

    assert pull_off_force(strength, area)[0] == pytest.approx(force)


@given(FORCES, AREAS)
def test_strength_is_force_over_area_with_its_units(force: float, area: float):
    """Typed out with pint, no conversion factor of ours in it."""
    meant = UNITS.Quantity(force, "N") / UNITS.Quantity(area, "mm^2")

    found = adhesion_strength(np.array([force]), area)[0]

    assert found == pytest.approx(meant.to("kPa").magnitude)


def test_a_missing_force_stays_missing():
    """NaN in, NaN out."""
    assert np.isnan(adhesion_strength(np.array([np.nan]), 50.26)[0])


@pytest.mark.parametrize("area", [0.0, -1.0, np.nan])
def test_an_area_is_positive(area: float):
    """Neither zero nor less."""
    with pytest.raises(PhysicsError, match="area_mm2 is") as caught:
        adhesion_strength(np.array([1.0]), area)

    assert caught.value.where.startswith("area_mm2 = ")


@pytest.mark.parametrize("strength", [-1.0, np.nan])
def test_a_strength_is_no_compression(strength: float):
    """The row is named."""
    with pytest.raises(PhysicsError, match="zero or more") as caught:
        pull_off_force(np.array([1.0, strength]), 50.26)

    assert "row 1" in caught.value.where
