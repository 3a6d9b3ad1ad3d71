"""A plan: from declared factors to the run plan, its run sheet, and how good it is."""

import time
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import polars as pl
import polars.selectors as cs

from electrodoe.design.classical import full_factorial
from electrodoe.design.derived_settings import DerivedSettings, derive_settings
from electrodoe.design.evaluation import PlanEvaluation, evaluate_plan
from electrodoe.design.plan_model import PlanModel
from electrodoe.design.planning import Planned, plan_runs
from electrodoe.design.run_plan import RUN
from electrodoe.findings import Finding
from electrodoe.report.plan_page import PlanPictures, draw_plan, plan_html
from electrodoe.report.run_sheet import (
    order_sentence,
    run_sheet_csv,
    run_sheet_html,
    run_sheet_xlsx,
)
from electrodoe.study import Study
from electrodoe.workflow.frames import to_csv
from electrodoe.workflow.plan_account import RUN_PLAN_FILE, account
from electrodoe.workflow.run_folder import Products, RunFolder
from electrodoe.workflow.runs_made import runs_made

_RESULTS: Final = "results"
_MOST_FACTORIAL: Final = 5_000
_DERIVED_DIGITS: Final = 6


@dataclass(frozen=True, kw_only=True, eq=False)
class PlanOutcome:
    """What planning has found and left behind.

    Attributes
    ----------
    planned : Planned
        The plan and its making.
    evaluation : PlanEvaluation
        How good it is.
    factorial : PlanEvaluation or None
        The full factorial beside it, where every factor has levels and no limit cuts it.
    derived : DerivedSettings
        What to set, and remarks about what could not be derived.
    order : str
        How the order was randomized.
    folder : Path
        The results folder.
    files : tuple of str
        Products, relative to the folder.
    """

    planned: Planned
    evaluation: PlanEvaluation
    factorial: PlanEvaluation | None
    derived: DerivedSettings
    order: str
    folder: Path
    files: tuple[str, ...]

    @property
    def findings(self) -> tuple[Finding, ...]:
        """Return the remarks of the derived settings."""
        return tuple(self.derived.findings)


def plan_study(study: Study, folder: Path) -> PlanOutcome:
    """Plan a study's runs and write plan, account, page and run sheets.

    Parameters
    ----------
    study : Study
        With factors that have a region or levels, and a ``[plan]``.
    folder : Path
        The study's folder; ``results`` is made in it.

    Returns
    -------
    PlanOutcome
        The plan with everything beside it.

    Raises
    ------
    ElectrodeError
        If what is asked for cannot be planned; nothing is written then.
    """
    start = time.perf_counter()
    planned = plan_runs(study, runs_made(study, folder))
    seconds = time.perf_counter() - start
    model = _model(planned)
    evaluation = evaluate_plan(model, planned.design, made=planned.made)
    factorial = _factorial(model)
    derived = derive_settings(study, planned.plan)
    order = order_sentence(study, planned.plan, study.settings.seed)
    pictures = draw_plan(study, planned.plan, evaluation, factorial)
    products: Products = {
        RUN_PLAN_FILE: to_csv(_with_derived(planned, derived)),
        "plan.json": account(study, planned, evaluation, factorial, order, seconds),
        "plan.html": plan_html(
            study, planned, evaluation, factorial, derived.frame, order, pictures
        ).encode(),
        "run_sheet.csv": run_sheet_csv(study, planned.plan, derived),
        "run_sheet.xlsx": run_sheet_xlsx(study, planned.plan, derived, order),
        "run_sheet.html": run_sheet_html(study, planned.plan, derived, order).encode(),
        **_picture_files(pictures),
    }
    results = RunFolder(path=folder / _RESULTS)
    results.write(products)
    return PlanOutcome(
        planned=planned,
        evaluation=evaluation,
        factorial=factorial,
        derived=derived,
        order=order,
        folder=results.path,
        files=tuple(products),
    )


def _model(planned: Planned) -> PlanModel:
    """Return what a plan is judged for."""
    return PlanModel(
        region=planned.region,
        terms=planned.terms,
        groups=planned.groups,
        variance_ratio=planned.variance_ratio,
    )


def _factorial(model: PlanModel) -> PlanEvaluation | None:
    """Return the full factorial, where every factor has levels and no limit cuts it."""
    region = model.region
    is_listed = all(axis.levels is not None for axis in region.axes)
    if not is_listed or region.is_limited or region.n_grid(2) > _MOST_FACTORIAL:
        return None
    independent = PlanModel(region=region, terms=model.terms)
    return evaluate_plan(independent, full_factorial(region, 2), with_bound=False)


def _with_derived(planned: Planned, derived: DerivedSettings) -> pl.DataFrame:
    """Return the run plan with what follows from it, in digits that mean something."""
    rounded = derived.frame.with_columns(cs.float().round_sig_figs(_DERIVED_DIGITS))
    return planned.plan.frame.join(rounded, on=RUN, how="left", maintain_order="left")


def _picture_files(pictures: PlanPictures) -> dict[str, bytes]:
    """Return every picture as SVG and PNG."""
    files = {}
    for data, drawn in pictures:
        files[f"figures/{data.name}.svg"] = drawn.svg.encode()
        files[f"figures/{data.name}.png"] = drawn.png
    return files
