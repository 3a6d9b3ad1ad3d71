"""The calendering study: carried over cell by cell, and its traps named one by one."""

import json
import re
from itertools import compress
from pathlib import Path
from typing import Any

import numpy as np
import polars as pl
import pytest

from electrodoe.arrays import Floats
from electrodoe.dataset import Dataset, TrainingData, confounded_factors, inspect
from electrodoe.evaluate import LIKELY, r2_lower
from electrodoe.evaluate.metrics import r_squared
from electrodoe.findings import Finding, Severity
from electrodoe.models import DEFAULT_FAMILY, FittedModel, fit, tune
from electrodoe.optimize import Learned
from electrodoe.study import Study, read_study
from electrodoe.workflow.loading import load_dataset
from electrodoe.workflow.recommending.basis import FinishedModel, goal_data, predictable
from electrodoe.workflow.recommending.files import RECOMMENDATION_FILE
from electrodoe.workflow.recommending.tasks import (
    RecommendationTask,
    refit_tasks,
    refitted,
    run_recommendation,
    run_refit,
)
from electrodoe.workflow.run import seed_for

FAILED_AT_10C = "DD027, DD028, DD029, DD030, DD031, DD051, DD059"
RATES = ("c20", "c5", "c2", "1c", "2c", "5c", "10c")
ORIGINS: dict[str, tuple[str, float]] = {
    "target_coating_mass_loading_mg_cm2": ("target_coat_weight_gsm", 0.1),
    "target_porosity": ("target_porosity_pct", 0.01),
    "roll_temperature_c": ("roll_temp_c", 1.0),
    "roll_gap_um": ("roll_gap_um", 1.0),
    "calendering_passes": ("n_passes", 1.0),
    "pre_calendering_pull_off_strength_kpa": ("precal_tensile_strength_kpa", 1.0),
    "pre_calendering_carbon_gradient": ("precal_grad_carbon", 1.0),
    "coating_mass_loading_mg_cm2": ("coating_weight_gsm", 0.1),
    "porosity": ("porosity_pct", 0.01),
    "pull_off_strength_kpa": ("cal_tensile_strength_kpa", 1.0),
    **{f"discharge_capacity_{rate}_mah": (f"cap_dis_{rate}_mah", 1.0) for rate in RATES},
    **{f"discharge_capacity_{rate}_mah_g": (f"grav_dis_{rate}_mahg", 1.0) for rate in RATES},
    **{
        f"area_specific_impedance_soc{soc}_ohm_cm2": (f"asi_dis_soc{soc}_ohmcm2", 1.0)
        for soc in (90, 50, 20)
    },
    "first_cycle_loss": ("first_cycle_loss_pct", 0.01),
    "capacity_retention_50_cycles": ("retention_50cyc_pct", 0.01),
}
"""Column of the example, column of the publication, and the factor between their units."""

GOALS = (
    "pull_off_strength_kpa",
    "discharge_capacity_5c_mah",
    "area_specific_impedance_soc50_ohm_cm2",
)


@pytest.fixture(scope="module")
def study(example: Path) -> Study:
    """Return the example's declaration."""
    return read_study(example)


@pytest.fixture(scope="module")
def dataset(study: Study, example: Path) -> Dataset:
    """Return the example's samples."""
    return load_dataset(study, example)


@pytest.fixture(scope="module")
def findings(dataset: Dataset) -> tuple[Finding, ...]:
    """Return what is odd about them."""
    return inspect(dataset)


@pytest.fixture(scope="module")
def bare(study: Study, example: Path) -> tuple[Finding, ...]:
    """Return the findings of a study that sets nothing aside."""
    return inspect(load_dataset(study.model_copy(update={"set_aside": ()}), example))


@pytest.fixture(scope="module")
def published(shared_data: Path) -> pl.DataFrame:
    """Return the published cells, each with what was measured on its condition."""
    folder = shared_data / "wmg-nmc622-calendering"
    cells = pl.read_csv(folder / "wmg_cells_54.csv", infer_schema_length=None)
    conditions = pl.read_csv(folder / "wmg_conditions_18.csv", infer_schema_length=None)
    measured = conditions.select("group", "precal_grad_carbon")
    return cells.join(measured, on="group", maintain_order="left")


