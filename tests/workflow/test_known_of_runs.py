"""What sheets tell of a run, and what of it a sample has that was taken before the calender."""

import numpy as np
import polars as pl
import pytest

from electrodoe.study import Study
from electrodoe.workflow.condensing.sheets import known_after, known_of_runs, renamed_after

STUDY = Study.model_validate(
    {
        "title": "a",
        "factors": {"porosity": {}},
        "materials": {
            "anode": {
                "active_mass_fraction": 0.94,
                "theoretical_density_g_cm3": 2.158,
                "solid_content": 0.52,
                "specific_capacity_mah_g": 355.0,
                "components": {"graphite": {"mass_fraction": 1.0, "density_g_cm3": 2.158}},
            }
        },
    }
)
SHEETS = pl.DataFrame(
    {
        "run": ["1", "1", "2"],
        "accepted": [True, True, True],
        "coating_mass_loading_mg_cm2": [10.79, 10.79, 8.632],
        "coating_thickness_um": [70.0, 70.2, 60.0],
        "porosity": [0.286, 0.288, 0.333],
        "uncalendered_coating_thickness_um": [100.0, 100.0, None],
    }
)


def _known(after: str | None, sheets_after: str | None = None) -> dict[str, object]:
    """Return what is known of the first run for samples that were taken after a step."""
    known = known_of_runs([renamed_after(STUDY, sheets_after, SHEETS)])
    return known_after(STUDY, after, known).row(0, named=True)


@pytest.mark.parametrize("after", [None, "calendering", "cutting"])
def test_samples_from_behind_the_calender_have_the_calendered_values(after: str | None):
    """Thickness and porosity with their uncertainties, as before."""
    known = _known(after)

    assert known["porosity"] == pytest.approx(0.287)
    assert known["coating_thickness_um"] == pytest.approx(70.1)
    assert known["porosity_uncertainty"] == pytest.approx(np.std([0.286, 0.288], ddof=1) / 2**0.5)
    assert "uncalendered_porosity" not in known


@pytest.mark.parametrize("after", ["coating", "drying"])
def test_samples_from_before_it_have_the_uncalendered_ones(after: str):
    """100 µm of 10.79 mg/cm² and 2.158 g/cm³ are half empty, by eq. (1)."""
    known = _known(after)

    assert known["coating_thickness_um"] == 100.0
    assert known["porosity"] == pytest.approx(0.5)
    assert "porosity_uncertainty" not in known


def test_sheets_that_were_measured_before_the_calender_say_nothing_of_later_samples():
    """Their thickness and porosity are those of uncalendered samples."""
    assert _known("drying", "drying")["porosity"] == pytest.approx(0.287)
    assert "porosity" not in _known(None, "drying")
    assert "coating_thickness_um" not in _known(None, "drying")


def test_a_line_that_sets_the_porosity_when_it_dries_has_one_porosity():
    """Nothing is exchanged where the study says that there is no calender."""
    study = STUDY.model_copy(
        update={
            "factors": {
                "porosity": STUDY.factors["porosity"].model_copy(update={"process": "drying"})
            }
        }
    )
    known = known_of_runs([renamed_after(study, "drying", SHEETS)])

    assert known_after(study, "drying", known).row(0, named=True)["porosity"] == pytest.approx(
        0.287
    )
