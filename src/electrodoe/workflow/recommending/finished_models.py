"""The models that an earlier run has fitted, checked against the data they are asked about."""

from dataclasses import dataclass
from typing import Any

import numpy as np
import polars as pl

from electrodoe.dataset import TrainingData
from electrodoe.errors import RecommendationError, WorkflowError
from electrodoe.evaluate import best_rows
from electrodoe.models import FittedModel, load_model
from electrodoe.optimize import Learned
from electrodoe.workflow.run_folder import RunFolder
from electrodoe.workflow.tables import read_back
from electrodoe.workflow.tasks import model_name


@dataclass(frozen=True, kw_only=True)
class FinishedModel:
    """A model of a finished run.

    Attributes
    ----------
    learned : Learned
        Its family, and what it can do.
    model : FittedModel
        As it was fitted to all samples.
    """

    learned: Learned
    model: FittedModel


def finished_models(
    results: RunFolder, data: tuple[TrainingData, ...], family: str | None
) -> tuple[FinishedModel, ...]:
    """Return a model for each response: of one family, or of the best on new configurations.

    Parameters
    ----------
    results : RunFolder
        Of the run.
    data : tuple of TrainingData
        Responses of one scenario.
    family : str or None
        Key of ``electrodoe.models.FAMILIES``; None takes the greatest R² on left-out configurations
        for each response.

    Returns
    -------
    tuple of FinishedModel
        In the order of the data.

    Raises
    ------
    WorkflowError
        If there is no finished run, or it was of other data.
    RecommendationError
        If no family, or not the one that is asked for, could be fitted to a response.
    """
    if not (results.path / "evaluation.csv").is_file():
        raise WorkflowError(
            "no finished run to recommend from",
            where=str(results.path),
            fix=f"run the study first: electrodoe run {results.path.parent}",
        )
    scores = read_back(results, "evaluation")
    return tuple(_finished(results, own, scores, family) for own in data)


def _finished(
    results: RunFolder, data: TrainingData, scores: pl.DataFrame, family: str | None
) -> FinishedModel:
    """Return the model of one response."""
    row = _best(results, data, scores, family)
    name = model_name(data.response_name, data.scenario, row["family"])
    model = load_model(results.path / "models" / f"{name}.json")
    if not _is_of(model, data):
        raise WorkflowError(
            f"the model of '{data.response_name}' was fitted to other samples than the study has",
            where=str(results.path / "models" / f"{name}.json"),
            fix=_again(results),
        )
    learned = Learned(
        response_name=data.response_name, family=row["family"], r2_loco=row["r2_loco"]
    )
    return FinishedModel(learned=learned, model=model)


def _best(
    results: RunFolder, data: TrainingData, scores: pl.DataFrame, family: str | None
) -> dict[str, Any]:
    """Return the scores of the family that speaks for a response."""
    tried = scores.filter(target=data.response_name, scenario=data.scenario)
    if tried.is_empty():
        raise WorkflowError(
            f"the finished run has no model of '{data.response_name}' in '{data.scenario}'",
            where=str(results.path / "evaluation.csv"),
            fix=_again(results),
        )
    fitted = tried.drop_nulls("r2_loco")["family"].to_list()
    if not fitted:
        raise RecommendationError(
            f"no family could be fitted to '{data.response_name}'",
            where=f"scenario '{data.scenario}'",
            fix="follow the finding S204 on it, or leave its goal out",
        )
    if family is not None and family not in fitted:
        raise RecommendationError(
            f"no model of '{data.response_name}' by '{family}'",
            where="study.toml, [recommend], key 'family'",
            fix=f"name one of {', '.join(fitted)}, or leave the key out",
        )
    rows = tried if family is None else tried.filter(family=family)
    return best_rows(rows).row(0, named=True)


def _again(results: RunFolder) -> str:
    """Return what to do about a run that is out of date."""
    return f"run the study again: electrodoe run {results.path.parent}"


def _is_of(model: FittedModel, data: TrainingData) -> bool:
    """Return whether a model has seen as many samples of the same inputs in the same ranges."""
    normalization = model.normalization
    return bool(
        model.input_names == data.input_names
        and model.n_samples == data.n_samples
        and model.n_configurations == data.n_configurations
        and np.array_equal(model.lower, data.inputs.min(axis=0))
        and np.array_equal(model.upper, data.inputs.max(axis=0))
        and np.isclose(normalization.response_mean, data.response.mean(), rtol=1e-9)
    )
