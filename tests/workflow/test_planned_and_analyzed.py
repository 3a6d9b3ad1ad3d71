"""The sheet that a plan writes, filled and read without an edit: the plan's groups are tested."""

import json
from pathlib import Path

import numpy as np
import polars as pl
import pytest

from electrodoe.evaluate import significance
from electrodoe.study import read_study
from electrodoe.workflow.condensing.runs import run_settings
from electrodoe.workflow.loading import check_study, load_dataset
from electrodoe.workflow.planning import plan_study

STUDY = """
title = "Planned and analyzed"
[measurements]
table = "TABLE"
group = "run"
[factors.oven_temperature_c]
levels = [50, 60, 70]
HARD
[factors.speed_m_min]
region = [1.0, 3.0]
[responses.adhesion_strength_kpa]
[plan]
runs = 24
GROUPS
[settings]
seed = 1
effort = "quick"
"""


def _filled(folder: Path, table: str, hard: str, groups: str) -> None:
    """Plan, and write a simulated response into the run sheet."""
    text = STUDY.replace("HARD", hard).replace("GROUPS", groups)
    (folder / "study.toml").write_text(text.replace("TABLE", table), encoding="utf-8")
    plan_study(read_study(folder), folder)
    sheet = pl.read_csv(folder / "results" / "run_sheet.csv")
    rng = np.random.default_rng(0)
    group = sheet["whole_plot" if hard else "block"].to_numpy()
    y = 500 + 2 * sheet["oven_temperature_c"].to_numpy() + 20 * rng.normal(size=9)[group]
    y += 5 * rng.normal(size=24)
    filled = sheet.with_columns(adhesion_strength_kpa=pl.Series(np.round(y, 1)))
    if table.endswith("csv"):
        filled.write_csv(folder / table)
        return
    titles = {
        "run": "Run", "whole_plot": "Whole plot", "oven_temperature_c": "Oven temperature (°C)",
        "speed_m_min": "Speed (m/min)", "adhesion_strength_kpa": "Adhesion strength (kPa)",
    }  # fmt: skip
    filled.select(list(titles)).rename(titles).write_excel(folder / table)


def test_instruments_samples_have_the_whole_plot_of_their_run(tmp_path: Path) -> None:
    """A filled run sheet names it; samples that instruments measured are joined to it by run."""
    text = STUDY.replace("HARD", "hard_to_change = true").replace("GROUPS", "")
    text = text.replace('table = "TABLE"', 'runs = "runs.csv"')
    (tmp_path / "study.toml").write_text(text, encoding="utf-8")
    sheet = "run,whole_plot,oven_temperature_c,speed_m_min\n1,1,50,1\n2,1,50,2\n3,2,60,1\n"
    (tmp_path / "runs.csv").write_text(sheet, encoding="utf-8")
    settings, _ = run_settings(read_study(tmp_path), tmp_path)
    assert settings["whole_plot"].to_list() == ["1", "1", "2"]


@pytest.mark.parametrize("table", ["filled.csv", "filled.xlsx"])
def test_whole_plots_of_the_sheet_are_those_of_the_tests(tmp_path: Path, table: str) -> None:
    """Eight whole plots less intercept, oven and its square: 5 df, as the plan counts them."""
    _filled(tmp_path, table, "hard_to_change = true", "whole_plots = 8")
    study = read_study(tmp_path)
    dataset = load_dataset(study, tmp_path)
    assert dataset.whole_plots_found is not None
    assert dataset.whole_plots_found.source == "column"
    tests = significance(dataset.training_data("adhesion_strength_kpa", "all")).anova
    degrees = dict(
        tests.filter(pl.col("model") == "quadratic").select("source", "degrees_of_freedom").rows()
    )
    promised = json.loads((tmp_path / "results" / "plan.json").read_text(encoding="utf-8"))
    between = promised["pure_error_degrees_of_freedom_between_groups"]
    assert degrees["whole plots"] == between == 5
    within = ("lack_of_fit_degrees_of_freedom", "pure_error_degrees_of_freedom")
    counts = [promised[name] for name in within]
    assert [degrees.get("lack of fit", 0), degrees.get("pure error", 0)] == counts
    assert "D120" not in {finding.code for finding in check_study(study, tmp_path)}


def test_blocks_of_the_sheet_are_those_of_the_tests(tmp_path: Path) -> None:
    """Four blocks of six: 24 less 6 terms and 3 blocks."""
    _filled(tmp_path, "filled.csv", "", "blocks = [6, 6, 6, 6]")
    study = read_study(tmp_path)
    dataset = load_dataset(study, tmp_path)
    assert dataset.study.measurements.block == "block"
    tests = significance(dataset.training_data("adhesion_strength_kpa", "all")).anova
    degrees = dict(
        tests.filter(pl.col("model") == "quadratic").select("source", "degrees_of_freedom").rows()
    )
    assert degrees["blocks"] == 3
    assert degrees["residual"] == 15
    assert "D120" not in {finding.code for finding in check_study(study, tmp_path)}
