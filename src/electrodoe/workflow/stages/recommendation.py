"""Stage 5: which settings, how sure, how far to drift, what to run next; written, and read back."""

import json
from itertools import compress
from typing import Final

import polars as pl

from electrodoe.dataset import TrainingData, confounded_factors
from electrodoe.errors import DesignError, ElectrodeError, ModelError, RecommendationError
from electrodoe.models import FittedModel, needs_refits
from electrodoe.optimize import Recommendation, Refusal
from electrodoe.report.figures.operating_window import OPERATING_WINDOW_SCHEMA
from electrodoe.workflow.manifest import is_simulated_study
from electrodoe.workflow.recommending.basis import (
    FinishedModel,
    decided_scenario,
    finished_models,
    goal_data,
    has_goals,
    predictable,
)
from electrodoe.workflow.recommending.files import (
    RECOMMENDATION_FILE,
    WINDOW_MAP,
    set_filled_sheets_aside,
)
from electrodoe.workflow.recommending.screening_runs import screening_sheets
from electrodoe.workflow.recommending.tasks import (
    RecommendationTask,
    RefitTask,
    choices,
    refit_tasks,
    refitted,
    run_recommendation,
    run_refit,
)
from electrodoe.workflow.run import Run, seed_for
from electrodoe.workflow.run_folder import Products, from_csv
from electrodoe.workflow.tables import REFUSAL_SCHEMA, as_csv, read_back
from electrodoe.workflow.tasks import REFUSED

_TABLE: Final = "recommendation_refused"


def make_recommendation(run: Run) -> Products:
    """Return the files of a recommendation, or why there is none; without goals, an empty table."""
    set_filled_sheets_aside(run.folder)
    refused = REFUSAL_SCHEMA.frame([])
    products: Products = {}
    if has_goals(run.study):
        try:
            products = recommended_products(run, recommendation_task(run))
        except (DesignError, ModelError, RecommendationError) as error:
            refused = _refused(run, error)
    drawn_later = f"figures/{WINDOW_MAP}."  # by the stage that draws what the report shows
    own = {name: each for name, each in products.items() if not name.startswith(drawn_later)}
    if not own:
        own |= _runs_that_part(run)
    return own | as_csv({_TABLE: refused})


def _runs_that_part(run: Run) -> Products:
    """Return the run sheets of a screening design whose effects are aliased, if it is one."""
    screening, runs = (read_back(run.folder, name) for name in ("screening", "screening_runs"))
    seed = seed_for(run.study.settings.seed, "screening")
    return screening_sheets(run.study, screening, runs, seed)


def read_recommendation(run: Run) -> Recommendation | Refusal | None:
    """Return a recommendation, why there is none, or None where no goal is declared."""
    if not has_goals(run.study):
        return None
    refused = read_back(run.folder, _TABLE)
    if refused.height:
        return Refusal(**refused.select("what", "where", "fix").row(0, named=True))
    return Recommendation.from_json(run.folder.read(RECOMMENDATION_FILE))


def window_map(run: Run) -> pl.DataFrame | None:
    """Return where all specifications hold, as the recommendation's map shows it, if it has one."""
    recommendation = read_recommendation(run)
    if not isinstance(recommendation, Recommendation) or WINDOW_MAP not in recommendation.pictures:
        return None
    return from_csv(run.folder.read(f"{WINDOW_MAP}.csv"), OPERATING_WINDOW_SCHEMA)


def recommendation_task(run: Run) -> RecommendationTask:
    """Return what a run recommends from; what has to be fitted anew is kept part by part."""
    data = goal_data(run.dataset)
    choices(run.study, data)  # a category or a limit that cannot be read costs no refit
    all_models = finished_models(run.folder, data, run.study.recommend.family)
    kept = predictable(all_models)
    data, models = tuple(compress(data, kept)), tuple(compress(all_models, kept))
    return RecommendationTask(
        study=run.study,
        data=data,
        models=models,
        left_alone=tuple(
            each.learned for each, is_kept in zip(all_models, kept, strict=True) if not is_kept
        ),
        refits=_refits(run, data, models),
        is_simulated=is_simulated_study(run.study, run.folder.path.parent),
        confounded=confounded_factors(run.dataset, decided_scenario(run.study)),
    )


def recommended_products(run: Run, task: RecommendationTask) -> Products:
    """Return every file of a recommendation, pictures among them."""
    (products,) = run.parts("recommendation", run_recommendation, [task])
    _raise_refusal(products)
    return products


def _refits(
    run: Run, data: tuple[TrainingData, ...], models: tuple[FinishedModel, ...]
) -> tuple[tuple[FittedModel, ...], ...]:
    """Return the models without each configuration, made side by side."""
    width = run.study.settings.plan.search_width
    tasks = [
        refit_tasks(own, each.model, width) if needs_refits(each.model) else list[RefitTask]()
        for own, each in zip(data, models, strict=True)
    ]
    done = iter(run.parts("refits", run_refit, [task for own in tasks for task in own]))
    return tuple(tuple(_model(next(done)) for _ in own) for own in tasks)


def _model(products: Products) -> FittedModel:
    """Return a refitted model."""
    _raise_refusal(products)
    return refitted(products)


def _raise_refusal(products: Products) -> None:
    """Raise what a task could not do."""
    if REFUSED in products:
        raise RecommendationError(**json.loads(products[REFUSED]))


def _refused(run: Run, error: ElectrodeError) -> pl.DataFrame:
    """Return the reason as a table of one row."""
    wanted = [name for name, response in run.study.responses.items() if response.goal is not None]
    row: dict[str, object] = {
        "stage": "recommendation",
        "target": ", ".join(wanted),
        "scenario": decided_scenario(run.study),
        "family": "",
        "what": error.what,
        "where": error.where,
        "fix": error.fix,
    }
    return REFUSAL_SCHEMA.frame([row])
