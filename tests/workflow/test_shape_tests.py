"""The quadratic of each response with a goal is tested, and a contradiction asks for runs."""

import json
from dataclasses import replace
from pathlib import Path

import numpy as np
import polars as pl
from tests.optimize.planted import GRID, curved, data_of, measured

from electrodoe.evaluate import quadratic_lack_of_fit
from electrodoe.study import read_study
from electrodoe.workflow.engines import choose_engine
from electrodoe.workflow.recommend import recommend_study
from electrodoe.workflow.recommending.basis import shape_tests
from electrodoe.workflow.runner import run_study


def planted(surface=curved):
    return data_of(GRID, measured(GRID, surface, np.random.default_rng(1)))


def test_every_response_is_tested_in_its_turn():
    """With the lack of fit of the report."""
    data = planted()
    flat = replace(planted(lambda x: x[:, 0]), response_name="z")

    first, second = shape_tests((data, flat))

    assert (first.response_name, second.response_name) == ("y", "z")
    assert first.p == quadratic_lack_of_fit(data).p
    assert first.is_contradicted
    assert not second.is_contradicted


def test_without_replicates_it_cannot_be_tested():
    """One sample of each configuration has no pure error."""
    data = planted()
    single = data.take(np.arange(0, data.n_samples, 3))

    (found,) = shape_tests((single,))

    assert found.p is None
    assert not found.is_contradicted
    assert found.refusal == "no setting has a second run or sample"


def test_with_as_many_terms_as_configurations_it_cannot_be_tested():
    """Six of the grid for six terms."""
    data = planted()

    (found,) = shape_tests((data.take(np.isin(data.configurations, [0, 1, 3, 6, 12, 15])),))

    assert found.p is None
    assert "6 configurations for 6 terms" in found.refusal


def test_replicates_that_were_copied_test_nothing():
    """Without scatter everything is a contradiction, and no run would settle it."""
    data = planted()
    means = np.repeat(data.response.reshape(-1, 3).mean(axis=1), 3)

    (found,) = shape_tests((replace(data, response=means),))

    assert found.refusal == "all replicates are equal"


def test_a_production_that_is_off_comes_as_a_run_of_the_sheet(small_study: Path):
    """20 kPa in the middle of a quadratic: made again, the reason reported in words and in JSON."""
    file = small_study / "study.toml"
    text = file.read_text().replace('"mlr", "ridge_quadratic", "random_forest"', '"polynomial"')
    goal = '[responses.adhesion_strength_kpa]\ngoal = "maximize"\n'
    file.write_text(text.replace("[responses.adhesion_strength_kpa]\n", goal))
    table = small_study / "samples.csv"
    strength = pl.col("adhesion_strength_kpa")
    is_off = pl.col("run") == 4
    pl.read_csv(table).with_columns(strength + 20.0 * is_off).write_csv(table)
    run_study(read_study(small_study), small_study, choose_engine("local", 1))

    outcome = recommend_study(read_study(small_study), small_study)

    reported = json.loads((small_study / "results" / "recommendation.json").read_text())
    asked = [run for run in reported["next_runs"] if run["purpose"] == "lack_of_fit"]
    middle = {"mass_loading_mg_cm2": 10.0, "porosity": 0.3}
    assert len(asked) == 2
    assert any(middle.items() <= run.items() for run in asked)
    assert reported["lack_of_fit"]["tests"][0]["is_contradicted"]
    assert reported["lack_of_fit"]["runs"]["repeats"][0]["settings"] == middle
    assert "2 lack-of-fit" in outcome.summary[2]
    assert "A quadratic does not fit the adhesion strength" in outcome.summary[3]
