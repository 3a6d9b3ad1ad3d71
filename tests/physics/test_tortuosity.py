"""Eq. (2): published numbers, the inverse, faults, the equation typed out with units."""

import numpy as np
import pint
import pytest
from hypothesis import given
from hypothesis import strategies as st

from electrodoe.errors import PhysicsError
from electrodoe.physics import ionic_resistance, tortuosity

UNITS = pint.get_application_registry()
POSITIVE = st.floats(0.1, 1e3)
FRACTIONS = st.floats(0.05, 1.0)


@pytest.mark.parametrize(
    ("disc_mm", "expected"), [(15.0, 6.626797), (14.0, 5.772677), (16.0, 7.539822)]
)
def test_the_papers_discs_have_their_tortuosity(disc_mm: float, expected: float):
    """500 ohm, 350 µS/cm, porosity .30, 70 µm."""
    found = tortuosity(np.array([500.0]), np.array([70.0]), np.array([0.3]), 350.0, disc_mm)

    assert found[0] == pytest.approx(expected, abs=5e-7)


@given(POSITIVE, POSITIVE, FRACTIONS, POSITIVE, POSITIVE)
def test_resistance_is_the_inverse(tau: float, um: float, fraction: float, us_cm: float, mm: float):
    """There and back again."""
    resistance = ionic_resistance(tau, um, fraction, us_cm, mm)

    assert tortuosity(resistance, um, fraction, us_cm, mm) == pytest.approx(tau, rel=1e-12)


@given(POSITIVE, POSITIVE, FRACTIONS, POSITIVE, POSITIVE)
def test_tortuosity_is_the_equation_with_its_units(
    ohm: float, um: float, fraction: float, us_cm: float, mm: float
):
    """Typed out with pint, no conversion factor of ours in it."""
    area = np.pi / 4.0 * UNITS.Quantity(mm, "mm") ** 2
    typed = (UNITS.Quantity(ohm, "ohm") * area * UNITS.Quantity(us_cm, "uS/cm") * fraction) / (
        2.0 * UNITS.Quantity(um, "um")
    )

    found = tortuosity(np.array([ohm]), np.array([um]), np.array([fraction]), us_cm, mm)

    assert found[0] == pytest.approx(typed.to("").magnitude, rel=1e-9)


@pytest.mark.parametrize(
    ("ohm", "fraction", "where"), [(-1.0, 0.3, "r_ion_ohm"), (500.0, 30.0, "porosity")]
)
def test_what_no_coating_has_is_refused(ohm: float, fraction: float, where: str):
    """A porosity in percent, a negative resistance."""
    with pytest.raises(PhysicsError) as caught:
        tortuosity(np.array([ohm]), np.array([70.0]), np.array([fraction]), 350.0, 15.0)

    assert where in caught.value.where
