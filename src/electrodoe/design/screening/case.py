"""A study's candidate parameters with what follows of their importance and their dependences."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass

from electrodoe.design.screening.elimination import Link, eliminate, links, own_factors
from electrodoe.design.screening.relevance import Importance, importances
from electrodoe.quantities import label_of
from electrodoe.study.factors import Factor
from electrodoe.study.parameters import Parameter


@dataclass(frozen=True, kw_only=True, eq=False)
class ScreeningCase:
    """What roles, reasons and findings are read from.

    Attributes
    ----------
    parameters, factors : mapping
        The declaration, by name.
    importance : mapping of str to Importance
        Of each parameter.
    own_factor : mapping of str to str
        The factor that a parameter is, where it is one.
    links : tuple of Link
        Declared dependences.
    gone : mapping of str to Link
        The parameters that go, each with the link by which it follows from others.
    labels : mapping of str to str
        Words for each parameter and each factor; no two parameters have the same.
    """

    parameters: Mapping[str, Parameter]
    factors: Mapping[str, Factor]
    importance: Mapping[str, Importance]
    own_factor: Mapping[str, str]
    links: tuple[Link, ...]
    gone: Mapping[str, Link]
    labels: Mapping[str, str]


def screening_case(
    parameters: Mapping[str, Parameter], factors: Mapping[str, Factor]
) -> ScreeningCase:
    """Return a declaration with what was computed of it."""
    importance = importances(parameters)
    return ScreeningCase(
        parameters=parameters,
        factors=factors,
        importance=importance,
        own_factor=own_factors(parameters, factors),
        links=links(parameters, factors),
        gone=eliminate(parameters, importance, factors),
        labels=_labels(parameters, factors),
    )


def _labels(parameters: Mapping[str, Parameter], factors: Mapping[str, Factor]) -> dict[str, str]:
    """Return words for each name; where parameters share them, the process distinguishes them."""
    words = {name: each.label or label_of(name) for name, each in factors.items()}
    plain = {name: each.label or label_of(name) for name, each in parameters.items()}
    placed = {
        name: f"{label} ({parameters[name].process})" if _is_shared(label, plain) else label
        for name, label in plain.items()
    }
    return words | {
        name: f"{label}, {name}" if _is_shared(label, placed) else label
        for name, label in placed.items()
    }


def _is_shared(label: str, labels: Mapping[str, str]) -> bool:
    """Return whether more than one name has the same label."""
    return Counter(labels.values())[label] > 1
