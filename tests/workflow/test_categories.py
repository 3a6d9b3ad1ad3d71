"""A category from the plan to the next runs: its sheet comes back, and everything speaks names."""

import json
from pathlib import Path

import numpy as np
import polars as pl
import pytest

from electrodoe.errors import IngestError
from electrodoe.evaluate import evaluate
from electrodoe.report.figures import contour, effects
from electrodoe.study import read_study
from electrodoe.workflow.engines import LocalEngine
from electrodoe.workflow.loading import load_dataset
from electrodoe.workflow.planning import plan_study
from electrodoe.workflow.predict import PredictionRequest, predict_table
from electrodoe.workflow.runner import run_study

STUDY = """\
title = "Binder and drying (simulated)"

[measurements]
table = "filled.csv"
group = "run"

[factors.mass_loading_mg_cm2]
region = [8.0, 12.0]
[factors.drying_temperature_c]
levels = [50, 60, 70]
[factors.binder]
levels = ["CMC/SBR", "PVDF", "PAA"]

[responses.adhesion_strength_kpa]
goal = "maximize"
lower = 450

[plan]
runs = 20

[settings]
seed = 3
effort = "quick"
n_repeats = 2
n_bootstraps = 3
families = ["mlr", "ridge_quadratic", "random_forest", "ensemble"]
"""
SHIFT_KPA = {"CMC/SBR": 0.0, "PVDF": 60.0, "PAA": -45.0}


