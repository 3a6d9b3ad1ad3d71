"""Section 4: what drives a response, and whether the families agree on it."""

from collections.abc import Iterator
from itertools import islice
from typing import Final

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
    in_scenario,
    input_label,
    shown,
    slug,
)
from electrodoe.report.page import DrawnFigures, said_once
from electrodoe.report.rounding import measured, percent, score
from electrodoe.report.scales import explained_in
from electrodoe.report.sections.driver_words import (
    Driver,
    driver,
    driver_sentence,
    together_sentence,
)
from electrodoe.report.sections.models import VERDICTS
from electrodoe.report.selection import (
    explained_cases,
    leading_cases,
    of,
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
                input_label(content.study, one.input),
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


def _strength(content: ReportContent, target: str, found: Driver) -> str:
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
