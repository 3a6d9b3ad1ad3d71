"""Mixtures: the paper's two coatings, limits, faults, and the equation typed out with units."""

import numpy as np
import pint
import pytest
from hypothesis import given
from hypothesis import strategies as st

from electrodoe.errors import PhysicsError
from electrodoe.physics import slurry_density, theoretical_density

UNITS = pint.get_application_registry()
ANODE = np.array([0.94, 0.01, 0.02, 0.03]), np.array([2.26, 2.0, 1.6, 1.0])
CATHODE = np.array([0.955, 0.0225, 0.0075, 0.015]), np.array([4.73, 2.0, 2.26, 1.79])


@pytest.mark.parametrize(
    ("mixture", "computed", "printed"), [(ANODE, 2.157827, 2.158), (CATHODE, 4.44739, 4.447)]
)
def test_the_papers_coatings_have_their_density(
    mixture: tuple[np.ndarray, np.ndarray], computed: float, printed: float
):
    """Table 3 prints what the harmonic mean gives, and not the arithmetic one."""
    found = theoretical_density(*mixture)

    assert found == pytest.approx(computed, abs=5.1e-6)
    assert found == pytest.approx(printed, abs=5.1e-4)
    assert np.sum(mixture[0] * mixture[1]) > printed + 0.04


@given(st.lists(st.tuples(st.floats(0.01, 1.0), st.floats(0.5, 20.0)), min_size=1, max_size=6))
def test_volumes_add(parts: list[tuple[float, float]]):
    """The mixture's volume is the sum of the volumes, with pint."""
    fractions = np.array([part[0] for part in parts])
    fractions /= fractions.sum()
    densities = np.array([part[1] for part in parts])
    mass = UNITS.Quantity(1.0, "g")
    volume = sum(
        w * mass / UNITS.Quantity(d, "g/cm^3") for w, d in zip(fractions, densities, strict=True)
    )

    found = theoretical_density(fractions, densities)

    assert found == pytest.approx((mass / volume).to("g/cm^3").magnitude)
    assert densities.min() * (1 - 1e-12) <= found <= densities.max() * (1 + 1e-12)


def test_a_slurry_lies_between_its_liquid_and_its_solids():
    """52 % solids in water; all solids; a slurry whose liquid is as dense as its solids."""
    assert slurry_density(0.52, 2.158, 1.0) == pytest.approx(1.387033, abs=1e-6)
    assert slurry_density(1.0, 2.158, 1.0) == pytest.approx(2.158)
    assert slurry_density(0.3, 1.5, 1.5) == pytest.approx(1.5)


def test_fractions_that_do_not_add_up_are_refused():
    """A component was forgotten."""
    with pytest.raises(PhysicsError, match=r"add up to 0\.97"):
        theoretical_density(ANODE[0][:3], ANODE[1][:3])


@pytest.mark.parametrize("solid_content", [0.0, -0.1, 52.0, np.nan])
def test_a_solid_content_in_percent_is_refused(solid_content: float):
    """And one that is no fraction at all."""
    with pytest.raises(PhysicsError, match="solid_content") as caught:
        slurry_density(solid_content, 2.158, 1.0)

    assert "fraction" in caught.value.fix


def test_a_component_without_density_is_refused_with_its_row():
    """Zero is a forgotten cell."""
    with pytest.raises(PhysicsError) as caught:
        theoretical_density(ANODE[0], np.array([2.26, 0.0, 1.6, 1.0]))

    assert caught.value.where == "row 1, density_g_cm3 = 0"
