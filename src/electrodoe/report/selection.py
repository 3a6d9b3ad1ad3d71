"""Which rows of the frames a section speaks about: the family shown, what may be explained."""

from collections.abc import Callable
from functools import wraps
from typing import Any, TypeVar
from weakref import WeakKeyDictionary

import polars as pl

from electrodoe.evaluate.judgement import Predictability, best_rows, predictability
from electrodoe.models import DEFAULT_FAMILY, FAMILIES
from electrodoe.report.content import ReportContent
from electrodoe.ties import ascending, first_largest

Answer = TypeVar("Answer")


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
    """Return every target and scenario that was judged, targets in the study's order."""
    study = content.study
    judged = set(content.evaluation.select("target", "scenario").iter_rows())
    pairs = [(target, scenario) for target in study.responses for scenario in study.scenarios]
    return [pair for pair in pairs if pair in judged]


def families_in(frame: pl.DataFrame) -> list[str]:
    """Return the families of a frame in the catalogue's order."""
    present = set(frame["family"].to_list())
    return [family for family in FAMILIES if family in present]


@_once
def best_row(content: ReportContent, target: str, scenario: str) -> dict[str, Any] | None:
    """Return the scores of the best family on new configurations, or None."""
    rows = best_rows(of(content.evaluation, target, scenario))
    return None if rows.is_empty() else rows.row(0, named=True)


def verdict(content: ReportContent, target: str, scenario: str) -> Predictability:
    """Return how well the best family predicts new configurations."""
    row = best_row(content, target, scenario)
    return Predictability.NOT if row is None else predictability(row["r2_loco"])


def best_scenario(content: ReportContent, target: str) -> str | None:
    """Return the scenario in which a target is predicted best, or None."""
    rows = best_rows(content.evaluation.filter(pl.col("target") == target))
    if rows.is_empty():
        return None
    return str(rows["scenario"][int(first_largest(rows["r2_loco"].to_numpy(), scale=1.0))])


def explained_cases(content: ReportContent) -> list[tuple[str, str]]:
    """Return the targets and scenarios with an explained family that predicts something."""
    found = []
    for case in cases(content):
        family = explained_family(content, *case)
        if family is not None and _word(content, *case, family) is not Predictability.NOT:
            found.append(case)
    return found


@_once
def explained_family(content: ReportContent, target: str, scenario: str) -> str | None:
    """Return the family whose explanation is shown, or None.

    The default, unless another explained family predicts new configurations better by a word.
    """
    rows = of(content.explanations, target, scenario).filter(pl.col("method") == "shapley")
    families = families_in(rows)
    scores = of(content.evaluation, target, scenario).filter(pl.col("family").is_in(families))
    best = best_rows(scores)
    if best.is_empty():
        return None
    leading = str(best["family"][0])
    is_as_good = DEFAULT_FAMILY in families and _word(
        content, target, scenario, DEFAULT_FAMILY
    ) is _word(content, target, scenario, leading)
    return DEFAULT_FAMILY if is_as_good else leading


@_once
def _word(content: ReportContent, target: str, scenario: str, family: str) -> Predictability:
    """Return how well one family predicts new configurations."""
    scores = of(content.evaluation, target, scenario).filter(pl.col("family") == family)
    known = scores["r2_loco"].drop_nulls()
    return predictability(known[0]) if len(known) else Predictability.NOT


def ranked_inputs(content: ReportContent, target: str, scenario: str) -> list[str]:
    """Return a scenario's inputs, most important first by the Shapley values that are shown."""
    family = explained_family(content, target, scenario)
    rows = of(content.explanations, target, scenario).filter(
        pl.col("method") == "shapley", pl.col("family") == family
    )
    order = rows[ascending(-rows["value"].to_numpy())]["input"].to_list()
    known = content.study.scenarios[scenario].inputs
    return [name for name in order if name in known] + [n for n in known if n not in order]
