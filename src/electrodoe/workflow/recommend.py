"""A recommendation from a finished run, though goals may have changed since; nothing else runs."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from electrodoe.optimize import Recommendation, SetPoint
from electrodoe.storage import digest
from electrodoe.study import Study
from electrodoe.workflow.engines import Engine, LocalEngine
from electrodoe.workflow.finished import kept_run
from electrodoe.workflow.manifest import read_manifest
from electrodoe.workflow.recommending.basis import wanted_responses
from electrodoe.workflow.recommending.files import RECOMMENDATION_FILE, set_filled_sheets_aside
from electrodoe.workflow.recommending.tasks import settings_for_wanted
from electrodoe.workflow.run import Run
from electrodoe.workflow.run_folder import Products
from electrodoe.workflow.stages.recommendation import recommendation_task, recommended_products


@dataclass(frozen=True, kw_only=True, eq=False)
class RecommendOutcome:
    """What a recommendation has found and left behind.

    Attributes
    ----------
    summary, unknowns : tuple of str
        The recommendation in words, and what it does not know.
    wanted : SetPoint or None
        Settings for wanted values, where some were asked for.
    folder : Path
        The results folder.
    files : tuple of str
        Products, relative to the folder.
    is_in_report : bool
        Whether the run's report tells the same.
    """

    summary: tuple[str, ...]
    unknowns: tuple[str, ...]
    wanted: SetPoint | None
    folder: Path
    files: tuple[str, ...]
    is_in_report: bool


def recommend_study(
    study: Study,
    folder: Path,
    targets: Mapping[str, float] | None = None,
    engine: Engine | None = None,
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
    engine : Engine or None
        Where models are fitted anew; this process where it is not given.

    Returns
    -------
    RecommendOutcome
        The same bytes as the run's own stage for the same study, effort and seed.

    Raises
    ------
    ElectrodeError
        If no goal is declared, no run is finished, or nothing can be recommended; nothing is
        written then.
    """
    wanted_responses(study)
    run = kept_run(study, folder, engine or LocalEngine(n_workers=1))
    task = recommendation_task(run)
    products = recommended_products(run, task)
    wanted = settings_for_wanted(task, targets) if targets else None
    set_filled_sheets_aside(run.folder)
    run.folder.write(products)
    reported = Recommendation.from_json(products[RECOMMENDATION_FILE])
    return RecommendOutcome(
        summary=reported.summary,
        unknowns=reported.unknown,
        wanted=wanted,
        folder=run.folder.path,
        files=tuple(products),
        is_in_report=_is_in_report(run, products),
    )


def _is_in_report(run: Run, products: Products) -> bool:
    """Return whether the last run has left the same account."""
    manifest = read_manifest(run.folder.path)
    record = None if manifest is None else manifest.stages.get("recommendation")
    last = None if record is None else record.products.get(RECOMMENDATION_FILE)
    return last == digest(products[RECOMMENDATION_FILE])
