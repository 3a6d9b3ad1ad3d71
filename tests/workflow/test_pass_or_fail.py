"""Pass and fail, from the table to a decision: probabilities, and nothing beyond them."""

import html
import json
import zipfile
from itertools import product
from pathlib import Path

import numpy as np
import polars as pl
import pytest

from electrodoe.models import load_model, outcome_intervals
from electrodoe.study import read_study
from electrodoe.workflow.confirm import confirm_study
from electrodoe.workflow.engines import LocalEngine
from electrodoe.workflow.loading import load_samples
from electrodoe.workflow.predict import PredictionRequest, predict_table
from electrodoe.workflow.runner import run_study

STUDY = """\
title = "Simulated seals"

[measurements]
table = "runs.csv"

[factors.seal_temperature_c]
[factors.pressure_kpa]

[responses.seal]
{kind}
goal = "maximize"
{lower}

[responses.pinholes]
{count}

[settings]
seed = 7
effort = "quick"
n_repeats = 3
n_bootstraps = 3
{families}
"""


def ran(folder: Path, *, words: bool) -> Path:
    """Return the folder of a finished run: 48 runs that pass when they are warm enough."""
    rng = np.random.default_rng(16)
    place = rng.uniform(-1.0, 1.0, (48, 2))
    passed = rng.random(48) < 1.0 / (1.0 + np.exp(-(1.0 + 3.0 * place[:, 0] - place[:, 1])))
    outcome = np.where(passed, "ok", "nok").tolist() if words else passed.astype(int).tolist()
    folder.mkdir()
    pl.DataFrame(
        {
            "seal_temperature_c": np.round(160.0 + 20.0 * place[:, 0], 1),
            "pressure_kpa": np.round(300.0 + 50.0 * place[:, 1], 0),
            "seal": outcome,
            "pinholes": rng.poisson(np.exp(1.2 - place[:, 0])),
        }
    ).write_csv(folder / "runs.csv")
    text = STUDY.format(
        kind='kind = "binary"' if words else "",
        lower="lower = 0.8" if words else "",
        count='kind = "count"' if words else "",
        families="" if words else 'families = ["mlr"]',
    )
    (folder / "study.toml").write_text(text, encoding="utf-8")
    run_study(read_study(folder), folder, LocalEngine(n_workers=1))
    return folder


