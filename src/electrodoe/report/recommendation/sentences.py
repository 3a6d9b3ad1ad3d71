"""A recommendation in plain words: what to set and expect, how far to drift, what next."""

from electrodoe.optimize import (
    EXPLORATION,
    LACK_OF_FIT,
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
)
from electrodoe.report.recommendation.group_sentences import groups_clause
from electrodoe.report.recommendation.level_sentences import level_paragraph
from electrodoe.report.recommendation.phrases import (
    estimated_chance,
    in_row,
    keeps,
    predicted,
    prediction,
    purposes,
    speaks_of_outcomes,
)
from electrodoe.report.recommendation.shape_sentences import shape_clause, shape_paragraph
from electrodoe.report.rounding import (
    about,
    at_least,
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
    next_runs = f"{_next(found)}{shape_clause(study, found)}{groups_clause(study, found)}"
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
            f"With these settings, exactly kept, {keeps(study, found)} with an"
            f" estimated chance of {estimated_chance(found)}."
        )
    away = point.distance
    where = "inside the existing runs" if away.is_inside else "outside the existing runs"
    sentences.append(
        f"The settings lie {where}; the nearest is that of sample {away.nearest_sample}, at"
        f" {significant(away.nearest, 2)} of a factor's range (runs are usually"
        f" {significant(away.usual, 2)} apart)."
    )
    return " ".join(sentences)


def _expected(study: Study, promise: Promise) -> str:
    """Return the prediction of one response with its interval."""
    name, text = promise.response_name, prediction(study, promise)
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
        f"Operating window{held}: keep {listed(ranges)}{off}; its center is"
        f" {in_row(study, window.center)}, with {in_row(study, window.at_center)} predicted."
        f" {_assurance(study, found, window)} {_placed(found, window)}{_sampled(found, window)}"
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
    return f" with {in_row(study, {name: settings[name] for name in names})}"


def _placed(found: OptimizationResult, window: OperatingWindow) -> str:
    """Return where the recommended settings lie to a window, and what to make of it."""
    if window.holds(found.drifting_point):
        return "The recommended settings lie inside it."
    return (
        "The recommended settings lie outside it: take its center where settings cannot be kept"
        " exactly."
    )


def _bolder(study: Study, found: OptimizationResult) -> list[str]:
    """Return the settings that promise more and are not guaranteed, if there are any."""
    if found.bolder is None:
        return []
    settings = in_row(study, found.bolder.settings)
    expected = "; ".join(_expected(study, promise) for promise in found.bolder.responses)
    sentence = (
        f"A bolder choice, outside the window: {settings}. Predicted there: {expected}. It promises"
        " more, and is not guaranteed."
    )
    return [sentence]


def _assurance(study: Study, found: OptimizationResult, window: OperatingWindow) -> str:
    """Return what holds inside a window, and how surely."""
    chance = at_least(window.probability)
    if speaks_of_outcomes(study, found):
        return (
            f"At every setting inside, {keeps(study, found)} with an estimated chance of"
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
        f" {about(window.probability)} or more. It is an estimate: with"
        f" {percent(study.recommend.confidence)} confidence, the existing runs allow no more than"
        f" {sure} anywhere."
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
    counts = purposes(found)
    counted = [f"{count} {purpose.replace('_', '-')}" for purpose, count in counts.items()]
    where = "the operating window" if found.window is not None else "the region"
    reasons = [
        (
            "the confirmation runs repeat the recommended settings and must come to the intervals"
            " above"
        ),
        *(
            [f"the exploration runs lower the variance of predictions over {where}"]
            if EXPLORATION in counts
            else []
        ),
        "the exploitation runs have the largest expected improvement over the best run so far",
        *(
            ["the lack-of-fit runs show why a quadratic does not fit"]
            if LACK_OF_FIT in counts
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
    reached = in_row(study, predicted(point.responses))
    return (
        f"Nearest to the wanted values: {in_row(study, point.settings)}; predicted are {reached}."
    )
