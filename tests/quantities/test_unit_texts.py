"""Units as people write them, compared with pint."""

import pint
import pytest

from electrodoe.quantities import UNITS, conversion, parse_unit

PINT = pint.UnitRegistry(autoconvert_offset_to_baseunit=True)


@pytest.mark.parametrize(
    ("written", "target", "pint_written", "pint_target"),
    [
        ("MPa", "kPa", "MPa", "kPa"),
        ("N/mm²", "kPa", "N/mm**2", "kPa"),
        ("N/cm2", "kPa", "N/cm**2", "kPa"),
        ("bar", "kPa", "bar", "kPa"),
        ("psi", "kPa", "psi", "kPa"),
        ("g/m²", "mg/cm²", "g/m**2", "mg/cm**2"),
        ("gsm", "mg/cm²", "g/m**2", "mg/cm**2"),
        ("mg cm⁻²", "g/m²", "mg/cm**2", "g/m**2"),
        ("mm", "µm", "mm", "um"),
        ("K", "°C", "degK", "degC"),
        ("mΩ", "Ω", "mohm", "ohm"),
        ("Ohm·m²", "Ω·cm²", "ohm*m**2", "ohm*cm**2"),
        ("Ah/kg", "mAh/g", "A*hour/kg", "mA*hour/g"),
        ("mm/s", "m/min", "mm/s", "m/min"),
        ("S/m", "mS/cm", "S/m", "mS/cm"),
        ("kg/m^3", "g/cm³", "kg/m**3", "g/cm**3"),
        ("%", "-", "percent", "dimensionless"),
    ],
)
def test_a_conversion_is_that_of_pint(
    written: str, target: str, pint_written: str, pint_target: str
):
    """Whatever spelling a table has."""
    found = conversion(parse_unit(written), parse_unit(target))
    expected = PINT.Quantity(1.7, pint_written).to(pint_target).magnitude

    assert found is not None
    assert found[0] * 1.7 + found[1] == pytest.approx(expected, rel=1e-9)


@pytest.mark.parametrize("shown", sorted(set(UNITS.values())))
def test_every_unit_of_ours_is_known(shown: str):
    """So that a table in it, or in one like it, is converted."""
    unit = parse_unit(shown)

    assert unit is not None
    assert conversion(unit, unit) == (1.0, 0.0)


@pytest.mark.parametrize(
    "written", ["µm", "μm", "um", "micron"]
)  # the micro sign and the Greek letter
def test_a_micrometer_has_many_spellings(written: str):
    """They mean the same."""
    assert conversion(parse_unit(written), parse_unit("mm")) == (1e-3, 0.0)


@pytest.mark.parametrize(
    "text", ["", "run", "sample", "R01", "5C", "C/20", "set", "kPa?", "M", "a", "Factor 1", "12"]
)
def test_what_is_no_unit_is_none(text: str):
    """A name is not taken for a unit."""
    assert parse_unit(text) is None


def test_a_force_is_no_pressure():
    """Nothing leads from one to the other."""
    assert conversion(parse_unit("N"), parse_unit("kPa")) is None
