"""What is odd about declared parameters: contradictions, disagreement, gaps."""

from collections import Counter
from collections.abc import Iterator

from electrodoe.design.screening.case import ScreeningCase
from electrodoe.design.screening.elimination import Link, kept_roots
from electrodoe.design.screening.roles import Role, in_words, inside, role_of
from electrodoe.findings import Finding, found, sort_findings
from electrodoe.study.laws import LAWS


def screening_findings(case: ScreeningCase) -> tuple[Finding, ...]:
    """Return the findings about a screening, gravest first.

    ``P201`` to ``P206``; see ``docs/findings.md``.
    """
    return sort_findings(
        [
            *_dependent_factors(case),
            *_disagreeing_sources(case),
            *_laws_that_do_not_fit(case),
            *_open_links(case),
            *_unused_candidates(case),
            *_unrated_factors(case),
        ]
    )


def _dependent_factors(case: ScreeningCase) -> Iterator[Finding]:
    """P201: a declared factor that other declared factors fix."""
    for name, link in case.gone.items():
        if name in case.own_factor:
            factor = case.own_factor[name]
            bases = in_words([inside(case.labels[base]) for base in link.others(name)])
            by = f" by {LAWS[link.law].title}" if link.law else ""
            yield found(
                "P201",
                f"'{factor}' is a factor, yet it follows from {bases}{by}",
                f"study.toml, factors.{factor}",
                fix=f"plan without '{factor}', or without one that it follows from",
            )


def _disagreeing_sources(case: ScreeningCase) -> Iterator[Finding]:
    """P202: literature and experts a whole step of the ratings apart."""
    for name, importance in case.importance.items():
        if importance.sources_disagree:
            yield found(
                "P202",
                f"{case.labels[name]}: importance {importance.literature:.2f} by literature,"
                f" {importance.experts:.2f} by experts",
                f"study.toml, parameters.{name}",
            )


def _laws_that_do_not_fit(case: ScreeningCase) -> Iterator[Finding]:
    """P203: a dependence without a law, or by a law that links other quantities."""
    for link in case.links:
        name = next(member for member in link.members if member in link.followers)
        if link.law is None:
            what = f"{case.labels[name]} follows from others, and no law is named"
            fix = f"name one of {', '.join(LAWS)} as 'law'"
        elif missing := _unmatched(case, link):
            what = f"law '{link.law}' links {in_words(missing)}, which no member's name holds"
            fix = "correct 'law' or 'follows_from', or put the quantity into the name"
        else:
            continue
        yield found("P203", what, f"study.toml, parameters.{name}", fix=fix)


def _unmatched(case: ScreeningCase, link: Link) -> list[str]:
    """Return the quantities of a law that too few members are named after."""
    if link.law is None:
        return []
    names = [f"{member} {case.own_factor.get(member, '')}" for member in link.members]
    wanted = Counter(LAWS[link.law].quantities)
    return [
        quantity
        for quantity, count in wanted.items()
        if sum(quantity in name for name in names) < count
    ]


def _open_links(case: ScreeningCase) -> Iterator[Finding]:
    """P204: a dependence by which nothing goes although more than one of its members stays free."""
    for link in case.links:
        if link in case.gone.values() or len(kept_roots(link.members, case.gone)) < 2:
            continue
        name = next(member for member in link.members if member in link.followers)
        bases = in_words([inside(case.labels[base]) for base in link.others(name)])
        yield found(
            "P204",
            f"{case.labels[name]} follows from {bases}, yet none of them could go",
            f"study.toml, parameters.{name}.follows_from",
        )


def _unused_candidates(case: ScreeningCase) -> Iterator[Finding]:
    """P205: important, measured with ease, and no factor."""
    for name in case.parameters:
        if role_of(case, name) is Role.CANDIDATE_FACTOR:
            yield found(
                "P205",
                f"{case.labels[name]} is important and can be digitized, yet not planned",
                f"study.toml, parameters.{name}",
            )


def _unrated_factors(case: ScreeningCase) -> Iterator[Finding]:
    """P206: a factor that no parameter is and that stands for none."""
    backed = {*case.own_factor.values(), *(each.factor for each in case.parameters.values())}
    for name in case.factors:
        if name not in backed:
            yield found(
                "P206",
                f"no parameter says how important '{name}' is",
                f"study.toml, factors.{name}",
                fix=f"add [parameters.{name}], or name it as 'factor' of the one it stands for",
            )
