"""Section 7: what follows from a study, in plain sentences with their numbers."""

from typing import Final

import polars as pl

from electrodoe.evaluate.judgement import Predictability
from electrodoe.findings import Severity
from electrodoe.findings.wording import listed
from electrodoe.report.blocks import Listing, Section, paragraphs, words
from electrodoe.report.content import ReportContent
from electrodoe.report.naming import in_scenario, is_binary, shown
from electrodoe.report.rounding import brief_score, equals, p_value
from electrodoe.report.sections.driver_words import driver_sentence
from electrodoe.report.sections.findings import CONFOUNDED
from electrodoe.report.selection import (
    best_scenario,
    deciding_row,
    explained_cases,
    leading_cases,
    of,
    refused_scenarios,
    verdict,
)

_NO_GOAL: Final = (
    "No settings are recommended, since no response has a goal. With one in study.toml (maximize,"
    " minimize, target or range) the next run recommends settings, how far they may drift and what"
    " to run next; electrodoe recommend --help tells more."
)

_OPENING: Final = "What these data say, with the numbers it rests on."

_MOST_MISSED: Final = 6
"""Responses that are named; section 5 has the others."""

_BEYOND_RUNS: Final = (
    "runs of equal settings differ by: there is structure beyond curvature and two-factor"
    " interactions"
)
_BEYOND_SAMPLES: Final = (
    "replicates explain: either there is structure beyond curvature and two-factor interactions, or"
    " whole runs differ by more than the samples of one run do; making some settings again as runs"
    " of their own would tell"
)


def conclusions_section(content: ReportContent) -> Section:
    """Return the conclusions as a numbered list, and how to ask for a recommendation."""
    items = tuple(words(sentence) for sentence in conclusions(content))
    return Section(
        anchor="conclusions",
        title="7 Conclusions",
        blocks=(
            *paragraphs([_OPENING]),
            Listing(items=items, is_numbered=True),
            *paragraphs([] if content.recommendation else [_NO_GOAL]),
        ),
    )


def conclusions(content: ReportContent) -> list[str]:
    """Return the conclusions of a study.

    Parameters
    ----------
    content : ReportContent
        What was found.

    Returns
    -------
    list of str
        Sentences: what can be predicted and what not, how far a random split misleads, what
        drives each predictable response, what was refused, what must be looked at.
    """
    return [
        *_predictable(content),
        *_not_predictable(content),
        *_drivers(content),
        *_lack_of_fit(content),
        *_refused(content),
        *_warnings(content),
    ]


def _by_verdict(content: ReportContent, *words: Predictability) -> list[tuple[str, str]]:
    """Return each response with its best scenario, if its verdict is one of some."""
    pairs = [(target, best_scenario(content, target)) for target in content.study.modeled_responses]
    return [
        (target, scenario)
        for target, scenario in pairs
        if scenario is not None and verdict(content, target, scenario) in words
    ]


def _predictable(content: ReportContent) -> list[str]:
    """Return one sentence per degree of predictability."""
    degrees = (
        (Predictability.WELL, "Well predictable for configurations that were not measured"),
        (Predictability.FAIRLY, "Fairly predictable for new configurations"),
        (Predictability.WEAKLY, "Hardly predictable for new configurations"),
    )
    sentences = []
    for degree, head in degrees:
        found = _by_verdict(content, degree)
        if found:
            parts = "; ".join(_scored(content, *case) for case in found)
            sentences.append(f"{head}: {parts}.")
    return sentences


def _scored(content: ReportContent, target: str, scenario: str) -> str:
    """Return a response with its R², its error and the family they belong to."""
    look, row = shown(content.study, target), deciding_row(content, target, scenario)
    if row is None:
        return look.label
    scaled = row.get("r2_loco_on_scale")
    on_scale = "" if scaled is None else f", {brief_score(scaled)} on the scale of its models"
    if is_binary(content.study, target):
        return f"{look.label} (skill {brief_score(row['r2_loco'])})"
    score = f"R² {brief_score(row['r2_loco'])}{on_scale}"
    return f"{look.label} ({score})"


def _not_predictable(content: ReportContent) -> list[str]:
    """Return the sentence on responses that nothing predicts."""
    found = _by_verdict(content, Predictability.NOT)
    if not found:
        return []
    parts = "; ".join(_scored(content, *case) for case in found)
    return [
        (
            f"Not predictable from these inputs: {parts}. Whatever a random split says of them, do"
            " not use these models for new settings."
        )
    ]


def _drivers(content: ReportContent) -> list[str]:
    """Return what drives the leading responses, and where that of the others stands."""
    explained, leading = explained_cases(content), leading_cases(content)
    sentences = [driver_sentence(content, *case) for case in leading]
    others = (
        ["What drives the other responses: section 4."] if len(explained) > len(leading) else []
    )
    return [*(sentence for sentence in sentences if sentence is not None), *others]


def _lack_of_fit(content: ReportContent) -> list[str]:
    """Return which polynomials miss something that runs, or samples, do not explain."""
    by_runs: list[str] = []
    by_samples: list[str] = []
    explained = explained_cases(content)
    targets = [target for target, _ in explained]
    for target, scenario in explained:
        rows = of(content.anova, target, scenario).filter(
            pl.col("model").str.to_lowercase().str.contains("quadratic|polynomial|interactions")
        )
        sources = pl.col("source").str.to_lowercase().str.replace_all("_", " ")
        lacking = rows.filter(sources == "lack of fit", pl.col("p") < 0.05)
        if lacking.height:
            label = shown(content.study, target).label
            place = in_scenario(content.study, scenario) if targets.count(target) > 1 else ""
            has_runs = rows.filter(sources == "pure error").height
            (by_runs if has_runs else by_samples).append(
                f"{label}{place} (p {equals(p_value(lacking['p'][0]))})"
            )
    return [
        f"Even a full quadratic leaves more than {words}: {listed(missed, limit=_MOST_MISSED)}."
        for missed, words in ((by_runs, _BEYOND_RUNS), (by_samples, _BEYOND_SAMPLES))
        if missed
    ]


def _refused(content: ReportContent) -> list[str]:
    """Return which scenarios were not explained, and why."""
    return [
        f"Scenario {scenario} was not explained: its inputs depend on one another (section 2)."
        for scenario in refused_scenarios(content)
    ]


def _warnings(content: ReportContent) -> list[str]:
    """Return each confounding, and how many findings want a person's look."""
    grave = [finding for finding in content.findings if finding.severity is not Severity.NOTE]
    confounded = [finding for finding in grave if finding.code == CONFOUNDED]
    n_errors = sum(finding.severity is Severity.ERROR for finding in grave)
    counted = (
        f"Findings that want a look before anything is decided: {n_errors} of severity error,"
        f" {len(grave) - n_errors} of severity warning (section 1.1)."
    )
    return [
        *(f"{finding.title} ({finding.where}): {finding.what}." for finding in confounded),
        *([counted] if grave else []),
    ]
