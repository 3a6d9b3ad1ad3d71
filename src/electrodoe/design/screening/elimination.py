"""Which parameters follow from the others: one goes for every law that links some of them."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from electrodoe.design.screening.relevance import SCORE_OF_RATING, Importance
from electrodoe.errors import StudyError
from electrodoe.study.parameters import Parameter


@dataclass(frozen=True, kw_only=True)
class Link:
    """Quantities that one law ties together: it leaves one degree of freedom fewer than members.

    Attributes
    ----------
    members : tuple of str
        Parameters, and factors that no parameter is, in the order of declaration.
    followers : frozenset of str
        Those that the study declares to follow from the other members.
    law : str or None
        Key of :data:`electrodoe.study.laws.LAWS`; None where none is named.
    """

    members: tuple[str, ...]
    followers: frozenset[str]
    law: str | None

    def others(self, name: str) -> tuple[str, ...]:
        """Return the members that fix one of them."""
        return tuple(member for member in self.members if member != name)

    def may_go(self, name: str) -> bool:
        """Return whether the law can be solved for a member; without a law, declared ones only."""
        return name in self.members and (self.law is not None or name in self.followers)


def own_factors(parameters: Mapping[str, Parameter], factors: Iterable[str]) -> dict[str, str]:
    """Return which declared factor each parameter is, by the name of the parameter.

    A parameter is a factor where it says so (``factor`` without ``because``) or bears its name.
    """
    declared = set(factors)
    found: dict[str, str] = {}
    for name, parameter in parameters.items():
        factor = parameter.factor or (name if name in declared else None)
        if factor is None or parameter.has_stand_in:
            continue
        if parameter.left_out is not None:
            raise StudyError(
                f"'{name}' is left out, and it is a factor",
                where=f"study.toml, parameters.{name}.left_out",
                fix=f"remove 'left_out', or [factors.{factor}]",
            )
        if factor in found.values():
            first = next(each for each, its in found.items() if its == factor)
            raise StudyError(
                f"'{first}' and '{name}' are both the factor '{factor}'",
                where=f"study.toml, parameters.{name}",
                fix="keep 'factor' in one of them; say with 'follows_from' or 'because' how the"
                " other depends on it",
            )
        found[name] = factor
    return found


def links(parameters: Mapping[str, Parameter], factors: Iterable[str]) -> tuple[Link, ...]:
    """Return the declared dependences, each set of members once.

    Parameters that follow from one another mutually share one link.
    """
    parameter_of = {factor: name for name, factor in own_factors(parameters, factors).items()}
    merged: dict[frozenset[str], Link] = {}
    for name, parameter in parameters.items():
        if not parameter.follows_from:
            continue
        named = parameter.follows_from
        bases = [base if base in parameters else parameter_of.get(base, base) for base in named]
        if name in bases:
            raise StudyError(
                f"'{name}' follows from itself",
                where=f"study.toml, parameters.{name}.follows_from",
                fix="name the other quantities of the law",
            )
        members = tuple(dict.fromkeys((name, *bases)))
        known = merged.get(frozenset(members))
        merged[frozenset(members)] = Link(
            members=known.members if known else members,
            followers=(known.followers if known else frozenset()) | {name},
            law=(known.law if known else None) or parameter.law,
        )
    return tuple(merged.values())


def eliminate(
    parameters: Mapping[str, Parameter],
    found: Mapping[str, Importance],
    factors: Iterable[str],
) -> dict[str, Link]:
    """Return the parameters that go, each with the link by which it follows from others.

    One parameter per link where one may go; never all members of a link, and never a circle:
    whatever goes can be computed, step by step, from what stays.

    Notes
    -----
    Parameters are asked in turn whether they can go, in this order: those that the study leaves
    out, those that no factor stands for, those that are declared to follow from others, less
    important ones, more complex ones, those declared later. So a declared direction counts unless
    a factor contradicts it (a law can be solved for any of its quantities), and among parameters
    that fix one another, the most important and least complex stay. A factor goes only where
    factors alone fix it; that is a contradiction of the study, reported as finding P201.

    Examples
    --------
    >>> from electrodoe.study import Parameter
    >>> rated = {"process": "calendering", "importance": "high", "complexity": "low"}
    >>> parameters = {
    ...     "mass_loading": Parameter(**rated),
    ...     "porosity": Parameter(**rated),
    ...     "thickness": Parameter(**rated, law="porosity",
    ...         follows_from=("mass_loading", "porosity")),
    ... }
    >>> from electrodoe.design.screening.relevance import importances
    >>> list(eliminate(parameters, importances(parameters), factors=()))
    ['thickness']
    """
    names = tuple(factors)
    own = own_factors(parameters, names)
    open_links = list(links(parameters, names))
    gone: dict[str, Link] = {}
    for name in _going_order(parameters, found, own, open_links):
        ways = [link for link in open_links if link.may_go(name)]
        for link in sorted(ways, key=lambda way: name not in way.followers):
            roots = kept_roots(link.others(name), gone)
            is_set_apart = name in own and any(root in parameters.keys() - own for root in roots)
            if name not in roots and not is_set_apart:
                gone[name] = link
                open_links.remove(link)
                break
    return gone


def kept_roots(names: Iterable[str], gone: Mapping[str, Link]) -> frozenset[str]:
    """Return the quantities that stay and fix some others in the end.

    Parameters and factors that do not follow from anything.
    """
    asked, seen = list(names), set[str]()
    while asked:
        name = asked.pop()
        if name in gone and name not in seen:
            asked += gone[name].others(name)
        seen.add(name)
    return frozenset(seen - gone.keys())


def _going_order(
    parameters: Mapping[str, Parameter],
    found: Mapping[str, Importance],
    own: Mapping[str, str],
    declared: Iterable[Link],
) -> list[str]:
    """Return the parameters that may go, first those that are missed least."""
    followers = {name for link in declared for name in link.followers}
    position = {name: index for index, name in enumerate(parameters)}

    def missed(name: str) -> tuple[bool, bool, bool, float, float, int]:
        parameter = parameters[name]
        return (
            parameter.left_out is None,
            name in own,
            name not in followers,
            round(found[name].overall, 9),
            -SCORE_OF_RATING[parameter.complexity],
            -position[name],
        )

    movable = [name for name, parameter in parameters.items() if not parameter.has_stand_in]
    return sorted(movable, key=missed)
