"""Units as they end a column's name."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from electrodoe.quantities import UNITS, split_unit, unit_of


@pytest.mark.parametrize("suffix", list(UNITS))
def test_every_unit_is_found_at_the_end_of_a_name(suffix: str):
    """Also where another unit is its end, as ``cm2`` of ``mg_cm2``."""
    assert split_unit(f"some_measure_{suffix}") == ("some_measure", suffix)
    assert unit_of(f"Some_Measure_{suffix.upper()}") == UNITS[suffix]


@pytest.mark.parametrize("name", ["porosity", "c", "mah_g_extra", "", "n", "5c"])
def test_a_name_without_a_unit_has_none(name: str):
    """A name that is nothing but a unit is a name."""
    assert split_unit(name) == (name, "")
    assert unit_of(name) == ""


@given(name=st.text())
def test_stem_and_unit_make_up_the_name(name: str):
    """Whatever the name, nothing is lost."""
    stem, suffix = split_unit(name)

    assert (f"{stem}_{suffix}" if suffix else stem) == name.lower()
