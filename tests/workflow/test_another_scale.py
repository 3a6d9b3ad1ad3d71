"""A response that spans decades, from the table to a decision: its own unit, and what is said."""

import json
from pathlib import Path

import numpy as np
import polars as pl
import pytest
from tests.workflow.conftest import simulated_samples

from electrodoe.models import load_model
from electrodoe.study import read_study
from electrodoe.workflow.engines import LocalEngine
from electrodoe.workflow.predict import PredictionRequest, predict_table
from electrodoe.workflow.runner import run_study
from electrodoe.workflow.tasks import model_name

RESISTANCE = "ionic_resistance_ohm"
STUDY = """\
title = "Simulated study of a resistance"

[measurements]
table = "samples.csv"
group = "run"
id = "sample"

[factors.mass_loading_mg_cm2]
[factors.porosity]

[responses.ionic_resistance_ohm]
goal = "minimize"
upper = 20.0
{transform}

[settings]
seed = 7
effort = "quick"
n_repeats = 3
n_bootstraps = 3
families = ["polynomial", "ridge_quadratic", "random_forest"]
"""


def ran(folder: Path, transform: str) -> Path:
    """Return the folder of a finished run: resistances from 1 to some hundred ohm, scatter 15 %."""
    rng = np.random.default_rng(5)
    samples = simulated_samples()
    height = 0.9 * (samples["mass_loading_mg_cm2"] - 10.0) - 18.0 * (samples["porosity"] - 0.3)
    resistance = np.exp(2.5 + height.to_numpy() + rng.normal(0.0, 0.15, 27))
    folder.mkdir()
    samples.drop("adhesion_strength_kpa").with_columns(pl.Series(RESISTANCE, resistance)).write_csv(
        folder / "samples.csv"
    )
    (folder / "study.toml").write_text(STUDY.format(transform=transform), encoding="utf-8")
    run_study(read_study(folder), folder, LocalEngine(n_workers=1))
    return folder


@pytest.fixture(scope="module")
def logarithmic(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a finished run with the logarithm declared."""
    return ran(tmp_path_factory.mktemp("scales") / "log", 'transform = "log"')


@pytest.fixture(scope="module")
def plain(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the same samples without."""
    return ran(tmp_path_factory.mktemp("scales") / "plain", "")


def _r2(folder: Path) -> float:
    """Return the best R² on left-out configurations."""
    return float(pl.read_csv(folder / "results/evaluation.csv")["r2_loco"].max())


def test_the_finding_proposes_what_then_predicts(logarithmic: Path, plain: Path):
    """D115 with the logarithm, which is not repeated once it is declared."""
    proposed = pl.read_csv(plain / "results/findings.csv").filter(pl.col("code") == "D115")

    assert proposed.height == 1
    assert 'transform = "log" in [responses.ionic_resistance_ohm]' in proposed["fix"][0]
    codes = pl.read_csv(logarithmic / "results/findings.csv")["code"]
    assert "D115" not in codes.to_list()
    assert _r2(logarithmic) > 0.95 > _r2(plain)


def test_predictions_are_medians_with_intervals_above_zero(logarithmic: Path, plain: Path):
    """Of every family; without the scale some ends lie below zero."""
    new = pl.DataFrame(
        {"mass_loading_mg_cm2": [8.0, 8.5, 10.0, 12.0], "porosity": [0.35, 0.3, 0.3, 0.25]}
    )
    lowest = {}
    for folder in (logarithmic, plain):
        new.write_csv(folder / "new.csv")
        for family in ("polynomial", "ridge_quadratic", "random_forest"):
            request = PredictionRequest(family=family, level=0.8)
            found = predict_table(
                read_study(folder), folder, folder / "new.csv", LocalEngine(n_workers=1), request
            )
            lowest[folder, family] = found.frame["lower"].min()
            is_said = "on the scale of its natural logarithm: medians" in found.notes[0]
            assert is_said is (folder == logarithmic)
            model = load_model(
                folder / "results/models" / f"{model_name(RESISTANCE, 'all', family)}.json"
            )
            np.testing.assert_allclose(
                found.frame["predicted"],
                model.predict(new.select(model.input_names).to_numpy()),
                rtol=1e-12,
            )
    assert all(lowest[logarithmic, family] > 0.0 for _, family in lowest)
    assert min(lowest[plain, family] for _, family in lowest) < 0.0


def test_the_recommendation_is_in_the_own_unit(logarithmic: Path):
    """A median below the limit, an interval above zero and wider above than below, a window."""
    found = json.loads((logarithmic / "results/recommendation.json").read_text("utf-8"))
    (promise,) = found["set_point"]["responses"]

    assert 0.0 < promise["lower"] < promise["predicted"] < promise["upper"] < 20.0
    assert promise["upper"] * promise["lower"] == pytest.approx(promise["predicted"] ** 2, rel=0.3)
    assert 0.0 < promise["replicate_lower"] < promise["replicate_upper"]
    assert "(median)" in found["summary"][0]
    assert found["window"]["probability"] >= 0.9
    assert "Operating window: keep" in found["summary"][1]
    page = (logarithmic / "results/recommendation.html").read_text("utf-8")
    assert "Predicted of ionic resistance: the median; R² is on the scale of its models." in page


def test_the_report_says_on_which_scale(logarithmic: Path, plain: Path):
    """Models, tests of terms, explanations and variance; nothing of the kind without a scale."""
    pages = {
        folder: (folder / "results/report.html").read_text("utf-8")
        for folder in (logarithmic, plain)
    }

    for words in (
        "Modeled on the scale of its natural logarithm",
        "Predictions are medians in Ω",
        "On the scale of the models: the natural logarithm of the response.",
        "Sum of squares (ln²)",
        "explain the predicted median of the ionic resistance in Ω",
        "its natural logarithm",
    ):
        assert words in pages[logarithmic]
        assert words not in pages[plain]
