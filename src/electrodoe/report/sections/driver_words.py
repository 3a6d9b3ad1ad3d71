"""The input that matters most for a response, and what moves together, in words."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

import polars as pl

from electrodoe.report.content import ReportContent
from electrodoe.report.naming import family_title, in_sentence, input_label, listed, shown
from electrodoe.report.rounding import measured, percent
from electrodoe.report.selection import explained_family, groups_of, of, ranked_inputs

SURE_RANK: Final = 0.8
"""From this fraction of bootstraps on, the first rank is called sure."""


def together_sentence(content: ReportContent, target: str, scenario: str) -> str | None:
    """Return which inputs are explained as one because they move together, or None."""
    groups = [names for names in groups_of(content, target, scenario).values() if len(names) > 1]
    if not groups:
        return None
    named = [listed([in_sentence(content.study, name) for name in names]) for names in groups]
    verb = "count as one input" if len(groups) == 1 else "count as one input each"
    return (
        f"What moves together in these runs cannot be told apart: {'; '.join(named)} {verb}. The"
        " courses along them are the model's; that the one and not the other drives the response,"
        " no run shows."
    )


@dataclass(frozen=True, kw_only=True)
class Driver:
    """The input that matters most, and what comes behind it.

    Its strength is the mean |Shapley value| in the response's stored unit, its course ``rises``,
    ``falls``, ``turns`` (the end lies near the beginning) or unknown. Unseparated are neighbors
    behind the first whose bands from the configuration bootstrap overlap: either may come first.
    """

    input: str
    strength: float
    p_rank_1: float | None
    course: str
    second: str | None
    unseparated: tuple[tuple[str, str], ...] = ()

    @property
    def is_sure(self) -> bool:
        """Return whether nearly every bootstrap puts the input first."""
        return self.p_rank_1 is not None and self.p_rank_1 >= SURE_RANK


def driver(content: ReportContent, target: str, scenario: str) -> Driver | None:
    """Return the most important input of an explained response, or None."""
    family = explained_family(content, target, scenario)
    order = ranked_inputs(content, target, scenario)
    found = of(content.explanations, target, scenario).filter(
        pl.col("method") == "shapley", pl.col("family") == family
    )
    rows = found.filter(pl.col("input") == order[0])
    if rows.is_empty():
        return None
    row = rows.row(0, named=True)
    return Driver(
        input=order[0],
        strength=row["value"],
        p_rank_1=row["p_rank_1"],
        course=_course(content, target, scenario, order[0]),
        second=order[1] if len(order) > 1 else None,
        unseparated=_unseparated(found, order[1:]),
    )


def _unseparated(found: pl.DataFrame, order: Sequence[str]) -> tuple[tuple[str, str], ...]:
    """Return the neighbors of an order whose bands overlap."""
    bands = {row["input"]: (row["low"], row["high"]) for row in found.iter_rows(named=True)}
    return tuple(
        (upper, lower)
        for upper, lower in pairwise(order)
        if upper in bands
        and lower in bands
        and None not in (*bands[upper], *bands[lower])
        and bands[lower][1] > bands[upper][0]
    )


def _course(content: ReportContent, target: str, scenario: str, name: str) -> str:
    """Return in a word how the prediction moves along an input."""
    family = explained_family(content, target, scenario)
    curve = of(content.effects, target, scenario).filter(
        pl.col("family") == family, pl.col("input") == name
    )
    heights = curve.sort("input_value")["effect"].to_numpy()
    if name in content.study.levels:
        return _level_course(content.study.levels[name], curve)
    if len(heights) < 2 or heights.max() == heights.min():
        return ""
    rise = (heights[-1] - heights[0]) / (heights.max() - heights.min())
    if abs(rise) < 0.5:
        return "turns"
    return "rises" if rise > 0 else "falls"


def _level_course(levels: Mapping[int, str], curve: pl.DataFrame) -> str:
    """Return with which level of a category the response is highest, and with which lowest."""
    ordered = curve.sort("effect", maintain_order=True)["input_value"].to_list()
    if len(ordered) < 2:
        return ""
    highest, lowest = (levels[round(ordered[end])] for end in (-1, 0))
    return f"it is highest with {highest} and lowest with {lowest}"


def driver_sentence(content: ReportContent, target: str, scenario: str) -> str | None:
    """Return what drives a response as a sentence, or None where nothing was explained."""
    found = driver(content, target, scenario)
    if found is None:
        return None
    look, name = shown(content.study, target), input_label(content.study, found.input)
    family = family_title(explained_family(content, target, scenario) or "")
    strength = look.with_unit(measured(found.strength * look.factor))
    course = {
        "rises": f"; the response rises with {_lower(name)}",
        "falls": f"; the response falls as {_lower(name)} rises",
        "turns": f"; along {_lower(name)} the response does not run one way",
        "": "",
    }.get(found.course, f"; {found.course}")
    times = (
        f", first in {percent(found.p_rank_1)} of the configuration bootstraps"
        if found.p_rank_1 is not None
        else ""
    )
    head = f"{look.label}: {_lower(name)} matters most (mean |Shapley value| {strength}"
    sentence = f"{head}, {family}{times}){course}."
    if not found.is_sure and found.second and found.p_rank_1 is not None:
        second = input_label(content.study, found.second)
        sentence += f" Whether {_lower(name)} or {_lower(second)} comes first is not settled."
    pairs = [
        " and ".join(_lower(input_label(content.study, each)) for each in pair)
        for pair in found.unseparated
    ]
    if pairs:
        sentence += f" Behind it, not separated: {'; '.join(pairs)}."
    return sentence


def _lower(words: str) -> str:
    """Return words for the middle of a sentence; an abbreviation keeps its capitals."""
    return words if words[:2].isupper() else words[:1].lower() + words[1:]
