"""A recommendation follows from a finished run, and from nothing else."""

import json
from pathlib import Path

import polars as pl
import pytest
from tests.workflow.conftest import Ran, declare_goal

from electrodoe.errors import IngestError, RecommendationError, WorkflowError
from electrodoe.study import read_study
from electrodoe.workflow.confirm import confirm_study
from electrodoe.workflow.engines import choose_engine
from electrodoe.workflow.recommend import recommend_study
from electrodoe.workflow.runner import STAGES, run_study


def finished(folder: Path) -> None:
    run_study(read_study(folder), folder, choose_engine("local", 1))


@pytest.fixture
def recommended(wanting_run: Ran) -> Path:
    """Return a folder with a finished run, its recommendation among its products."""
    return wanting_run.folder


def reported(folder: Path) -> dict:
    return json.loads((folder / "results" / "recommendation.json").read_text())


def test_it_finds_the_top_of_the_simulated_surface(recommended: Path):
    """300 - 400 (p - 0.3) + 10 (m - 10)²: low porosity, and either end of the loading: 360 kPa."""
    found = reported(recommended)

    point = found["set_point"]
    assert point["settings"]["porosity"] == pytest.approx(0.25, abs=1e-6)
    assert abs(point["settings"]["mass_loading_mg_cm2"] - 10.0) == pytest.approx(2.0, abs=1e-6)
    (promise,) = point["responses"]
    assert promise["lower"] < 360.0 < promise["upper"]
    assert promise["replicate_lower"] < 360.0 < promise["replicate_upper"]
    assert point["distance"]["is_inside"]


def test_the_window_lies_where_the_specification_truly_holds(recommended: Path):
    """Every corner of it."""
    window = reported(recommended)["window"]

    loading, porosity = (window["ranges"][n] for n in ("mass_loading_mg_cm2", "porosity"))
    corners = [300 - 400 * (p - 0.3) + 10 * (m - 10) ** 2 for m in loading for p in porosity]
    assert min(corners) > 310.0
    assert window["min_probability"] >= 0.9 - 1e-9


def test_next_runs_come_as_a_run_sheet(recommended: Path):
    """In all three forms, with every run of the JSON."""
    runs = reported(recommended)["next_runs"]
    sheet = (recommended / "results" / "next_runs.csv").read_text(encoding="utf-8-sig")

    purposes = [run["purpose"] for run in runs]
    assert {name: purposes.count(name) for name in set(purposes)} == {
        "exploration": 5,
        "exploitation": 5,
        "confirmation": 3,
    }
    assert len(sheet.strip().splitlines()) >= 13
    for name in ("next_runs.xlsx", "next_runs.html", "recommendation.html"):
        assert (recommended / "results" / name).stat().st_size > 1000


def test_asked_alone_it_writes_the_bytes_of_the_run(recommended: Path):
    """One way leads to both: page, run sheets and pictures are the same, and stay fresh."""
    outcome = recommend_study(read_study(recommended), recommended)
    again = run_study(read_study(recommended), recommended, choose_engine("local", 1))

    assert outcome.is_in_report
    assert "figures/operating_window.svg" in outcome.files
    assert again.fresh == tuple(STAGES)


def test_asked_alone_it_takes_seed_and_effort_of_the_run(wanting_study: Path):
    """Also where they came from the command line."""
    study = read_study(wanting_study)
    run_study(study.with_settings(seed=11), wanting_study, choose_engine("local", 1))
    before = (wanting_study / "results" / "next_runs.csv").read_bytes()

    recommend_study(study, wanting_study)

    assert (wanting_study / "results" / "next_runs.csv").read_bytes() == before


def test_a_changed_goal_is_answered_without_another_run(recommended: Path):
    """Models, scores and report stay as they are."""
    results = recommended / "results"
    before = {path: path.read_bytes() for path in results.rglob("*.csv") if "next" not in path.name}
    file = recommended / "study.toml"
    file.write_text(file.read_text().replace("lower = 310.0", "lower = 340.0"))

    outcome = recommend_study(read_study(recommended), recommended)

    changed = {path.name for path, content in before.items() if path.read_bytes() != content}
    assert changed == {"operating_window.csv"}
    assert not outcome.is_in_report
    assert reported(recommended)["goals"][0]["lower"] == 340.0
    assert outcome.summary[0].startswith("Set mass loading to ")


