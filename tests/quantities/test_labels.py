"""What people read instead of a column's name."""

import pytest

from electrodoe.quantities import label_of, label_with_unit


@pytest.mark.parametrize(
    ("column", "label"),
    [
        ("porosity", "Porosity"),
        ("mass_loading_mg_cm2", "Mass loading (mg/cm²)"),
        ("discharge_capacity_c20_mah", "Discharge capacity C/20 (mAh)"),
        ("discharge_capacity_10c_mah_g", "Discharge capacity 10C (mAh/g)"),
        (
            "area_specific_impedance_soc20_ohm_cm2",
            "Area specific impedance at 20 % state of charge (Ω·cm²)",
        ),
        ("capacity_retention_50_cycles", "Capacity retention 50 cycles"),
    ],
)
def test_a_name_is_read_as_words_with_its_unit(column: str, label: str):
    """C-rates and states of charge as the field writes them."""
    assert label_with_unit(column) == label


def test_a_declared_label_stands_before_the_unit():
    """The words are the study's, the unit is the column's."""
    assert label_with_unit("roll_gap_um", "Gap") == "Gap (µm)"
    assert label_of("") == ""
