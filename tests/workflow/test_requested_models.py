"""``[models]``: families beside the others, hyperparameters given, all of it told apart."""

import json
from dataclasses import replace
from pathlib import Path

import polars as pl
import pytest

from electrodoe.errors import ModelError, StudyError, WorkflowError
from electrodoe.models import STUDIED_FAMILIES, load_model
from electrodoe.study import read_study, study_text
from electrodoe.workflow.engines import LocalEngine
from electrodoe.workflow.loading import check_study, load_dataset
from electrodoe.workflow.recommending.tasks import RefitTask
from electrodoe.workflow.requested_models import given_to, requested_families, require_models
from electrodoe.workflow.runner import run_study
from electrodoe.workflow.tasks import model_name

BLOCKS = """
[models.reduced_polynomial]
[models.random_forest]
n_estimators = 9
max_depth = 2
"""


def declare(folder: Path, blocks: str) -> Path:
    """Write some blocks below the small study."""
    file = folder / "study.toml"
    file.write_text(file.read_text() + blocks)
    return folder


def test_a_block_adds_its_family_to_those_that_are_fitted(small_study: Path) -> None:
    """After the named ones, none twice; without any names, after the usual ones."""
    study = read_study(declare(small_study, BLOCKS))
    unnamed = study.with_settings()
    unnamed = unnamed.model_copy(
        update={"settings": unnamed.settings.model_copy(update={"families": None})}
    )

    assert requested_families(study) == (
        *("mlr", "ridge_quadratic", "random_forest"),
        "reduced_polynomial",
    )
    assert requested_families(unnamed) == (*STUDIED_FAMILIES, "reduced_polynomial")
    assert given_to(study, "random_forest") == {"n_trees": 9, "max_depth": 2}
    assert given_to(study, "reduced_polynomial") == given_to(study, "mlr") == {}


def test_a_declaration_is_written_as_it_was_read(small_study: Path) -> None:
    """An empty block is a wish, and stays."""
    study = read_study(declare(small_study, BLOCKS))
    (small_study / "study.toml").write_text(study_text(study))

    assert read_study(small_study) == study
    assert study.models["reduced_polynomial"] == {}


@pytest.mark.parametrize(
    ("blocks", "error", "what", "fix"),
    [
        ("[models.xgbost]\nmax_depth = 3\n", WorkflowError, "'xgbost'", "'xgboost'"),
        ("[models.xgboost]\nmax_dept = 3\n", ModelError, "'max_dept'", "max_depth"),
        ("[models.svm]\nC = -1.0\n", ModelError, "-1.0 is not possible", "from 1e-06"),
        ("[models.ensemble]\nn_trees = 3\n", ModelError, "'n_trees'", "nothing can be given"),
    ],
)
def test_check_and_run_refuse_what_cannot_be_given(
    small_study: Path, blocks: str, error: type[Exception], what: str, fix: str
) -> None:
    """Before anything is fitted, with the way out."""
    study = read_study(declare(small_study, blocks))

    for ask in (
        lambda: require_models(study),
        lambda: check_study(study, small_study),
        lambda: run_study(study, small_study, LocalEngine(n_workers=1)),
    ):
        with pytest.raises(error, match=what) as refused:
            ask()
        assert fix in refused.value.fix
    assert not (small_study / "results").exists()


def test_a_list_is_no_hyperparameter(small_study: Path) -> None:
    """A candidate list is a search, and the study gives one value."""
    with pytest.raises(StudyError, match="max_depth"):
        read_study(declare(small_study, "[models.xgboost]\nmax_depth = [2, 3]\n"))


def test_given_and_searched_are_told_apart_in_every_product(small_study: Path) -> None:
    """Table, stored model and report; families without a block are as they were."""
    without = run_study(read_study(small_study), small_study, LocalEngine(n_workers=1))
    scores = pl.read_csv(without.folder / "evaluation.csv")

    study = read_study(declare(small_study, BLOCKS))
    outcome = run_study(study, small_study, LocalEngine(n_workers=1))

    table = pl.read_csv(outcome.folder / "hyperparameters.csv")
    given = dict(table.select("family", "given").iter_rows())
    chosen = dict(table.select("family", "hyperparameters").iter_rows())
    assert given["random_forest"] == "max_depth, n_trees"
    assert not given["mlr"]
    assert not given["reduced_polynomial"]
    assert json.loads(chosen["random_forest"])["n_trees"] == 9
    assert "mass_loading_mg_cm2" in json.loads(chosen["reduced_polynomial"])["terms"]
    name = model_name("adhesion_strength_kpa", "all", "random_forest")
    stored = load_model(outcome.folder / "models" / f"{name}.json")
    assert stored.given == ("max_depth", "n_trees")
    assert "max depth 2" in outcome.report.read_text()
    untouched = ["mlr", "ridge_quadratic"]
    now = pl.read_csv(outcome.folder / "evaluation.csv").filter(pl.col("family").is_in(untouched))
    assert now.equals(scores.filter(pl.col("family").is_in(untouched)))


def test_a_refit_knows_what_was_given(small_study: Path) -> None:
    """Or a recommendation would take refits of another model from an earlier run."""
    study = read_study(declare(small_study, BLOCKS))
    outcome = run_study(study, small_study, LocalEngine(n_workers=1))
    name = model_name("adhesion_strength_kpa", "all", "random_forest")
    model = load_model(outcome.folder / "models" / f"{name}.json")
    data = load_dataset(study, small_study).training_data("adhesion_strength_kpa", "all")
    task = RefitTask(data=data, model=model, number=0, width=1)

    assert replace(task, model=replace(model, given=())).key != task.key
