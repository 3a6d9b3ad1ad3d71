"""The parts that run side by side: pure functions, kept under the hash of what they are given."""

import json
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from inspect import signature
from typing import Any, Final, ParamSpec

import numpy as np
import polars as pl

from electrodoe.arrays import Booleans, Floats
from electrodoe.dataset import TrainingData
from electrodoe.errors import DesignError, ElectrodeError, ExplanationError, ModelError
from electrodoe.evaluate import evaluate, screening_tables, significance
from electrodoe.explain import explain
from electrodoe.models import FittedModel, fit, model_to_bytes, tune
from electrodoe.optimize.possible_settings import possible_settings
from electrodoe.report import FigureData, draw_figure, figure_content
from electrodoe.storage import digest, file_name
from electrodoe.study import GOAL_KEYS, Study
from electrodoe.verify import verify
from electrodoe.workflow.manifest import code_fingerprint
from electrodoe.workflow.run_folder import Products, to_arrow
from electrodoe.workflow.tables import REFUSAL_SCHEMA

_ANONYMOUS: Final = re.compile(r"input (\d+)")
"""How a model that knows no names calls one of its inputs."""
REFUSED: Final = "refused"
"""Product of a task that could not be done: the reason, as JSON."""

Given = ParamSpec("Given")


@dataclass(frozen=True, kw_only=True)
class KeptPart:
    """Work whose products are kept under the hash of all that it is given.

    Attributes
    ----------
    function : callable
        Pure, and at the top of its module, so that another process finds it.
    given : mapping of str to object
        Its arguments, by name: whatever :func:`content_of` knows.
    about : tuple of str
        Target, scenario and family, where the work is about them.
    """

    function: Callable[..., Products]
    given: Mapping[str, Any]
    about: tuple[str, ...] = ()

    @property
    def named(self) -> dict[str, object]:
        """Return whom it is about as columns of a table."""
        return dict(zip(("target", "scenario", "family"), self.about, strict=True))

    @property
    def key(self) -> str:
        """Return a hash of everything that the products depend on."""
        contents = [content_of(value) for value in self.given.values()]
        return part_key(self.function.__name__, list(self.given), *contents)


def kept(
    about: tuple[str, ...],
    function: Callable[Given, Products],
    *args: Given.args,
    **kwargs: Given.kwargs,
) -> KeptPart:
    """Return the work of calling a function with some arguments."""
    given = signature(function).bind(*args, **kwargs).arguments
    return KeptPart(about=about, function=function, given=given)


def run_part(part: KeptPart) -> Products:
    """Return the products of a part."""
    return part.function(**part.given)


def part_key(kind: str, settings: list[object], *contents: bytes) -> str:
    """Return a hash of what is done, with which settings (as JSON holds them) and to what.

    It is another one for another version of this package or of a numerical library.
    """
    head = json.dumps([kind, settings]).encode()
    return digest(code_fingerprint().encode(), head, *contents)


def content_of(value: object) -> bytes:
    """Return all that a task's argument says, as bytes.

    Of a study that is what models are verified against: changed goals leave them as they are.
    """
    match value:
        case TrainingData():
            names: list[object] = [
                value.scenario,
                value.response_name,
                value.input_names,
                value.sample_names,
            ]
            arrays = [value.inputs, value.response, value.configurations]
            if value.levels:
                names.append(
                    [[name, *map(list, own.items())] for name, own in value.levels.items()]
                )
            if value.blocks is not None:
                arrays += [value.blocks, value.measured_response]
                names.append(value.block_kind)
            if value.whole_plots is not None:
                names.append("whole plots")
                arrays.append(value.whole_plots)
            arrays += [each for each in (value.runs, value.settings) if each is not None]
            names += [[value.runs is None, value.settings is None, value.is_run_assumed]]
            if value.transform is not None:
                names.append(repr(value.transform))
            names += [value.kind] * (value.kind != "number")
            own = json.dumps(names).encode() + b"".join(array.tobytes() for array in arrays)
            return own if value.flagged is None else own + content_of(value.flagged)
        case FittedModel():
            return digest(*model_to_bytes(value).values()).encode()
        case FigureData():
            return figure_content(value)
        case Study():
            included = {"factors", "responses", "plan"}
            goals = {"responses": {"__all__": set(GOAL_KEYS)}}
            return value.model_dump_json(include=included, exclude=goals).encode()
        case tuple():
            return digest(*map(content_of, value)).encode()
        case _:
            return json.dumps(value).encode()


