"""Which rows a section speaks about, and why others are not explained."""

import math
from collections.abc import Callable, Sequence
from functools import wraps
from typing import Any, Final, TypeVar
from weakref import WeakKeyDictionary

import polars as pl

from electrodoe.dataset import MAX_VIF, Dependence, dependence
from electrodoe.evaluate.judgement import (
    Predictability,
    best_rows,
    deciding_rows,
    judged_r2,
    judged_scores,
    predictability,
)
from electrodoe.models import DEFAULT_FAMILY, FAMILIES
from electrodoe.report.content import ReportContent
from electrodoe.report.naming import shown
from electrodoe.report.rounding import brief_score, equals, measured
from electrodoe.ties import ascending, first_largest

Answer = TypeVar("Answer")

_MOST_LEADING: Final = 3
"""Responses that are shown in full to everybody: a page each."""


def _once(ask: Callable[..., Answer]) -> Callable[..., Answer]:
    """Remember what is asked of a content, for no longer than the content lives."""
    answers: WeakKeyDictionary[ReportContent, dict[tuple[str, ...], Answer]] = WeakKeyDictionary()

    @wraps(ask)
    def remembered(content: ReportContent, *names: str) -> Answer:
        known = answers.setdefault(content, {})
        if names not in known:
            known[names] = ask(content, *names)
        return known[names]

    return remembered


def of(frame: pl.DataFrame, target: str, scenario: str) -> pl.DataFrame:
    """Return the rows of one target and one scenario, in their order."""
    return frame.filter(pl.col("target") == target, pl.col("scenario") == scenario)


def cases(content: ReportContent) -> list[tuple[str, str]]:
    """Return every target and scenario that was evaluated, targets in the study's order."""
    study = content.study
    evaluated = set(content.evaluation.select("target", "scenario").iter_rows())
    pairs = [(target, scenario) for target in study.responses for scenario in study.scenarios]
    return [pair for pair in pairs if pair in evaluated]


def families_in(frame: pl.DataFrame) -> list[str]:
    """Return the families of a frame in the catalogue's order."""
    present = set(frame["family"].to_list())
    return [family for family in FAMILIES if family in present]


@_once
def best_row(content: ReportContent, target: str, scenario: str) -> dict[str, Any] | None:
    """Return the scores of the best family on new configurations, or None."""
    rows = best_rows(of(content.evaluation, target, scenario))
    return None if rows.is_empty() else rows.row(0, named=True)


@_once
def deciding_row(content: ReportContent, target: str, scenario: str) -> dict[str, Any] | None:
    """Return the scores of the family that was chosen before they were seen, or None."""
    rows = deciding_rows(of(content.evaluation, target, scenario), DEFAULT_FAMILY)
    return None if rows.is_empty() else rows.row(0, named=True)


def verdict(content: ReportContent, target: str, scenario: str) -> Predictability:
    """Return how well the family that decides predicts new configurations."""
    row = deciding_row(content, target, scenario)
    return Predictability.NOT if row is None else predictability(judged_r2(row))


def best_scenario(content: ReportContent, target: str) -> str | None:
    """Return the scenario in which a target is predicted best, or None."""
    rows = deciding_rows(content.evaluation.filter(pl.col("target") == target), DEFAULT_FAMILY)
    if rows.is_empty():
        return None
    return str(rows["scenario"][int(first_largest(judged_scores(rows), scale=1.0))])


def explained_cases(content: ReportContent) -> list[tuple[str, str]]:
    """Return the targets and scenarios with an explained family that predicts something."""
    found = []
    for case in cases(content):
        family = explained_family(content, *case)
        if family is not None and _word(content, *case, family) is not Predictability.NOT:
            found.append(case)
    return found


def leading_cases(content: ReportContent) -> list[tuple[str, str]]:
    """Return the explained cases that everybody reads of, one per response, three at most.

    Those of responses with a goal; where no explained response has one, the best predicted.
    """
    each = by_predictability(content)
    aims = [case for case in each if content.study.responses[case[0]].goal is not None]
    chosen = (aims or each)[:_MOST_LEADING]
    return [case for case in explained_cases(content) if case in chosen]


def by_predictability(content: ReportContent) -> list[tuple[str, str]]:
    """Return the explained cases, one per response, best predicted first."""
    found: dict[str, tuple[str, str]] = {}
    for target, scenario in explained_cases(content):
        if target not in found or scenario == best_scenario(content, target):
            found[target] = (target, scenario)
    return sorted(found.values(), key=lambda case: -_judged(content, *case))


def _judged(content: ReportContent, target: str, scenario: str) -> float:
    """Return how well a case is predicted, to two digits: closer ones are equals."""
    row = deciding_row(content, target, scenario)
    return -math.inf if row is None else round(float(judged_r2(row)), 2)


