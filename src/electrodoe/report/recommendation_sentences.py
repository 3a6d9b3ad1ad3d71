"""A recommendation in plain words: what to set, what to expect, how far to drift, what to run."""

import math
from typing import Final

from electrodoe.evaluate import Predictability, predictability
from electrodoe.models import FAMILIES
from electrodoe.optimize import CONFIRM, IMPROVE, TEACH, Promise, Recommendation, SetPoint
from electrodoe.report.naming import shown
from electrodoe.report.rounding import brief_score, percent, significant
from electrodoe.study import Study

_OTHER_THINGS: Final = (
    "Whatever was not varied in the runs, or changed together with a factor, is taken to stay as it"
    " was: another batch, coil or season is not part of the intervals."
)
_ROUNDING: Final = 1e-6
_DASH: Final = "\N{NO-BREAK SPACE}to\N{NO-BREAK SPACE}"


def told(study: Study, column: str, value: float) -> str:
    """Return a value of a factor or a response with its unit, as people read it."""
    quantity = shown(study, column)
    return quantity.with_unit(significant(value * quantity.factor))


def told_range(
    study: Study, column: str, low: float, high: float, *, is_inward: bool = False
) -> str:
    """Return two values with one unit and as many decimals as tell a fiftieth of their distance.

    An inward range never becomes wider by rounding.
    """
    quantity = shown(study, column)
    width = (high - low) * quantity.factor
    decimals = max(0, 1 - math.floor(math.log10(width))) if width > 0.0 else 3
    step = 10.0**-decimals
    ends = [end * quantity.factor / step for end in (low, high)]
    if is_inward:
        ends = [math.ceil(ends[0] - _ROUNDING), math.floor(ends[1] + _ROUNDING)]
    words = [f"{round(end) * step:.{decimals}f}".replace("-", "−") for end in ends]
    return quantity.with_unit(_DASH.join(words))


def summary(study: Study, found: Recommendation) -> list[str]:
    """Return the recommendation as paragraphs that a process engineer can act on.

    Parameters
    ----------
    study : Study
        Names of columns.
    found : Recommendation
        What was found.

    Returns
    -------
    list of str
        Settings and what to expect; the window; the runs to make next.
    """
    return [_settings(study, found), _window(study, found), _next(found)]


def _settings(study: Study, found: Recommendation) -> str:
    """Return what to set and what to expect."""
    point = found.set_point
    names = [f"{_low(study, n)} to {told(study, n, v)}" for n, v in point.settings.items()]
    expected = "; ".join(_expected(study, promise) for promise in point.promises)
    sentences = [f"Set {_listed(names)}. To be expected: {expected}."]
    if point.desirability <= 0.0:
        sentences.insert(0, "No settings reach every goal; these miss them least.")
    if any(goal.has_specification for goal in found.decision.goals):
        sentences.append(
            f"With these settings, exactly kept, a product keeps all specifications with at least"
            f" {percent(point.probability)}."
        )
    away = point.distance
    where = "inside the runs made" if away.is_inside else "outside the runs made"
    sentences.append(
        f"The settings lie {where}; the nearest is that of sample {away.nearest_sample}, at"
        f" {significant(away.nearest, 2)} of a factor's range (runs are usually"
        f" {significant(away.usual, 2)} apart)."
    )
    return " ".join(sentences)


def _expected(study: Study, promise: Promise) -> str:
    """Return the prediction of one response with its interval."""
    name = promise.response_name
    text = f"{_low(study, name)} {told(study, name, promise.predicted)}"
    if promise.lower is None or promise.upper is None:
        return f"{text} (no interval: {promise.refusal})"
    ends = told_range(study, name, promise.lower, promise.upper)
    return f"{text} (one measurement of a new production lies within {ends} in 9 of 10 cases)"


def _window(study: Study, found: Recommendation) -> str:
    """Return how far the settings may drift."""
    window = found.window
    if window is None:
        return f"There is no operating window: {found.no_window}."
    ranges = [
        f"{_low(study, name)} within {told_range(study, name, low, high, is_inward=True)}"
        for name, (low, high) in window.ranges.items()
    ]
    middle = [f"{_low(study, n)} {told(study, n, v)}" for n, v in window.center.items()]
    carried = [
        f"{_low(study, axis.name)} ±\N{NO-BREAK SPACE}{percent(tolerance)}"
        for axis, tolerance in zip(
            found.decision.region.axes, found.decision.tolerances, strict=True
        )
        if tolerance > 0.0
    ]
    scatter = f" The scatter of settings is included ({_listed(carried)})." if carried else ""
    placed = "The recommended settings lie inside it."
    if not window.holds(found.set_point.point):
        placed = (
            "The recommended settings lie outside it: take its middle where settings cannot be kept"
            " exactly."
        )
    return (
        f"Operating window: keep {_listed(ranges)}, and every specification holds with at least"
        f" {percent(window.probability)} at every setting inside, {percent(window.mean)} on the"
        f" mean; its middle is {_listed(middle)}. {placed}{scatter}"
    )


