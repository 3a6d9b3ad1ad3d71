"""The full factorial, which stands beside a plan where nothing else does."""

from typing import Final

from electrodoe.design.assessment.evaluation import evaluate_plan
from electrodoe.design.classical import full_factorial
from electrodoe.design.model.plan_model import PlanModel
from electrodoe.errors import DesignError
from electrodoe.report.plan_sentences import NamedEvaluation

_MOST_RUNS: Final = 5_000


def judged_factorial(model: PlanModel) -> NamedEvaluation | None:
    """Return the full factorial, where every factor has levels and no limit cuts it.

    Parameters
    ----------
    model : PlanModel
        Region and model; whole plots are left aside.

    Returns
    -------
    NamedEvaluation or None
        Without bounds; None also where it is too large to make, or its levels do not determine
        the model.
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