def test_wanted_values_are_answered_with_settings(recommended: Path):
    """315 kPa can be had."""
    outcome = recommend_study(
        read_study(recommended), recommended, {"adhesion_strength_kpa": 315.0}
    )

    assert outcome.wanted is not None
    assert outcome.wanted.responses[0].predicted == pytest.approx(315.0, abs=0.5)


def test_without_a_goal_nothing_says_what_is_wanted(small_study: Path):
    """Reported before anything is loaded."""
    with pytest.raises(RecommendationError, match="no response has a goal") as caught:
        recommend_study(read_study(small_study), small_study)

    assert "maximize" in caught.value.fix


def test_without_a_finished_run_there_is_nothing_to_recommend_from(wanting_study: Path):
    """The fix is the command."""
    with pytest.raises(WorkflowError, match="no finished run") as caught:
        recommend_study(read_study(wanting_study), wanting_study)
    assert caught.value.fix == f"run it first: electrodoe run {wanting_study}"


def test_a_run_of_other_samples_is_not_taken(recommended: Path):
    """A table that grew since asks for a new run."""
    table = recommended / "samples.csv"
    pl.read_csv(table).head(24).write_csv(table)

    with pytest.raises(WorkflowError, match="fitted to other samples"):
        recommend_study(read_study(recommended), recommended)


def test_a_scenario_has_to_model_what_is_wanted(wanting_study: Path):
    """Otherwise the key to change is named."""
    file = wanting_study / "study.toml"
    more = (
        '[responses.porosity_after]\n[scenarios.a]\ninputs = ["porosity"]\n'
        'responses = ["porosity_after"]\n'
    )
    file.write_text(file.read_text().replace("[settings]", f"{more}[settings]"))

    with pytest.raises(RecommendationError, match="scenario 'a' does not model it") as caught:
        recommend_study(read_study(wanting_study), wanting_study)
    assert "[recommend]" in caught.value.where


def test_without_a_specification_there_is_no_window_and_the_reason_is_reported(small_study: Path):
    """The rest stands."""
    declare_goal(small_study, 'goal = "maximize"\n')
    finished(small_study)
    outcome = recommend_study(read_study(small_study), small_study)

    window = reported(small_study)["window"]
    assert window["ranges"] is None
    assert "no goal has a specification" in window["reason"]
    assert "There is no operating window" in outcome.summary[1]


def test_a_verdict_is_distinguished_from_what_came_back(recommended: Path):
    """Confirmed near the promise, not confirmed far from it."""
    table = recommended / "back.csv"
    verdict = {}
    for value in (360.0, 100.0):
        pl.DataFrame({"run": [1, 2], "adhesion_strength_kpa": [value, value + 1]}).write_csv(table)
        (found,) = confirm_study(read_study(recommended), recommended, table).verdicts
        verdict[value] = found.is_confirmed

    assert verdict == {360.0: True, 100.0: False}


def test_a_word_where_a_number_is_meant_is_refused(recommended: Path):
    """With file and column."""
    table = recommended / "back.csv"
    table.write_text("run,adhesion_strength_kpa\n1,high\n")

    with pytest.raises(IngestError, match="'high' where a number is meant") as caught:
        confirm_study(read_study(recommended), recommended, table)
    assert caught.value.where == f"{table}, line 2, column 'adhesion_strength_kpa'"


def test_there_is_nothing_to_confirm_before_a_recommendation(small_study: Path):
    """The fix is the command."""
    with pytest.raises(WorkflowError, match="no recommendation to confirm") as caught:
        confirm_study(read_study(small_study), small_study, small_study / "samples.csv")
    assert "electrodoe recommend" in caught.value.fix
