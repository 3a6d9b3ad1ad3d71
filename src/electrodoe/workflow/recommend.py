"""A recommendation: from a finished run's models and declared goals to settings, window, runs."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from electrodoe.dataset import TrainingData
from electrodoe.design.derived_settings import derive_settings
from electrodoe.errors import RecommendationError
from electrodoe.models import predictive
from electrodoe.optimize import (
    Recommendation,
    SetPoint,
    decision,
    possible_settings,
    recommend,
    settings_for,
)
from electrodoe.report import draw_figure
from electrodoe.report.figures import operating_window, specification_overlay
from electrodoe.report.recommendation_limits import unknowns
from electrodoe.report.recommendation_page import Pictures, recommendation_html
from electrodoe.report.recommendation_sentences import summary
from electrodoe.report.run_sheet import (
    order_sentence,
    run_sheet_csv,
    run_sheet_html,
    run_sheet_xlsx,
)
from electrodoe.study import Study
from electrodoe.workflow.finished_models import finished_models
from electrodoe.workflow.loading import load_dataset
from electrodoe.workflow.plan_pictures import picture_files
from electrodoe.workflow.recommendation_account import account
from electrodoe.workflow.run_folder import Products, RunFolder
from electrodoe.workflow.seeds import seed_for
from electrodoe.workflow.shape_tests import shape_tests

_RESULTS: Final = "results"
RECOMMENDATION_FILE: Final = "recommendation.json"


@dataclass(frozen=True, kw_only=True, eq=False)
class RecommendOutcome:
    """What a recommendation has found and left behind.

    Attributes
    ----------
    found : Recommendation
        Settings, window, runs.
    summary, unknowns : tuple of str
        The recommendation in words, and what it does not know.
    wanted : SetPoint or None
        Settings for wanted values, where some were asked for.
    folder : Path
        The results folder.
    files : tuple of str
        Products, relative to the folder.
    """

    found: Recommendation
    summary: tuple[str, ...]
    unknowns: tuple[str, ...]
    wanted: SetPoint | None
    folder: Path
    files: tuple[str, ...]


def recommend_study(
    study: Study, folder: Path, targets: Mapping[str, float] | None = None
) -> RecommendOutcome:
    """Recommend settings from a finished run, and write recommendation, page and run sheets.

    Parameters
    ----------
    study : Study
        With a goal for at least one response.
    folder : Path
        The study's folder; ``results`` holds a finished run.
    targets : mapping of str to float or None
        Wanted values of some responses, to be answered with settings of their own.

    Returns
    -------
    RecommendOutcome
        The same bytes for the same study and run.

    Raises
    ------
    ElectrodeError
        If no goal is declared, no run is finished, or nothing can be recommended; nothing is
        written then.
    """
    data = goal_data(study, folder)
    seed = seed_for(study.settings.seed, "recommend")
    request = study.recommend
    finished = finished_models(folder, data, request.family)
    width = study.settings.plan.search_width
    known = tuple(
        predictive(own, each.model, width=width) for own, each in zip(data, finished, strict=True)
    )
    possible = possible_settings(study, data[0], levels_only=request.levels_only)
    made = decision(study, possible.region, known, data)
    learned = tuple(each.learned for each in finished)
    found = recommend(made, possible, learned, request, seed, shape_tests(data))
    wanted = settings_for(made, targets, seed) if targets else None
    words = tuple(summary(study, found)), tuple(unknowns(study, found))
    products = _products(study, found, words, seed)
    results = RunFolder(path=folder / _RESULTS)
    results.write(products)
    return RecommendOutcome(
        found=found,
        summary=words[0],
        unknowns=words[1],
        wanted=wanted,
        folder=results.path,
        files=tuple(products),
    )


def goal_data(study: Study, folder: Path) -> tuple[TrainingData, ...]:
    """Return the samples of every response with a goal, in the scenario that is decided on.

    Parameters
    ----------
    study : Study
        Goals and scenario.
    folder : Path
        The study's folder.

    Returns
    -------
    tuple of TrainingData
        In the order of declaration.

    Raises
    ------
    RecommendationError
        If no response of the scenario has a goal.
    """
    scenario = study.recommend.scenario or next(iter(study.scenarios))
    wanted = [name for name, response in study.responses.items() if response.goal is not None]
    if not wanted:
        raise RecommendationError(
            "no response has a goal: nothing says what is wanted",
            where="study.toml, [responses]",
            fix='add goal = "maximize", "minimize", "target" or "range" to a response',
        )
    modeled = study.responses_of(scenario)
    for name in wanted:
        if name not in modeled:
            raise RecommendationError(
                f"'{name}' has a goal, and scenario '{scenario}' does not model it",
                where="study.toml, [recommend], key 'scenario'",
                fix="name a scenario that models every response with a goal",
            )
    dataset = load_dataset(study, folder)
    return tuple(dataset.training_data(name, scenario) for name in wanted)


def _products(
    study: Study, found: Recommendation, words: tuple[tuple[str, ...], tuple[str, ...]], seed: int
) -> Products:
    """Return the files of a recommendation."""
    built = [kind.build(study, found) for kind in (operating_window, specification_overlay)]
    pictures: Pictures = tuple((data, draw_figure(data)) for data in built if data is not None)
    plan = found.next_runs
    derived = derive_settings(study, plan)
    order = order_sentence(study, plan, seed)
    return {
        RECOMMENDATION_FILE: account(found, *words),
        "recommendation.html": recommendation_html(study, found, pictures).encode(),
        "next_runs.csv": run_sheet_csv(study, plan, derived),
        "next_runs.xlsx": run_sheet_xlsx(study, plan, derived, order),
        "next_runs.html": run_sheet_html(study, plan, derived, order).encode(),
        **picture_files(pictures),
    }
