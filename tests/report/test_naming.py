"""Labels and units where people read them."""

import pytest

from electrodoe.report.naming import Shown


@pytest.mark.parametrize(
    ("unit", "squared"),
    [
        ("kPa", "kPa²"),
        ("mAh/g", "mAh²/g²"),
        ("mg/cm²", "mg²/cm⁴"),
        ("Ω·cm²", "Ω²·cm⁴"),
        ("g/cm³", "g²/cm⁶"),
        ("%", "%²"),
        ("", ""),
    ],
)
def test_the_unit_of_a_square_is_squared_factor_by_factor(unit: str, squared: str):
    """A sum of squares of mAh/g is not in mAh/g²."""
    assert Shown(label="a", words="a", unit=unit, factor=1.0).squared_unit == squared
