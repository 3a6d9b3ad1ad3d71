"""Findings travel into the report and stop nothing."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Final

from electrodoe.findings.catalogue import KINDS, Severity

if TYPE_CHECKING:
    import polars as pl


@dataclass(frozen=True, kw_only=True)
class Finding:
    """What is odd, with its number, its place and what to do about it.

    Attributes
    ----------
    code : str
        Stable number: ``D...`` data, ``S...`` scenario and model; see ``docs/findings.md``.
    severity : Severity
        Whether the work can be trusted without a person's look.
    title, what, where, fix : str
        A heading, the numbers, the place to open, one instruction.
    flag : str
        A few words for a cell of the table that the finding is about; not part of what it says.
    row : int or None
        Row of that table, from 0; None where the finding is about all of it.
    """

    code: str
    severity: Severity
    title: str
    what: str
    where: str
    fix: str
    flag: str = field(default="", compare=False)
    row: int | None = field(default=None, compare=False)

    @classmethod
    def from_row(cls, row: Mapping[str, str]) -> "Finding":
        """Return the finding of one row of ``findings.csv``."""
        return cls(
            code=row["code"],
            severity=Severity(row["severity"]),
            title=row["title"],
            what=row["what"],
            where=row["where"],
            fix=row["fix"],
        )

    def to_row(self) -> dict[str, str]:
        """Return the row of ``findings.csv``."""
        return {name: str(getattr(self, name)) for name in FINDING_COLUMNS}


def found(
    code: str,
    what: str,
    where: str,
    *,
    severity: Severity | None = None,
    title: str | None = None,
    fix: str | None = None,
    flag: str = "",
    row: int | None = None,
) -> Finding:
    """Return a finding of a code of the catalogue.

    Parameters
    ----------
    code : str
        One of :data:`electrodoe.findings.catalogue.KINDS`.
    what, where : str
        The numbers, and the place to open.
    severity, title, fix
        Where the case has its own; otherwise the catalogue's.
    flag, row
        For the table that the finding is about.

    Returns
    -------
    Finding
        Complete.

    Raises
    ------
    KeyError
        If the catalogue does not know the code.

    Examples
    --------
    >>> finding = found("D703", "readings from 80 to 95 µm", "sheets.csv, line 3")
    >>> finding.title, str(finding.severity), finding.fix
    ('Thickness readings scatter', 'warning', 'measure the sheet again')
    """
    kind = KINDS[code]
    return Finding(
        code=code,
        severity=severity or kind.severity,
        title=title or kind.title,
        what=what,
        where=where,
        fix=fix or kind.fix,
        flag=flag,
        row=row,
    )


FINDING_COLUMNS: Final = ("code", "severity", "title", "what", "where", "fix")
_ORDER: Final = {Severity.ERROR: 0, Severity.WARNING: 1, Severity.NOTE: 2}


def sort_findings(findings: Iterable[Finding]) -> tuple[Finding, ...]:
    """Return the findings gravest first, then by code and place."""
    return tuple(sorted(findings, key=lambda f: (_ORDER[f.severity], f.code, f.where, f.what)))


def summarized(findings: Iterable[Finding], most: int = 3) -> tuple[Finding, ...]:
    """Return the findings with those that repeat reported once, by their number and their first.

    Parameters
    ----------
    findings : iterable of Finding
        In any order.
    most : int
        How often a finding may stand before it is reported once for all.

    Returns
    -------
    tuple of Finding
        Gravest first; findings of severity error always stand by themselves.

    Examples
    --------
    >>> one = found("D301", "an arc of 3 ohm", "a.mpt")
    >>> [found.what for found in summarized([one] * 9)]
    ['9 times; the first: an arc of 3 ohm']
    """
    groups: dict[tuple[str, str, str], list[Finding]] = {}
    for number, finding in enumerate(sort_findings(findings)):
        single = str(number) if finding.severity is Severity.ERROR else ""
        groups.setdefault((finding.code, finding.title, single), []).append(finding)
    reported: list[Finding] = []
    for group in groups.values():
        first = group[0]
        if len(group) <= most:
            reported += group
        else:
            reported.append(replace(first, what=f"{len(group)} times; the first: {first.what}"))
    return sort_findings(reported)


def findings_frame(findings: Iterable[Finding]) -> "pl.DataFrame":
    """Return the findings as a table with the columns of ``findings.csv``."""
    import polars as pl

    return pl.DataFrame(
        [finding.to_row() for finding in findings], schema=dict.fromkeys(FINDING_COLUMNS, pl.String)
    )


def has_errors(findings: Iterable[Finding]) -> bool:
    """Return whether any finding asks for a person before the result is used."""
    return any(finding.severity is Severity.ERROR for finding in findings)
