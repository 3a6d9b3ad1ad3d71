"""The sheet that a plan writes, filled by a simulated process, has the promised df."""

import json
from pathlib import Path

import numpy as np
import polars as pl
import pytest

from electrodoe.evaluate import significance
from electrodoe.study import read_study
from electrodoe.workflow.loading import load_dataset
from electrodoe.workflow.planning import plan_study

FORMULA = "x0_c + x1_c + x2_c + x0_c:x1_c + x0_c^2"
PLANS = [
    (2, {"design": "full_factorial", "model": "linear", "center_runs": 5}),
    (3, {"design": "full_factorial", "model": "interactions", "center_runs": 3}),
    (2, {"design": "full_factorial", "center_runs": 3}),
    (3, {"design": "central_composite", "center_runs": 4}),
    (4, {"design": "box_behnken", "center_runs": 3}),
    (5, {"design": "definitive_screening", "model": "linear", "center_runs": 3}),
    (3, {"design": "latin_hypercube", "runs": 18, "center_runs": 3}),
    (3, {"design": "optimal", "runs": 18, "replicate_runs": 3, "center_runs": 2}),
    (4, {"design": "optimal", "runs": 14, "model": "interactions", "criterion": "D",
         "replicate_runs": 2}),
    (3, {"design": "optimal", "runs": 14, "model": FORMULA, "replicate_runs": 2,
         "center_runs": 2}),
]  # fmt: skip


def planned_study(folder: Path, n_factors: int, plan: dict, *, names_run: bool):
    """Return a study whose table is the run sheet that its plan writes, and what it promises."""
    factors = [
        f"[factors.x{i}_c]\nregion = [{20 + 7 * i}.0, {60 + 9 * i}.0]" for i in range(n_factors)
    ]
    asked = [f"{key} = {json.dumps(value)}" for key, value in plan.items()]
    group = ['group = "run"'] if names_run else []
    lines = ['title = "t"', "[measurements]", 'table = "results/run_sheet.csv"', *group, *factors]
    text = "\n".join([*lines, "[responses.strength_kpa]", "[plan]", *asked])
    (folder / "study.toml").write_text(text + "\n")
    study = read_study(folder)
    plan_study(study, folder)
    return study, json.loads((folder / "results" / "plan.json").read_text())


def fill(sheet: Path, seed: int) -> None:
    """Write simulated strengths into a run sheet: a plane, an interaction, noise."""
    table = pl.read_csv(sheet)
    names = [name for name in table.columns if name.startswith("x")]
    codes = table.select(names).to_numpy().astype(float)
    codes = 2.0 * (codes - codes.min(axis=0)) / np.ptp(codes, axis=0) - 1.0
    y = 300 + codes @ np.linspace(20, -10, len(names)) + 8 * codes[:, 0] * codes[:, 1]
    y += np.random.default_rng(seed).normal(0.0, 5.0, len(y))
    table.with_columns(strength_kpa=pl.Series(y.round(1))).write_csv(sheet)


@pytest.mark.parametrize("names_run", [False, True])
@pytest.mark.parametrize(("n_factors", "plan"), PLANS)
def test_the_planned_df_are_the_reported_df(
    tmp_path: Path, n_factors: int, plan: dict, names_run: bool
):
    """Pure error and lack of fit of the planned model; curvature is 1 df of the promised lack."""
    study, promised = planned_study(tmp_path, n_factors, plan, names_run=names_run)
    fill(tmp_path / "results" / "run_sheet.csv", seed=n_factors)

    data = load_dataset(study, tmp_path).training_data("strength_kpa", "all")
    anova = significance(data, study.plan.model).anova

    n_terms = promised["terms_of_the_model"] - 1
    tables = {
        model: dict(own.select("source", "degrees_of_freedom").iter_rows())
        for (model,), own in anova.group_by("model")
    }
    sources = ("linear", "interactions", "quadratic", "higher order")
    (own,) = [
        table
        for table in tables.values()
        if sum(table.get(source, 0) for source in sources) == n_terms
    ]
    assert own.get("pure error", 0) == promised["pure_error_degrees_of_freedom"]
    lack = own.get("lack of fit", 0) + own.get("curvature", 0)
    if "pure error" not in own:
        lack = own["residual"]
    assert lack == promised["lack_of_fit_degrees_of_freedom"]
    assert "samples" not in own
