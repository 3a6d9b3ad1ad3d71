"""Predictions of new settings by a study's models: value, interval, and whether data carry it."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

import numpy as np
import polars as pl

from electrodoe.arrays import Floats
from electrodoe.dataset import Dataset, TrainingData, is_undeclared_outcome
from electrodoe.errors import IngestError, ModelError, WorkflowError
from electrodoe.ingest import declared_table, wanted_columns
from electrodoe.models import (
    FAMILIES,
    LEVEL,
    FittedModel,
    Predictive,
    default_family,
    fit,
    needs_refits,
    predictive,
    tune,
)
from electrodoe.study import Study, or_nearest
from electrodoe.verify.region import in_design_region, studied_region
from electrodoe.workflow.engines import Engine
from electrodoe.workflow.finished import kept_run
from electrodoe.workflow.loading import in_units_of_samples, load_samples
from electrodoe.workflow.manifest import read_manifest
from electrodoe.workflow.new_settings import read_settings
from electrodoe.workflow.recommending.basis import decided_scenario, finished_models
from electrodoe.workflow.recommending.tasks import refit_tasks, refitted, run_refit
from electrodoe.workflow.requested_models import given_to, require_models
from electrodoe.workflow.run import Run, seed_for
from electrodoe.workflow.run_folder import RESULTS
from electrodoe.workflow.run_tables import read_runs
from electrodoe.workflow.tasks import REFUSED

NEW_RUN: Final = "new run"
"""Kind of the interval: one measurement of a product made with these settings."""
PROBABILITY: Final = "probability"
"""Kind of the interval of a binary response, of which a new run is one outcome or the other."""
PREDICTED: Final = (
    *("target", "scenario", "family", "predicted", "lower", "upper", "level", "interval"),
    *("in_design_region", "in_data_range", "near_data"),
)
"""Columns that follow those of the table."""


@dataclass(frozen=True, kw_only=True)
class TablePredictions:
    """What a study's models say of a table.

    Attributes
    ----------
    frame : polars.DataFrame
        For each target the rows of the table with all its columns as they are, then
        :data:`PREDICTED`. Predictions and the ends of intervals are in the target's unit.
        ``in_design_region`` is null where no input declares a region or levels; ``in_data_range``
        is whether every input lies in its measured range, ``near_data`` whether the setting lies
        between measured ones, or no farther from them than they from one another.
    notes : tuple of str
        Which models were asked, and what of their answers is an extrapolation.
    """

    frame: pl.DataFrame
    notes: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class _Asked:
    """One target's samples with the model that speaks for it."""

    data: TrainingData
    known: Predictive
    model: FittedModel
    note: str
    is_undeclared_outcome: bool = False


@dataclass(frozen=True, kw_only=True)
class PredictionRequest:
    """What is asked.

    Attributes
    ----------
    targets : tuple of str
        Responses; all that the scenario models where none is named.
    scenario : str or None
        Whose inputs the table holds; the recommendation's, or a target's first, without it.
    family : str or None
        The best on left-out configurations without it.
    level : float
        Fraction of measurements that an interval is to hold.
    """

    targets: tuple[str, ...] = field(default=())
    scenario: str | None = None
    family: str | None = None
    level: float = LEVEL


