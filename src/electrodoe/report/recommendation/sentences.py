"""A recommendation in plain words: what to set and expect, how far to drift, what is not known."""

from collections.abc import Sequence
from typing import Final

from electrodoe.evaluate import Predictability, predictability
from electrodoe.models import FAMILIES
from electrodoe.optimize import (
    CONFIRMATION,
    EXPLOITATION,
    EXPLORATION,
    LACK_OF_FIT,
    Learned,
    OperatingWindow,
    OptimizationResult,
    Promise,
    SetPoint,
)
from electrodoe.report.naming import (
    format_range,
    format_tolerance,
    format_value,
    in_sentence,
    is_binary,
    listed,
    shown,
)
from electrodoe.report.recommendation.level_sentences import level_paragraph
from electrodoe.report.recommendation.shape_sentences import shape_clause, shape_paragraph
from electrodoe.report.rounding import (
    about,
    at_least,
    brief_score,
    percent,
    significant,
)
from electrodoe.study import Study


def summary(study: Study, found: OptimizationResult) -> list[str]:
    """Return the recommendation as paragraphs that a process engineer can act on.

    Parameters
    ----------
    study : Study
        Names of columns.
    found : OptimizationResult
        What was found.

    Returns
    -------
    list of str
        Settings and what to expect; the window; the runs to make next; the lack of fit of the
        quadratic, where replicates say that it does.
    """
    shape = [] if found.shape_runs is None else [shape_paragraph(study, found.shape_runs)]
    next_runs = f"{_next(found)}{shape_clause(study, found)}"
    levels = [level_paragraph(study, found.levels)] if found.levels else []
    window = " ".join([_window(study, found), *_bolder(study, found)])
    return [_settings(study, found), *levels, window, next_runs, *shape]


def _settings(study: Study, found: OptimizationResult) -> str:
    """Return what to set and what to expect."""
    point = found.set_point
    names = [
        f"{in_sentence(study, n)} to {format_value(study, n, v)}" for n, v in point.settings.items()
    ]
    expected = "; ".join(_expected(study, promise) for promise in point.responses)
    sentences = [f"Set {listed(names)}. To be expected: {expected}."]
    if point.desirability <= 0.0:
        sentences.insert(0, "No settings reach every goal; these miss them least.")
    if all(each.r2_lower <= 0.0 for each in found.learned):
        sentences.insert(
            0,
            "This is a guess: that new configurations are predicted better than by their mean may"
            " be chance; make the confirmation runs before anything is changed.",
        )
    if any(goal.has_specification for goal in found.decision.goals):
        sentences.append(
            f"With these settings, exactly kept, {_keeps(study, found)} with an"
            f" estimated chance of {about(point.probability_of_all_specifications)}."
        )
    away = point.distance
    where = "inside the existing runs" if away.is_inside else "outside the existing runs"
    sentences.append(
        f"The settings lie {where}; the nearest is that of sample {away.nearest_sample}, at"
        f" {significant(away.nearest, 2)} of a factor's range (runs are usually"
        f" {significant(away.usual, 2)} apart)."
    )
    return " ".join(sentences)


def _keeps(study: Study, found: OptimizationResult) -> str:
    """Return what a chance is of: of a product, and of probabilities that are asked for."""
    asked = [goal for goal in found.decision.goals if goal.has_specification]
    names = [each.response_name for each in asked if is_binary(study, each.response_name)]
    if not names:
        return "a product keeps all specifications"
    kept = [f"the {in_sentence(study, name)} keeps its limit" for name in names]
    return listed([*(["a product keeps all others"] if len(names) < len(asked) else []), *kept])


def _expected(study: Study, promise: Promise) -> str:
    """Return the prediction of one response with its interval."""
    name = promise.response_name
    median = "" if study.responses[name].transform is None else " (median)"
    text = f"{in_sentence(study, name)} {format_value(study, name, promise.predicted)}{median}"
    if promise.lower is None or promise.upper is None:
        return f"{text} (no interval: {promise.refusal})"
    ends = format_range(study, name, promise.lower, promise.upper)
    if is_binary(study, name):
        return f"{text} (90 % interval {ends})"
    return f"{text} (one measurement of a new run lies within {ends} in 9 of 10 cases)"


def _window(study: Study, found: OptimizationResult) -> str:
    """Return how far the settings may drift."""
    window = found.window
    if window is None:
        return f"There is no operating window: {found.no_window}."
    ranges = [
        f"{in_sentence(study, name)} {_range_words(study, found, name, ends)}"
        for name, ends in window.ranges.items()
    ]
    middle = [
        f"{in_sentence(study, n)} {format_value(study, n, v)}" for n, v in window.center.items()
    ]
    there = [
        f"{in_sentence(study, n)} {format_value(study, n, v)}" for n, v in window.at_center.items()
    ]
    carried = [
        f"{in_sentence(study, axis.name)} {format_tolerance(tolerance)}"
        for axis, tolerance in zip(
            found.decision.region.axes, found.decision.tolerances, strict=True
        )
        if tolerance
    ]
    held = _held(study, found)
    off = f" (as set; setting tolerances: {listed(carried)})" if carried else ""
    return (
        f"Operating window{held}: keep {listed(ranges)}{off}; its center is {listed(middle)}, with"
        f" {listed(there)} predicted. {_assurance(study, found, window)} {_placed(found, window)}"
        f"{_sampled(found, window)}"
    )


