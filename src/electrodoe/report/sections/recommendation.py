"""The recommendation in the report: what to do and what is not known; all else is on its page."""

import math
from dataclasses import replace
from typing import Final

from electrodoe.models import FAMILIES
from electrodoe.optimize import (
    MOST_CERTAIN,
    Goal,
    Learned,
    Promise,
    Recommendation,
    Refusal,
    Window,
)
from electrodoe.report.blocks import (
    Block,
    Listing,
    Paragraph,
    Section,
    Subheading,
    TextRun,
    words,
)
from electrodoe.report.content import ReportContent
from electrodoe.report.naming import (
    format_number,
    format_range,
    format_tolerance,
    format_value,
    in_sentence,
    is_binary,
    listed,
    shown,
)
from electrodoe.report.rounding import bounded_percent, brief_score, significant
from electrodoe.report.table import Table, numbers, present, text
from electrodoe.study import Study

_PROMISES: Final = (
    "What to expect of one product: of a new run at these settings, or one more replicate of the"
    " nearest existing run. Both intervals are meant to hold 90 %. R² is of left-out"
    " configurations."
)

_OPENING: Final = "What the first screen says in short: the settings, what they give, the limits."


def settings_table(study: Study, found: Recommendation) -> Table:
    """Return every factor with its recommended setting and its window."""
    return Table(
        caption="Settings; the tolerance is what the study declares.",
        columns=(*text("Factor"), *numbers("Set to", "Window", "Center", "Tolerance")),
        rows=tuple(_setting(study, found, name) for name in found.set_point.settings),
    )


def _setting(study: Study, found: Recommendation, name: str) -> tuple[str, ...]:
    """Return one factor's row."""
    tolerance = study.tolerance_of(name)
    window = found.window if isinstance(found.window, Window) else None
    return (
        shown(study, name).axis,
        format_value(study, name, found.set_point.settings[name]),
        _drift(study, name, window),
        format_value(study, name, window.center[name]) if window and name in window.center else "–",
        format_tolerance(tolerance) if tolerance else "–",
    )


def _drift(study: Study, name: str, window: Window | None) -> str:
    """Return how far a factor may drift; one that is held says so."""
    if window is None:
        return "–"
    if name not in window.ranges:
        return "held"
    low, high = window.ranges[name]
    if low == high:
        return format_value(study, name, low)
    return format_range(study, name, low, high, is_inward=True)


def levels_table(study: Study, found: Recommendation) -> Table | None:
    """Return the best settings of every level, or None where no input is a category."""
    if not found.levels:
        return None
    named, first = tuple(found.levels[0].levels), found.levels[0].set_point
    others = tuple(name for name in first.settings if name not in named)
    responses = tuple(promise.response_name for promise in first.responses)
    return Table(
        caption=(
            "The best settings of every level, the recommended first, with what is predicted there"
            " and the interval for one measurement of a new configuration. The chance to be the"
            " best level is a vote of surfaces that the runs leave possible; with n levels that"
            " cannot be told apart it is 1/n."
        ),
        columns=(
            *text(*(shown(study, name).label for name in named)),
            *numbers("Chance to be best", *(shown(study, name).axis for name in others)),
            *numbers(*(shown(study, name).axis for name in responses)),
        ),
        rows=tuple(
            (
                *(row.levels[name] for name in named),
                bounded_percent(row.chance_best, MOST_CERTAIN),
                *(format_number(study, name, row.set_point.settings[name]) for name in others),
                *(_with_ends(study, promise) for promise in row.set_point.responses),
            )
            for row in found.levels
        ),
    )


def _with_ends(study: Study, promise: Promise) -> str:
    """Return a prediction, and its interval in brackets."""
    name = promise.response_name
    predicted = format_number(study, name, promise.predicted)
    if promise.lower is None or promise.upper is None:
        return predicted
    ends = [format_number(study, name, end) for end in (promise.lower, promise.upper)]
    return f"{predicted} ({ends[0]} to {ends[1]})"


def promise_table(study: Study, found: Recommendation) -> Table:
    """Return what to expect of every response at the recommended settings."""
    cases = zip(found.set_point.responses, found.models, found.goals, strict=True)
    return Table(
        caption=f"{_PROMISES} {_ways(study, found)}{_medians(study, found)}"
        f"{_probabilities(study, found)}",
        columns=(
            *text("Response", "Goal", "Specification"),
            *numbers("Predicted", "New run", "New replicate", "Desirability"),
            *text("Model"),
        ),
        rows=tuple(_promise(study, *case) for case in cases),
    )


