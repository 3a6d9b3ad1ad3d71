"""The study in one paragraph: what can be predicted, what drives it, what to beware of."""

import re
from typing import Final

import numpy as np

from electrodoe.dataset.dataset import SAMPLE
from electrodoe.evaluate.judgement import Predictability
from electrodoe.optimize import Recommendation, Refusal
from electrodoe.report.blocks import Block, BoxedText, Listing, Paragraph, paragraphs, strong, words
from electrodoe.report.content import ReportContent
from electrodoe.report.naming import in_sentence, input_label, shown
from electrodoe.report.page import DrawnFigures
from electrodoe.report.rounding import percent
from electrodoe.report.sections.data import data_sentence
from electrodoe.report.sections.driver_words import driver
from electrodoe.report.sections.findings import gravest_first
from electrodoe.report.sections.screening import active_sentence
from electrodoe.report.selection import (
    best_scenario,
    by_predictability,
    explained_cases,
    leading_cases,
    of,
    verdict,
)

_N_DRIVERS: Final = 3
"""Responses whose driver the first screen has room for."""
_N_NAMES: Final = 8
"""Responses that are named; more are counted."""


def lead(content: ReportContent, drawn: DrawnFigures) -> tuple[Block, ...]:
    """Return the first screen: question, answer, its picture, what was learned, whose data."""
    study = content.study
    asked = [Paragraph(words=words(study.question), look="question")] if study.question else []
    credits_ = (
        f"Data: {study.credit}" if study.credit else "",
        f"License of the data: {study.license}" if study.license else "",
    )
    return (
        *asked,
        *_answer(content),
        *drawn.of("operating_window"),
        *_learned(content),
        *(Paragraph(words=words(line), look="credit") for line in credits_ if line),
    )


def _answer(content: ReportContent) -> tuple[Block, ...]:
    """Return the settings with all that a person needs first, or why there are none."""
    match content.recommendation:
        case Recommendation(answer=(settings, drift, *others)):
            said = (words(strong(settings), f" {drift}"), *(words(each) for each in others))
        case Refusal(what=what, fix=fix):
            said = (words(strong("Nothing is recommended:"), f" {what}."), words(f"Next: {fix}."))
        case _:
            said = tuple(words(each) for each in summary(content))
    return (
        BoxedText(paragraphs=tuple(Paragraph(words=each) for each in said), look="summary spaced"),
    )


def _learned(content: ReportContent) -> tuple[Block, ...]:
    """Return three drivers and what is not predictable; nothing where the answer says it all."""
    if content.recommendation is None:
        return ()
    drivers = three_drivers(content)
    return (
        *(paragraphs(["What drives the responses, by the models:"]) if drivers else ()),
        *([Listing(items=tuple(words(each) for each in drivers))] if drivers else []),
        *paragraphs(_unpredictable(content)),
    )


def three_drivers(content: ReportContent) -> list[str]:
    """Return what drives three responses, with its direction and how sure that is.

    Those with a goal come first, then the best predicted.
    """
    leading = leading_cases(content)
    others = [case for case in by_predictability(content) if case not in leading]
    said = (_driver_said(content, *case) for case in (*leading, *others))
    return [each for each in said if each][:_N_DRIVERS]


def _driver_said(content: ReportContent, target: str, scenario: str) -> str:
    """Return one driver as a sentence, or nothing."""
    found = driver(content, target, scenario)
    if found is None:
        return ""
    label, name = shown(content.study, target).label, in_sentence(content.study, found.input)
    said = {
        "rises": f"{label} rises with {name}",
        "falls": f"{label} falls as {name} rises",
        "turns": f"{label} depends most on {name}, and does not run one way",
        "": f"{label} depends most on {name}",
    }.get(found.course, f"{label} depends most on {name}: {found.course}")
    if found.p_rank_1 is None:
        return f"{said}."
    sure = "" if found.is_sure else ": which input matters most is not settled"
    share = percent(found.p_rank_1)
    often = "every bootstrap" if share.startswith("100") else f"{share} of the bootstraps"
    first = f"that input comes first in {often}"
    return f"{said}; {first}{sure}."


def _unpredictable(content: ReportContent) -> list[str]:
    """Return which responses nothing predicts, or nothing."""
    names = _by_predictability(content)["no"]
    return [f"Not predictable from these inputs: {_few(names)}."] if names else []


def summary(content: ReportContent) -> list[str]:
    """Return what was done, what can be predicted, what drives it, what to beware of."""
    return [
        data_sentence(content),
        *_screened(content),
        *_predictable(content),
        *_drivers(content),
        *_beware(content),
    ]


def _screened(content: ReportContent) -> list[str]:
    """Return which effects of screening designs are active."""
    return [
        f"Screening. {active_sentence(content.study, row, effects)}"
        for row in content.screening.iter_rows(named=True)
        for effects in [of(content.screening_effects, row["target"], row["scenario"])]
    ]


def _predictable(content: ReportContent) -> list[str]:
    """Return how many responses are predictable for new configurations, by name where few."""
    groups = _by_predictability(content)
    heads = {
        "yes": "Predictable for new configurations (R² of at least 0.5 when each configuration is"
        " left out in turn)",
        "hardly": "Hardly predictable (0.2 to 0.5)",
        "no": "Not predictable from these inputs (below 0.2)",
    }
    return [f"{heads[key]}: {_few(names)}." for key, names in groups.items() if names]


def _by_predictability(content: ReportContent) -> dict[str, list[str]]:
    """Return the responses that are predictable, hardly so, and not, by name."""
    groups: dict[str, list[str]] = {"yes": [], "hardly": [], "no": []}
    for target in content.study.modeled_responses:
        scenario = best_scenario(content, target)
        word = Predictability.NOT if scenario is None else verdict(content, target, scenario)
        key = {Predictability.NOT: "no", Predictability.WEAKLY: "hardly"}.get(word, "yes")
        groups[key].append(shown(content.study, target).label)
    return groups


def _few(names: list[str]) -> str:
    """Return names as a list in words, cut after some."""
    more = len(names) - _N_NAMES
    between = "; " if any("," in name for name in names) else ", "
    return between.join(names[:_N_NAMES]) + (f" and {more} more" if more > 0 else "")


def _drivers(content: ReportContent) -> list[str]:
    """Return for how many explained responses each input matters most."""
    first: dict[str, list[str]] = {}
    for target, scenario in explained_cases(content):
        found = driver(content, target, scenario)
        if found is not None and found.is_sure:
            name = input_label(content.study, found.input)
            first.setdefault(name, []).append(shown(content.study, target).label)
    parts = [
        f"{name} for {_few(list(dict.fromkeys(targets)))}"
        for name, targets in sorted(first.items(), key=lambda item: -len(item[1]))
    ]
    return (
        [f"The input that matters most, where that is sure: {'; '.join(parts)}."] if parts else []
    )


def _beware(content: ReportContent) -> list[str]:
    """Return the most important warning: an error, else confounding, else the first.

    What is set aside already has been seen to.
    """
    dataset = content.dataset
    aside = np.any([*dataset.set_aside.values()], axis=0) if dataset.set_aside else []
    seen_to = {name for name, is_out in zip(dataset.frame[SAMPLE], aside, strict=False) if is_out}
    waiting = [
        finding
        for finding in gravest_first(content.findings)
        if seen_to.isdisjoint(re.findall(r"[\w-]+", f"{finding.what} {finding.where}"))
    ]
    return [
        f"Most important warning: {finding.title} ({finding.where}): {finding.what}."
        for finding in waiting[:1]
    ]
