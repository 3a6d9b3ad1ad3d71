"""A plan: from declared factors to the run plan, its run sheet, and how good it is."""

import json
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any, Final

import polars as pl
import polars.selectors as cs

from electrodoe import __version__
from electrodoe.design.assessment.evaluation import PlanEvaluation, compare_plans, evaluate_plan
from electrodoe.design.assessment.extra_run_summary import extra_run_sentences
from electrodoe.design.classical import full_factorial
from electrodoe.design.model.plan_model import PlanModel
from electrodoe.design.planning import Planned, plan_runs
from electrodoe.design.run_plan import RUN
from electrodoe.design.run_sheet.derived_settings import DerivedSettings, derive_settings
from electrodoe.errors import DesignError
from electrodoe.findings import Finding
from electrodoe.report.figure import Pictures
from electrodoe.report.plan_page import PlanPage, draw_plan, plan_html
from electrodoe.report.plan_sentences import NamedEvaluation, plan_sentences
from electrodoe.report.run_sheet import (
    order_sentence,
    run_sheet_csv,
    run_sheet_html,
    run_sheet_xlsx,
)
from electrodoe.study import Study
from electrodoe.workflow.run_folder import FIGURES, RESULTS, Products, RunFolder, to_csv
from electrodoe.workflow.run_tables import RUN_PLAN_FILE, existing_runs

_MOST_RUNS: Final = 5_000
"""A full factorial that is larger stands beside no plan: nobody would make it."""
_DERIVED_DIGITS: Final = 6
"""More than any machine can be set to."""


@dataclass(frozen=True, kw_only=True, eq=False)
class PlanOutcome:
    """What planning has found and left behind.

    Attributes
    ----------
    planned : Planned
        The plan and its making.
    evaluated : NamedEvaluation
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
    reading : tuple of Finding
        What was taken as what in the table of existing runs.
    """

    planned: Planned
    evaluated: NamedEvaluation
    factorial: NamedEvaluation | None
    derived: DerivedSettings
    order: str
    sentences: tuple[str, ...]
    folder: Path
    files: tuple[str, ...]
    reading: tuple[Finding, ...] = ()

    @property
    def findings(self) -> tuple[Finding, ...]:
        """Return how existing runs were read, and the remarks of the derived settings."""
        return (*self.reading, *self.derived.findings)


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
    existing = existing_runs(study, folder)
    planned = plan_runs(study, existing)
    model = _model(planned)
    evaluation = evaluate_plan(model, planned.design, existing=planned.existing)
    evaluated = NamedEvaluation(name="this plan", evaluation=evaluation)
    factorial = evaluated_factorial(model)
    derived = derive_settings(study, planned.plan)
    order = order_sentence(study, planned.plan, study.settings.seed)
    sentences = plan_sentences(study, evaluated, factorial, planned)
    page = PlanPage(
        study=study,
        heading="Plan",
        plan=planned.plan,
        evaluated=evaluated,
        beside=factorial,
        summary=sentences,
        about_runs=(order,),
        settings=derived.frame,
    )
    pictures = draw_plan(page)
    products: Products = {
        RUN_PLAN_FILE: to_csv(_with_derived(planned, derived)),
        "plan.json": _summary(study, planned, evaluation, factorial, order),
        "plan.html": plan_html(page, pictures).encode(),
        "run_sheet.csv": run_sheet_csv(study, planned.plan, derived),
        "run_sheet.xlsx": run_sheet_xlsx(study, planned.plan, derived, order),
        "run_sheet.html": run_sheet_html(study, planned.plan, derived, order).encode(),
        **picture_files(pictures),
    }
    results = RunFolder(path=folder / RESULTS)
    results.write(products)
    return PlanOutcome(
        reading=() if existing is None else existing.findings,
        planned=planned,
        evaluated=evaluated,
        factorial=factorial,
        derived=derived,
        order=order,
        sentences=tuple(sentences),
        folder=results.path,
        files=tuple(products),
    )


def _model(planned: Planned) -> PlanModel:
    """Return what a plan is evaluated for."""
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


def evaluated_factorial(model: PlanModel) -> NamedEvaluation | None:
    """Return the full factorial, where every factor has levels and no limit cuts it.

    Whole plots are left aside, and bounds; None also where it is too large to make, or its levels
    do not determine the model.
    """
    region = model.region
    is_listed = all(axis.levels is not None for axis in region.axes)
    if not is_listed or region.is_limited or region.n_grid(2) > _MOST_RUNS:
        return None
    independent = PlanModel(region=region, terms=model.terms)
    try:
        evaluation = evaluate_plan(independent, full_factorial(region, 2), with_bound=False)
    except DesignError:
        return None
    return NamedEvaluation(name="full factorial", evaluation=evaluation)


def _summary(
    study: Study,
    planned: Planned,
    evaluation: PlanEvaluation,
    factorial: NamedEvaluation | None,
    order: str,
) -> bytes:
    """Return everything that is known about a plan as JSON."""
    request, result = study.plan, planned.result
    content: dict[str, Any] = {
        "title": study.title,
        "version": __version__,
        "request": request.model_dump(mode="json", exclude_none=True) if request else {},
        "seed": study.settings.seed,
        "model": planned.terms.names,
        "moments": planned.moments.how,
        "order": order,
        "search": None
        if result is None
        else {
            "goal": result.value,
            "starts": result.n_starts,
            "reached_by": result.n_reached,
            "rounds_of_perturbations": result.n_rounds,
        },
        "extra_runs": extra_run_sentences(planned.plan),
        "costs_of_extra_runs": planned.costs,
        "distinct_settings": None if planned.distinct is None else asdict(planned.distinct),
        **criteria_content(evaluation),
    }
    if factorial is not None:
        compared = compare_plans(evaluation, factorial.evaluation)
        content["beside_the_full_factorial"] = {
            "runs": factorial.evaluation.n_runs,
            "criteria": compared.rename({"first": "plan", "second": "factorial"}).to_dicts(),
        }
    return to_json(content)


def criteria_content(evaluation: PlanEvaluation) -> dict[str, Any]:
    """Return an evaluation as JSON values, without its curves."""
    return {
        "runs": evaluation.n_runs,
        "terms_of_the_model": evaluation.n_terms,
        "distinct_runs": evaluation.n_distinct,
        "pure_error_degrees_of_freedom": evaluation.pure_error_degrees_of_freedom,
        "pure_error_degrees_of_freedom_between_groups": (
            evaluation.pure_error_degrees_of_freedom_between_groups
        ),
        "lack_of_fit_degrees_of_freedom": evaluation.lack_of_fit_degrees_of_freedom,
        "criteria": {
            name: {"value": value, "definition": definition}
            for name, value, definition in evaluation.criteria.iter_rows()
        },
        "fraction_of_design_space": evaluation.quantiles,
        "distinct_pairs": evaluation.pairs.to_dicts(),
        "terms": evaluation.terms.to_dicts(),
        "leverages": evaluation.leverages["leverage"].to_list(),
        "aliases": evaluation.aliases.to_dicts(),
        "notes": list(evaluation.notes),
    }


def to_json(content: dict[str, Any]) -> bytes:
    """Return JSON for people and machines."""
    return (json.dumps(content, indent=2, ensure_ascii=False, allow_nan=False) + "\n").encode()


def picture_files(pictures: Pictures) -> dict[str, bytes]:
    """Return every picture as SVG."""
    return {f"{FIGURES}/{data.name}.svg": svg.encode() for data, svg in pictures}
