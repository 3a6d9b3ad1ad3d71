"""``electrodoe plan``: plan, judge, read back; words, JSON, exit codes."""

import json
import shutil
from collections.abc import Callable
from pathlib import Path

import numpy as np
import polars as pl
import pytest

from electrodoe.study import read_study
from electrodoe.workflow.planning import plan_study

STUDY = """\
title = "A small plan"
[factors.active_mass_loading_mg_cm2]
levels = [8.2, 9.2, 10.2, 11.2]
tolerance = 0.05
[factors.dryer_2_temperature_c]
levels = [50, 55, 60, 65]
[factors.porosity]
levels = [0.25, 0.3, 0.35, 0.4]
[responses.adhesion_strength_kpa]
[plan]
runs = 17
"""


@pytest.fixture
def study(tmp_path: Path) -> Path:
    """Return a folder with the paper's factors and no data."""
    (tmp_path / "study.toml").write_text(STUDY)
    return tmp_path


@pytest.fixture(scope="module")
def existing(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a folder with the study and its plan; to be copied."""
    folder = tmp_path_factory.mktemp("planned")
    (folder / "study.toml").write_text(STUDY)
    plan_study(read_study(folder), folder)
    return folder


@pytest.fixture
def planned(existing: Path, tmp_path: Path) -> Path:
    """Return a copy of the folder with the plan."""
    return Path(shutil.copytree(existing, tmp_path, dirs_exist_ok=True))


def test_a_plan_is_made_and_accounted_for(electrodoe: Callable, study: Path) -> None:
    """Plan, account, page and run sheets; I is the best known, and that of the table."""
    reported = json.loads(electrodoe("plan", study, "--json").out)

    results = study / "results"
    assert all((results / file).is_file() for file in reported["files"])
    assert {"run_sheet.xlsx", "run_sheet.html", "plan.html"} <= set(reported["files"])
    criteria = reported["plan"]["criteria"]
    assert criteria["i_continuous"]["value"] <= 0.34999327
    assert criteria["i_continuous_efficiency_bound"]["value"] > 0.9595
    assert reported["plan"]["beside_the_full_factorial"]["runs"] == 64
    plan = pl.read_csv(results / "run_plan.csv")
    assert plan.columns[:2] == ["run", "replicate_of"]
    assert plan["run"].to_list() == list(range(1, 18))
    x = 2.0 * (plan["active_mass_loading_mg_cm2"].to_numpy() - 8.2) / 3.0 - 1.0
    y = 2.0 * (plan["dryer_2_temperature_c"].to_numpy() - 50.0) / 15.0 - 1.0
    z = 2.0 * (plan["porosity"].to_numpy() - 0.25) / 0.15 - 1.0
    F = np.column_stack([np.ones(17), x, y, z, x * y, x * z, y * z, x * x, y * y, z * z])
    u = np.random.default_rng(0).uniform(-1.0, 1.0, (200_000, 3))
    a, b, c = u.T
    G = np.column_stack([np.ones(len(u)), a, b, c, a * b, a * c, b * c, a * a, b * b, c * c])
    mean = np.mean(np.sum((G @ np.linalg.inv(F.T @ F)) * G, axis=1))
    assert criteria["i_continuous"]["value"] == pytest.approx(mean, rel=5e-3)


def test_the_terminal_says_what_matters(electrodoe: Callable, study: Path) -> None:
    """Runs, order, criterion, where the sheet lies; the same plan for the same seed."""
    first = electrodoe("plan", study)
    plan = (study / "results/run_plan.csv").read_bytes()
    electrodoe("plan", study, "--seed", "2023")

    assert first.code == 0
    assert "criterion I" in first.out
    assert "run_sheet.xlsx" in first.out
    assert (study / "results/run_plan.csv").read_bytes() == plan


def test_a_table_from_elsewhere_is_evaluated(electrodoe: Callable, planned: Path) -> None:
    """Its runs outside the region are counted, and turn the exit code."""
    study = planned
    table = study / "theirs.csv"
    frame = pl.read_csv(study / "results/run_plan.csv").select(
        "active_mass_loading_mg_cm2", "dryer_2_temperature_c", "porosity"
    )
    frame.write_csv(table)

    inside = electrodoe("plan", study, "--evaluate", table, "--json")
    frame.with_columns(pl.col("porosity") + 0.1).write_csv(table)
    outside = electrodoe("plan", study, "--evaluate", table, "--json")

    reported = json.loads(inside.out)
    assert inside.code == 0
    assert reported["evaluation"]["criteria"]["i_continuous"]["value"] <= 0.34999327
    assert outside.code == 1
    assert json.loads(outside.out)["runs_outside"] > 0


def test_a_filled_sheet_is_read_back(electrodoe: Callable, planned: Path) -> None:
    """What was measured stands beside what was planned."""
    sheet = planned / "results/run_sheet.csv"
    lines = sheet.read_text().splitlines()

    empty = electrodoe("plan", planned, "--import", sheet)

    assert len(lines) == 18
    assert "P101" in empty.out
    assert (planned / "results/plan_deviations.csv").is_file()


@pytest.mark.parametrize(
    ("arguments", "what"),
    [
        (["--runs", "8"], "8 runs cannot estimate the 10 terms"),
        (["--evaluate", "missing.csv"], "no such table"),
        (["--import", "missing.csv"], "no plan to compare with"),
    ],
)
def test_what_cannot_be_is_reported_with_its_fix(
    electrodoe: Callable, study: Path, arguments: list[str], what: str
) -> None:
    """Exit code 2, nothing half-written."""
    answer = electrodoe("plan", study, *arguments)

    assert answer.code == 2
    assert what in answer.err
    assert "fix:" in answer.err
    assert not (study / "results").exists()


def test_a_study_without_a_plan_is_reported_what_to_add(electrodoe: Callable, study: Path) -> None:
    """The block and its first key; the option alone is enough."""
    (study / "study.toml").write_text(STUDY.partition("[plan]")[0])

    assert "add [plan]" in electrodoe("plan", study).err
    assert electrodoe("plan", study, "--runs", "17").code == 0


def test_existing_runs_are_read_from_their_table(electrodoe: Callable, planned: Path) -> None:
    """The plan adds to them and says so."""
    study = planned
    (study / "results/run_plan.csv").rename(study / "made.csv")
    grown = STUDY.replace("runs = 17", 'runs = 20\nexisting_runs = "made.csv"')
    (study / "study.toml").write_text(grown)

    reported = json.loads(electrodoe("plan", study, "--json").out)

    assert reported["plan"]["criteria"]["i_continuous"]["value"] == pytest.approx(
        0.29505339, abs=1e-8
    )
    plan = pl.read_csv(study / "results/run_plan.csv")
    assert plan["purpose"].value_counts().sort("purpose")["count"].to_list() == [17, 3]