def true_strength_kpa(sheet: pl.DataFrame) -> np.ndarray:
    """Return a made-up truth: PVDF is best, thick and cool."""
    loading = sheet["mass_loading_mg_cm2"].cast(pl.Float64).to_numpy()
    temperature = sheet["drying_temperature_c"].cast(pl.Float64).to_numpy()
    shift = np.array([SHIFT_KPA[name] for name in sheet["binder"]])
    return 500.0 + shift + 15.0 * (loading - 10.0) - 2.0 * (temperature - 60.0)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a study that was planned, filled in (simulated) and run."""
    made = tmp_path_factory.mktemp("binders")
    (made / "study.toml").write_text(STUDY, encoding="utf-8")
    study = read_study(made)
    plan_study(study, made)
    sheet = pl.read_csv(made / "results/run_sheet.csv", infer_schema_length=0)
    noise = np.random.default_rng(1).normal(0.0, 4.0, sheet.height)
    filled = sheet.with_columns(
        adhesion_strength_kpa=pl.Series((true_strength_kpa(sheet) + noise).round(1).astype(str))
    )
    filled.write_csv(made / "filled.csv")
    run_study(study, made, LocalEngine(n_workers=1))
    return made


@pytest.fixture(scope="module")
def recommendation(folder: Path) -> dict[str, object]:
    """Return what was recommended."""
    content: dict[str, object] = json.loads((folder / "results/recommendation.json").read_text())
    return content


def test_the_plans_own_sheet_is_modeled_and_the_best_level_found(
    recommendation: dict[str, object],
) -> None:
    """PVDF, thick and cool, as the truth says; numbers with levels stand on one."""
    settings = recommendation["set_point"]["settings"]  # type: ignore[index]

    assert settings["binder"] == "PVDF"
    assert settings["mass_loading_mg_cm2"] > 11.0
    assert settings["drying_temperature_c"] == 50.0


def test_every_level_is_told_with_its_chance(recommendation: dict[str, object]) -> None:
    """In the file and in words; never one hundred percent."""
    levels = recommendation["levels"]

    assert levels[0]["levels"] == {"binder": "PVDF"}  # type: ignore[index]
    assert {row["levels"]["binder"] for row in levels} == set(SHIFT_KPA)  # type: ignore[index,union-attr]
    assert all(0.0 < row["chance_best"] < 1.0 for row in levels)  # type: ignore[index,union-attr]
    words = " ".join(recommendation["summary"])  # type: ignore[arg-type]
    assert "Binder PVDF is the best, with an estimated chance of at least 99" in words
    assert "Operating window with binder PVDF" in words
    assert "100" not in words


def test_next_runs_name_levels(folder: Path, recommendation: dict[str, object]) -> None:
    """On the sheet as in the file; numeric levels are kept."""
    sheet = pl.read_csv(folder / "results/next_runs.csv", infer_schema_length=0)

    assert set(sheet["binder"]) <= set(SHIFT_KPA)
    assert set(sheet["drying_temperature_c"]) <= {"50", "60", "70"}
    runs = recommendation["next_runs"]
    assert [row["binder"] for row in runs] == sheet["binder"].to_list()  # type: ignore[index,union-attr]


def test_tables_name_levels(folder: Path) -> None:
    """Samples and tests of terms; no hyperparameter speaks of columns by number."""
    results = folder / "results"

    assert set(pl.read_csv(results / "samples.csv")["binder"]) == set(SHIFT_KPA)
    terms = set(pl.read_csv(results / "coefficients.csv")["term"])
    assert {"binder[CMC/SBR]", "binder[PVDF]"} <= terms
    report = (results / "report.html").read_text(encoding="utf-8")
    assert "input of column" not in report
    assert "it is highest with PVDF and lowest with PAA" in report


def test_predictions_take_and_give_names(folder: Path) -> None:
    """However spelled; a level that nobody has measured is refused with its line."""
    study = read_study(folder)
    new = pl.DataFrame(
        {
            "binder": ["pvdf", "PAA"],
            "mass_loading_mg_cm2": [9.0, 11.0],
            "drying_temperature_c": [55.0, 65.0],
        }
    )
    new.write_csv(folder / "new.csv")
    engine = LocalEngine(n_workers=1)

    found = predict_table(study, folder, folder / "new.csv", engine, PredictionRequest())

    assert found.frame["binder"].to_list() == ["pvdf", "PAA"]
    expected = true_strength_kpa(new.with_columns(pl.col("binder").str.to_uppercase()))
    np.testing.assert_allclose(found.frame["predicted"], expected, atol=15.0)
    assert found.frame["in_design_region"].all()
    new.with_columns(binder=pl.lit("PVDV")).write_csv(folder / "bad.csv")
    with pytest.raises(IngestError, match="'PVDV' is no level of 'binder'") as caught:
        predict_table(study, folder, folder / "bad.csv", engine, PredictionRequest())
    assert "line 2" in caught.value.where
    assert "did you mean 'PVDF'?" in caught.value.fix


def test_pictures_have_a_point_or_a_panel_per_level(folder: Path) -> None:
    """The course along a category is points with names; over two numbers a panel per level."""
    from electrodoe.workflow.finished import kept_run
    from electrodoe.workflow.stages.content import report_content

    content = report_content(kept_run(read_study(folder), folder, LocalEngine(n_workers=1)))

    (course,) = effects.build(content)
    (surface,) = contour.build(content)

    assert [course.labels[f"Binder={number}"] for number in range(3)] == list(SHIFT_KPA)
    titles = [surface.labels[f"title{number}"] for number in range(3)]
    assert titles == list(SHIFT_KPA)
    for number, name in enumerate(SHIFT_KPA):
        met = surface.frame.filter(panel=number, mark="configuration")
        runs = load_dataset(read_study(folder), folder).named_frame.filter(binder=name)
        assert sorted(met["x"]) == sorted(runs["drying_temperature_c"]) or sorted(
            met["x"]
        ) == sorted(runs["mass_loading_mg_cm2"])
    for data, draw in ((course, effects.draw), (surface, contour.draw)):
        assert draw(data).shapes


def test_the_case_that_was_refused_is_modeled(shared_cases: Path) -> None:
    """``tables/catstudy``: 'CMC/SBR' where a number is meant, at commit 7d294e6."""
    folder = shared_cases / "tables" / "catstudy"

    data = load_dataset(read_study(folder), folder).training_data(
        "adhesion_strength_kpa", "product"
    )

    assert data.n_configurations == 18
    assert data.levels == {"binder": dict(enumerate(SHIFT_KPA))}
    scores = evaluate(data, "mlr", test_fraction=0.2, n_repeats=1, width=1, seed=0).summary
    assert scores["r2_loco"][0] > 0.9
