"""The line: published numbers, limits, extremes, derivatives, the equation typed out."""

import cmath

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from electrodoe.errors import PhysicsError
from electrodoe.physics import transmission_line, transmission_line_derivatives

FREQUENCIES = st.floats(1e-4, 1e6)
RESISTANCES = st.floats(0.1, 1e5)
ELEMENTS = st.floats(1e-6, 1.0)
EXPONENTS = st.floats(0.3, 1.0)

KNOWN = [
    (10.0, (20.0, 300.0, 1e-3, 0.95), 76.7512686722 - 51.9104927408j),
    (1e4, (20.0, 300.0, 1e-3, 0.95), 22.1150080801 - 1.95509335902j),
    (0.1, (20.0, 300.0, 1e-3, 0.95), 241.879398836 - 1551.480002j),
    (1e-3, (0.0, 0.1, 0.2, 0.3), 20.42237173 - 10.38874276j),
    (1.0, (0.0, 300.0, 1e-3, 1.0), 97.822207 - 171.310992j),
    (0.1, (0.0, 300.0, 1e-3, 1.0), 99.977449 - 1592.805643j),
]
"""Frequency, R0 with R_ion, Q and gamma, impedance; the fourth is a test of impedance.py."""


@pytest.mark.parametrize(("frequency_hz", "cell", "ohm"), KNOWN)
def test_published_impedances_are_met(frequency_hz: float, cell: tuple[float, ...], ohm: complex):
    """To all digits that are given."""
    found = transmission_line(np.array([frequency_hz]), *cell)

    assert found[0] == pytest.approx(ohm, rel=1e-8)


@given(FREQUENCIES, RESISTANCES, ELEMENTS, EXPONENTS)
def test_the_line_is_the_equation(frequency: float, r_ion: float, q: float, gamma: float):
    """Typed out with Python's own complex numbers, where those do not overflow."""
    x = cmath.sqrt(r_ion * q * (2j * cmath.pi * frequency) ** gamma)
    typed = r_ion / (x * cmath.tanh(x)) if abs(x) < 300.0 else r_ion / x

    found = transmission_line(np.array([frequency]), 0.0, r_ion, q, gamma)[0]

    assert found == pytest.approx(typed, rel=1e-9)


def test_a_third_of_the_ionic_resistance_is_left_at_low_frequencies():
    """The real part's limit for an ideal capacitor, R0 + R_ion / 3."""
    found = transmission_line(np.array([1e-5]), 20.0, 300.0, 1e-3, 1.0)

    assert found.real[0] == pytest.approx(120.0, rel=1e-6)


def test_extremes_neither_overflow_nor_lose_digits():
    """Far above the bend the line is a Warburg-like element, far below a series of both limits."""
    fast = transmission_line(np.array([1e9]), 0.0, 1e6, 1.0, 1.0)[0]
    slow = transmission_line(np.array([1e-3]), 0.0, 1.0, 1e-6, 1.0)[0]

    assert fast == pytest.approx(cmath.sqrt(1e6 / (2j * cmath.pi * 1e9)), rel=1e-12)
    assert slow.real == pytest.approx(1.0 / 3.0, rel=1e-6)
    assert slow.imag == pytest.approx(-1.0 / (2.0 * cmath.pi * 1e-9), rel=1e-12)


@given(FREQUENCIES, RESISTANCES, ELEMENTS, EXPONENTS.filter(lambda gamma: gamma < 0.999))
def test_derivatives_are_the_slopes(frequency: float, r_ion: float, q: float, gamma: float):
    """Central differences of the line itself, each parameter by a millionth of itself."""
    at = np.array([frequency])
    values = [10.0, r_ion, q, gamma]
    size = abs(transmission_line(at, 0.0, r_ion, q, gamma)[0])

    derivatives = transmission_line_derivatives(at, r_ion, q, gamma)

    for position, derivative in enumerate(derivatives):
        step = 1e-6 * values[position]
        above, below = values.copy(), values.copy()
        above[position] += step
        below[position] -= step
        slope = (transmission_line(at, *above) - transmission_line(at, *below))[0] / (2.0 * step)
        assert abs(derivative[0] - slope) * values[position] <= 1e-5 * (size + 10.0)


def test_cells_are_rows_and_points_are_columns():
    """Many cells at once, each the same as alone."""
    frequency = np.logspace(3, 0, 7)
    r_ion = np.array([100.0, 300.0])

    found = transmission_line(frequency, np.array([5.0, 20.0]), r_ion, 1e-3, 0.9)

    assert found.shape == (2, 7)
    np.testing.assert_allclose(found[1], transmission_line(frequency, 20.0, 300.0, 1e-3, 0.9))


@pytest.mark.parametrize(
    ("cell", "where"),
    [
        ((20.0, -1.0, 1e-3, 0.9), "r_ion_ohm"),
        ((20.0, 300.0, 0.0, 0.9), "q = 0"),
        ((20.0, 300.0, 1e-3, 1.1), "gamma"),
    ],
)
def test_what_no_line_has_is_refused(cell: tuple[float, ...], where: str):
    """The argument is named."""
    with pytest.raises(PhysicsError) as caught:
        transmission_line(np.array([1.0]), *cell)

    assert where in caught.value.where


def test_frequencies_of_several_sweeps_are_refused():
    """One sweep at a time; cells share it."""
    with pytest.raises(PhysicsError, match="n_points"):
        transmission_line(np.ones((2, 3)), 20.0, 300.0, 1e-3, 0.9)
