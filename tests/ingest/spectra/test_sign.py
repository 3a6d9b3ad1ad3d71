"""What the low end of a sweep says about the sign."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from electrodoe.ingest.spectra import lean

FREQUENCY_HZ = np.geomspace(1e5, 0.1, 25)
ANGULAR = 2.0 * np.pi * FREQUENCY_HZ


def _line(resistance_ohm: float, capacity: float, inductance_h: float) -> np.ndarray:
    """Return the impedance of a blocking transmission line and its cable."""
    interface = capacity * (1j * ANGULAR) ** 0.95
    root = np.sqrt(resistance_ohm * interface)
    return np.sqrt(resistance_ohm / interface) / np.tanh(root) + 1j * ANGULAR * inductance_h


@given(
    resistance_ohm=st.floats(10.0, 3000.0),
    capacity=st.floats(1e-4, 1e-2),
    inductance_h=st.floats(0.0, 1e-5),
)
def test_a_blocking_cell_is_capacitive_and_its_mirror_image_is_not(
    resistance_ohm: float, capacity: float, inductance_h: float
):
    """Whatever its cable."""
    imaginary = _line(resistance_ohm, capacity, inductance_h).imag

    assert lean(FREQUENCY_HZ, imaginary) == "capacitive"
    assert lean(FREQUENCY_HZ, -imaginary) == "inductive"


@pytest.mark.parametrize(
    ("imaginary", "expected"),
    [
        (1e-6 * ANGULAR, "coil"),
        (np.where(np.arange(25) % 2, 1.0, -1.0), "mixed"),
        (np.zeros(25), "mixed"),
        (np.full(25, np.nan), "mixed"),
        (np.ones(25), "inductive"),
    ],
)
def test_a_wire_and_noise_say_nothing(imaginary: np.ndarray, expected: str):
    """A sweep that ends before its capacitor shows must not be turned."""
    assert lean(FREQUENCY_HZ, imaginary) == expected


def test_the_order_of_the_points_does_not_matter():
    """The lower half is that of the frequencies, not of the file."""
    order = np.random.default_rng(0).permutation(25)
    imaginary = _line(300.0, 1e-3, 3e-6).imag

    assert lean(FREQUENCY_HZ[order], imaginary[order]) == "capacitive"