def test_every_cell_was_carried_over(example: Path, published: pl.DataFrame):
    """Names are equal, and each number to the digits that the example prints."""
    carried = pl.read_csv(example / "cells.csv", infer_schema_length=None)
    names = {"configuration": "group", "cell": "cell_id", "electrode": "electrode_id"}
    names |= {"calendering_date": "calendering_date", "cycler": "test_equipment"}

    for column, origin in names.items():
        assert carried[column].to_list() == published[origin].to_list()
    for column, (origin, factor) in ORIGINS.items():
        found = carried[column].cast(pl.Float64).fill_null(np.nan).to_numpy()
        meant = factor * published[origin].cast(pl.Float64).fill_null(np.nan).to_numpy()
        np.testing.assert_allclose(found, meant, rtol=2e-6, atol=6e-7, err_msg=column)
    assert set(carried.columns) == {*names, *ORIGINS}


def test_the_study_has_its_published_shape(dataset: Dataset):
    """18 conditions with three cells each."""
    assert (dataset.n_samples, dataset.n_configurations) == (54, 18)
    assert np.bincount(dataset.configuration_numbers()).tolist() == [3] * 18


@pytest.mark.parametrize("unit", ["mah", "mah_g"])
def test_the_failed_cells_are_named_exactly(findings: tuple[Finding, ...], unit: str):
    """Seven, and no other; the study has set them aside."""
    column = f"discharge_capacity_10c_{unit}"
    (finding,) = (found for found in findings if found.code == "D102" and column in _words(found))

    assert finding.what.startswith("7 values of at most")
    assert finding.what.endswith(f": {FAILED_AT_10C}")
    assert finding.severity is Severity.NOTE


def test_the_impossible_value_is_named(findings: tuple[Finding, ...]):
    """The one cell, with its value and its line."""
    (finding,) = (found for found in findings if found.code == "D103")

    assert finding.what.startswith("226.8 mAh/g in DD020")
    assert finding.where == "column 'discharge_capacity_c20_mah_g', line 8"
    assert finding.severity is Severity.NOTE


def test_roll_temperature_and_gap_are_confounded_with_the_day(findings: tuple[Finding, ...]):
    """Each temperature was run on a day of its own, and two days' gaps lie between 446 and 495 µm.

    86 % of the variance of the gap lies between days: run by run, not by the table's rows.
    """
    gap, temperature = (
        found for found in findings if found.code == "D105" and found.severity is Severity.WARNING
    )

    assert gap.where == "columns 'roll_gap_um' and 'calendering_date'"
    assert "explains 86 %" in gap.what
    assert temperature.where == "columns 'roll_temperature_c' and 'calendering_date'"
    assert "2021-10-15: 85; 2021-10-18: 120; 2021-10-27: 145" in temperature.what


def test_the_two_valued_columns_are_named(findings: tuple[Finding, ...]):
    """Measured once per coating, not once per condition."""
    named = {
        found.where
        for found in findings
        if found.code == "D106" and found.severity is Severity.WARNING
    }

    assert named == {
        "column 'pre_calendering_pull_off_strength_kpa'",
        "column 'pre_calendering_carbon_gradient'",
    }


def test_pull_off_strength_is_one_value_per_condition(findings: tuple[Finding, ...]):
    """54 rows are 18 measurements."""
    (finding,) = (found for found in findings if found.code == "D107")

    assert "54 rows are 18 measurements" in finding.what


def test_as_declared_nothing_is_grave(findings: tuple[Finding, ...]):
    """What is an error by itself has been decided by the study."""
    assert {found.severity for found in findings} == {Severity.WARNING, Severity.NOTE}


def test_without_the_decisions_the_traps_are_errors(bare: tuple[Finding, ...]):
    """The failed cells in both units, and the impossible value."""
    grave = [(found.code, found.where) for found in bare if found.severity is Severity.ERROR]

    assert grave == [
        ("D102", "column 'discharge_capacity_10c_mah'"),
        ("D102", "column 'discharge_capacity_10c_mah_g'"),
        ("D103", "column 'discharge_capacity_c20_mah_g', line 8"),
    ]


