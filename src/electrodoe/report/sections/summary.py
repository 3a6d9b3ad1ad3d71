"""The study in one paragraph: what can be predicted, what drives it, what to beware of."""

import re
from typing import Final

import numpy as np

from electrodoe.dataset.dataset import SAMPLE
from electrodoe.evaluate.judgement import Predictability
from electrodoe.findings import Severity
from electrodoe.optimize import Recommendation, Refusal
from electrodoe.report.blocks import Block, BoxedText, Paragraph, paragraphs, strong, words
from electrodoe.report.content import ReportContent
from electrodoe.report.naming import shown
from electrodoe.report.page import DrawnFigures
from electrodoe.report.sections.data import data_sentence
from electrodoe.report.sections.explanations import driver
from electrodoe.report.sections.screening import active_sentence
from electrodoe.report.selection import best_scenario, explained_cases, of, verdict

CONFOUNDED: Final = "D105"
"""The finding that turns an effect into a maybe."""
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
    """Return what the models say, where the answer is another; nothing where they are it."""
    return () if content.recommendation is None else paragraphs([" ".join(summary(content))])


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
    groups: dict[str, list[str]] = {"yes": [], "hardly": [], "no": []}
    for target in content.study.modeled_responses:
        scenario = best_scenario(content, target)
        word = Predictability.NOT if scenario is None else verdict(content, target, scenario)
        key = {Predictability.NOT: "no", Predictability.WEAKLY: "hardly"}.get(word, "yes")
        groups[key].append(shown(content.study, target).label)
    heads = {
        "yes": "Predictable for new configurations (R² of at least 0.5 when each configuration is"
        " left out in turn)",
        "hardly": "Hardly predictable (0.2 to 0.5)",
        "no": "Not predictable from these inputs (below 0.2)",
    }
    return [f"{heads[key]}: {_few(names)}." for key, names in groups.items() if names]


def _few(names: list[str]) -> str:
    """Return names as a list in words, cut after some."""
    more = len(names) - _N_NAMES
    return ", ".join(names[:_N_NAMES]) + (f" and {more} more" if more > 0 else "")


def _drivers(content: ReportContent) -> list[str]:
    """Return for how many explained responses each input matters most."""
    first: dict[str, list[str]] = {}
    for target, scenario in explained_cases(content):
        found = driver(content, target, scenario)
        if found is not None and found.is_sure:
            name = shown(content.study, found.input).label
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
    grave = [
        finding
        for finding in content.findings
        if finding.severity is not Severity.NOTE
        and seen_to.isdisjoint(re.findall(r"[\w-]+", f"{finding.what} {finding.where}"))
    ]
    ranked = sorted(grave, key=lambda f: (f.severity is not Severity.ERROR, f.code != CONFOUNDED))
    return [
        f"Most important warning: {finding.title} ({finding.where}): {finding.what}."
        for finding in ranked[:1]
    ]
