"""Names and titles of a run sheet's columns."""

import pytest

from electrodoe.design.run_sheet.columns import (
    columns_to_fill_in,
    named_columns,
    sheet_title,
    sheet_titles,
)
from strategies.run_plans import anode_study

STUDY = anode_study()


@pytest.mark.parametrize(
    ("column", "title"),
    [
        ("run", "Run"),
        ("made_on", "Date and time"),
        ("active_mass_loading_mg_cm2", "Active loading (mg/cm²)"),
        ("min_porosity", "Porosity, min. allowed (%)"),
        ("max_dryer_2_temperature_c", "Dryer 2 temperature, max. allowed (°C)"),
        ("target_coating_thickness_um", "Target coating thickness (µm)"),
        ("first_cycle_loss", "First cycle loss (%)"),
    ],
)
def test_a_title_is_words_kind_and_unit(column: str, title: str):
    """The study's own words come first."""
    assert sheet_title(STUDY, column) == title


def test_what_the_line_fills_in_comes_before_the_laboratory():
    """And a name that the study uses is not taken twice."""
    study = anode_study(factors={"operator": {"levels": ["A", "B"]}}, cell=None)

    found = columns_to_fill_in(study, ["operator"])

    assert found == ("measured_operator", "made_on", "remarks", *study.responses)


def test_equal_titles_become_names():
    """Whichever letters are large."""
    factors = {"gap_um": {"label": "Gap"}, "slit_um": {"label": "gap"}, "porosity": {}}

    titles = sheet_titles(anode_study(factors=factors), list(factors))

    assert titles == {"gap_um": "gap_um", "slit_um": "slit_um", "porosity": "Porosity (%)"}


def test_a_header_is_known_by_name_or_title():
    """With other blanks and letters; others are left alone."""
    header = ["RUN", "porosity,\nmeasured  (%)", "measured_dryer_2_temperature_c", "weather"]
    known = ["run", "measured_porosity", "measured_dryer_2_temperature_c", "remarks"]

    found = named_columns(STUDY, known, header)

    assert found == dict(zip(known[:3], header[:3], strict=True))
