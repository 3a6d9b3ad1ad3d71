"""The parts that run side by side: pure functions from a task to products."""

import json
import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from electrodoe.dataset import TrainingData
from electrodoe.errors import DesignError, ElectrodeError, ExplanationError, ModelError
from electrodoe.evaluate import evaluate, significance
from electrodoe.explain import explain
from electrodoe.models import FittedModel, choose, fit, model_to_bytes
from electrodoe.report import FigureData, draw_figure, figure_content
from electrodoe.storage import digest, file_name
from electrodoe.study import GOAL_KEYS, Study
from electrodoe.verify import verify
from electrodoe.workflow.frames import to_arrow
from electrodoe.workflow.part_keys import content_of, part_key
from electrodoe.workflow.run_folder import Products

_ANONYMOUS: Final = re.compile(r"input (\d+)")
REFUSED: Final = "refused"
"""Product of a task that could not be done: the reason, as JSON."""


@dataclass(frozen=True, kw_only=True)
class EvaluationTask:
    """Judge one family on one response and scenario, and fit it to all samples.

    Attributes
    ----------
    data : TrainingData
        Samples.
    family : str
        Key of ``electrodoe.models.FAMILIES``.
    test_share, n_repeats, width, seed
        As in ``electrodoe.evaluate.evaluate``.
    """

    data: TrainingData
    family: str
    test_share: float
    n_repeats: int
    width: int
    seed: int

    @property
    def name(self) -> str:
        """Return the name under which the model is kept."""
        return model_name(self.data.response_name, self.data.scenario, self.family)

    @property
    def key(self) -> str:
        """Return a hash of everything the products depend on."""
        settings = [self.family, self.test_share, self.n_repeats, self.width, self.seed]
        return part_key("evaluate", settings, content_of(self.data))


@dataclass(frozen=True, kw_only=True)
class ExplanationTask:
    """Explain one fitted model.

    Attributes
    ----------
    data : TrainingData
        What it was fitted to.
    model : FittedModel
        The model.
    n_bootstraps, seed : int
        As in ``electrodoe.explain.explain``.
    """

    data: TrainingData
    model: FittedModel
    n_bootstraps: int
    seed: int

    @property
    def family(self) -> str:
        """Return the model's family."""
        return self.model.family

    @property
    def key(self) -> str:
        """Return a hash of everything the products depend on."""
        model = digest(*model_to_bytes(self.model).values()).encode()
        return part_key("explain", [self.n_bootstraps, self.seed], content_of(self.data), model)


@dataclass(frozen=True, kw_only=True)
class SignificanceTask:
    """Test the terms of one response's polynomials.

    Attributes
    ----------
    data : TrainingData
        Samples.
    """

    data: TrainingData

    @property
    def key(self) -> str:
        """Return a hash of everything the products depend on."""
        return part_key("significance", [], content_of(self.data))


@dataclass(frozen=True, kw_only=True)
class VerificationTask:
    """Verify the models of one response in one scenario.

    Attributes
    ----------
    study : Study
        Region, expectations, ranges and tolerances.
    data : TrainingData
        What the models were fitted to.
    models : tuple of FittedModel
        The first is the one whose curves are shown.
    n_bootstraps, seed : int
        As in ``electrodoe.verify.verify``.
    """

    study: Study
    data: TrainingData
    models: tuple[FittedModel, ...]
    n_bootstraps: int
    seed: int

    @property
    def family(self) -> str:
        """Return the family of the model whose curves are shown."""
        return self.models[0].family

    @property
    def key(self) -> str:
        """Return a hash of everything the products depend on."""
        declared = self.study.model_dump_json(
            include={"factors", "responses", "plan"},
            exclude={"responses": {"__all__": set(GOAL_KEYS)}},
        ).encode()
        models = [digest(*model_to_bytes(model).values()).encode() for model in self.models]
        return part_key(
            "verify", [self.n_bootstraps, self.seed], declared, content_of(self.data), *models
        )


@dataclass(frozen=True, kw_only=True)
class DrawingTask:
    """Draw one figure.

    Attributes
    ----------
    figure : FigureData
        Its numbers and words.
    """

    figure: FigureData

    @property
    def key(self) -> str:
        """Return a hash of everything the products depend on."""
        return part_key("draw", ["svg"], figure_content(self.figure))


def run_evaluation(task: EvaluationTask) -> Products:
    """Return scores, predictions and the fitted model, or why there are none."""
    try:
        scores = evaluate(
            task.data,
            task.family,
            test_share=task.test_share,
            n_repeats=task.n_repeats,
            width=task.width,
            seed=task.seed,
        )
        chosen = choose(task.data, task.family, width=task.width, seed=task.seed)
        model = fit(task.data, task.family, chosen, seed=task.seed)
    except ModelError as error:
        return refusal(error, task.data.input_names)
    return {
        "evaluation": to_arrow(scores.summary),
        "predictions": to_arrow(scores.predictions),
        "repeats": to_arrow(scores.repeats),
        **model_to_bytes(model),
    }


def run_explanation(task: ExplanationTask) -> Products:
    """Return a model's explanations, or why there are none."""
    try:
        explanation = explain(task.data, task.model, n_bootstraps=task.n_bootstraps, seed=task.seed)
    except (ExplanationError, ModelError) as error:
        return refusal(error, task.data.input_names)
    return {
        "explanations": to_arrow(explanation.importances),
        "shapley_values": to_arrow(explanation.shapley),
        "interactions": to_arrow(explanation.interactions),
        "effects": to_arrow(explanation.effects),
    }


def run_significance(task: SignificanceTask) -> Products:
    """Return the analysis of variance and the tests of coefficients."""
    tests = significance(task.data)
    return {"anova": to_arrow(tests.anova), "coefficients": to_arrow(tests.coefficients)}


def run_verification(task: VerificationTask) -> Products:
    """Return the tables of one verification, or why there are none."""
    try:
        found = verify(
            task.study, task.data, task.models, n_bootstraps=task.n_bootstraps, seed=task.seed
        )
    except (DesignError, ModelError) as error:  # a region without room, limits that cannot be read
        return refusal(error, task.data.input_names)
    return {name: to_arrow(table) for name, table in found.tables.items()}


def run_drawing(task: DrawingTask) -> Products:
    """Return a figure as SVG."""
    return {"svg": draw_figure(task.figure).encode()}


def model_name(target: str, scenario: str, family: str) -> str:
    """Return the name under which a model is kept in ``results/models``."""
    return "__".join(file_name(part) for part in (target, scenario, family))


def refusal(error: ElectrodeError, input_names: Sequence[str]) -> Products:
    """Return an error as a product; inputs that a model knows by number alone get their names."""
    parts = {"what": error.what, "where": error.where, "fix": error.fix}
    named = {
        part: _ANONYMOUS.sub(lambda n: input_names[int(n[1]) - 1], text)
        for part, text in parts.items()
    }
    return {REFUSED: json.dumps(named).encode()}
