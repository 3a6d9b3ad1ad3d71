"""Section 1.1: which findings everybody reads of, and which is the gravest."""

from collections.abc import Iterable
from typing import Final

from electrodoe.findings import Finding, Severity
from electrodoe.findings.wording import counted
from electrodoe.report.blocks import Block, finding_blocks, paragraphs
from electrodoe.report.content import ReportContent

CONFOUNDED: Final = "D105"
"""The finding that turns an effect into a maybe."""
_MOST_FINDINGS: Final = 5
"""Kinds of findings that everybody reads of."""
ABOUT_FINDINGS: Final = (
    "What is odd about the data and the models, gravest first. Nothing was changed or dropped"
    " because of a finding."
)


def gravest_first(findings: Iterable[Finding]) -> list[Finding]:
    """Return the findings that are no notes: errors, then confounding, then in their order."""
    grave = [each for each in findings if each.severity is not Severity.NOTE]
    return sorted(grave, key=lambda f: (f.severity is not Severity.ERROR, f.code != CONFOUNDED))


def leading_findings(content: ReportContent) -> tuple[Block, ...]:
    """Return the gravest finding of each kind, a few, and how many there are in all."""
    grave = gravest_first(content.findings)
    first = list({each.code: each for each in reversed(grave)}.values())[::-1][:_MOST_FINDINGS]
    n_notes = len(content.findings) - len(grave)
    said = (
        f"{counted(len(grave), 'finding')} {'wants' if len(grave) == 1 else 'want'} a look before"
        f" anything is decided, and {counted(n_notes, 'note')} "
        f"{'asks' if n_notes == 1 else 'ask'} for nothing. Nothing was changed or dropped because"
        " of a finding."
    )
    kinds = {each.code for each in grave}
    more = (
        f" The first of each kind, {len(first)} of {len(kinds)} kinds; all are in the appendix."
        if len(first) < len(grave)
        else ""
    )
    if not grave:
        return finding_blocks(()) if not n_notes else paragraphs([said])
    return finding_blocks(first, said + more)