@_once
def explained_family(content: ReportContent, target: str, scenario: str) -> str | None:
    """Return the family whose explanation is shown, or None.

    The one that the study asks for, else the one that decides.
    """
    rows = of(content.explanations, target, scenario).filter(pl.col("method") == "shapley")
    families = families_in(rows)
    asked = content.study.report.explained_of(target)
    if asked in families:
        return asked
    scores = of(content.evaluation, target, scenario).filter(pl.col("family").is_in(families))
    rows = deciding_rows(scores, DEFAULT_FAMILY)
    return None if rows.is_empty() else str(rows["family"][0])


@_once
def _word(content: ReportContent, target: str, scenario: str, family: str) -> Predictability:
    """Return how well one family predicts new configurations."""
    scores = of(content.evaluation, target, scenario).filter(pl.col("family") == family)
    known = judged_scores(scores.drop_nulls("r2_loco"))
    return predictability(known[0]) if len(known) else Predictability.NOT


def ranked_inputs(content: ReportContent, target: str, scenario: str) -> list[str]:
    """Return a scenario's inputs, most important first by the Shapley values that are shown.

    Inputs that move together are one, as :func:`groups_of` names them.
    """
    family = explained_family(content, target, scenario)
    rows = of(content.explanations, target, scenario).filter(
        pl.col("method") == "shapley", pl.col("family") == family
    )
    order = rows[ascending(-rows["value"].to_numpy())]["input"].to_list()
    known = groups_of(content, target, scenario)
    return [name for name in order if name in known] + [n for n in known if n not in order]


def single_inputs(content: ReportContent, target: str, scenario: str) -> list[str]:
    """Return a scenario's inputs in the same order, those of a group one by one."""
    groups = groups_of(content, target, scenario)
    return [each for name in ranked_inputs(content, target, scenario) for each in groups[name]]


def groups_of(content: ReportContent, target: str, scenario: str) -> dict[str, tuple[str, ...]]:
    """Return the inputs that count as one in the explanation of a response, by their name."""
    return _dependence(content, target, scenario).members


def shared_scenarios(cases: list[tuple[str, str]], targets: Sequence[str]) -> list[str]:
    """Return the scenarios that all of some targets are among the cases with.

    Examples
    --------
    >>> shared_scenarios([("a", "one"), ("b", "one"), ("a", "two")], ("a", "b"))
    ['one']
    """
    scenarios = dict.fromkeys(scenario for _, scenario in cases)
    return [name for name in scenarios if {(each, name) for each in targets} <= {*cases}]


def refused_scenarios(content: ReportContent) -> dict[str, str]:
    """Return the scenarios whose inputs all move together, with the reason as a sentence.

    A scenario is not refused as long as one of its responses has samples that tell some apart.
    """
    return {
        scenario: _reason(content, found)
        for scenario, found in content.dependences.items()
        if not found.is_explainable and not _has_telling_samples(content, scenario)
    }


def _has_telling_samples(content: ReportContent, scenario: str) -> bool:
    """Return whether the samples of any response tell inputs of a scenario apart."""
    return any(
        _dependence(content, response, scenario).is_explainable
        for response in content.study.responses_of(scenario)
    )


@_once
def _dependence(content: ReportContent, target: str, scenario: str) -> Dependence:
    """Return how the inputs depend on one another among the samples that a model sees."""
    data = content.dataset.training_data(target, scenario)
    return dependence(data.input_names, data.inputs, data.levels)


def refused_cases(content: ReportContent) -> dict[tuple[str, str], str]:
    """Return the targets without explanation in the other scenarios, with the reason."""
    refused, explained = refused_scenarios(content), set(explained_cases(content))
    return {
        case: _reason_of_case(content, *case)
        for case in cases(content)
        if case not in explained and case[1] not in refused
    }


def _reason_of_case(content: ReportContent, target: str, scenario: str) -> str:
    """Return why a target is not explained though its scenario is."""
    if verdict(content, target, scenario).value == "not":
        return "not predictable from these inputs, so there is nothing to explain."
    found = _dependence(content, target, scenario)
    if not found.is_explainable:
        return f"among the samples that have this response, {_reason(content, found)}"
    if of(content.explanations, target, scenario).is_empty():
        return "no explanation was computed."
    return "no family that was explained predicts new configurations."


def _reason(content: ReportContent, found: Dependence) -> str:
    """Return why dependent inputs are not explained, with the numbers."""
    first, second, r = found.strongest_pair
    names = [shown(content.study, name).label for name in (first, second)]
    vif = float(found.vif.max())
    largest = "above 1000" if vif > 1000 else measured(vif)
    return (
        "the inputs depend on one another, so their effects cannot be distinguished (r"
        f" {equals(brief_score(r))} between {names[0]} and {names[1]}, largest VIF {largest}; asked"
        f" for is VIF < {MAX_VIF:g})."
    )
