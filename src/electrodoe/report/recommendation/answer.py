"""The recommendation on one screen: settings, what comes out, how sure, what next, its limits."""

from collections.abc import Sequence

from electrodoe.design.run_plan import WHOLE_PLOT
from electrodoe.evaluate import Predictability, predictability
from electrodoe.findings.wording import counted
from electrodoe.models.intervals import LEVEL
from electrodoe.optimize import (
    CONFIRMATION,
    Learned,
    OptimizationResult,
    Promise,
    ends_reached,
    runs_beyond,
)
from electrodoe.report.naming import format_range, in_sentence, is_binary, listed
from electrodoe.report.recommendation.phrases import (
    estimated_chance,
    in_row,
    keeps,
    predicted,
    prediction,
    purposes,
    score_word,
    speaks_of_outcomes,
)
from electrodoe.report.rounding import at_least, brief_score, percent
from electrodoe.study import Study


def answer(
    study: Study,
    found: OptimizationResult,
    confounded: Sequence[tuple[str, str]] = (),
    left_alone: Sequence[Learned] = (),
) -> list[str]:
    """Return what a person needs first, a sentence or two each: the settings stand once.

    Parameters
    ----------
    study : Study
        Names of columns.
    found : OptimizationResult
        What was found.
    confounded : sequence of (str, str)
        Factors that cannot be distinguished from a circumstance, each with that column.
    left_alone : sequence of Learned
        Responses with a goal that nothing predicts.

    Returns
    -------
    list of str
        Settings; how far they may drift; what to expect; how sure that is; a bolder choice where
        there is one; what to run next; what limits it, where anything is known to.
    """
    limits = _limits(study, found, confounded, left_alone)
    expected = "; ".join(_expected(study, promise) for promise in found.set_point.responses)
    return [
        f"Recommended: {in_row(study, found.set_point.settings)}.",
        _keep(study, found),
        f"A new run should give {expected}.",
        *_chance(study, found),
        *_bolder(study, found),
        _next(found),
        *([f"Caution: {'; '.join(limits)}."] if limits else []),
    ]


def _keep(study: Study, found: OptimizationResult) -> str:
    """Return how far the settings may drift, or why they may not."""
    window = found.window
    if window is None:
        return f"How far they may drift is not known: {found.no_window}."
    ranges = [
        f"{in_sentence(study, name)} {format_range(study, name, low, high, is_inward=True)}"
        for name, (low, high) in window.ranges.items()
        if low < high
    ]
    if not ranges:
        return f"They may not drift{_tolerated(study, found)}."
    where = "" if window.holds(found.drifting_point) else "; the recommended settings lie outside"
    return f"Keep within {listed(ranges)}{where}."


def _tolerated(study: Study, found: OptimizationResult) -> str:
    """Return that a setting may still come out off by its tolerance, where one is declared."""
    given = [name for name in found.set_point.settings if study.tolerance_of(name)]
    return " further than their tolerances" if given else ""


def _expected(study: Study, promise: Promise) -> str:
    """Return one prediction, with its interval if there is one."""
    name, text = promise.response_name, prediction(study, promise)
    if promise.lower is None or promise.upper is None:
        return f"{text} (no interval: {promise.refusal})"
    kind = "interval" if is_binary(study, name) else "of runs"
    ends = format_range(study, name, promise.lower, promise.upper)
    return f"{text} ({percent(LEVEL)} {kind}: {ends})"


