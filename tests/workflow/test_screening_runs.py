"""Runs that part aliased effects are written as run sheets, and a filled one is not lost."""

import polars as pl
from tests.evaluate.screening.textbook_designs import (
    EYE_FOCUS,
    anything,
    eye_focus_design,
    training_data,
)

from electrodoe.evaluate import screening_tables
from electrodoe.study import Factor, PlanRequest, Study
from electrodoe.workflow.recommending.files import set_filled_sheets_aside
from electrodoe.workflow.recommending.screening_runs import screening_sheets
from electrodoe.workflow.run_folder import RunFolder, from_arrow
from electrodoe.workflow.tasks import run_screening

NAMES = tuple(f"x{number}" for number in range(1, 8))
STUDY = Study.model_validate(
    {
        "title": "Screening",
        "factors": {name: {} for name in NAMES},
        "responses": {"strength_kpa": {}},
        "scenarios": {"product": {"inputs": NAMES}},
    }
)


def sheets():
    found = screening_tables(training_data(eye_focus_design(), EYE_FOCUS), anything)
    return screening_sheets(STUDY, found.summary, found.runs, 1)


def test_a_foldover_becomes_a_run_sheet_that_names_what_it_parts():
    """Eight runs in random order, each with its purpose."""
    table = pl.read_csv(sheets()["next_runs.csv"])

    assert table.height == 8
    assert set(table["purpose"]) == {"parts X1, X2 and X4 from interactions aliased with them"}
    expected = {tuple(row) for row in (50.0 - 10.0 * eye_focus_design()).tolist()}
    assert {tuple(map(float, row)) for row in table.select(NAMES).iter_rows()} == expected


def test_a_sheet_that_somebody_filled_in_is_set_aside(tmp_path):
    """It keeps its content under another name."""
    folder = RunFolder(path=tmp_path)
    folder.write(sheets())
    (tmp_path / "next_runs.csv").write_text("measured")

    aside = set_filled_sheets_aside(folder)

    assert [(tmp_path / name).read_text() for name in aside] == ["measured"]


def test_no_aliased_effect_no_sheet():
    """Nothing is written where nothing is to be parted."""
    found = screening_tables(training_data(eye_focus_design(), EYE_FOCUS), anything)

    assert screening_sheets(STUDY, found.summary, found.runs.clear(), 1) == {}


def test_whole_plots_are_left_to_other_tests():
    """A hard-to-change factor has an error of its own: contrasts together would not show it."""
    data = training_data(eye_focus_design(), EYE_FOCUS)
    hard = STUDY.model_copy(
        update={"factors": {**STUDY.factors, "x1": Factor(hard_to_change=True)}}
    )

    assert run_screening(STUDY, data)
    assert run_screening(hard, data) == {}


def test_next_runs_keep_the_limits_of_the_plan():
    """Runs of the foldover that a constraint forbids are left out."""
    plan = PlanRequest(runs=8, model="linear", constraints=("x1 + x2 <= 110",))
    limited = STUDY.model_copy(update={"plan": plan})
    products = run_screening(limited, training_data(eye_focus_design(), EYE_FOCUS))
    summary = from_arrow(products["screening"])

    assert summary["n_left_out"].to_list() == [2]
    assert summary["n_next_runs"].to_list() == [6]
