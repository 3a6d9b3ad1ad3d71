"""Short, contact and electronic resistance beside the line."""

import numpy as np
import pytest

from electrodoe.errors import PhysicsError
from electrodoe.physics import (
    apparent_ionic_resistance,
    contact_arc,
    shorted_cell,
    transmission_line,
)


def test_a_short_carries_all_current_at_low_frequencies():
    """Where a sound cell blocks, the short alone is left."""
    cell = transmission_line(np.array([1e-8]), 20.0, 300.0, 1e-3, 1.0)

    assert shorted_cell(cell, 500.0)[0] == pytest.approx(500.0, rel=1e-2)


def test_a_short_is_a_sum_of_admittances():
    """Two resistances of which one is the short."""
    assert shorted_cell(np.array([30.0 + 0j]), 60.0)[0] == pytest.approx(20.0)


def test_an_arc_ends_at_its_resistance_and_at_nothing():
    """From low to high frequencies, with half of it at the top."""
    top = 1.0 / (2.0 * np.pi * 12.0 * 1e-5)

    found = contact_arc(np.array([1e9, top, 1e-6]), 12.0, 1e-5, 1.0)

    np.testing.assert_allclose(found, [0.0, 6.0 - 6.0j, 12.0], atol=1e-3)


def test_the_solid_hides_ionic_resistance():
    """The factors at x = .01, .1 and 1."""
    found = apparent_ionic_resistance(np.full(3, 300.0), np.array([3.0, 30.0, 300.0]))

    np.testing.assert_allclose(found / 300.0, [0.9803, 0.8273, 0.5], atol=5e-5)


@pytest.mark.parametrize(
    "call",
    [
        lambda: shorted_cell(np.array([1.0 + 0j]), 0.0),
        lambda: contact_arc(np.array([1.0]), -1.0, 1e-5, 0.9),
        lambda: contact_arc(np.array([1.0]), 1.0, 1e-5, 1.2),
        lambda: apparent_ionic_resistance(np.array([1.0]), np.array([-1.0])),
    ],
)
def test_what_no_element_has_is_refused(call):
    """Resistances are positive, exponents at most 1."""
    with pytest.raises(PhysicsError):
        call()
