"""A plan that adds to existing runs is held against such plans alone."""

import json
from pathlib import Path

import polars as pl
import pytest

from electrodoe.study import declare_study
from electrodoe.workflow.evaluated_plan import evaluate_table
from electrodoe.workflow.planning import plan_study

FACTORS = {
    "active_mass_loading_mg_cm2": {"levels": [8.2, 9.2, 10.2, 11.2]},
    "dryer_2_temperature_c": {"levels": [50, 55, 60, 65]},
    "porosity": {"levels": [0.25, 0.3, 0.35, 0.4]},
}


def test_an_augmented_plan_is_held_against_plans_with_the_same_start(tmp_path: Path) -> None:
    """From 17 to 20 runs: the best known I, and more of it proven than for a plan from nothing."""
    declared = {"title": "A plan", "factors": FACTORS}
    plan_study(declare_study({**declared, "plan": {"runs": 17}}, "here"), tmp_path)
    (tmp_path / "results/run_plan.csv").rename(tmp_path / "made.csv")
    study = declare_study({**declared, "plan": {"runs": 20, "existing_runs": "made.csv"}}, "here")

    grown = plan_study(study, tmp_path)
    alone = evaluate_table(study, tmp_path, tmp_path / "results/run_plan.csv").imported

    existing = pl.read_csv(tmp_path / "made.csv").select(*FACTORS)
    assert grown.planned.plan.settings.head(17).equals(existing.cast(pl.Float64))
    assert grown.evaluated.evaluation.value("i_continuous") == pytest.approx(0.29505339, abs=1e-8)
    for name in ("i_continuous_efficiency_bound", "i_grid_efficiency_bound"):
        assert grown.evaluated.evaluation.value(name) > alone.evaluated.evaluation.value(name)
    notes = json.loads((tmp_path / "results/plan.json").read_text())["notes"]
    assert any("begin with the 17 existing runs" in note for note in notes)
