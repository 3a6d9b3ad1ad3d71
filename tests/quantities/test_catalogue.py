"""The field's quantities."""

import pytest

from electrodoe.quantities import CATALOGUE, UNITS, quantity_of


@pytest.mark.parametrize(
    "quantity", CATALOGUE, ids=lambda quantity: f"{quantity.name} {quantity.unit_suffix}"
)
def test_a_quantity_is_found_by_its_own_column(quantity):
    """With words before it, and in a unit that exists."""
    assert quantity.lower < quantity.upper
    assert quantity.unit_suffix in {"", *UNITS}
    assert (
        quantity_of("_".join(filter(None, ["target", quantity.name, quantity.unit_suffix])))
        == quantity
    )


def test_no_quantity_stands_twice():
    """One canonical unit and one range each."""
    assert len({(quantity.name, quantity.unit_suffix) for quantity in CATALOGUE}) == len(CATALOGUE)


@pytest.mark.parametrize(
    ("column", "name"),
    [
        ("porosity_pct", "porosity"),
        ("cell_porosity", "porosity"),
        ("porosity_um", None),
        ("macroporosity", None),
        ("roll_temperature_k", None),
        ("dryer_2_temperature_c", "temperature"),
        ("mass_loading_g_m2", None),
        ("operator", None),
    ],
)
def test_a_column_is_recognized_by_whole_words_and_its_unit(column: str, name: str | None):
    """Another unit is another range, so it is not matched."""
    found = quantity_of(column)

    assert (found.name if found else None) == name


def test_fractions_are_those_that_people_write_in_percent():
    """Tortuosity has no unit either, but is no fraction."""
    fractions = {quantity.name for quantity in CATALOGUE if quantity.is_fraction}

    assert "porosity" in fractions
    assert fractions.isdisjoint({"tortuosity", "density", "temperature"})
