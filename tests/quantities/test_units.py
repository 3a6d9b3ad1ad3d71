"""Units as they end a column's name."""

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from electrodoe.quantities import UNITS, bracketed_unit, label_of, split_unit, unit_of


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
    """Whatever the name, nothing is lost; the stem keeps its capitals."""
    assume(not bracketed_unit(name)[1])
    stem, suffix = split_unit(name)

    assert (f"{stem}_{suffix}" if suffix else stem).lower() == name.lower()
    assert name.startswith(stem)


@pytest.mark.parametrize(
    ("column", "label", "unit"),
    [
        ("Haftfestigkeit [kPa]", "Haftfestigkeit", "kPa"),
        ("Adhesion (kPa)", "Adhesion", "kPa"),
        ("Kapazität 5C [mAh]", "Kapazität 5C", "mAh"),
        ("Temperatur (°C)", "Temperatur", "°C"),
        ("Kapazität (5C)", "Kapazität (5C)", ""),
        ("Ofen (links)", "Ofen (links)", ""),
        ("Haftung [a.u.]", "Haftung", "a.u."),
        ("Flächenbeladung [mg/cm^2]", "Flächenbeladung", "mg/cm^2"),
    ],
)
def test_a_unit_in_brackets_is_shown_as_written(column: str, label: str, unit: str):
    """Never in lower case, as "[kpa]" and "Kapazität 5c" were."""
    assert (label_of(column), unit_of(column)) == (label, unit)
