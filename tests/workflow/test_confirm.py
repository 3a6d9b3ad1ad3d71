"""A filled run sheet comes back: verdict, cause with its number, what to check, and the page."""

from pathlib import Path

import polars as pl
import pytest
from tests.workflow.conftest import Ran

from electrodoe.study import read_study
from electrodoe.workflow.confirm import Confirmation, confirm_study


@pytest.fixture
def folder(wanting_run: Ran) -> Path:
    """Return a folder with a finished run, its recommendation among its products."""
    return wanting_run.folder


def filled(folder: Path, shift: float, *, elsewhere: float = 0.0, porosity: float = 0.0) -> Path:
    """Return the run sheet of next runs, filled from the true surface; some of it is shifted."""
    sheet = pl.read_csv(folder / "results" / "next_runs.csv")
    loading, planned = pl.col("mass_loading_mg_cm2"), pl.col("porosity")
    is_own = pl.col("purpose") == "confirmation"
    measured = planned + pl.when(is_own).then(porosity).otherwise(0.0)
    more = pl.when(is_own).then(shift).otherwise(elsewhere)
    strength = 300.0 - 400.0 * (measured - 0.3) + 10.0 * (loading - 10.0) ** 2 + more
    wobble = (pl.int_range(pl.len()) % 3 - 1.0) * 1.5
    table = folder / "filled.csv"
    sheet.with_columns(
        measured_porosity=measured, adhesion_strength_kpa=strength + wobble
    ).write_csv(table)
    return table


def confirmed(folder: Path, table: Path) -> Confirmation:
    return confirm_study(read_study(folder), folder, table)


def test_only_confirmation_runs_are_judged(folder: Path):
    """The sheet has runs of other purposes, far from the promise."""
    found = confirmed(folder, filled(folder, 0.0))

    (verdict,) = found.verdicts
    assert len(verdict.values) == 3
    assert verdict.is_confirmed
    assert found.not_compared == ""
    assert not {"S224", "S225"} & {finding.code for finding in found.findings}


def test_a_shift_of_all_new_runs_is_the_day_and_one_of_these_alone_is_not(folder: Path):
    """The other new runs decide, and their number is said."""
    everywhere = confirmed(folder, filled(folder, -40.0, elsewhere=-40.0))
    here = confirmed(folder, filled(folder, -40.0))

    (why,) = (finding for finding in everywhere.findings if finding.code == "S224")
    assert everywhere.diagnoses[0].causes == ("time",)
    assert "new runs at other settings lie" in why.what
    assert "less than predicted" in why.what
    assert why.fix.startswith("repeat the run of '")
    assert "time" not in here.diagnoses[0].causes[:1]


def test_settings_that_were_measured_explain_a_shift(folder: Path):
    """Porosity was .1 too high, which costs 40 kPa by the model too."""
    found = confirmed(folder, filled(folder, 0.0, porosity=0.1))

    assert found.diagnoses[0].causes == ("settings",)
    assert "at the settings that were made the model expects" in found.findings[-1].what


def test_a_table_of_values_alone_leaves_it_open(folder: Path):
    """Nothing tells a day from a model that is wrong here, and the run that would is named."""
    table = folder / "back.csv"
    table.write_text("adhesion_strength_kpa\n318\n321\n320\n")

    found = confirmed(folder, table)

    (why,) = (finding for finding in found.findings if finding.code == "S225")
    assert "these numbers do not tell" in why.what
    assert "beside the next confirmation run" in why.fix


def test_the_page_compares_every_cause(folder: Path):
    """Named or not, with what to check."""
    found = confirmed(folder, filled(folder, -40.0, elsewhere=-40.0))

    page = found.page.read_text(encoding="utf-8")
    assert found.page == folder / "results" / "confirmation.html"
    for said in ("not confirmed", "To check: ", "scatter of samples within a run", "odds "):
        assert said in page