def _chance(study: Study, found: OptimizationResult) -> list[str]:
    """Return how many products keep the specifications, and how much of it is guaranteed."""
    if not any(goal.has_specification for goal in found.decision.goals):
        return []
    estimated = estimated_chance(found)
    if speaks_of_outcomes(study, found):
        kept = keeps(study, found)
        return [f"With these settings {kept}, with an estimated chance of {estimated}."]
    sentence = f"Of products made so, {estimated} keep every specification, by the estimate"
    window, search = found.window, found.search
    confidence = percent(study.recommend.confidence)
    if window is not None and window.confidence is not None:
        share = at_least(window.probability)
        drifts = any(low < high for low, high in window.ranges.values())
        where = "anywhere inside" if drifts else "at these settings"
        return [f"{sentence}; {where}, {share} do, said with {confidence} confidence."]
    if search is None:
        return [f"{sentence}."]
    most = percent(search.sure.max_probability)
    n_runs = counted(min(data.n_configurations for data in found.decision.data), "configuration")
    promised = f"with {confidence} confidence no more than {most} can be promised from {n_runs}"
    return [f"{sentence}; {promised}."]


def _bolder(study: Study, found: OptimizationResult) -> list[str]:
    """Return the choice outside the window, if it promises more."""
    if found.bolder is None:
        return []
    there = in_row(study, predicted(found.bolder.responses))
    settings = in_row(study, found.bolder.settings)
    return [f"Bolder, and not guaranteed: {settings}; predicted are {there}."]


def _next(found: OptimizationResult) -> str:
    """Return the runs to make next."""
    counts = purposes(found)
    parts = [counted(n, f"{purpose.replace('_', '-')} run") for purpose, n in counts.items()]
    first = "; make the confirmation runs first" if CONFIRMATION in counts else ""
    n_plots = found.next_runs.frame[WHOLE_PLOT].drop_nulls().n_unique()
    if n_plots:
        plots = counted(n_plots, "whole plot")
        first = f", in {plots}; make these in the order of the sheet"
    return f"Next: {listed(parts)}{first}."


def _limits(
    study: Study,
    found: OptimizationResult,
    confounded: Sequence[tuple[str, str]],
    left_alone: Sequence[Learned],
) -> list[str]:
    """Return what limits a recommendation, gravest first."""
    limits = []
    if found.set_point.desirability <= 0.0:
        limits.append("no settings reach every goal, these miss them least")
    if all(each.r2_lower <= 0.0 for each in found.learned):
        limits.append("this is a guess, the models may predict by chance")
    limits += [
        f"{in_sentence(study, each.response_name)} is not predictable, and takes no part in this"
        for each in left_alone
    ]
    limits += [
        f"the effect of {in_sentence(study, factor)} may be that of {in_sentence(study, context)}"
        for factor, context in confounded
        if factor in found.decision.region.names
    ]
    limits += [
        f"{in_sentence(study, each.response_name)} is hardly predictable"
        f" ({score_word(study, each)} {brief_score(each.r2_loco)})"
        for each in found.learned
        if predictability(each.r2_loco) in {Predictability.NOT, Predictability.WEAKLY}
    ]
    away = found.set_point.distance
    if away.outside:
        outside = listed([in_sentence(study, name) for name in away.outside])
        limits.append(f"the settings extrapolate in {outside}")
    elif away.hull > 0.0:
        limits.append("the settings lie beyond the mixtures of runs")
    return [*limits, *_at_ends(study, found)]


def _at_ends(study: Study, found: OptimizationResult) -> list[str]:
    """Return which settings stand at an end of what was allowed: more may lie beyond."""
    axes = zip(found.decision.region.axes, found.point, strict=True)
    names = [
        in_sentence(study, axis.name)
        for axis, value in axes
        if not axis.is_categorical and abs(value) >= 1.0
    ]
    if not names:
        return []
    verb = "stands" if len(names) == 1 else "stand"
    said = f"{listed(names)} {verb} at the end of the region, and better may lie beyond"
    return [f"{said}{_moved(study, found)}"]


def _moved(study: Study, found: OptimizationResult) -> str:
    """Return the runs that would tell, behind the words that more may lie beyond."""
    runs = runs_beyond(found.decision, found.point)
    if not runs:
        return ""
    names = list(ends_reached(found.decision, found.point))
    tried = [in_row(study, {name: run[name] for name in names}) for run in runs]
    return f" (to see, move the region: runs at {'; then '.join(tried)})"