def _range_words(
    study: Study, found: OptimizationResult, name: str, ends: tuple[float, float]
) -> str:
    """Return between which settings a factor may be set; with levels, at which of them."""
    low, high = ends
    if low == high:
        return f"at {format_value(study, name, low)}"
    words = f"within {format_range(study, name, low, high, is_inward=True)}"
    axis = found.decision.region.axes[found.decision.region.names.index(name)]
    return words if axis.levels is None else f"on its levels {words}"


def _held(study: Study, found: OptimizationResult) -> str:
    """Return what a window holds: categories, and numbers with levels."""
    names = [found.decision.region.names[number] for number in found.held]
    if not names:
        return ""
    settings = found.set_point.settings
    words = [
        f"{in_sentence(study, name)} {format_value(study, name, settings[name])}" for name in names
    ]
    return f" with {listed(words)}"


def _placed(found: OptimizationResult, window: OperatingWindow) -> str:
    """Return where the recommended settings lie to a window, and what to make of it."""
    if window.holds(found.drifting_point):
        return "The recommended settings lie inside it."
    return (
        "The recommended settings lie outside it: take its center where settings cannot be kept"
        " exactly."
    )


def _bolder(study: Study, found: OptimizationResult) -> list[str]:
    """Return the settings that promise more and are not assured, if there are any."""
    if found.bolder is None:
        return []
    settings = [
        f"{in_sentence(study, n)} {format_value(study, n, v)}"
        for n, v in found.bolder.settings.items()
    ]
    expected = "; ".join(_expected(study, promise) for promise in found.bolder.responses)
    sentence = (
        f"A bolder choice, outside the window: {listed(settings)}. Predicted there: {expected}."
        " It promises more, and nothing assures it."
    )
    return [sentence]


def _assurance(study: Study, found: OptimizationResult, window: OperatingWindow) -> str:
    """Return what holds inside a window, and how surely."""
    chance = at_least(window.probability)
    if any(is_binary(study, goal.response_name) for goal in found.decision.goals):
        return (
            f"At every setting inside, {_keeps(study, found)} with an estimated chance of"
            f" {about(window.probability)} or more."
        )
    if window.confidence is not None:
        return (
            f"At every setting inside, {chance} of products keep every specification;"
            f" that is said with {percent(window.confidence)} confidence."
        )
    sure = "nothing" if found.search is None else percent(found.search.sure.max_probability)
    return (
        f"At every setting inside, a product keeps every specification with an estimated chance of"
        f" {about(window.probability)} or more. It is an estimate: with confidence, the existing"
        f" runs allow no more than {sure} anywhere."
    )


def _sampled(found: OptimizationResult, window: OperatingWindow) -> str:
    """Return how a window of many factors was found, and how far that can be relied on."""
    if found.search is None or not found.search.is_sampled:
        return ""
    return (
        f" With {len(window.ranges)} factors the window was found by samples, not on a grid:"
        " thousands of settings inside it, all its corners and descents from the worst of them"
        f" came to a chance of {about(window.min_probability)} at least. A larger window may exist"
        " elsewhere."
    )


def _next(found: OptimizationResult) -> str:
    """Return what to run next."""
    purposes = found.next_runs.frame["purpose"].to_list()
    counts = {
        purpose: purposes.count(purpose)
        for purpose in (CONFIRMATION, EXPLORATION, EXPLOITATION, LACK_OF_FIT)
    }
    counted = [f"{count} {purpose.replace('_', '-')}" for purpose, count in counts.items() if count]
    where = "the operating window" if found.window is not None else "the region"
    reasons = [
        (
            "the confirmation runs repeat the recommended settings and must come to the intervals"
            " above"
        ),
        *(
            [f"the exploration runs lower the variance of predictions over {where}"]
            if counts[EXPLORATION]
            else []
        ),
        "the exploitation runs have the largest expected improvement over the best run so far",
        *(
            ["the lack-of-fit runs show why a quadratic does not fit"]
            if counts[LACK_OF_FIT]
            else []
        ),
    ]
    refused = (
        f" No exploration runs are proposed: {found.no_exploration}."
        if found.no_exploration
        else ""
    )
    return f"Next runs: {listed(counted)} runs; {'; '.join(reasons)}.{refused}"


def wanted_sentence(study: Study, point: SetPoint) -> str:
    """Return the settings that come nearest to wanted values, and what they are predicted to give.

    Parameters
    ----------
    study : Study
        Names of columns.
    point : SetPoint
        As ``settings_for`` found it.

    Returns
    -------
    str
        One sentence.
    """
    settings = [
        f"{in_sentence(study, n)} {format_value(study, n, v)}" for n, v in point.settings.items()
    ]
    reached = [
        f"{in_sentence(study, promise.response_name)}"
        f" {format_value(study, promise.response_name, promise.predicted)}"
        for promise in point.responses
    ]
    return f"Nearest to the wanted values: {listed(settings)}; predicted are {listed(reached)}."


