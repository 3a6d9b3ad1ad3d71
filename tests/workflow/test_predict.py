"""Predictions of a table: the stored models', whatever order the table is written in."""

import json
import shutil
from pathlib import Path

import numpy as np
import polars as pl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.workflow.conftest import Ran

from electrodoe.errors import ElectrodeError, IngestError, WorkflowError
from electrodoe.models import load_model, predictive
from electrodoe.study import read_study
from electrodoe.workflow.engines import LocalEngine
from electrodoe.workflow.loading import load_dataset
from electrodoe.workflow.predict import (
    PREDICTED,
    PredictionRequest,
    TablePredictions,
    predict_table,
)
from electrodoe.workflow.tasks import model_name

STRENGTH = "adhesion_strength_kpa"
NEW = pl.DataFrame(
    {
        "coil": ["A", "B", "C", "D"],
        "mass_loading_mg_cm2": [9.0, 10.0, 11.5, 16.0],
        "porosity": [0.27, 0.30, 0.34, 0.30],
    }
)
"""Three settings between those that were made, and one far from all of them."""


def asked(folder: Path, frame: pl.DataFrame, **request: object) -> TablePredictions:
    """Return the predictions of a table beside the study."""
    frame.write_csv(folder / "new.csv")
    return _of_file(folder, folder / "new.csv", **request)


def _of_file(folder: Path, table: Path, **request: object) -> TablePredictions:
    wanted = PredictionRequest(**request)  # type: ignore[arg-type]
    return predict_table(read_study(folder), folder, table, LocalEngine(n_workers=1), wanted)


@pytest.mark.parametrize("family", ["mlr", "ridge_quadratic", "random_forest"])
def test_they_are_those_of_the_stored_model_with_its_interval(small_run: Ran, family: str) -> None:
    """By t for a linear family, by refits without each configuration for the others."""
    folder = small_run.folder
    name = model_name(STRENGTH, "all", family)
    model = load_model(folder / "results/models" / f"{name}.json")
    data = load_dataset(read_study(folder), folder).training_data(STRENGTH, "all")
    inputs = NEW.select(model.input_names).to_numpy()
    expected = predictive(data, model, width=1).intervals(inputs)

    found = asked(folder, NEW, family=family).frame

    np.testing.assert_allclose(found["predicted"], model.predict(inputs), rtol=1e-12)
    np.testing.assert_allclose(found["lower"], expected.lower, rtol=1e-9)
    np.testing.assert_allclose(found["upper"], expected.upper, rtol=1e-9)
    assert set(found["interval"]) == {"new run"}
    assert set(found["level"]) == {0.9}
    assert set(found["family"]) == {family}


def test_without_a_family_the_one_that_decides_is_asked(small_run: Ran) -> None:
    """As in the report: here, without the default, the first; not the best by its score."""
    scores = pl.read_csv(small_run.folder / "results/evaluation.csv")
    first, best = scores.row(0, named=True), scores.sort("rmse_loco").row(0, named=True)
    assert first["family"] != best["family"]

    found = asked(small_run.folder, NEW)

    assert set(found.frame["family"]) == {first["family"]}
    assert f"R² on left-out configurations {first['r2_loco']:.2f}" in found.notes[0]
    assert "stored by the finished run" in found.notes[0]


