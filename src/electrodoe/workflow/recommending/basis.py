"""What a recommendation rests on: goals, finished models, and whether a quadratic holds."""

import math
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

import numpy as np
import polars as pl

from electrodoe.dataset import (
    Dataset,
    TrainingData,
    is_undeclared_outcome,
    known_transform,
    left_out_units,
)
from electrodoe.errors import EvaluationError, ModelError, RecommendationError, WorkflowError
from electrodoe.evaluate import (
    LIKELY,
    deciding_rows,
    judged_r2,
    quadratic_lack_of_fit,
    r2_lower,
)
from electrodoe.models import DEFAULT_FAMILY, FittedModel, load_model
from electrodoe.optimize import Learned, ShapeTest
from electrodoe.study import Study
from electrodoe.workflow.run_folder import RunFolder
from electrodoe.workflow.tables import read_back
from electrodoe.workflow.tasks import model_name


def has_goals(study: Study) -> bool:
    """Return whether anything is wanted of any response."""
    return any(response.goal is not None for response in study.responses.values())


def decided_scenario(study: Study) -> str:
    """Return the scenario whose inputs are set."""
    return study.recommend.scenario or next(iter(study.scenarios))


def wanted_responses(study: Study) -> tuple[str, ...]:
    """Return the responses with a goal."""
    wanted = [name for name, response in study.responses.items() if response.goal is not None]
    if not wanted:
        raise RecommendationError(
            "no response has a goal: nothing says what is wanted",
            where="study.toml, [responses]",
            fix='add goal = "maximize", "minimize", "target" or "range" to a response',
        )
    scenario = decided_scenario(study)
    modeled = study.responses_of(scenario)
    for name in wanted:
        if name not in modeled:
            raise RecommendationError(
                f"'{name}' has a goal, and scenario '{scenario}' does not model it",
                where="study.toml, [recommend], key 'scenario'",
                fix="name a scenario that models every response with a goal",
            )
    _require_settings(study, scenario, wanted)
    return tuple(wanted)


def _require_settings(study: Study, scenario: str, wanted: Iterable[str]) -> None:
    """Raise where an input of the scenario is measured on the way, so that nobody can set it."""
    for name in study.scenarios[scenario].inputs:
        if not study.is_measured_only(name):
            continue
        others = [
            other
            for other, each in study.scenarios.items()
            if set(wanted) <= set(study.responses_of(other))
            and not any(study.is_measured_only(factor) for factor in each.inputs)
        ]
        choice = f": {' or '.join(map(repr, others))}" if others else ""
        raise RecommendationError(
            f"'{name}' is measured, not set: scenario '{scenario}' has it as an input, and it is a"
            " response",
            where="study.toml, [recommend], key 'scenario'",
            fix=f"name a scenario whose inputs can be set{choice}; or declare region = [min, max]"
            f" of '{name}', if a plan does set it",
        )


def goal_data(dataset: Dataset) -> tuple[TrainingData, ...]:
    """Return the samples of every response with a goal; as :func:`wanted_responses`."""
    names, scenario = wanted_responses(dataset.study), decided_scenario(dataset.study)
    for name in names:
        if is_undeclared_outcome(dataset, name):
            raise RecommendationError(
                f"'{name}' holds 0 and 1 alone, and nobody says whether they are outcomes",
                where=f"study.toml, [responses.{name}]",
                fix='say kind = "binary", so that its probability is modeled, or kind = "number"',
            )
    return tuple(dataset.training_data(name, scenario) for name in names)


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
    results: RunFolder,
    data: tuple[TrainingData, ...],
    family: str | None,
    *,
    asked_in: str = "study.toml, [recommend], key 'family'",
) -> tuple[FinishedModel, ...]:
    """Return a model for each response: of one family, or of the one that decides."""
    if not (results.path / "evaluation.csv").is_file():
        raise WorkflowError(
            "no finished run to recommend from",
            where=str(results.path),
            fix=f"run the study first: electrodoe run {results.path.parent}",
        )
    scores = read_back(results, "evaluation")
    return tuple(_finished(results, own, scores, family, asked_in) for own in data)


def _finished(
    results: RunFolder,
    data: TrainingData,
    scores: pl.DataFrame,
    family: str | None,
    asked_in: str,
) -> FinishedModel:
    """Return the model of one response."""
    row = _scores(results, data, scores, family, asked_in)
    name = model_name(data.response_name, data.scenario, row["family"])
    model = load_model(results.path / "models" / f"{name}.json")
    if not _is_of(model, data):
        raise WorkflowError(
            f"the model of '{data.response_name}' was fitted to other samples than the study has",
            where=str(results.path / "models" / f"{name}.json"),
            fix=_again(results),
        )
    surely, likely = _r2_bounds(results, data, row["family"])
    learned = Learned(
        response_name=data.response_name,
        family=row["family"],
        r2_loco=judged_r2(row),
        r2_lower=surely,
        r2_likely=likely,
    )
    return FinishedModel(learned=learned, model=model)