def _next(found: Recommendation) -> str:
    """Return what to run next."""
    purposes = found.next_runs.frame["purpose"].to_list()
    counts = {purpose: purposes.count(purpose) for purpose in (CONFIRM, TEACH, IMPROVE)}
    told_counts = [f"{count} {purpose}" for purpose, count in counts.items() if count]
    where = "the operating window" if found.window is not None else "the region"
    reasons = [
        "the runs to confirm repeat the recommended settings and must come to the intervals above",
        *([f"those to learn make predictions surer over {where}"] if counts[TEACH] else []),
        "those to improve are the likeliest to beat the best run so far",
    ]
    refused = f" No runs to learn are proposed: {found.no_teaching}." if found.no_teaching else ""
    return f"Next runs: {_listed(told_counts)}; {'; '.join(reasons)}.{refused}"


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
    settings = [f"{_low(study, n)} {told(study, n, v)}" for n, v in point.settings.items()]
    reached = [
        f"{_low(study, promise.response_name)}"
        f" {told(study, promise.response_name, promise.predicted)}"
        for promise in point.promises
    ]
    return f"Nearest to the wanted values: {_listed(settings)}; predicted are {_listed(reached)}."


def unknowns(study: Study, found: Recommendation) -> list[str]:
    """Return what the recommendation does not know, in sentences.

    Parameters
    ----------
    study : Study
        Names of columns.
    found : Recommendation
        What was found.

    Returns
    -------
    list of str
        Never empty.
    """
    return [
        *_weak_models(study, found),
        *_extrapolation(study, found),
        *_of_the_region(study, found),
        *_of_the_search(found),
        _OTHER_THINGS,
    ]


def _weak_models(study: Study, found: Recommendation) -> list[str]:
    """Return a sentence for each response that is not well predicted."""
    sentences = []
    for learned in found.learned:
        word = predictability(learned.r2_loco)
        if word in {Predictability.NOT, Predictability.WEAKLY}:
            verb = "is not" if word is Predictability.NOT else "is only weakly"
            sentences.append(
                f"{shown(study, learned.response_name).label} {verb} predicted for new"
                f" configurations: R² {brief_score(learned.r2_loco)} for the best model"
                f" ({FAMILIES[learned.family].title}). Its part in the choice of settings is"
                f" {'a guess' if word is Predictability.NOT else 'uncertain'}."
            )
    return sentences


def _extrapolation(study: Study, found: Recommendation) -> list[str]:
    """Return what lies beyond the runs made."""
    away, sentences = found.set_point.distance, []
    if away.outside:
        names = _listed([_low(study, name) for name in away.outside])
        sentences.append(f"The settings extrapolate: {names} beyond what was measured.")
    elif away.hull > 0.0:
        sentences.append(
            "The settings extrapolate: every factor is within its measured range, but no mixture of"
            f" runs comes closer than {significant(away.hull, 2)} of a range."
        )
    return sentences


def _of_the_region(study: Study, found: Recommendation) -> list[str]:
    """Return what was not declared about the factors."""
    possible, sentences = found.possible, []
    if possible.ends_from_data:
        names = _listed([_low(study, name) for name in possible.ends_from_data])
        sentences.append(
            f"Where {names} may be set is not declared; the ends of what was measured were taken."
        )
    axes = zip(found.decision.region.axes, found.decision.tolerances, strict=True)
    exact = [_low(study, axis.name) for axis, tolerance in axes if tolerance == 0.0]
    if exact and found.search is not None:
        them = "it" if len(exact) == 1 else "them"
        sentences.append(
            f"No tolerance is declared for {_listed(exact)}: the window takes {them} as exactly"
            " kept."
        )
    sentences += [
        f"The limit '{text}' names a factor that is no input here, and was left out."
        for text in possible.limits_left_out
    ]
    return sentences


def _of_the_search(found: Recommendation) -> list[str]:
    """Return whether searches from several places agree."""
    point = found.set_point
    if point.n_reached > 1:
        return []
    sentence = (
        f"Only one of {point.n_starts} searches ended at these settings; others may be about as"
        " good."
    )
    return [sentence]


def _low(study: Study, column: str) -> str:
    """Return a label for the middle of a sentence."""
    label = shown(study, column).label
    return label if label[1:2].isupper() else label[:1].lower() + label[1:]


def _listed(words: list[str]) -> str:
    """Return words joined as in a sentence."""
    return " and ".join([", ".join(words[:-1]), words[-1]] if len(words) > 1 else words)
