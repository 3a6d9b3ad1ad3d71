"""Labels and units where people read them."""

import pytest

from electrodoe.design.run_sheet.columns import sheet_title
from electrodoe.report.naming import Shown, in_sentence, input_label, shown
from electrodoe.study import Study


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


def test_a_declared_unit_is_shown_as_it_is_written():
    """On axes, in tables' heads, in the run sheet; also one of the table's own header."""
    study = Study(
        title="a", factors={"Dicke": {"unit": "µm"}}, responses={"Haftfestigkeit [kPa]": {}}
    )

    assert shown(study, "Dicke").axis == "Dicke (µm)"
    assert shown(study, "Haftfestigkeit [kPa]").axis == "Haftfestigkeit (kPa)"
    assert sheet_title(study, "measured_Dicke") == "Dicke, measured (µm)"


def test_inputs_that_count_as_one_are_named_together():
    """Two by name, more by their number; a column whose own name has a plus stays as it is."""
    names = ("coating_gap_um", "porosity", "loading + binder", "speed_m_min")
    study = Study(
        title="a",
        factors={name: {} for name in names},
        responses={"adhesion_strength_kpa": {}},
        scenarios={"all": {"inputs": names}},
    )

    assert input_label(study, "coating_gap_um + porosity") == "Coating gap + porosity"
    assert in_sentence(study, "coating_gap_um + porosity") == "coating gap + porosity"
    assert input_label(study, "coating_gap_um + porosity + speed_m_min") == "Coating gap + 2 more"
    assert input_label(study, "loading + binder") == shown(study, "loading + binder").label