@settings(max_examples=10, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(columns=st.permutations([*NEW.columns, "operator"]), rows=st.permutations(range(4)))
def test_columns_stand_in_any_order_and_others_are_carried(
    first_small_run: Ran, tmp_path: Path, columns: list[str], rows: list[int]
) -> None:
    """Swapped columns are found by name; the table's own come back as they were, first."""
    folder = tmp_path / "study"
    if not folder.exists():
        shutil.copytree(first_small_run.folder, folder)
    table = NEW.with_columns(operator=pl.lit("Müller; 2nd shift"))
    plain = asked(folder, table, family="mlr").frame

    found = asked(folder, table[rows].select(columns), family="mlr").frame

    assert found.columns == [*columns, *PREDICTED]
    assert found.select(plain.columns).sort("coil").equals(plain.sort("coil"))


def test_what_lies_outside_says_so(small_run: Ran) -> None:
    """In no range, near no data; without a declared region that column is empty."""
    found = asked(small_run.folder, NEW, family="mlr")

    assert found.frame["in_data_range"].to_list() == [True, True, True, False]
    assert found.frame["near_data"].to_list() == [True, True, True, False]
    assert found.frame["in_design_region"].null_count() == 4
    assert any("1 of 4 rows far from every measured setting" in note for note in found.notes)


def test_a_declared_region_with_its_limits_is_asked(small_run: Ran) -> None:
    """Ends count, and a limit that leads through the box."""
    file = small_run.folder / "study.toml"
    text = file.read_text()
    text = text.replace("[factors.porosity]", "[factors.porosity]\nregion = [0.25, 0.35]")
    text = text.replace(
        "[factors.mass_loading_mg_cm2]", "[factors.mass_loading_mg_cm2]\nregion = [8.0, 12.0]"
    )
    text += '\n[plan]\nruns = 9\nconstraints = ["mass_loading_mg_cm2 + 20*porosity <= 17"]\n'
    file.write_text(text)
    frame = pl.DataFrame(
        {
            "mass_loading_mg_cm2": [8.0, 12.0, 12.0, 12.1, 10.0],
            "porosity": [0.25, 0.25, 0.35, 0.25, 0.36],
        }
    )

    found = asked(small_run.folder, frame, family="mlr")

    assert found.frame["in_design_region"].to_list() == [True, True, False, False, False]
    assert any("3 of 5 rows outside the design region" in note for note in found.notes)


def test_without_a_finished_run_a_model_is_fitted_and_that_is_said(small_study: Path) -> None:
    """The default family, or the one asked for; the samples are the study's."""
    found = asked(small_study, NEW)
    plane = asked(small_study, NEW, family="mlr")

    assert set(found.frame["family"]) == {"ensemble"}
    assert set(plane.frame["family"]) == {"mlr"}
    for note in (found.notes[0], plane.notes[0]):
        assert "fitted now, since there is no finished run" in note
    assert not (small_study / "results").exists()


def test_a_family_that_is_asked_for_has_what_the_study_gives_it(small_study: Path) -> None:
    """Without a finished run as with one."""
    file = small_study / "study.toml"
    file.write_text(file.read_text() + "\n[models.random_forest]\nn_trees = 1\nmax_depth = 1\n")

    found = asked(small_study, NEW, family="random_forest").frame

    assert found["predicted"].n_unique() <= 2  # one stump


def test_models_of_other_samples_or_hyperparameters_are_refused(small_run: Ran) -> None:
    """What has changed since the run must not be predicted from as if it had not."""
    folder = small_run.folder
    file = folder / "study.toml"
    text = file.read_text()
    file.write_text(text + "\n[models.random_forest]\nmax_depth = 1\n")
    with pytest.raises(WorkflowError, match="other hyperparameters"):
        asked(folder, NEW, family="random_forest")

    file.write_text(text)
    samples = pl.read_csv(folder / "samples.csv")
    samples.with_columns(pl.col(STRENGTH) * 1.1).write_csv(folder / "samples.csv")
    with pytest.raises(WorkflowError, match="fitted to other samples"):
        asked(folder, NEW)


def test_refits_are_kept_for_the_next_table(small_run: Ran) -> None:
    """A second call finds what the first has made."""
    work = small_run.folder / "results/work"
    asked(small_run.folder, NEW, family="random_forest")
    made = {file.name: file.stat().st_mtime_ns for file in work.glob("*.zip")}

    asked(small_run.folder, NEW, family="random_forest")

    assert {file.name: file.stat().st_mtime_ns for file in work.glob("*.zip")} == made


@pytest.mark.parametrize(
    ("frame", "what", "where", "fix"),
    [
        (NEW.drop("porosity"), "no column 'porosity'", "line 1", "choose one of"),
        (
            NEW.select("coil"),
            "no columns 'mass_loading_mg_cm2', 'porosity'",
            "line 1",
            "the model needs every input",
        ),
        (
            NEW.rename({"mass_loading_mg_cm2": "mass_loading_g_m2"}),
            "'mass_loading_g_m2' is in g/m², and the model knows mg/cm²",
            "column 'mass_loading_g_m2'",
            "call the column 'mass_loading_mg_cm2'",
        ),
        (
            NEW.rename({"porosity": "porosity_pct"}),
            "'porosity_pct' is in %, and the model knows no unit",
            "line 1",
            "call the column 'porosity'",
        ),
        (
            NEW.with_columns(porosity=pl.Series([0.3, None, 0.3, None])),
            "'porosity' is empty in 2 of 4 rows",
            "lines 3, 5",
            "give a number",
        ),
        (
            NEW.with_columns(porosity=pl.Series([0.3, 0.3, -0.1, 0.3])),
            "'porosity' is outside 0 to 1 in 1 of 4 rows",
            "line 4",
            "correct",
        ),
        (
            NEW.with_columns(porosity=pl.Series([0.3, 0.3, 35.0, 0.3])),
            "",
            "line 4, column 'porosity'",
            "",
        ),
        (
            NEW.with_columns(porosity=pl.Series(["0.3", "0.3", "dense", "0.3"])),
            "'dense'",
            "line 4, column 'porosity'",
            "",
        ),
        (
            NEW.with_columns(predicted=pl.lit(1.0)),
            "'predicted' is a column of the result",
            "line 1",
            "'table_predicted'",
        ),
        (NEW.clear(), "no rows", "new.csv", "fill in"),
    ],
    ids=[
        *("missing", "several missing", "unit", "percent", "empty", "impossible"),
        *("percent values", "text", "own column", "no rows"),
    ],
)
def test_a_table_that_does_not_fit_is_refused_with_its_place(
    small_run: Ran, frame: pl.DataFrame, what: str, where: str, fix: str
) -> None:
    """No row is left out."""
    with pytest.raises(IngestError) as refused:
        asked(small_run.folder, frame, family="mlr")

    assert what in refused.value.what
    assert where in refused.value.where
    assert fix in refused.value.fix


@pytest.mark.parametrize(
    ("request_", "what", "fix"),
    [
        ({"targets": ("adhesion_kpa",)}, "no target 'adhesion_kpa'", STRENGTH),
        ({"scenario": "al"}, "no scenario 'al'", "'all'"),
        ({"family": "xgbost"}, "no family 'xgbost'", "'xgboost'"),
        ({"family": "svm"}, "no model of", "leave the option out"),
        ({"level": 0.99, "family": "random_forest"}, "cannot support 99 %", "ask for 90 %"),
        ({"level": 1.5, "family": "random_forest"}, "a level of 1.5", "0.9 for 90 %"),
        ({"level": 1.5, "family": "mlr"}, "a level of 1.5", "0.9 for 90 %"),
    ],
)
def test_a_request_that_cannot_be_met_is_refused(
    small_run: Ran, request_: dict[str, object], what: str, fix: str
) -> None:
    """With what there is in its place."""
    with pytest.raises(ElectrodeError) as refused:
        asked(small_run.folder, NEW, **request_)

    assert what in refused.value.what
    assert fix in refused.value.fix


def test_an_interval_at_another_level_is_that_level(small_run: Ran) -> None:
    """Half of the measurements lie in a narrower one."""
    wide = asked(small_run.folder, NEW, family="mlr").frame
    narrow = asked(small_run.folder, NEW, family="mlr", level=0.5).frame

    assert set(narrow["level"]) == {0.5}
    assert ((narrow["upper"] - narrow["lower"]) < (wide["upper"] - wide["lower"])).all()


def test_a_german_table_is_read_as_the_study_declares(small_study: Path) -> None:
    """Decimal commas and semicolons; inputs stand in the study's unit."""
    file = small_study / "study.toml"
    file.write_text(file.read_text().replace('id = "sample"', 'id = "sample"\ndecimal = ","'))
    samples = pl.read_csv(small_study / "samples.csv")
    samples.write_csv(small_study / "samples.csv", decimal_comma=True, separator=";")
    NEW.write_csv(small_study / "neu.csv", decimal_comma=True, separator=";")

    found = _of_file(small_study, small_study / "neu.csv", family="mlr").frame

    assert found["porosity"].to_list() == [0.27, 0.3, 0.34, 0.3]
    assert found["predicted"].is_between(200.0, 500.0)[:3].all()


def test_headings_as_people_write_them_are_the_same_columns(small_run: Ran) -> None:
    """By the one reader of tables: capitals, and a unit in brackets that is converted."""
    as_named = asked(small_run.folder, NEW, family="mlr").frame
    loading = pl.col("mass_loading_mg_cm2") * 10.0
    written = NEW.with_columns(loading).rename(
        {"porosity": "Porosity", "mass_loading_mg_cm2": "mass loading [g/m²]"}
    )

    found = asked(small_run.folder, written, family="mlr").frame

    assert found["predicted"].to_list() == pytest.approx(as_named["predicted"].to_list())


def test_targets_stand_below_one_another_each_from_its_scenario(small_run: Ran) -> None:
    """A target that the usual scenario does not model is predicted in the first that does."""
    folder = small_run.folder
    shutil.rmtree(folder / "results")
    file = folder / "study.toml"
    text = file.read_text().replace(
        "[settings]",
        "[responses.peel_n]\n[scenarios.both]\n"
        'inputs = ["mass_loading_mg_cm2", "porosity"]\nresponses = ["adhesion_strength_kpa"]\n'
        '[scenarios.thin]\ninputs = ["porosity"]\nresponses = ["peel_n"]\n[settings]',
    )
    file.write_text(text)
    samples = pl.read_csv(folder / "samples.csv")
    samples.with_columns(peel_n=pl.col("porosity") * 10.0 + pl.col(STRENGTH) / 900.0).write_csv(
        folder / "samples.csv"
    )

    found = asked(folder, NEW, family="mlr", targets=("peel_n", STRENGTH)).frame

    assert found["target"].to_list() == ["peel_n"] * 4 + [STRENGTH] * 4
    assert found["scenario"].to_list() == ["thin"] * 4 + ["both"] * 4
    assert asked(folder, NEW, family="mlr").frame["target"].unique().to_list() == [STRENGTH]
    with pytest.raises(WorkflowError, match="scenario 'both' does not model 'peel_n'") as refused:
        asked(folder, NEW, targets=("peel_n",), scenario="both")
    assert refused.value.fix == "choose one of thin"


def test_the_recommendations_set_point_is_predicted_as_promised(wanting_run: Ran) -> None:
    """Both read the same models: a promise and a prediction that differ would be a fault."""
    promised = json.loads((wanting_run.folder / "results/recommendation.json").read_bytes())
    point = promised["set_point"]
    frame = pl.DataFrame({name: [value] for name, value in point["settings"].items()})

    found = asked(wanting_run.folder, frame).frame.row(0, named=True)

    (response,) = point["responses"]
    assert found["predicted"] == pytest.approx(response["predicted"], rel=1e-9)
    assert found["lower"] == pytest.approx(response["lower"], rel=1e-9)
    assert found["upper"] == pytest.approx(response["upper"], rel=1e-9)


def test_units_that_only_the_samples_header_says_hold_for_new_settings(tmp_path: Path) -> None:
    """100 g/m² are 10 mg/cm², whether the study says its unit or its table alone does."""
    rows = [f"{8 + 0.5 * n};{20 + (n * 3) % 7};{100 + 5 * n + (n * 5) % 3}" for n in range(12)]
    text = "\n".join(["Beladung [mg/cm²];Spalt;Haftung", *rows])
    (tmp_path / "t.csv").write_text(text, encoding="utf-8")
    (tmp_path / "study.toml").write_text(
        'title = "a"\n[measurements]\ntable = "t.csv"\n'
        "[factors.Beladung]\n[factors.Spalt]\n[responses.Haftung]\n",
        encoding="utf-8",
    )
    found = []
    for header, value in (("Beladung", 10.0), ("Beladung [g/m²]", 100.0)):
        (tmp_path / "new.csv").write_text(f"{header};Spalt\n{value};23\n", encoding="utf-8")
        found.append(_of_file(tmp_path, tmp_path / "new.csv", family="mlr").frame["predicted"][0])

    assert found[0] == pytest.approx(found[1])
