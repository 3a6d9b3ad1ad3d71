"""What becomes of each parameter in the study, and why, in a sentence."""

from collections.abc import Sequence
from enum import StrEnum
from typing import Final

from electrodoe.design.screening.case import ScreeningCase
from electrodoe.design.screening.elimination import Link
from electrodoe.design.screening.relevance import ADVICE
from electrodoe.study.laws import LAWS


class Role(StrEnum):
    """What becomes of a parameter."""

    FACTOR = "factor"
    STAND_IN = "stand-in"
    ELIMINATED = "eliminated"
    LEFT_OUT = "left out"
    CANDIDATE_FACTOR = "candidate factor"
    CANDIDATE_RESPONSE = "candidate response"
    RECORD = "record"
    IGNORE = "ignore"


_ADVISED: Final = {
    ("high", "low"): Role.CANDIDATE_FACTOR,
    ("high", "medium"): Role.CANDIDATE_FACTOR,
    ("high", "high"): Role.CANDIDATE_RESPONSE,
    ("low", "medium"): Role.IGNORE,
    ("low", "high"): Role.IGNORE,
}
"""The role that a place in the portfolio suggests; elsewhere, to record it."""


def role_of(case: ScreeningCase, name: str) -> Role:
    """Return what becomes of a parameter.

    What laws force comes first, then what a person has decided, then what its place advises.
    """
    parameter = case.parameters[name]
    if name in case.gone:
        return Role.ELIMINATED
    if parameter.left_out is not None:
        return Role.LEFT_OUT
    if parameter.has_stand_in:
        return Role.STAND_IN
    if name in case.own_factor:
        return Role.FACTOR
    return _ADVISED.get((case.importance[name].level, parameter.complexity), Role.RECORD)


def advice_for(case: ScreeningCase, name: str) -> str:
    """Return what a parameter's place in the portfolio advises."""
    return ADVICE[case.importance[name].level, case.parameters[name].complexity]


def reason_for(case: ScreeningCase, name: str) -> str:
    """Return why a parameter has its role."""
    parameter, role = case.parameters[name], role_of(case, name)
    if role is Role.ELIMINATED:
        return _going_reason(case, name, case.gone[name])
    if role is Role.LEFT_OUT:
        return f"Left out by the study: {parameter.left_out}."
    if role is Role.STAND_IN and parameter.factor is not None:
        return f"{case.labels[parameter.factor]} stands for it: {parameter.because}."
    place = case.importance[name].level, parameter.complexity
    advised = f"importance {place[0]}, complexity {place[1]}: {ADVICE[place]}"
    if role is not Role.FACTOR:
        return f"{advised[0].upper()}{advised[1:]}."
    decided = f"Declared as the factor '{case.own_factor[name]}'"
    is_advised = _ADVISED.get(place) is Role.CANDIDATE_FACTOR
    return f"{decided}." if is_advised else f"{decided}, though its place advises ({advised})."


def _going_reason(case: ScreeningCase, name: str, link: Link) -> str:
    """Return from what a parameter follows, by which law, and why it is the one to go."""
    bases = link.others(name)
    sentences = [
        f"Follows from {in_words([inside(case.labels[base]) for base in bases])}{_law(link)}."
    ]
    sentences += [
        f"{case.labels[base]} itself follows from"
        f" {in_words([inside(case.labels[each]) for each in case.gone[base].others(base)])}."
        for base in bases
        if base in case.gone
    ]
    if link.followers != {name}:
        sentences.append(_why_this_one(case, name, link))
    return " ".join(sentences)


def _law(link: Link) -> str:
    """Return the law of a link as a part of a sentence."""
    if link.law is None:
        return " (no law is named)"
    law = LAWS[link.law]
    return f" by {law.title}, {law.equation}"


def _why_this_one(case: ScreeningCase, name: str, link: Link) -> str:
    """Return what decided between the members of a link that could have gone."""
    rivals = [
        each
        for each in link.others(name)
        if each in case.parameters and each not in case.gone and link.may_go(each)
    ]
    own = [each for each in rivals if each in case.own_factor]
    if case.parameters[name].left_out is not None:
        return f"It is the one that the study leaves out: {case.parameters[name].left_out}."
    if name not in case.own_factor and len(own) == len(rivals):
        return "It is the one that no factor sets."
    mine = case.importance[name]
    if all(case.importance[each].overall > mine.overall + 1e-9 for each in rivals):
        return "It is the least important of them."
    if any(case.parameters[each].complexity != case.parameters[name].complexity for each in rivals):
        return "It is not more important than the others, and not easier to digitize."
    return "They are equal in importance and complexity; the one declared last goes."


def in_words(labels: Sequence[str]) -> str:
    """Return labels as a list in words.

    Examples
    --------
    >>> in_words(["mass loading"]), in_words(["a", "b", "c"])
    ('mass loading', 'a, b and c')
    """
    return " and ".join([", ".join(labels[:-1]), labels[-1]]) if len(labels) > 1 else labels[0]


def inside(label: str) -> str:
    """Return a label as it stands inside a sentence.

    Examples
    --------
    >>> inside("Mass loading"), inside("N:P ratio")
    ('mass loading', 'N:P ratio')
    """
    return label[:1].lower() + label[1:] if label[1:2].islower() else label
