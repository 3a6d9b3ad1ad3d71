"""Everything that is known about a plan, as JSON."""

import json
from typing import Any, Final

from electrodoe import __version__
from electrodoe.design.assessment.evaluation import PlanEvaluation, compare_plans
from electrodoe.design.assessment.extra_run_summary import extra_run_sentences
from electrodoe.design.planning import Planned
from electrodoe.report.plan_sentences import NamedEvaluation
from electrodoe.study import Study

RUN_PLAN_FILE: Final = "run_plan.csv"


def account(
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
            "rounds_of_kicks": result.n_rounds,
        },
        "extra_runs": extra_run_sentences(planned.plan),
        "costs_of_extra_runs": planned.costs,
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
