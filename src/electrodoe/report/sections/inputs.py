"""Section 2: how far the inputs of the scenarios depend on one another."""

import math
from typing import Final

from electrodoe.dataset import MAX_CORRELATION, MAX_VIF
from electrodoe.report.blocks import Listing, Section, TextRun, Words, paragraphs, strong, words
from electrodoe.report.content import ReportContent
from electrodoe.report.naming import in_sentence, listed, shown
from electrodoe.report.page import DrawnFigures
from electrodoe.report.rounding import brief_score, equals, measured, score
from electrodoe.report.selection import refused_scenarios
from electrodoe.report.table import Table, numbers, text

_ONLY_APART: Final = (
    " where the samples of a response by themselves tell the inputs apart; all samples of the"
    " scenario together do not."
)


def inputs_section(content: ReportContent, drawn: DrawnFigures) -> Section:
    """Return what each scenario's inputs are, and whether their effects can be distinguished."""
    sentence = (
        "A scenario is a choice of inputs. Its effects can be distinguished, and so be explained,"
        f" where every variance inflation factor (VIF) is below {MAX_VIF:g}; inputs that move"
        " together are explained as one."
    )
    return Section(
        anchor="inputs",
        title="2 Inputs",
        blocks=(
            *paragraphs([sentence]),
            Listing(items=tuple(_scenario(content, name) for name in content.study.scenarios)),
            *drawn.of("correlations", target=""),
        ),
        details=(vif_table(content),),
    )


def _scenario(content: ReportContent, name: str) -> Words:
    """Return a scenario's inputs, and whether they may be explained."""
    inputs = [shown(content.study, each).axis for each in content.study.scenarios[name].inputs]
    reason = refused_scenarios(content).get(name)
    verdict: list[str | TextRun]
    if reason is not None:
        verdict = [
            TextRun(text="not explained", tag="not"),
            f" The reason: {reason} Its predictions may still be used.",
        ]
    elif content.dependences[name].is_independent:
        verdict = [TextRun(text="may be explained", tag="well"), _remark(content, name)]
    elif content.dependences[name].is_explainable:
        verdict = [TextRun(text="explained in groups", tag="fairly"), _in_groups(content, name)]
    else:
        verdict = [TextRun(text="may be explained", tag="well"), _ONLY_APART]
    return words(strong(name), f": {', '.join(inputs)}. ", *verdict)


def _in_groups(content: ReportContent, scenario: str) -> str:
    """Return which inputs are explained as one."""
    found = content.dependences[scenario]
    several = [own for own in found.members.values() if len(own) > 1]
    named = [listed([in_sentence(content.study, name) for name in own]) for own in several]
    return (
        f" What moves together counts as one input: {'; '.join(named)}. Its predictions may be"
        " used; which of a group drives them, no run shows."
    )


def _remark(content: ReportContent, scenario: str) -> str:
    """Return that two inputs move together more than the paper allows, if they do."""
    found = content.dependences[scenario]
    if found.is_weak:
        return ""
    first, second, r = found.strongest_pair
    names = [shown(content.study, name).label for name in (first, second)]
    return (
        f" {names[0]} and {names[1]} move together a little (r {equals(brief_score(r))}; the paper"
        f" explains below {MAX_CORRELATION:g}): their effects are told apart, with wider bands."
    )


def vif_table(content: ReportContent) -> Table:
    """Return the variance inflation factor of each input in each scenario."""
    rows: list[tuple[str, ...]] = []
    first_rows: list[int] = []
    for scenario, found in content.dependences.items():
        first_rows.append(len(rows))
        for index, name in enumerate(found.input_names):
            others = [abs(r) for i, r in enumerate(found.correlation[index]) if i != index]
            vif = float(found.vif[index])
            rows.append(
                (
                    scenario if index == 0 else "",
                    shown(content.study, name).label,
                    score(max(others, default=math.nan)),
                    "> 1000" if vif > 1000 else measured(vif),
                )
            )
    return Table(
        caption="Largest correlation with another input, and variance inflation factor.",
        columns=(*text("Scenario", "Input"), *numbers("largest |r|", "VIF")),
        rows=tuple(rows),
        first_rows=frozenset(first_rows),
    )