def predict_table(
    study: Study, folder: Path, table: Path, engine: Engine, request: PredictionRequest
) -> TablePredictions:
    """Return predictions of every row of a table.

    Parameters
    ----------
    study : Study
        The declaration.
    folder : Path
        The study's; its finished run gives the models. Where there is none, the default family
        (or the one asked for) is fitted to the samples now, and a note says so.
    table : Path
        New settings: a column for each input, named as in the study, in any order.
    engine : Engine
        Where refits without each configuration are made, which most intervals need.
    request : PredictionRequest
        Targets, scenario, family, level.

    Returns
    -------
    TablePredictions
        Nothing is written but finished refits, which a later call reads back.

    Raises
    ------
    ElectrodeError
        If a name is unknown, the table does not fit, the models are not of these samples, or so
        few configurations do not support the level.
    """
    require_models(study)
    in_units = in_units_of_samples(study, folder)
    raw = declared_table(read_runs(in_units, table), wanted_columns(in_units))
    for name in PREDICTED:
        if name in raw.frame.columns:
            raise IngestError(
                f"'{name}' is a column of the result",
                where=f"{raw.header_place}, column '{name}'",
                fix=f"call it otherwise: 'table_{name}'",
            )
    cases = _cases(study, request)
    inputs = [read_settings(raw, study.scenarios[name].inputs, study.levels) for _, name in cases]
    models = _models(study, folder, cases, engine, request)
    for each in models:
        read_settings(raw, each.data.input_names, each.data.levels)  # levels it has seen
    frames = [
        pl.concat([raw.frame, _answers(study, each, rows, request.level)], how="horizontal")
        for each, rows in zip(models, inputs, strict=True)
    ]
    notes = [
        note for each, frame in zip(models, frames, strict=True) for note in _notes(each, frame)
    ]
    return TablePredictions(frame=pl.concat(frames), notes=tuple(notes))


def _cases(study: Study, request: PredictionRequest) -> list[tuple[str, str]]:
    """Return the targets that are asked for, each with its scenario."""
    if request.scenario is not None and request.scenario not in study.scenarios:
        raise _unknown("scenario", request.scenario, study.scenarios)
    if request.family is not None and request.family not in FAMILIES:
        raise _unknown("family", request.family, FAMILIES)
    if not 0.0 < request.level < 1.0:
        raise WorkflowError(
            f"a level of {request.level:g}; a fraction between 0 and 1 is meant",
            where="option --level",
            fix="give 0.9 for 90 %",
        )
    default = request.scenario or decided_scenario(study)
    return [
        (target, _scenario_of(study, target, request.scenario, default))
        for target in dict.fromkeys(request.targets or study.responses_of(default))
    ]


def _scenario_of(study: Study, target: str, asked: str | None, default: str) -> str:
    """Return the scenario that a target is predicted in."""
    if target not in study.modeled_responses:
        raise _unknown("target", target, study.modeled_responses)
    having = [name for name in study.scenarios if target in study.responses_of(name)]
    if default in having:
        return default
    if asked is not None:
        raise WorkflowError(
            f"scenario '{asked}' does not model '{target}'",
            where="option --scenario",
            fix=f"choose one of {', '.join(having)}",
        )
    return having[0]


def _unknown(what: str, name: str, known: Iterable[str]) -> WorkflowError:
    """Return the error of a name that is not there."""
    return WorkflowError(
        f"no {what} '{name}'", where=f"option --{what}", fix=or_nearest(name, known)
    )


def _models(
    study: Study,
    folder: Path,
    cases: list[tuple[str, str]],
    engine: Engine,
    request: PredictionRequest,
) -> list[_Asked]:
    """Return the model of each case: of the finished run, or fitted now."""
    manifest = read_manifest(folder / RESULTS)
    if manifest is None or "models" not in manifest.stages:
        dataset = load_samples(study, folder).dataset
        return [_fitted_now(dataset, case, study, request) for case in cases]
    run = kept_run(study, folder, engine)
    return [_stored(run, case, request) for case in cases]


def _stored(run: Run, case: tuple[str, str], request: PredictionRequest) -> _Asked:
    """Return a model of the finished run, its refits made or read back."""
    data = run.dataset.training_data(*case)
    (finished,) = finished_models(run.folder, (data,), request.family, asked_in="option --family")
    model, width = finished.model, run.study.settings.plan.search_width
    if model.given_hyperparameters != given_to(run.study, model.family):
        raise WorkflowError(
            f"the study gives '{model.family}' other hyperparameters than its finished run had",
            where=f"study.toml, [models.{model.family}]",
            fix=f"run the study again: electrodoe run {run.folder.path.parent}",
        )
    refits = []
    if needs_refits(model):
        for products in run.parts("refits", run_refit, refit_tasks(data, model, width)):
            if REFUSED in products:
                raise _no_interval(model)
            refits.append(refitted(products))
    return _Asked(
        data=data,
        model=model,
        is_undeclared_outcome=is_undeclared_outcome(run.dataset, data.response_name),
        known=predictive(data, model, refits=refits or None, width=width),
        note=f"{data.response_name}: {_title(model)}, stored by the finished run;"
        f" {'skill' if data.kind == 'binary' else 'R²'} on left-out configurations"
        f" {finished.learned.r2_loco:.2f}{_scale(model)}",
    )