def _medians(study: Study, found: Recommendation) -> str:
    """Return which predictions are medians, for their response is modeled on another scale."""
    names = [
        in_sentence(study, promise.response_name)
        for promise in found.set_point.responses
        if study.responses[promise.response_name].transform is not None
    ]
    said = f" Predicted of {listed(names)}: the median; R² is on the scale of its models."
    return said if names else ""


def _probabilities(study: Study, found: Recommendation) -> str:
    """Return which predictions are probabilities, for their response has two outcomes."""
    names = [
        in_sentence(study, promise.response_name)
        for promise in found.set_point.responses
        if is_binary(study, promise.response_name)
    ]
    said = (
        f" The interval of the {listed(names)} is for the probability, not for one run; R² is its"
        " skill (1 less the Brier score over that of the base rate)."
    )
    return said if names else ""


def _ways(study: Study, found: Recommendation) -> str:
    """Return how the intervals for new configurations were found, or why there are none."""
    by_way: dict[str, list[str]] = {}
    for promise in found.set_point.responses:
        way = f"none, for {promise.refusal}" if promise.refusal else promise.method
        by_way.setdefault(way, []).append(in_sentence(study, promise.response_name))
    distinguished_ways = [f"{way} ({listed(names)})" for way, names in by_way.items()]
    return f"Intervals: {'; '.join(distinguished_ways if len(distinguished_ways) > 1 else by_way)}."


def _promise(study: Study, promise: Promise, learned: Learned, goal: Goal) -> tuple[str, ...]:
    """Return one response's row."""
    name = promise.response_name
    return (
        shown(study, name).label,
        goal.kind,
        _specification(study, goal),
        format_value(study, name, promise.predicted),
        _ends(study, name, promise.lower, promise.upper),
        _ends(study, name, promise.replicate_lower, promise.replicate_upper),
        significant(promise.desirability, 2),
        f"{FAMILIES[learned.family].title}, R²\N{NO-BREAK SPACE}{brief_score(learned.r2_loco)}",
    )


def _specification(study: Study, goal: Goal) -> str:
    """Return the limits of a response, or a dash."""
    name = goal.response_name
    limits = [
        f"≥ {format_value(study, name, goal.lower)}" if math.isfinite(goal.lower) else "",
        f"≤ {format_value(study, name, goal.upper)}" if math.isfinite(goal.upper) else "",
    ]
    return ", ".join(limit for limit in limits if limit) or "–"


def _ends(study: Study, name: str, low: float | None, high: float | None) -> str:
    """Return an interval, or a dash."""
    return "–" if low is None or high is None else format_range(study, name, low, high)


def recommendation_section(content: ReportContent) -> Section | None:
    """Return what to do and what is not known, or None where no goal is declared."""
    recommendation = content.recommendation
    if recommendation is None:
        return None
    blocks = (
        _refused(recommendation)
        if isinstance(recommendation, Refusal)
        else _reported(content.study, recommendation)
    )
    return Section(anchor="recommendation", title="Recommendation", blocks=blocks)


def _refused(refusal: Refusal) -> tuple[Block, ...]:
    """Return why nothing can be recommended, and what to do."""
    return (
        Paragraph(
            words=words(
                TextRun(text="none", tag="not"),
                f" Goals are declared, and nothing can be recommended: {refusal.what}.",
            )
        ),
        Paragraph(
            words=words(
                "Where: ",
                TextRun(text=refusal.where, is_breakable=True),
                f". What to do: {refusal.fix}.",
            )
        ),
    )


def _reported(study: Study, recommendation: Recommendation) -> tuple[Block, ...]:
    """Return tables and limits; the answer itself leads the report."""
    return (
        Paragraph(words=words(_OPENING)),
        settings_table(study, recommendation),
        *present(levels_table(study, recommendation), look="wide"),
        replace(promise_table(study, recommendation), look="wide"),
        Subheading(title="What this does not know"),
        Listing(items=tuple(words(sentence) for sentence in recommendation.unknown)),
        Paragraph(
            words=words(
                "The runs to make next are in ",
                _file("next_runs.xlsx"),
                ", to fill in, and in ",
                _file("next_runs.html"),
                ", to print. Which factor matters, what can be had at once and how all this is"
                " found: ",
                _file("recommendation.html"),
                ".",
            )
        ),
    )


def _file(name: str) -> TextRun:
    """Return the name of a file beside the page, that leads there."""
    return TextRun(text=name, link=name)
