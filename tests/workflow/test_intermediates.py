"""A whole run with a column that is a response in one scenario and an input in another."""

from pathlib import Path

import numpy as np
import polars as pl
import pytest
from tests.workflow.conftest import run_first

from electrodoe.errors import RecommendationError
from electrodoe.study import read_study
from electrodoe.workflow.recommending.basis import wanted_responses

STUDY = """\
title = "Small simulated line"

[measurements]
table = "samples.csv"
group = "run"
id = "sample"

[factors.coating_gap_um]
[factors.dry_mass_loading_mg_cm2]
[factors.porosity]

[responses.dry_mass_loading_mg_cm2]
label = "Dry mass loading, inline"
[responses.adhesion_strength_kpa]
goal = "maximize"

[scenarios.line]
inputs = ["coating_gap_um"]
responses = ["dry_mass_loading_mg_cm2"]
[scenarios.product]
inputs = ["coating_gap_um", "porosity"]
responses = ["adhesion_strength_kpa"]
[scenarios.inline]
inputs = ["dry_mass_loading_mg_cm2", "porosity"]

[recommend]
scenario = "inline"

[settings]
effort = "quick"
n_repeats = 3
n_bootstraps = 3
families = ["mlr"]
"""


def _line(folder: Path) -> Path:
    """Write nine runs of three samples, whose loading follows from the gap: simulated."""
    rng = np.random.default_rng(3)
    gap, porosity = np.meshgrid([80.0, 100.0, 120.0], [0.25, 0.3, 0.35])
    gap, porosity = np.repeat(gap.ravel(), 3), np.repeat(porosity.ravel(), 3)
    loading = 0.1 * gap + rng.normal(0.0, 0.1, 27)
    folder.mkdir()
    (folder / "study.toml").write_text(STUDY)
    pl.DataFrame(
        {
            "sample": [f"S{row:02d}" for row in range(27)],
            "run": np.repeat(np.arange(9), 3),
            "coating_gap_um": gap,
            "dry_mass_loading_mg_cm2": loading,
            "porosity": porosity,
            "adhesion_strength_kpa": 900 - 20 * loading - 500 * porosity + rng.normal(0, 3, 27),
        }
    ).write_csv(folder / "samples.csv")
    return folder


def test_it_is_modeled_explained_and_reported_on_both_sides(tmp_path: Path):
    """Never by itself; a recommendation over it says that nobody can set it."""
    ran = run_first(_line(tmp_path / "study"))

    results = ran.folder / "results"
    pairs = set(pl.read_csv(results / "evaluation.csv").select("target", "scenario").iter_rows())
    assert pairs == {
        ("dry_mass_loading_mg_cm2", "line"),
        ("adhesion_strength_kpa", "product"),
        ("adhesion_strength_kpa", "inline"),
    }
    explained = pl.read_csv(results / "explanations.csv")
    assert explained.filter(pl.col("target") == pl.col("input")).is_empty()
    assert "Dry mass loading, inline" in ran.outcome.report.read_text()
    refused = pl.read_csv(results / "recommendation_refused.csv").row(0, named=True)
    assert "'dry_mass_loading_mg_cm2' is measured, not set" in refused["what"]
    assert "'product'" in refused["fix"]


def test_a_scenario_whose_inputs_can_be_set_is_recommended_for(tmp_path: Path):
    """The measured column is no obstacle there, and neither is one that a plan sets."""
    folder = _line(tmp_path / "study")
    study = read_study(folder)

    with pytest.raises(RecommendationError, match="measured, not set"):
        wanted_responses(study)
    for old, new in (
        ('scenario = "inline"', 'scenario = "product"'),
        (
            "[factors.dry_mass_loading_mg_cm2]",
            "[factors.dry_mass_loading_mg_cm2]\nregion = [8.0, 12.0]",
        ),
    ):
        (folder / "study.toml").write_text(STUDY.replace(old, new, 1))
        assert wanted_responses(read_study(folder)) == ("adhesion_strength_kpa",)