def run_evaluation(
    data: TrainingData,
    family: str,
    test_fraction: float,
    n_repeats: int,
    width: int,
    seed: int,
    given: Mapping[str, Any] | None = None,
) -> Products:
    """Return scores, predictions and the model fitted to all samples, or why there are none.

    All samples come first: what they do not determine is said of them, not of a part.
    """
    try:
        chosen = tune(data, family, width=width, seed=seed, given=given)
        model = fit(data, family, chosen, seed=seed, given=given or {})
        scores = evaluate(
            data,
            family,
            test_fraction=test_fraction,
            n_repeats=n_repeats,
            width=width,
            seed=seed,
            given=given,
        )
    except ModelError as error:
        return refusal(error, data.column_names)
    return {
        "evaluation": to_arrow(scores.summary),
        "predictions": to_arrow(scores.predictions),
        "repeats": to_arrow(scores.repeats),
        **model_to_bytes(model),
    }


def run_explanation(
    data: TrainingData, model: FittedModel, n_bootstraps: int, seed: int
) -> Products:
    """Return a model's explanations, or why there are none."""
    try:
        explanation = explain(data, model, n_bootstraps=n_bootstraps, seed=seed)
    except (ExplanationError, ModelError) as error:
        return refusal(error, data.column_names)
    return {
        "explanations": to_arrow(explanation.importances),
        "shapley_values": to_arrow(explanation.shapley),
        "interactions": to_arrow(explanation.interactions),
        "effects": to_arrow(explanation.effects),
    }


def run_significance(
    data: TrainingData,
    planned: str | None = None,
    run_order: Mapping[str, int] | None = None,
    reduced: Sequence[str] | None = None,
) -> Products:
    """Return the analysis of variance, tests and residuals of a response's polynomials."""
    tests = significance(data, planned, run_order, reduced)
    tables = {
        "anova": tests.anova,
        "coefficients": tests.coefficients,
        "variance_components": tests.components,
        "model_summaries": tests.summaries,
        "residuals": tests.residuals,
        "residual_checks": tests.residual_checks,
    }
    return {name: to_arrow(table) for name, table in tables.items()}


def run_screening(study: Study, data: TrainingData) -> Products:
    """Return what a response's runs say as a screening design; empty tables where they are none.

    Whole plots have an error of their own, which contrasts of all runs together do not show: a
    study with a hard-to-change factor is left to the tests of terms.
    """

    def keeps_limits(settings: Floats) -> Booleans:
        try:
            region = possible_settings(study, data, levels_only=False).region
        except DesignError:  # a limit that cannot be read is told where a plan is made
            return np.ones(len(settings), dtype=np.bool_)
        coded = [axis.coded(own) for axis, own in zip(region.axes, settings.T, strict=True)]
        return region.is_feasible(np.column_stack(coded))

    if any(study.factors[name].hard_to_change for name in data.input_names):
        return {}
    found = screening_tables(data, keeps_limits)
    return {
        "screening": to_arrow(found.summary),
        "screening_effects": to_arrow(found.effects),
        "screening_runs": to_arrow(found.runs),
    }


def run_verification(
    study: Study,
    data: TrainingData,
    models: tuple[FittedModel, ...],
    n_bootstraps: int,
    seed: int,
    drawn: tuple[FittedModel, ...] = (),
    curve: FittedModel | None = None,
) -> Products:
    """Return the tables of one verification, or why there are none."""
    try:
        found = verify(
            study, data, models, n_bootstraps=n_bootstraps, seed=seed, drawn=drawn, curve=curve
        )
    except (DesignError, ModelError) as error:  # a region without room, limits that cannot be read
        return refusal(error, data.column_names)
    return {name: to_arrow(table) for name, table in found.tables.items()}


def run_drawing(figure: FigureData) -> Products:
    """Return a figure as SVG."""
    return {"svg": draw_figure(figure).encode()}


def model_name(target: str, scenario: str, family: str) -> str:
    """Return the name under which a model is kept in ``results/models``."""
    return "__".join(file_name(part) for part in (target, scenario, family))


def refusal(error: ElectrodeError, input_names: Sequence[str]) -> Products:
    """Return an error as a product; inputs that a model knows by number alone get their names."""
    parts = {"what": error.what, "where": error.where, "fix": error.fix}
    named = {part: with_input_names(text, input_names) for part, text in parts.items()}
    return {REFUSED: json.dumps(named).encode()}


def with_input_names(text: str, input_names: Sequence[str]) -> str:
    """Return a text in which inputs that a model knows by number alone have their names."""
    return _ANONYMOUS.sub(lambda number: input_names[int(number[1]) - 1], text)


def refusals(stage: str, parts: Sequence[KeptPart], done: Sequence[Products]) -> pl.DataFrame:
    """Return one row per part that was refused, with its reason."""
    rows: list[dict[str, object]] = [
        {"stage": stage, **part.named, **json.loads(products[REFUSED])}
        for part, products in zip(parts, done, strict=True)
        if REFUSED in products
    ]
    return REFUSAL_SCHEMA.frame(rows)
