"""The parts of a recommendation: a refit without one configuration, and all that follows."""

from collections.abc import Mapping
from dataclasses import dataclass

from electrodoe.dataset import TrainingData, leave_groups_out, left_out_units
from electrodoe.errors import DesignError, ModelError, RecommendationError
from electrodoe.models import (
    FittedModel,
    model_from_bytes,
    model_to_bytes,
    predictive,
    refit_without,
)
from electrodoe.optimize import (
    Decision,
    Learned,
    PossibleSettings,
    SetPoint,
    decision,
    optimize_settings,
    possible_settings,
    settings_for,
)
from electrodoe.storage import digest
from electrodoe.study import Study, study_text
from electrodoe.workflow.recommending.basis import FinishedModel, shape_tests
from electrodoe.workflow.recommending.files import recommendation_files
from electrodoe.workflow.run import seed_for
from electrodoe.workflow.run_folder import Products
from electrodoe.workflow.tasks import content_of, part_key, refusal


@dataclass(frozen=True, kw_only=True)
class RefitTask:
    """Fit a model anew without one configuration, its hyperparameters chosen anew.

    Attributes
    ----------
    data : TrainingData
        All samples.
    model : FittedModel
        Says family and seed.
    number : int
        Position of the configuration that is left out.
    width : int
        Search for hyperparameters, as in ``electrodoe.models.tune``.
    """

    data: TrainingData
    model: FittedModel
    number: int
    width: int

    @property
    def key(self) -> str:
        """Return a hash of everything the products depend on."""
        model = self.model
        given = dict(model.given_hyperparameters)
        settings: list[object] = [model.family, model.seed, self.number, self.width, given]
        return part_key("refit", settings, content_of(self.data))


@dataclass(frozen=True, kw_only=True)
class RecommendationTask:
    """Recommend settings, window and next runs.

    Attributes
    ----------
    study : Study
        Goals, factors and words.
    data : tuple of TrainingData
        One for each response with a goal.
    models : tuple of FinishedModel
        One for each of the data.
    refits : tuple of tuple of FittedModel
        Without each configuration, model by model; empty where a model needs none.
    is_simulated : bool
        Whether the samples were made up, which page and pictures then say.
    confounded : tuple of (str, str)
        Factors that cannot be distinguished from a circumstance, each with that column.
    left_alone : tuple of Learned
        Responses with a goal that nothing predicts: they take no part in the choice.
    """

    study: Study
    data: tuple[TrainingData, ...]
    models: tuple[FinishedModel, ...]
    refits: tuple[tuple[FittedModel, ...], ...]
    is_simulated: bool
    confounded: tuple[tuple[str, str], ...]
    left_alone: tuple[Learned, ...] = ()

    @property
    def key(self) -> str:
        """Return a hash of everything the products depend on."""
        fitted = [each.model for each in self.models]
        fitted += [model for refits in self.refits for model in refits]
        learned = [each.learned for each in self.models]
        scores = [[each.r2_loco, each.r2_lower, each.r2_likely] for each in learned]
        alone = [[each.response_name, each.r2_loco] for each in self.left_alone]
        return part_key(
            "recommend",
            [self.is_simulated, self.confounded, alone, *scores],
            study_text(self.study).encode(),
            *map(content_of, self.data),
            *(digest(*model_to_bytes(model).values()).encode() for model in fitted),
        )

    @property
    def seed(self) -> int:
        """Return the start of every random choice."""
        return seed_for(self.study.settings.seed, "recommend")


def refit_tasks(data: TrainingData, model: FittedModel, width: int) -> list[RefitTask]:
    """Return one task per configuration, or per group of them where they are many."""
    n = len(leave_groups_out(left_out_units(data)))
    return [RefitTask(data=data, model=model, number=number, width=width) for number in range(n)]


def run_refit(task: RefitTask) -> Products:
    """Return the refitted model, or why there is none."""
    left_out = leave_groups_out(left_out_units(task.data))[task.number]
    try:
        return model_to_bytes(refit_without(task.data, task.model, left_out, width=task.width))
    except ModelError as error:
        return refusal(error, task.data.column_names)


def refitted(products: Products) -> FittedModel:
    """Return the model that :func:`run_refit` has made."""
    return model_from_bytes(products)


def run_recommendation(task: RecommendationTask) -> Products:
    """Return the files of a recommendation, or why there are none."""
    learned = tuple(each.learned for each in task.models)
    try:
        found = optimize_settings(
            _decided(task),
            choices(task.study, task.data),
            learned,
            task.study.recommend,
            task.seed,
            shape_tests(task.data),
        )
    except (DesignError, ModelError, RecommendationError) as error:
        return refusal(error, task.data[0].column_names)
    return recommendation_files(
        task.study,
        found,
        task.seed,
        confounded=task.confounded,
        left_alone=task.left_alone,
        is_simulated=task.is_simulated,
    )


def settings_for_wanted(task: RecommendationTask, targets: Mapping[str, float]) -> SetPoint:
    """Return the settings that come nearest to some wanted values."""
    return settings_for(_decided(task), targets, task.seed)


def choices(study: Study, data: tuple[TrainingData, ...]) -> PossibleSettings:
    """Return the settings that a study's recommendation may choose from."""
    return possible_settings(study, data[0], data[1:], levels_only=study.recommend.levels_only)


def _decided(task: RecommendationTask) -> Decision:
    """Return what everything follows from."""
    known = tuple(
        predictive(own, each.model, refits=refits)
        for own, each, refits in zip(task.data, task.models, task.refits, strict=True)
    )
    return decision(
        task.study,
        choices(task.study, task.data).region,
        known,
        task.data,
        can_guarantee=all(each.learned.r2_lower > 0.0 for each in task.models),
    )
