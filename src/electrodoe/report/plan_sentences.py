"""What a plan is and how good, in sentences with their numbers."""

from electrodoe.design.evaluation import PlanEvaluation
from electrodoe.design.planning import Planned
from electrodoe.report.naming import shown
from electrodoe.report.rounding import percent, significant
from electrodoe.study import Study


def plan_sentences(
    study: Study,
    planned: Planned,
    evaluation: PlanEvaluation,
    factorial: PlanEvaluation | None,
) -> list[str]:
    """Return what a plan is and how good, in sentences with their numbers."""
    pairs = ", ".join(
        f"{count} of {shown(study, first).label} and {shown(study, second).label}"
        for first, second, count in evaluation.pairs.iter_rows()
    )
    sentences = [
        f"{evaluation.n_runs} runs at {evaluation.n_distinct} distinct settings estimate the"
        f" {evaluation.n_terms} terms of the model"
        + (f"; distinct pairs: {pairs}." if pairs else "."),
    ]
    mean, bound = (
        evaluation.value(name) for name in ("i_continuous", "i_continuous_efficiency_bound")
    )
    if mean is not None:
        proven = (
            f" No plan of as many runs can have less than {percent(bound)} of it: proven, see"
            " below."
            if bound
            else ""
        )
        sentences.append(
            f"On average over the region a prediction has {significant(mean)} of a run's variance"
            f" (criterion I), at worst {significant(evaluation.quantiles['greatest'])}.{proven}"
        )
    if planned.result is not None:
        result = planned.result
        sentences.append(
            f"{result.n_starts} random starts were improved by exchange"
            + (f" and {result.n_rounds} rounds of kicks" if result.n_rounds else "")
            + f"; {result.n_reached} ended at this optimum."
        )
    if planned.costs:
        asked = planned.costs["goal_with_extra_runs"]
        free = planned.costs["goal_without_extra_runs"]
        sentences.append(
            f"Center, replicate and lack-of-fit runs cost {percent(asked / free - 1.0)} of the"
            f" criterion: {significant(asked)} beside {significant(free)} without them."
        )
    if factorial is not None and mean is not None:
        other = factorial.value("i_continuous")
        if other:
            sentences.append(
                f"The full factorial takes {factorial.n_runs} runs and reaches"
                f" {significant(other)}: {significant(factorial.n_runs / evaluation.n_runs, 2)}"
                f" times the work for {significant(mean / other, 2)} times less variance."
            )
    sentences.append(
        f"{evaluation.pure_error_degrees_of_freedom} degrees of freedom are left for pure error,"
        f" {evaluation.lack_of_fit_degrees_of_freedom} for lack of fit."
    )
    return sentences
