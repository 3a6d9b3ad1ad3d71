"""Section 4: what drives a response, and whether the families agree on it."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice, pairwise
from typing import Final

import polars as pl

from electrodoe.evaluate.judgement import Predictability
from electrodoe.report.blocks import (
    Block,
    Folded,
    Listing,
    Section,
    TextRun,
    paragraphs,
    strong,
    words,
)
from electrodoe.report.content import ReportContent
from electrodoe.report.naming import (
    family_title,
    in_scenario,
    in_sentence,
    input_label,
    listed,
    shown,
    slug,
)
from electrodoe.report.page import DrawnFigures, said_once
from electrodoe.report.rounding import measured, percent, score
from electrodoe.report.scales import explained_in
from electrodoe.report.sections.models import VERDICTS
from electrodoe.report.selection import (
    explained_cases,
    explained_family,
    groups_of,
    leading_cases,
    of,
    ranked_inputs,
    refused_cases,
    refused_scenarios,
    verdict,
)
from electrodoe.report.table import Table, numbers, present, text

_CARE: Final = "The model itself predicts hardly anything; take its explanation with care."
_LEADING: Final = ("drivers", "effects", "contour")
"""Pictures that everybody sees of a leading response; others show the same in another way."""
_COURSES: Final = {
    "rises": "rises with it",
    "falls": "falls as it rises",
    "turns": "does not run one way",
    "": "–",
}
SURE_RANK: Final = 0.8
"""From this fraction of bootstraps on, the first rank is called sure."""


def explanations_section(content: ReportContent, drawn: DrawnFigures) -> Section:
    """Return what the models that predict new configurations have learned."""
    sentence = (
        "What the models that predict new configurations have learned, which is no proof of a"
        " cause. Bands and ranks come from drawing whole configurations anew (bootstraps)."
    )
    items = tuple(
        words(strong(title), f": {reason}") for title, reason in _unexplained(content).items()
    )
    return Section(
        anchor="explanations",
        title="4 Explanations",
        blocks=(
            *paragraphs([sentence]),
            *present(drivers_table(content)),
            *_leading(content, drawn),
        ),
        details=(*([Listing(items=items)] if items else []), *_parts(content, drawn)),
    )


def drivers_table(content: ReportContent) -> Table | None:
    """Return the input that matters most for each explained response, and how sure that is."""
    explained = explained_cases(content)
    found = [(case, one) for case in explained if (one := driver(content, *case)) is not None]
    names = [target for (target, _), _ in found]
    return Table(
        caption="The input that matters most, by the mean size of its Shapley values; how often it"
        " comes first where whole configurations are drawn anew.",
        columns=(
            *text("Response", "Scenario", "Matters most", "The response"),
            *numbers("By", "Comes first"),
        ),
        rows=tuple(
            (
                "" if index and names[index - 1] == target else shown(content.study, target).label,
                scenario,
                shown(content.study, one.input).label,
                _COURSES.get(one.course, one.course),
                _strength(content, target, one),
                "–" if one.p_rank_1 is None else percent(one.p_rank_1),
            )
            for index, ((target, scenario), one) in enumerate(found)
        ),
        first_rows=frozenset(
            index for index, name in enumerate(names) if index == 0 or names[index - 1] != name
        ),
    )


def _strength(content: ReportContent, target: str, found: "Driver") -> str:
    """Return the mean |Shapley value| of a driver, with its unit."""
    look = shown(content.study, target)
    return look.with_unit(measured(found.strength * look.factor))


def _unexplained(content: ReportContent) -> dict[str, str]:
    """Return what is not explained, with the reason."""
    study = content.study
    scenarios = {
        f"Scenario {name} is not explained": reason
        for name, reason in refused_scenarios(content).items()
    }
    return scenarios | {
        f"{shown(study, target).label}{in_scenario(study, scenario)}": reason
        for (target, scenario), reason in refused_cases(content).items()
    }


def _leading(content: ReportContent, drawn: DrawnFigures) -> Iterator[Folded]:
    """Yield an open part per leading response: what drives it, in words and pictures."""
    leading = leading_cases(content)
    shown_of = {case: drawn.of(*_LEADING, target=case[0], scenario=case[1]) for case in leading}
    pictures = iter(said_once(picture for case in leading for picture in shown_of[case]))
    for index, (target, scenario) in enumerate(leading):
        said = [
            driver_sentence(content, target, scenario),
            together_sentence(content, target, scenario),
        ]
        own = tuple(islice(pictures, len(shown_of[target, scenario])))
        yield _part(
            content,
            (target, scenario),
            slug("explained", str(index + 1), target, scenario),
            (*paragraphs([sentence for sentence in said if sentence]), *own),
            is_leading=True,
        )


def _part(
    content: ReportContent,
    case: tuple[str, str],
    anchor: str,
    blocks: tuple[Block, ...],
    *,
    is_leading: bool,
) -> Folded:
    """Return what is told of one explained response below its name and its verdict."""
    word, axis = verdict(content, *case).value, shown(content.study, case[0]).axis
    return Folded(
        anchor=anchor,
        title=f"{axis}{in_scenario(content.study, case[1])}",
        link=axis if is_leading else "",
        tag=TextRun(text=VERDICTS[word], tag=word),
        is_open=is_leading,
        blocks=blocks,
    )


def _parts(content: ReportContent, drawn: DrawnFigures) -> Iterator[Folded]:
    """Yield one part per explained response and scenario, with what no leading part shows."""
    kinds = ("importance", "bee_swarm", "drivers", "effects", "interaction_lines", "contour")
    leading = leading_cases(content)
    for index, case in enumerate(explained_cases(content)):
        target, scenario = case
        is_weak = verdict(content, *case) is Predictability.WEAKLY
        sentences = [
            driver_sentence(content, *case),
            together_sentence(content, *case),
            explained_in(content, target),
            _CARE if is_weak else None,
        ]
        rest = [kind for kind in kinds if kind not in _LEADING or case not in leading]
        blocks: tuple[Block, ...] = (
            *paragraphs([sentence for sentence in sentences if sentence]),
            *present(agreement_table(content, *case), look="wide"),
            *drawn.of(*rest, target=target, scenario=scenario),
        )
        anchor = slug("explanation", str(index + 1), target, scenario)
        yield _part(content, case, anchor, blocks, is_leading=False)


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


METHODS = {
    "shapley": "Shapley values",
    "permutation": "Permutation",
    "mdi": "Impurity (MDI)",
    "coefficient": "Coefficients",
}
"""Titles of the methods by their names in ``explanations.csv``."""


def agreement_table(content: ReportContent, target: str, scenario: str) -> Table | None:
    """Return how far the families agree on the order of the inputs, or None."""
    rows = of(content.agreement, target, scenario)
    if rows.is_empty():
        return None
    return Table(
        caption=(
            "Do the families rank the inputs alike? Kendall's W is 1 where all agree and near 0"
            " where they do not; τ is the mean over pairs of families."
        ),
        columns=(
            *text("Method"),
            *numbers("Families", "Kendall's W", "mean τ"),
            *text("Most often first"),
            *numbers("Fraction of families"),
        ),
        rows=tuple(
            (
                METHODS.get(row["method"], row["method"]),
                str(row["n_families"]),
                score(row["kendall_w"]),
                score(row["mean_tau"]),
                input_label(content.study, row["top_input"]) if row["top_input"] else "–",
                percent(row["top_fraction"]),
            )
            for row in rows.iter_rows(named=True)
        ),
    )
