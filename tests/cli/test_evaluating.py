"""``electrodoe plan --evaluate``: a person's plan at the terminal, as JSON, and what stops it."""

import json
from collections.abc import Callable
from itertools import product
from pathlib import Path

import pytest

NAMES = "active_mass_loading_mg_cm2,dryer_2_temperature_c,porosity"
STUDY = """\
title = "A small plan"
[factors.active_mass_loading_mg_cm2]
levels = [8.2, 9.7, 11.2]
[factors.dryer_2_temperature_c]
levels = [50, 57.5, 65]
[factors.porosity]
region = [0.25, 0.4]
"""
RUNS = list(product((8.2, 9.7, 11.2), (50, 57.5, 65), (0.25, 0.325, 0.4)))


@pytest.fixture
def study(tmp_path: Path) -> Path:
    """Return a study without a plan, and two tables of 27 and 18 runs."""
    (tmp_path / "study.toml").write_text(STUDY)
    write(tmp_path / "all.csv", RUNS)
    write(tmp_path / "two_thirds.csv", [run for run in RUNS if run[2] != 0.25] + RUNS[:3])
    return tmp_path


def write(table: Path, runs: list[tuple[float, ...]]) -> None:
    """Write runs as a table."""
    table.write_text("\n".join([NAMES, *(",".join(map(str, run)) for run in runs), ""]))


def test_two_tables_are_compared_at_the_terminal(electrodoe: Callable, study: Path) -> None:
    """Runs, sentences, both plans' criteria under their files' names, page and account."""
    answer = electrodoe(
        "plan", study, "--evaluate", study / "all.csv", "--beside", study / "two_thirds.csv"
    )

    assert answer.code == 0
    words = " ".join(answer.out.split())
    assert "27 runs at 27 distinct settings estimate the 10 terms" in words
    assert "two_thirds.csv takes 21 runs and reaches" in words
    for part in ("all.csv, 27", "two_thirds.csv, 21", "D-efficiency", "Bounds hold for"):
        assert part in words
    for file in ("plan_evaluation.html", "plan_evaluation.json"):
        assert str(study / "results" / file) in answer.out
        assert (study / "results" / file).is_file()


def test_json_holds_both_plans_and_every_file(electrodoe: Callable, study: Path) -> None:
    """What machines read is what was written."""
    reported = json.loads(
        electrodoe(
            "plan", study, "--evaluate", study / "all.csv",
            "--beside", study / "two_thirds.csv", "--json",
        ).out
    )  # fmt: skip

    assert reported["status"] == "done"
    assert reported["evaluation"]["table"] == "all.csv"
    assert reported["evaluation"]["beside"]["plan"] == "two_thirds.csv"
    assert {row["criterion"] for row in reported["evaluation"]["beside"]["compared"]} >= {
        "i_continuous", "d_efficiency", "i_continuous_efficiency_bound",
    }  # fmt: skip
    assert all((study / "results" / file).is_file() for file in reported["files"])


def test_runs_outside_the_region_are_named_and_turn_the_exit_code(
    electrodoe: Callable, study: Path
) -> None:
    """Each with its reason, among the words as among the values."""
    write(study / "all.csv", [*RUNS, (12.0, 50, 0.25), (9.7, 40, 0.45)])

    words = electrodoe("plan", study, "--evaluate", study / "all.csv")
    reported = json.loads(electrodoe("plan", study, "--evaluate", study / "all.csv", "--json").out)

    assert words.code == 1
    assert "Not allowed by the study: runs 28 and 29." in words.out
    assert "run 29  dryer_2_temperature_c 40 lies below 50" in words.out
    assert reported["status"] == "findings"
    assert reported["runs_outside"] == 2
    assert [row["run"] for row in reported["evaluation"]["runs_not_allowed"]] == [28, 29, 29]


def test_more_reasons_than_a_screen_holds_are_counted(electrodoe: Callable, study: Path) -> None:
    """The page lists all of them."""
    write(study / "all.csv", [*RUNS, *[(12.0, 50, 0.25)] * 20])

    answer = electrodoe("plan", study, "--evaluate", study / "all.csv")

    assert "and 8 more; all stand on the page" in answer.out
    page = (study / "results/plan_evaluation.html").read_text()
    assert page.count("12 lies above 11.2") == 20


@pytest.mark.parametrize(
    ("arguments", "what", "fix"),
    [
        (["--beside", "all.csv"], "--beside compares", "--evaluate TABLE --beside"),
        (["--evaluate", "all.csv", "--import", "all.csv"], "at once", "one of the two"),
        (["--evaluate", "nowhere.csv"], "no such table", "correct the path"),
        (["--evaluate", "all.csv", "--beside", "nowhere.csv"], "no such table", "correct the path"),
        (["--evaluate", "all.csv", "--beside", "all.csv"], "compared with itself", "another table"),
        (["--evaluate", "other.csv"], "no column is called", "did you mean 'porosty'?"),
        (["--evaluate", "few.csv"], "4 runs do not determine the 10 terms", "add runs or levels"),
        (["--evaluate", "one.csv"], "1 runs do not determine the 10 terms", "add runs or levels"),
        (["--evaluate", "text.csv"], "'warm' where a number is meant", "correct the cell"),
        (["--evaluate", "empty_cell.csv"], "an empty cell where a number", "as a number"),
    ],
)
def test_what_cannot_be_evaluated_is_reported_in_three_lines(
    electrodoe: Callable, study: Path, arguments: list[str], what: str, fix: str
) -> None:
    """Exit code 2, nothing written, as words and as JSON."""
    text = (study / "all.csv").read_text()
    (study / "other.csv").write_text(text.replace("porosity", "porosty"))
    (study / "text.csv").write_text(text.replace("57.5", "warm"))
    (study / "empty_cell.csv").write_text(text.replace("57.5", ""))
    write(study / "few.csv", RUNS[:4])
    write(study / "one.csv", RUNS[:1])
    given = [str(study / part) if part.endswith(".csv") else part for part in arguments]

    answer = electrodoe("plan", study, *given)
    reported = json.loads(electrodoe("plan", study, *given, "--json").out)

    lines = answer.err.rstrip("\n").split("\n")
    assert answer.code == 2
    assert what in lines[-3]
    assert lines[-2].startswith("  where: ")
    assert fix in lines[-1]
    assert reported["status"] == "error"
    assert what in reported["what"]
    assert not (study / "results").exists()


def test_a_study_without_a_plan_judges_for_the_quadratic(electrodoe: Callable, study: Path) -> None:
    """And one with a smaller model for that."""
    (study / "study.toml").write_text(f'{STUDY}[plan]\nruns = 8\nmodel = "linear"\n')
    write(study / "few.csv", [run for run in RUNS if 9.7 not in run and 57.5 not in run])

    reported = json.loads(electrodoe("plan", study, "--evaluate", study / "few.csv", "--json").out)

    assert reported["evaluation"]["terms_of_the_model"] == 4


def test_help_tells_of_the_second_table(electrodoe: Callable) -> None:
    """What stands beside a plan is said where the option is."""
    words = " ".join(electrodoe("plan", "--help").out.split())

    assert "--beside OTHER" in words
    assert "the study's own plan, else the full factorial" in words
