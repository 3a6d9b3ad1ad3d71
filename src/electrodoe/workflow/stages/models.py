"""Stage 2: every family fitted to and judged on every response and scenario."""

import json

import polars as pl

from electrodoe.evaluate import EVALUATION_SCHEMA
from electrodoe.models import STUDIED_FAMILIES, FittedModel, model_from_bytes
from electrodoe.workflow.estimate import estimated_seconds, size_of, time_sentence
from electrodoe.workflow.run import Run
from electrodoe.workflow.run_folder import Products, RunFolder
from electrodoe.workflow.seeds import seed_for
from electrodoe.workflow.stages.refusals import refusals
from electrodoe.workflow.tables import HYPERPARAMETER_SCHEMA, as_csv, stacked
from electrodoe.workflow.tasks import REFUSED, EvaluationTask, run_evaluation


def make_models(run: Run) -> Products:
    """Return scores, predictions and fitted models; refused families have empty scores."""
    tasks = _tasks(run)
    _tell_time(run)
    done = run.parts("models", run_evaluation, tasks)
    tables = {name: stacked(name, done) for name in ("predictions", "repeats")}
    tables["evaluation"] = pl.concat(
        [
            stacked("evaluation", [parts]) if REFUSED not in parts else _empty_row(task)
            for task, parts in zip(tasks, done, strict=True)
        ]
    )
    tables["hyperparameters"] = _hyperparameters(tasks, done)
    tables["models_refused"] = refusals("models", tasks, done)
    return _model_files(tasks, done) | as_csv(tables)


def _tell_time(run: Run) -> None:
    """Say how long the run will take, where it is more than a minute."""
    sizes = [size_of(data) for data in run.training_data]
    settings = run.study.settings
    families = settings.families or STUDIED_FAMILIES
    seconds = estimated_seconds(sizes, families, settings.plan)
    n_workers = int(getattr(run.engine, "n_workers", 1))  # a cluster does not say how many
    if sentence := time_sentence(seconds, sizes, n_workers):
        run.observer.time_estimated(sentence)


def written_model(folder: RunFolder, name: str) -> FittedModel:
    """Return a model that this stage wrote."""
    files = {f"model.{kind}": folder.read(f"models/{name}.{kind}") for kind in ("json", "npz")}
    return model_from_bytes(files)


def _tasks(run: Run) -> list[EvaluationTask]:
    """Return one task per response, scenario and family; names set no seed."""
    settings = run.study.settings
    return [
        EvaluationTask(
            data=data,
            family=family,
            test_share=settings.test_share,
            n_repeats=settings.plan.n_repeats,
            width=settings.plan.search_width,
            seed=seed_for(settings.seed, "models"),
        )
        for data in run.training_data
        for family in settings.families or STUDIED_FAMILIES
    ]


def _empty_row(task: EvaluationTask) -> pl.DataFrame:
    """Return the model table's row of a family that could not be estimated."""
    row: dict[str, object] = dict.fromkeys(EVALUATION_SCHEMA.columns)
    row |= {
        "target": task.data.response_name,
        "scenario": task.data.scenario,
        "family": task.family,
        "n": task.data.n_samples,
        "n_configurations": task.data.n_configurations,
    }
    return EVALUATION_SCHEMA.frame([row])


def _hyperparameters(tasks: list[EvaluationTask], done: list[Products]) -> pl.DataFrame:
    """Return what each search has chosen for the model fitted to all samples."""
    rows: list[dict[str, object]] = [
        {
            "target": task.data.response_name,
            "scenario": task.data.scenario,
            "family": task.family,
            "hyperparameters": json.dumps(
                dict(model_from_bytes(parts).hyperparameters), sort_keys=True
            ),
        }
        for task, parts in zip(tasks, done, strict=True)
        if REFUSED not in parts
    ]
    return HYPERPARAMETER_SCHEMA.frame(rows)


def _model_files(tasks: list[EvaluationTask], done: list[Products]) -> dict[str, bytes]:
    """Return the two files of each fitted model under the name it is loaded by."""
    return {
        f"models/{task.name}.{kind}": parts[f"model.{kind}"]
        for task, parts in zip(tasks, done, strict=True)
        if REFUSED not in parts
        for kind in ("json", "npz")
    }
