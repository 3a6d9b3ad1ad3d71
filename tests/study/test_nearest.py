"""The name that a misspelt one most likely means."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from electrodoe.study import or_nearest


@pytest.mark.parametrize("misspelt", ["porosty", "Porosity", "POROSITY", "porositiy"])
def test_a_misspelt_name_is_offered_its_nearest(misspelt: str):
    """Letters left out, added or written large are understood."""
    assert or_nearest(misspelt, ["roll_gap_um", "porosity"]) == "did you mean 'porosity'?"


@given(name=st.text(), known=st.lists(st.text(), min_size=1, max_size=20))
def test_an_offer_names_what_is_known(name: str, known: list[str]):
    """Whatever is offered is one of the known names."""
    assert any(f"'{candidate}'" in or_nearest(name, known) for candidate in known)


def test_a_long_list_is_cut():
    """Not more than a dozen names are shown."""
    reported = or_nearest("zzz", [f"column {number}" for number in range(30)])

    assert reported.count("column") == 12
    assert reported.endswith("…")