@pytest.fixture(scope="module")
def declared(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a finished run of declared outcomes and counts."""
    return ran(tmp_path_factory.mktemp("declared") / "study", words=True)


@pytest.fixture(scope="module")
def undeclared(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a finished run of zeros and ones of which nobody says what they are."""
    return ran(tmp_path_factory.mktemp("undeclared") / "study", words=False)


def test_every_response_has_the_families_of_its_kind(declared: Path):
    """Logistic regression decides, beside a forest; counts have Poisson's."""
    fitted = pl.read_csv(declared / "results/evaluation.csv")

    assert fitted.filter(target="seal")["family"].to_list() == ["logistic", "probability_forest"]
    assert fitted.filter(target="pinholes")["family"].to_list() == ["poisson"]
    assert fitted["r2_loco"].null_count() == 0
    predicted = pl.read_csv(declared / "results/predictions.csv").filter(target="seal")
    assert predicted["predicted"].is_between(0.0, 1.0).all()


def test_nothing_is_remarked_of_outcomes_that_holds_for_numbers_alone(declared: Path):
    """Zeros are no failed measurements, and the outcome is not asked about again."""
    codes = set(pl.read_csv(declared / "results/findings.csv")["code"])

    assert not codes & {"D102", "D104", "D107", "D115", "D121", "S204", "S205", "V308"}


def test_a_probability_is_recommended_with_its_interval(declared: Path):
    """Within 0 and 1, its lower limit kept by what is known of it."""
    found = json.loads((declared / "results/recommendation.json").read_text())

    (promise,) = found["set_point"]["responses"]
    assert 0.8 < promise["predicted"] < 1.0
    assert 0.0 < promise["lower"] < promise["predicted"] < promise["upper"] < 1.0
    assert promise["replicate_lower"] is None
    assert found["set_point"]["settings"]["seal_temperature_c"] > 165.0
    assert "probability of seal 'ok'" in found["summary"][0]
    assert "one measurement" not in found["summary"][0]


def test_the_window_is_where_the_probability_surely_keeps_its_limit(declared: Path):
    """Every corner of it: the chance that the probability is above 0.8 is at least as asked."""
    found = json.loads((declared / "results/recommendation.json").read_text())
    dataset = load_samples(read_study(declared), declared).dataset
    model = load_model(declared / "results/models/seal__all__logistic.json")
    known = outcome_intervals(dataset.training_data("seal", "all"), model)

    ranges = found["window"]["ranges"]
    corners = np.array(list(product(*ranges.values())))

    assert known.probability(corners, 0.8, np.inf).min() >= found["window"]["probability"] - 1e-6
    assert "the probability of seal 'ok' keeps its limit" in found["summary"][1]
    assert "products" not in found["summary"][1]


def test_the_run_sheet_takes_words_where_outcomes_are_filled_in(declared: Path):
    """Counts are numbers; a cell of ok or nok is not."""
    with zipfile.ZipFile(declared / "results/next_runs.xlsx") as book:
        rules = book.read("xl/worksheets/sheet1.xml").decode()

    assert 'error="Pinholes' in rules
    assert 'error="Seal:' not in rules


def test_the_report_speaks_of_probabilities_and_gives_no_error_a_unit(declared: Path):
    """Skill, base rate and calibration; the event is named."""
    page = html.unescape((declared / "results/report.html").read_text(encoding="utf-8"))

    assert "Probability of seal 'ok'" in page
    for words in ("Brier score", "base rate", "Predicted share", "likelihood ratio"):
        assert words in page
    assert "least squares, scaled" not in page.split("Pinholes")[0]


def test_new_settings_get_probabilities(declared: Path, tmp_path: Path):
    """The kind of the interval is said; far outside the answer stays between 0 and 1."""
    table = tmp_path / "new.csv"
    table.write_text("seal_temperature_c,pressure_kpa\n175,300\n100,300\n400,300\n")

    found = predict_table(
        read_study(declared),
        declared,
        table,
        LocalEngine(n_workers=1),
        PredictionRequest(targets=("seal",)),
    )

    assert found.frame["interval"].unique().to_list() == ["probability"]
    for column in ("predicted", "lower", "upper"):
        assert found.frame[column].is_between(0.0, 1.0).all()
    assert "probability" in found.notes[0]


def test_confirmation_runs_are_read_as_outcomes(declared: Path, tmp_path: Path):
    """Two of three passes contradict nothing; two of ten do."""
    table = tmp_path / "back.csv"
    study = read_study(declared)

    table.write_text("seal\nok\nnok\nok\n")
    (few,) = confirm_study(study, declared, table).verdicts
    table.write_text("\n".join(["seal", "ok", "ok", *["nok"] * 8]) + "\n")
    (many,) = confirm_study(study, declared, table).verdicts

    assert few.is_confirmed
    assert "seal: not contradicted. 2 of 3 are the event" in few.sentence
    assert not many.is_confirmed


def test_zeros_and_ones_are_asked_about_and_not_recommended_by(undeclared: Path, tmp_path: Path):
    """D121, a refusal that names the key, and a note beside predictions that may leave 0 to 1."""
    findings = pl.read_csv(undeclared / "results/findings.csv")
    (refused,) = findings.filter(code="S206")["fix"].to_list()
    table = tmp_path / "new.csv"
    table.write_text("seal_temperature_c,pressure_kpa\n180,250\n")

    found = predict_table(
        read_study(undeclared), undeclared, table, LocalEngine(n_workers=1), PredictionRequest()
    )

    assert "D121" in findings["code"].to_list()
    assert 'kind = "binary"' in refused
    assert any("may lie below 0 and above 1" in note for note in found.notes)
