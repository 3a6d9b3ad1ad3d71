"""Charge and main current of steps whose currents are drawn by hand."""

import numpy as np
import pytest

from electrodoe.preprocess.cycling.integration import main_current


@pytest.mark.parametrize(
    ("time_s", "current_a", "expected"),
    [
        ([0.0, 10.0, 20.0], [1.0, 1.0, -4.0], 4.0),
        ([0.0, 10.0, 20.0], [1.0, 1.0, 2.9], 1.0),
        ([0.0, 10.0, 20.0], [1.0, 1.0, 3.1], 3.1),
        ([0.0, 10.0, 20.0], [0.0, 0.0, 0.0], 0.0),
        ([5.0, 5.0], [2.0, -3.0], 3.0),
        ([5.0], [-2.0], 2.0),
        ([], [], 0.0),
    ],
    ids=["more", "just less", "just more", "none", "no time", "one row", "no row"],
)
def test_half_of_the_charge_passes_below_the_main_current(
    time_s: list[float], current_a: list[float], expected: float
):
    """By the trapezoidal rule: 5 and 10 s at 1 A against 5 s at the last current."""
    assert main_current(np.array(time_s), np.array(current_a)) == expected