_OTHER_THINGS: Final = (
    "Whatever was not varied in the runs, or changed together with a factor, is taken to stay as it"
    " was: another batch, coil or season is not part of the intervals."
)


def unknowns(
    study: Study,
    found: OptimizationResult,
    confounded: Sequence[tuple[str, str]] = (),
    left_alone: Sequence[Learned] = (),
) -> list[str]:
    """Return what the recommendation does not know, in sentences.

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
        Never empty.
    """
    return [
        *_left_alone(study, left_alone),
        *_weak_models(study, found),
        *_confounding(study, found, confounded),
        *_of_blocks(study),
        *_extrapolation(study, found),
        *_of_the_region(study, found),
        *_of_the_search(found),
        _OTHER_THINGS,
    ]


def _left_alone(study: Study, left_alone: Sequence[Learned]) -> list[str]:
    """Return a sentence for each response that takes no part in the choice."""
    return [
        f"{shown(study, each.response_name).label} takes no part in the choice of settings: new"
        f" configurations are predicted no better than by its mean"
        f" ({_score_word(study, each)} {brief_score(each.r2_loco)})."
        " Whether its goal is reached there is not known."
        for each in left_alone
    ]


def _score_word(study: Study, learned: Learned) -> str:
    """Return what the score of a response is called."""
    return "skill" if is_binary(study, learned.response_name) else "R²"


def _weak_models(study: Study, found: OptimizationResult) -> list[str]:
    """Return a sentence for each response that is not well predicted."""
    sentences = []
    for learned in found.learned:
        word = predictability(learned.r2_loco)
        if word in {Predictability.NOT, Predictability.WEAKLY}:
            verb = "is not" if word is Predictability.NOT else "is only weakly"
            sentences.append(
                f"{shown(study, learned.response_name).label} {verb} predicted for new"
                f" configurations: {_score_word(study, learned)} {brief_score(learned.r2_loco)} for"
                f" the best model ({FAMILIES[learned.family].title}). Its part in the choice of"
                f" settings is {'a guess' if word is Predictability.NOT else 'uncertain'}."
            )
    return sentences


def _confounding(
    study: Study, found: OptimizationResult, confounded: Sequence[tuple[str, str]]
) -> list[str]:
    """Return a sentence for each setting that went together with a circumstance."""
    return [
        f"{shown(study, factor).label} cannot be distinguished from {in_sentence(study, context)}:"
        " what looks like an effect of one may be one of the other. Repeat some settings under"
        " other circumstances before relying on it."
        for factor, context in confounded
        if factor in found.decision.region.names
    ]


def _of_blocks(study: Study) -> list[str]:
    """Return for which block the recommendation speaks, where one is declared."""
    block = study.measurements.block
    if block is None:
        return []
    sentence = (
        f"What is expected holds for the mean of the levels of '{block}'. What each adds stands in"
        " the findings (D114); a new one will differ as these do."
    )
    return [sentence]


def _extrapolation(study: Study, found: OptimizationResult) -> list[str]:
    """Return what lies beyond the existing runs."""
    away, sentences = found.set_point.distance, []
    if away.outside:
        names = listed([in_sentence(study, name) for name in away.outside])
        sentences.append(f"The settings extrapolate: {names} beyond what was measured.")
    elif away.hull > 0.0:
        sentences.append(
            "The settings extrapolate: every factor is within its measured range, but no mixture of"
            f" runs comes closer than {significant(away.hull, 2)} of a range."
        )
    return sentences


def _of_the_region(study: Study, found: OptimizationResult) -> list[str]:
    """Return what was not declared about the factors."""
    possible, sentences = found.possible, []
    if possible.ends_from_data:
        names = listed([in_sentence(study, name) for name in possible.ends_from_data])
        sentences.append(
            f"Where {names} may be set is not declared; the ends of what was measured were taken."
        )
    axes = zip(found.decision.region.axes, found.decision.tolerances, strict=True)
    exact = [
        in_sentence(study, axis.name)
        for axis, tolerance in axes
        if not tolerance and not axis.is_categorical
    ]
    if exact and found.search is not None:
        them = "it" if len(exact) == 1 else "them"
        sentences.append(
            f"No tolerance is declared for {listed(exact)}: the window takes {them} as exactly"
            " kept."
        )
    sentences += [
        f"The limit '{text}' names a factor that is no input here, and was left out."
        for text in possible.limits_left_out
    ]
    return sentences


def _of_the_search(found: OptimizationResult) -> list[str]:
    """Return whether searches from several places agree."""
    point = found.set_point
    if point.searches.reached > 1 or point.searches.started == 1:  # every setting was tried
        return []
    sentence = (
        f"Only one of {point.searches.started} searches ended at these settings; others may be"
        " about as good."
    )
    return [sentence]