def _r2_bounds(results: RunFolder, data: TrainingData, family: str) -> tuple[float, float]:
    """Return what R² on what is left out surely and likely exceeds: whole plots err together."""
    left_out = read_back(results, "predictions").filter(
        target=data.response_name, scenario=data.scenario, family=family, split="loco"
    )
    of_sample = dict(zip(data.sample_names, left_out_units(data).tolist(), strict=True))
    units = np.array([of_sample[name] for name in left_out["row"]])
    observed, predicted = left_out["observed"].to_numpy(), left_out["predicted"].to_numpy()
    if (transform := known_transform(data)) is not None:
        observed, predicted = transform.forward(observed), transform.forward(predicted)
    surely = r2_lower(observed, predicted, units)
    return surely, r2_lower(observed, predicted, units, LIKELY)


def predictable(models: tuple[FinishedModel, ...]) -> tuple[bool, ...]:
    """Return which responses are predicted better than by their mean.

    One at least has to be so likely; the others may take part, with a caution.

    Raises
    ------
    RecommendationError
        If none is: settings chosen by such models would be chosen by chance.
    """
    kept = tuple(each.learned.r2_loco > 0.0 for each in models)
    pairs = zip(models, kept, strict=True)
    if any(is_kept and each.learned.r2_likely > 0.0 for each, is_kept in pairs):
        return kept
    scores = ", ".join(map(_doubt, models))
    raise RecommendationError(
        f"nothing with a goal is predicted better than by its mean on left-out configurations, or"
        f" by so little that it may be chance ({scores}); settings chosen by these models would be"
        " chosen by chance",
        where="the models of the finished run",
        fix="make whole runs again, first those farthest from what the others say of them"
        " (predictions.csv, split loco), then at the ends of each factor, to see whether runs"
        " differ by more than their settings make them; widen the ranges; look for the missing"
        " input",
    )


def _doubt(model: FinishedModel) -> str:
    """Return a response's R², and how low it may truly be where it looks better."""
    known = model.learned
    score = f"'{known.response_name}' R² {known.r2_loco:.2f}"
    if known.r2_loco <= 0.0:
        return score
    confidence = f"{100 * LIKELY:.0f}\N{NO-BREAK SPACE}%"
    return f"{score}, with {confidence} confidence only above {known.r2_likely:.2f}"


def _scores(
    results: RunFolder,
    data: TrainingData,
    scores: pl.DataFrame,
    family: str | None,
    asked_in: str,
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
        kind = "option" if asked_in.startswith("option") else "key"
        raise RecommendationError(
            f"no model of '{data.response_name}' by '{family}'",
            where=asked_in,
            fix=f"name one of {', '.join(fitted)}, or leave the {kind} out",
        )
    rows = tried if family is None else tried.filter(family=family)
    return deciding_rows(rows, DEFAULT_FAMILY).row(0, named=True)


def _again(results: RunFolder) -> str:
    """Return what to do about a run that is out of date."""
    return f"run the study again: electrodoe run {results.path.parent}"


def _is_of(model: FittedModel, data: TrainingData) -> bool:
    """Return whether a model has seen as many samples of the same inputs in the same ranges."""
    normalization, transform = model.normalization, known_transform(data)
    return bool(
        model.input_names == data.input_names
        and model.n_samples == data.n_samples
        and model.n_configurations == data.n_configurations
        and np.array_equal(model.lower, data.inputs.min(axis=0))
        and np.array_equal(model.upper, data.inputs.max(axis=0))
        and model.transform == transform
        and (
            data.kind != "number"  # outcomes and counts are not normalized
            or np.isclose(
                normalization.response_mean, data.on_scale(transform).response.mean(), rtol=1e-9
            )
        )
    )


def shape_tests(data: tuple[TrainingData, ...]) -> tuple[ShapeTest, ...]:
    """Return a test for each response."""
    return tuple(_tested(own) for own in data)


def _tested(data: TrainingData) -> ShapeTest:
    """Return the test of one response."""
    name = data.response_name
    if data.kind != "number":
        return ShapeTest(response_name=name, refusal=f"it is a {data.kind} response")
    if len(np.unique(data.setting_numbers)) == data.n_samples:
        return ShapeTest(response_name=name, refusal="no setting has a second run or sample")
    try:
        test = quadratic_lack_of_fit(data)
    except (EvaluationError, ModelError) as error:
        return ShapeTest(response_name=name, refusal=error.what)
    if not math.isfinite(test.f):
        return ShapeTest(response_name=name, refusal="all replicates are equal")
    return ShapeTest(response_name=name, f=test.f, p=test.p)
