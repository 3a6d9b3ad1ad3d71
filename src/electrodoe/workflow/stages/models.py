"""Stage 2: every family fitted to and evaluated on every response and scenario."""

import json

import polars as pl

from electrodoe.dataset import TrainingData
from electrodoe.evaluate import EVALUATION_SCHEMA, on_common_rows
from electrodoe.models import FittedModel, model_from_bytes
from electrodoe.workflow.estimate import estimated_seconds, size_of, time_sentence
from electrodoe.workflow.requested_models import families_for, given_to
from electrodoe.workflow.run import Run, seed_for
from electrodoe.workflow.run_folder import MODELS, Products, RunFolder
from electrodoe.workflow.tables import HYPERPARAMETER_SCHEMA, as_csv, stacked
from electrodoe.workflow.tasks import (
    REFUSED,
    KeptPart,
    kept,
    model_name,
    refusals,
    run_evaluation,
    run_part,
    with_input_names,
)


def make_models(run: Run) -> Products:
    """Return scores, predictions and fitted models; refused families have empty scores."""
    parts = _parts(run)
    _tell_time(run)
    done = run.parts("models", run_part, parts)
    tables = {name: stacked(name, done) for name in ("predictions", "repeats")}
    tables["evaluation"] = pl.concat(
        [
            stacked("evaluation", [products]) if REFUSED not in products else _empty_row(part)
            for part, products in zip(parts, done, strict=True)
        ]
    )
    tables["evaluation"], tables["predictions"] = on_common_rows(
        tables["evaluation"], tables["predictions"], run.training_data
    )
    tables["hyperparameters"] = _hyperparameters(parts, done)
    tables["models_refused"] = refusals("models", parts, done)
    return _model_files(parts, done) | as_csv(tables)


def _tell_time(run: Run) -> None:
    """Say how long the run will take, where it is more than a minute."""
    sizes, plan = [size_of(data) for data in run.training_data], run.study.settings.plan
    seconds = sum(
        estimated_seconds([size], families_for(run.study, data.kind), plan)
        for size, data in zip(sizes, run.training_data, strict=True)
    )
    n_workers = int(getattr(run.engine, "n_workers", 1))  # a cluster does not say how many
    if sentence := time_sentence(seconds, sizes, n_workers):
        run.observer.time_estimated(sentence)


def written_model(folder: RunFolder, name: str) -> FittedModel:
    """Return a model that this stage wrote."""
    files = {f"model.{kind}": folder.read(f"{MODELS}/{name}.{kind}") for kind in ("json", "npz")}
    return model_from_bytes(files)


def _parts(run: Run) -> list[KeptPart]:
    """Return one part per response, scenario and family; names set no seed."""
    settings = run.study.settings
    return [
        kept(
            (data.response_name, data.scenario, family),
            run_evaluation,
            data,
            family,
            test_fraction=settings.test_fraction,
            n_repeats=settings.plan.n_repeats,
            width=settings.plan.search_width,
            seed=seed_for(settings.seed, "models"),
            given=given_to(run.study, family),
        )
        for data in run.training_data
        for family in families_for(run.study, data.kind)
    ]


def _empty_row(part: KeptPart) -> pl.DataFrame:
    """Return the model table's row of a family that could not be estimated."""
    data: TrainingData = part.given["data"]
    row: dict[str, object] = dict.fromkeys(EVALUATION_SCHEMA.columns)
    row |= {**part.named, "n": data.n_samples, "n_configurations": data.n_configurations}
    return EVALUATION_SCHEMA.frame([row])


def _hyperparameters(parts: list[KeptPart], done: list[Products]) -> pl.DataFrame:
    """Return what was searched or given for the model fitted to all samples."""
    return HYPERPARAMETER_SCHEMA.frame(
        [
            {**part.named, **_written(model_from_bytes(products))}
            for part, products in zip(parts, done, strict=True)
            if REFUSED not in products
        ]
    )


def _written(model: FittedModel) -> dict[str, object]:
    """Return a model's hyperparameters as JSON, and which of them were given."""
    chosen = json.dumps(dict(model.hyperparameters), sort_keys=True, ensure_ascii=False)
    return {
        "hyperparameters": with_input_names(chosen, model.column_names),
        "given": ", ".join(model.given),
    }


def _model_files(parts: list[KeptPart], done: list[Products]) -> dict[str, bytes]:
    """Return the two files of each fitted model under the name it is loaded by."""
    return {
        f"{MODELS}/{model_name(*part.about)}.{kind}": products[f"model.{kind}"]
        for part, products in zip(parts, done, strict=True)
        if REFUSED not in products
        for kind in ("json", "npz")
    }
