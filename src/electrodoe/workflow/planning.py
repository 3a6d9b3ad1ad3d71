"""A plan: from declared factors to the run plan, its run sheet, and how good it is."""

from dataclasses import dataclass
from pathlib import Path
from typing import Final

import polars as pl
import polars.selectors as cs

from electrodoe.design.assessment.evaluation import evaluate_plan
from electrodoe.design.model.plan_model import PlanModel
from electrodoe.design.planning import Planned, plan_runs
from electrodoe.design.run_plan import RUN
from electrodoe.design.run_sheet.derived_settings import DerivedSettings, derive_settings
from electrodoe.findings import Finding
from electrodoe.report.plan_page import PlanPage, draw_plan, plan_html
from electrodoe.report.plan_sentences import NamedEvaluation, plan_sentences
from electrodoe.report.run_sheet import (
    order_sentence,
    run_sheet_csv,
    run_sheet_html,
    run_sheet_xlsx,
)
from electrodoe.study import Study
from electrodoe.workflow.factorial import judged_factorial
from electrodoe.workflow.frames import to_csv
from electrodoe.workflow.plan_account import RUN_PLAN_FILE, account
from electrodoe.workflow.plan_pictures import picture_files
from electrodoe.workflow.run_folder import Products, RunFolder
from electrodoe.workflow.runs_made import runs_made

_RESULTS: Final = "results"
_DERIVED_DIGITS: Final = 6


@dataclass(frozen=True, kw_only=True, eq=False)
class PlanOutcome:
    """What planning has found and left behind.

    Attributes
    ----------
    planned : Planned
        The plan and its making.
    judged : NamedEvaluation
        How good it is.
    factorial : NamedEvaluation or None
        The full factorial beside it, where every factor has levels and no limit cuts it.
    derived : DerivedSettings
        What to set, and remarks about what could not be derived.
    order : str
        How the order was randomized.
    sentences : tuple of str
        What the plan is and how good.
    folder : Path
        The results folder.
    files : tuple of str
        Products, relative to the folder.
    """

    planned: Planned
    judged: NamedEvaluation
    factorial: NamedEvaluation | None
    derived: DerivedSettings
    order: str
    sentences: tuple[str, ...]
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
    planned = plan_runs(study, runs_made(study, folder))
    model = _model(planned)
    evaluation = evaluate_plan(model, planned.design, made=planned.made)
    judged = NamedEvaluation(name="this plan", evaluation=evaluation)
    factorial = judged_factorial(model)
    derived = derive_settings(study, planned.plan)
    order = order_sentence(study, planned.plan, study.settings.seed)
    sentences = plan_sentences(study, judged, factorial, planned)
    page = PlanPage(
        study=study,
        heading="Plan",
        plan=planned.plan,
        judged=judged,
        beside=factorial,
        summary=sentences,
        about_runs=(order,),
        settings=derived.frame,
    )
    pictures = draw_plan(page)
    products: Products = {
        RUN_PLAN_FILE: to_csv(_with_derived(planned, derived)),
        "plan.json": account(study, planned, evaluation, factorial, order),
        "plan.html": plan_html(page, pictures).encode(),
        "run_sheet.csv": run_sheet_csv(study, planned.plan, derived),
        "run_sheet.xlsx": run_sheet_xlsx(study, planned.plan, derived, order),
        "run_sheet.html": run_sheet_html(study, planned.plan, derived, order).encode(),
        **picture_files(pictures),
    }
    results = RunFolder(path=folder / _RESULTS)
    results.write(products)
    return PlanOutcome(
        planned=planned,
        judged=judged,
        factorial=factorial,
        derived=derived,
        order=order,
        sentences=tuple(sentences),
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


def _with_derived(planned: Planned, derived: DerivedSettings) -> pl.DataFrame:
    """Return the run plan with what follows from it, in digits that mean something."""
    rounded = derived.frame.with_columns(cs.float().round_sig_figs(_DERIVED_DIGITS))
    return planned.plan.frame.join(rounded, on=RUN, how="left", maintain_order="left")
