"""What several sentences of a recommendation say alike."""

from collections.abc import Iterable, Mapping

from electrodoe.findings.wording import counted
from electrodoe.optimize import (
    CONFIRMATION,
    EXPLOITATION,
    EXPLORATION,
    LACK_OF_FIT,
    Learned,
    OptimizationResult,
    Promise,
)
from electrodoe.report.naming import format_value, in_sentence, is_binary, listed
from electrodoe.report.rounding import about
from electrodoe.study import Study


def in_row(study: Study, values: Mapping[str, float | str]) -> str:
    """Return settings, or what is predicted, in a row."""
    return listed(
        [f"{in_sentence(study, n)} {format_value(study, n, v)}" for n, v in values.items()]
    )


def predicted(promises: Iterable[Promise]) -> dict[str, float | str]:
    """Return what is predicted of each response."""
    return {promise.response_name: promise.predicted for promise in promises}


def prediction(study: Study, promise: Promise) -> str:
    """Return what is predicted of one response; on another scale that is a median."""
    name = promise.response_name
    median = "" if study.responses[name].transform is None else " (median)"
    return f"{in_sentence(study, name)} {format_value(study, name, promise.predicted)}{median}"


def speaks_of_outcomes(study: Study, found: OptimizationResult) -> bool:
    """Return whether a goal is of the probability of an outcome."""
    return any(is_binary(study, goal.response_name) for goal in found.decision.goals)


def purposes(found: OptimizationResult) -> dict[str, int]:
    """Return how many runs are proposed for each purpose, in the order of their mention."""
    proposed = found.next_runs.frame["purpose"].to_list()
    order = (CONFIRMATION, EXPLORATION, EXPLOITATION, LACK_OF_FIT)
    return {purpose: proposed.count(purpose) for purpose in order if purpose in proposed}


def keeps(study: Study, found: OptimizationResult) -> str:
    """Return what a chance is of: of a product, and of probabilities that are asked for."""
    asked = [goal for goal in found.decision.goals if goal.has_specification]
    names = [each.response_name for each in asked if is_binary(study, each.response_name)]
    if not names:
        return "a product keeps all specifications"
    kept = [f"the {in_sentence(study, name)} keeps its limit" for name in names]
    return listed([*(["a product keeps all others"] if len(names) < len(asked) else []), *kept])


def estimated_chance(found: OptimizationResult) -> str:
    """Return the chance at the recommended settings, and where no more can be told of it."""
    chance = found.set_point.probability_of_all_specifications
    if chance < found.decision.said(1.0):
        return about(chance)
    n_configurations = min(data.n_configurations for data in found.decision.data)
    runs = counted(n_configurations, "configuration")
    return f"{about(chance)} (the most that {runs} can tell)"


def score_word(study: Study, learned: Learned) -> str:
    """Return what the score of a response is called."""
    return "skill" if is_binary(study, learned.response_name) else "R²"
