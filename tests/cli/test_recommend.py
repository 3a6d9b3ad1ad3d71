"""``electrodoe recommend``: words, JSON, exit codes."""

import json
import shutil
from collections.abc import Callable
from pathlib import Path

import numpy as np
import polars as pl
import pytest

from electrodoe.study import read_study
from electrodoe.workflow.engines import LocalEngine
from electrodoe.workflow.runner import run_study

STUDY = """\
title = "Small simulated study"

[measurements]
table = "samples.csv"
group = "run"

[factors.mass_loading_mg_cm2]
region = [8.0, 12.0]
tolerance = 0.02
[factors.porosity]

[responses.adhesion_strength_kpa]
goal = "maximize"
lower = 310.0

[settings]
effort = "quick"
n_repeats = 2
n_bootstraps = 2
families = ["polynomial"]
"""


@pytest.fixture(scope="module")
def finished(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a folder with a finished run of 9 configurations, 3 samples each; to be copied."""
    folder = tmp_path_factory.mktemp("finished")
    rng = np.random.default_rng(0)
    loading, porosity = np.meshgrid([8.0, 10.0, 12.0], [0.25, 0.3, 0.35])
    loading, porosity = np.repeat(loading.ravel(), 3), np.repeat(porosity.ravel(), 3)
    strength = 300.0 - 400.0 * (porosity - 0.3) + 10.0 * (loading - 10.0) ** 2
    pl.DataFrame(
        {
            "run": np.repeat(np.arange(9), 3),
            "mass_loading_mg_cm2": loading,
            "porosity": porosity,
            "adhesion_strength_kpa": strength + rng.normal(0.0, 3.0, 27),
        }
    ).write_csv(folder / "samples.csv")
    (folder / "study.toml").write_text(STUDY)
    run_study(read_study(folder), folder, LocalEngine(n_workers=1))
    return folder


@pytest.fixture
def study(finished: Path, tmp_path: Path) -> Path:
    """Return a copy of the folder, which a test may change."""
    return Path(shutil.copytree(finished, tmp_path, dirs_exist_ok=True))


def test_an_engineer_is_reported_what_to_do_and_what_is_not_known(
    electrodoe: Callable, study: Path
):
    """Settings with units, an interval, a window with its tolerances, runs, limits."""
    answer = electrodoe("recommend", study, "--target", "adhesion_strength_kpa=315")

    assert answer.code == 0
    text = answer.out.replace("\N{NO-BREAK SPACE}", " ")
    assert text.startswith("Set mass loading to ")
    assert "porosity to 25 %" in text
    assert "in 9 of 10 cases" in text
    assert "Operating window: keep mass loading within" in text
    assert "setting tolerances: mass loading ± 2 %" in text
    assert "3 confirmation, 5 exploration and 5 exploitation" in text
    assert "Replicates do not contradict a quadratic (p = " in text
    assert "Nearest to the wanted values: " in text
    assert "Where porosity may be set is not declared" in text


def test_machines_get_the_three_keys(electrodoe: Callable, study: Path):
    """And the files that were written."""
    reported = json.loads(electrodoe("recommend", study, "--json").out)

    assert reported["status"] == "done"
    assert set(reported["set_point"]["settings"]) == {"mass_loading_mg_cm2", "porosity"}
    assert set(reported["window"]["ranges"]) == {"mass_loading_mg_cm2", "porosity"}
    assert {run["purpose"] for run in reported["next_runs"]} == {
        "exploration",
        "exploitation",
        "confirmation",
    }
    assert all((study / "results" / name).is_file() for name in reported["files"])


def test_runs_that_come_back_get_a_verdict(electrodoe: Callable, study: Path):
    """Exit code 0 where the promise was kept, 1 where it was not."""
    electrodoe("recommend", study)
    back = study / "back.csv"

    back.write_text("adhesion_strength_kpa\n361\n358\n")
    kept = electrodoe("recommend", study, "--confirm", back)
    back.write_text("adhesion_strength_kpa\n161\n158\n")
    broken = electrodoe("recommend", study, "--confirm", back, "--json")

    assert kept.code == 0
    assert "adhesion_strength_kpa: confirmed." in kept.out
    assert "Why:" not in kept.out
    assert broken.code == 1
    reported = json.loads(broken.out)
    assert reported["verdicts"][0]["is_confirmed"] is False
    assert reported["causes"]["adhesion_strength_kpa"]
    assert reported["findings"][0]["code"] in {"S224", "S225"}


def test_runs_that_missed_are_explained_at_the_terminal(electrodoe: Callable, study: Path):
    """Verdict, cause with its number, what to check, and the page."""
    electrodoe("recommend", study)
    back = study / "back.csv"
    back.write_text("adhesion_strength_kpa\n321\n324\n322\n")

    answer = electrodoe("recommend", study, "--confirm", back)

    assert answer.code == 1
    assert "Why:   3 of 3 values lie outside" in answer.out
    assert "Check: repeat the run of '" in answer.out
    assert str(study / "results" / "confirmation.html") in answer.out


@pytest.mark.parametrize(
    "text",
    [
        "adhesion_strength_kpa",
        *(f"adhesion_strength_kpa={value}" for value in ("high", "", "1.500", "nan")),
    ],
)
def test_a_wanted_value_has_a_form(electrodoe: Callable, tmp_path: Path, text: str):
    """Reported with an example."""
    (tmp_path / "study.toml").write_text(STUDY)

    answer = electrodoe("recommend", tmp_path, "--target", text)

    assert answer.code == 2
    assert "write RESPONSE=VALUE" in answer.err


def test_without_a_run_the_fix_is_to_run(electrodoe: Callable, tmp_path: Path):
    """Three lines and exit code 2."""
    (tmp_path / "study.toml").write_text(STUDY.replace('goal = "maximize"\nlower = 310.0\n', ""))

    answer = electrodoe("recommend", tmp_path)

    assert answer.code == 2
    assert answer.err.startswith("no response has a goal: nothing says what is wanted\n  where:")


def test_a_run_ends_with_what_to_set_and_where_the_rest_is(electrodoe: Callable, study: Path):
    """Before the count of findings; fresh or not."""
    answer = electrodoe("run", study, "--workers", "1")

    assert answer.code == 0
    reported = answer.out.replace("\N{NO-BREAK SPACE}", " ")
    page = study / "results" / "recommendation.html"
    said = [line.split(" ")[0] for line in reported.strip().splitlines()]
    assert said[:5] == ["Recommended:", "Keep", "A", "Of", "Next:"]
    assert f"More on it:  {page}\n" in reported
    assert reported.index(str(page)) < reported.index("Findings: ")


def test_machines_are_reported_where_the_recommendation_is(electrodoe: Callable, study: Path):
    """A path, or nothing where no goal is declared."""
    reported = json.loads(electrodoe("run", study, "--workers", "1", "--json").out)
    (study / "study.toml").write_text(STUDY.replace('goal = "maximize"\nlower = 310.0\n', ""))
    without = json.loads(electrodoe("run", study, "--workers", "1", "--json").out)

    assert reported["recommendation"] == str(study / "results" / "recommendation.html")
    assert without["recommendation"] is None


def test_a_refusal_is_reported_at_the_terminal_and_stops_nothing(electrodoe: Callable, study: Path):
    """Three lines, and the exit code of a run that went well."""
    family = '[recommend]\nfamily = "mlr"\n[settings]'
    (study / "study.toml").write_text(STUDY.replace("[settings]", family))

    answer = electrodoe("run", study, "--workers", "1")

    assert answer.code == 0
    assert "Nothing is recommended: no model of 'adhesion_strength_kpa' by 'mlr'\n" in answer.out
    assert "  fix:   name one of polynomial, or leave the key out\n" in answer.out


def test_a_report_that_is_out_of_date_is_named(electrodoe: Callable, study: Path):
    """After a changed goal, and only then."""
    fresh = electrodoe("recommend", study)
    (study / "study.toml").write_text(STUDY.replace("310.0", "320.0"))

    changed = electrodoe("recommend", study)

    assert "before" not in fresh.out
    assert f"electrodoe run {study} brings it up to date" in changed.out
