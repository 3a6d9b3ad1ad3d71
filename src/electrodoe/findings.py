"""What is only remarked: numbered findings that travel into the report and stop nothing."""

from collections.abc import Iterable
from dataclasses import asdict, dataclass, replace
from enum import StrEnum
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    import polars as pl


class Severity(StrEnum):
    """How much a finding matters; ``error`` turns the exit code to 1."""

    ERROR = "error"
    WARNING = "warning"
    REMARK = "remark"


@dataclass(frozen=True, kw_only=True)
class Finding:
    """One oddity, with its number, its place and what to do about it.

    Attributes
    ----------
    code : str
        Stable number: ``D...`` data, ``S...`` scenario and model; see ``docs/findings.md``.
    severity : Severity
        Whether the work can be trusted without a person's look.
    title, what, where, fix : str
        A heading, the numbers, the place to open, one instruction.
    """

    code: str
    severity: Severity
    title: str
    what: str
    where: str
    fix: str


FINDING_COLUMNS: Final = ("code", "severity", "title", "what", "where", "fix")
_ORDER: Final = {Severity.ERROR: 0, Severity.WARNING: 1, Severity.REMARK: 2}


def sort_findings(findings: Iterable[Finding]) -> tuple[Finding, ...]:
    """Return the findings gravest first, then by code and place."""
    return tuple(sorted(findings, key=lambda f: (_ORDER[f.severity], f.code, f.where, f.what)))


def summarized(findings: Iterable[Finding], most: int = 3) -> tuple[Finding, ...]:
    """Return the findings with those that repeat told once, by their number and their first.

    Parameters
    ----------
    findings : iterable of Finding
        In any order.
    most : int
        How often a finding may stand before it is told once for all.

    Returns
    -------
    tuple of Finding
        Gravest first; findings of severity error always stand by themselves.

    Examples
    --------
    >>> one = Finding(
    ...     code="D301", severity=Severity.REMARK, title="Arc", what="an arc of 3 ohm",
    ...     where="a.mpt", fix="look",
    ... )
    >>> [found.what for found in summarized([one] * 9)]
    ['9 times; the first: an arc of 3 ohm']
    """
    groups: dict[tuple[str, str, str], list[Finding]] = {}
    for number, finding in enumerate(sort_findings(findings)):
        single = str(number) if finding.severity is Severity.ERROR else ""
        groups.setdefault((finding.code, finding.title, single), []).append(finding)
    told: list[Finding] = []
    for group in groups.values():
        first = group[0]
        if len(group) <= most:
            told += group
        else:
            told.append(replace(first, what=f"{len(group)} times; the first: {first.what}"))
    return sort_findings(told)


def findings_frame(findings: Iterable[Finding]) -> "pl.DataFrame":
    """Return the findings as a table with the columns of ``findings.csv``."""
    import polars as pl

    rows = [{**asdict(finding), "severity": str(finding.severity)} for finding in findings]
    return pl.DataFrame(rows, schema=dict.fromkeys(FINDING_COLUMNS, pl.String))


def has_errors(findings: Iterable[Finding]) -> bool:
    """Return whether any finding asks for a person before the result is used."""
    return any(finding.severity is Severity.ERROR for finding in findings)
