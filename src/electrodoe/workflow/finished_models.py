"""The models that an earlier run has fitted, checked against the data they are asked about."""

from dataclasses import dataclass
from pathlib import Path

import numpy as np
import polars as pl

from electrodoe.dataset import TrainingData
from electrodoe.errors import WorkflowError
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
    folder: Path, data: tuple[TrainingData, ...], family: str | None
) -> tuple[FinishedModel, ...]:
    """Return a model for each response: of one family, or of the best on new configurations.

    Parameters
    ----------
    folder : Path
        The study's folder.
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
    """
    results = RunFolder(path=folder / "results")
    if not (results.path / "evaluation.csv").is_file():
        raise WorkflowError(
            "no finished run to recommend from",
            where=str(results.path),
            fix=f"run the study first: electrodoe run {folder}",
        )
    scores = read_back(results, "evaluation")
    if family is not None:
        scores = scores.filter(pl.col("family") == family)
    best = best_rows(scores)
    return tuple(_finished(results, own, best, folder) for own in data)


def _finished(
    results: RunFolder, data: TrainingData, best: pl.DataFrame, folder: Path
) -> FinishedModel:
    """Return the model of one response."""
    rows = best.filter(target=data.response_name, scenario=data.scenario)
    again = f"run the study again: electrodoe run {folder}"
    if rows.is_empty():
        raise WorkflowError(
            f"the finished run has no model of '{data.response_name}' in '{data.scenario}'",
            where=str(results.path / "evaluation.csv"),
            fix=again,
        )
    row = rows.row(0, named=True)
    name = model_name(data.response_name, data.scenario, row["family"])
    model = load_model(results.path / "models" / f"{name}.json")
    if not _is_of(model, data):
        raise WorkflowError(
            f"the model of '{data.response_name}' was fitted to other samples than the study has",
            where=str(results.path / "models" / f"{name}.json"),
            fix=again,
        )
    learned = Learned(
        response_name=data.response_name, family=row["family"], r2_loco=row["r2_loco"]
    )
    return FinishedModel(learned=learned, model=model)


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