def test_only_the_combined_scenario_is_dependent(findings: tuple[Finding, ...]):
    """Product and process can be explained."""
    assert [found.where for found in findings if found.code == "S201"] == ["scenario 'combined'"]


@pytest.fixture(scope="module")
def recommended(dataset: Dataset) -> dict[str, Any]:
    """Return what is recommended with standard effort; only the family that decides is fitted."""
    study, data = dataset.study, goal_data(dataset)
    width = study.settings.plan.search_width
    models, refits = [], []
    for own in data:
        seed = seed_for(study.settings.seed, "models")
        model = fit(
            own, DEFAULT_FAMILY, tune(own, DEFAULT_FAMILY, width=width, seed=seed), seed=seed
        )
        refits.append(tuple(refitted(run_refit(task)) for task in refit_tasks(own, model, width)))
        left_out = _left_out(own, refits[-1])
        learned = Learned(
            response_name=own.response_name,
            family=DEFAULT_FAMILY,
            r2_loco=r_squared(own.response, left_out),
            r2_lower=r2_lower(own.response, left_out, own.configurations),
            r2_likely=r2_lower(own.response, left_out, own.configurations, LIKELY),
        )
        models.append(FinishedModel(learned=learned, model=model))
    kept = predictable(tuple(models))
    task = RecommendationTask(
        study=study,
        data=tuple(compress(data, kept)),
        models=tuple(compress(models, kept)),
        refits=tuple(compress(refits, kept)),
        is_simulated=False,
        confounded=confounded_factors(dataset),
        left_alone=tuple(compress([one.learned for one in models], np.logical_not(kept))),
    )
    return json.loads(run_recommendation(task)[RECOMMENDATION_FILE])


def _left_out(data: TrainingData, refits: tuple[FittedModel, ...]) -> Floats:
    """Return the predictions for configurations that were left out."""
    _, own = np.unique(data.configurations, return_inverse=True)
    every = np.array([refit.predict(data.inputs) for refit in refits])
    return every[own, np.arange(data.n_samples)]


def _section(example: Path) -> str:
    """Return what the example's page says of the recommendation, without its line breaks."""
    text = (example / "README.md").read_text(encoding="utf-8")
    return " ".join(text.partition("## What it recommends")[2].replace("\n>", "\n").split())


def _numbers(text: str) -> list[str]:
    """Return the numbers of a text, in their order."""
    return re.findall(r"−?\d+(?:\.\d+)?", text)


@pytest.mark.parametrize("paragraph", [0, 1], ids=["settings", "window"])
def test_the_page_names_every_number_of_the_recommendation(
    example: Path, recommended: dict[str, Any], paragraph: int
):
    """Settings, intervals, chances and the window's ends; the words are free to change."""
    meant = _numbers(recommended["summary"][paragraph])

    assert "|".join(meant) in "|".join(_numbers(_section(example)))


def test_the_page_names_what_is_not_known(example: Path, recommended: dict[str, Any]):
    """The response that nothing predicts, the weak one, and what is confounded with the day."""
    section = _section(example)
    said = [text.replace("\N{NO-BREAK SPACE}", " ") for text in recommended["unknown"]]

    assert {row["response_name"] for row in recommended["models"]} == set(GOALS[1:])
    assert said[0].startswith("Pull-off strength takes no part in the choice of settings:")
    assert said[1].startswith("Impedance at 50 % SOC is only weakly predicted")
    assert said[2].startswith("Roll temperature cannot be distinguished from calendering date")
    assert [text for text in said if text not in section] == []


def test_the_goals_are_neither_trivial_nor_hopeless(dataset: Dataset, example: Path):
    """Some of the cells that were made keep all three, as the page counts them."""
    responses = dataset.study.responses
    kept = np.ones(dataset.n_samples, dtype=bool)
    for name in GOALS:
        smallest, largest = responses[name].lower, responses[name].upper
        values = dataset.values(name)
        kept &= values >= (-np.inf if smallest is None else smallest)
        kept &= values <= (np.inf if largest is None else largest)

    assert f"{kept.sum()} of the {dataset.n_samples} cells keep all three" in _section(example)
    assert 0.2 < kept.mean() < 0.8


def _words(finding: Finding) -> list[str]:
    """Return the names that a finding's place quotes."""
    return finding.where.split("'")