def _fitted_now(
    dataset: Dataset, case: tuple[str, str], study: Study, request: PredictionRequest
) -> _Asked:
    """Return a model fitted to the study's samples, for want of a finished run."""
    data = dataset.training_data(*case)
    family, settings = request.family or default_family(data.kind), study.settings
    width, seed = settings.plan.search_width, seed_for(settings.seed, "models")
    known = given_to(study, family)
    chosen = tune(data, family, width=width, seed=seed, given=known)
    model = fit(data, family, chosen, seed=seed, given=known)
    return _Asked(
        data=data,
        model=model,
        is_undeclared_outcome=is_undeclared_outcome(dataset, data.response_name),
        known=predictive(data, model, width=width),
        note=f"{data.response_name}: {_title(model)}, fitted now, since there is no finished run;"
        f" 'electrodoe run' judges all families{_scale(model)}",
    )


def _title(model: FittedModel) -> str:
    """Return a model's family and scenario in words."""
    return f"{FAMILIES[model.family].title} of scenario '{model.scenario}'"


def _scale(model: FittedModel) -> str:
    """Return on which scale a response is modeled, as an addition; nothing where on its own."""
    transform = model.transform
    if FAMILIES[model.family].kind == "binary":
        return "; predicted is a probability, from 0 to 1, and lower and upper are of it"
    return "" if transform is None else f"; modeled on the scale of its {transform.words}: medians"


def _no_interval(model: FittedModel) -> ModelError:
    """Return the error of a model that some configuration alone determines."""
    return ModelError(
        "without one of the configurations the data do not determine the model: no interval",
        where=f"model '{model.family}' of '{model.response_name}'",
        fix="name another family with --family, or measure more configurations",
    )


def _answers(study: Study, asked: _Asked, inputs: Floats, level: float) -> pl.DataFrame:
    """Return the columns :data:`PREDICTED` for each row."""
    asked.known.require(level)
    found = asked.known.intervals(inputs, level)
    studied = studied_region(study, asked.data)
    planned = in_design_region(study, studied, inputs)
    columns = {
        "target": asked.model.response_name,
        "scenario": asked.model.scenario,
        "family": asked.model.family,
        "predicted": found.center,
        "lower": found.lower,
        "upper": found.upper,
        "level": level,
        "interval": PROBABILITY if asked.data.kind == "binary" else NEW_RUN,
        "in_design_region": planned,
        "in_data_range": asked.model.is_inside(inputs),
        "near_data": studied.is_near_data(inputs),
    }
    kinds = {"in_design_region": pl.Boolean}
    return pl.DataFrame(
        {
            name: pl.Series(
                value if isinstance(value, np.ndarray) else [value] * len(inputs),
                dtype=kinds.get(name),
            )
            for name, value in columns.items()
        }
    )


def _notes(asked: _Asked, frame: pl.DataFrame) -> list[str]:
    """Return which model was asked, and how many of its answers no data carry."""
    notes = [asked.note]
    if asked.is_undeclared_outcome:
        notes.append(
            f"{asked.model.response_name}: holds 0 and 1 alone and is taken as a number, so that"
            ' predictions may lie below 0 and above 1; say kind = "binary" in study.toml for'
            " probabilities"
        )
    for column, what in (
        ("in_design_region", "outside the design region"),
        ("near_data", "far from every measured setting: an extrapolation"),
    ):
        n_out = int((~frame[column]).sum() or 0)
        if n_out:
            notes.append(f"{asked.model.response_name}: {n_out} of {frame.height} rows {what}")
    return notes
