"""What drives a response, in a sentence with its numbers."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

import polars as pl

from electrodoe.report.content import ReportContent
from electrodoe.report.naming import family_title, shown
from electrodoe.report.rounding import measured, percent
from electrodoe.report.selection import explained_family, of, ranked_inputs

SURE_RANK: Final = 0.8
"""From this share of bootstraps on, the first rank is called sure."""


@dataclass(frozen=True, kw_only=True)
class Driver:
    """The input that matters most for a response.

    Attributes
    ----------
    input : str
        Column.
    strength : float
        Mean |Shapley value|, in the response's stored unit.
    p_rank_1 : float or None
        Share of the configuration bootstraps in which it came first.
    course : str
        ``rises``, ``falls``, or ``bends`` where the end lies near the beginning; empty if unknown.
    second : str or None
        The input that comes next.
    unseparated : tuple of pairs of str
        Neighbors in the order behind the first whose bands from the configuration bootstrap
        overlap, so that either may come before the other.
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
    if len(heights) < 2 or heights.max() == heights.min():
        return ""
    rise = (heights[-1] - heights[0]) / (heights.max() - heights.min())
    if abs(rise) < 0.5:
        return "bends"
    return "rises" if rise > 0 else "falls"


def driver_sentence(content: ReportContent, target: str, scenario: str) -> str | None:
    """Return what drives a response as a sentence, or None where nothing was explained."""
    found = driver(content, target, scenario)
    if found is None:
        return None
    look, name = shown(content.study, target), shown(content.study, found.input).label
    family = family_title(explained_family(content, target, scenario) or "")
    strength = look.with_unit(measured(found.strength * look.factor))
    course = {
        "rises": f"; the response rises with {_lower(name)}",
        "falls": f"; the response falls as {_lower(name)} rises",
        "bends": f"; along {_lower(name)} the response does not run one way",
        "": "",
    }[found.course]
    times = (
        f", first in {percent(found.p_rank_1)} of the configuration bootstraps"
        if found.p_rank_1 is not None
        else ""
    )
    head = f"{look.label}: {_lower(name)} matters most (mean |Shapley value| {strength}"
    sentence = f"{head}, {family}{times}){course}."
    if not found.is_sure and found.second and found.p_rank_1 is not None:
        second = shown(content.study, found.second).label
        sentence += f" Whether {_lower(name)} or {_lower(second)} comes first is not settled."
    pairs = [
        " and ".join(_lower(shown(content.study, each).label) for each in pair)
        for pair in found.unseparated
    ]
    if pairs:
        sentence += f" Behind it, not separated: {'; '.join(pairs)}."
    return sentence


def _lower(words: str) -> str:
    """Return words for the middle of a sentence; an abbreviation keeps its capitals."""
    return words if words[:2].isupper() else words[:1].lower() + words[1:]
