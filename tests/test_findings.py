"""Findings: their order, their table, their gravity."""

from itertools import permutations

import pytest

from electrodoe.findings import (
    FINDING_COLUMNS,
    KINDS,
    Finding,
    Severity,
    findings_frame,
    found,
    has_errors,
    kind_of_flag,
    sort_findings,
)


def _finding(code: str, severity: Severity, where: str = "here") -> Finding:
    """Return a finding of which only this matters."""
    return Finding(code=code, severity=severity, title="t", what="w", where=where, fix="f")


GRAVE = _finding("S202", Severity.ERROR)
FIRST, SECOND = _finding("D104", Severity.WARNING, "a"), _finding("D104", Severity.WARNING, "b")
SMALL = _finding("D101", Severity.NOTE)


@pytest.mark.parametrize("findings", list(permutations([GRAVE, FIRST, SECOND, SMALL])))
def test_findings_are_sorted_by_gravity_code_and_place(findings: tuple[Finding, ...]):
    """Whatever order the checks ran in."""
    assert sort_findings(findings) == (GRAVE, FIRST, SECOND, SMALL)


def test_findings_are_a_table_of_text():
    """With the columns of ``findings.csv``, also where there are none."""
    frame = findings_frame([GRAVE])

    assert tuple(frame.columns) == tuple(findings_frame([]).columns) == FINDING_COLUMNS
    assert frame.row(0) == ("S202", "error", "t", "w", "here", "f")


def test_only_errors_are_grave():
    """They turn the exit code to 1."""
    assert has_errors([SMALL, GRAVE])
    assert not has_errors([SMALL, FIRST])
    assert not has_errors([])


def test_a_finding_comes_back_from_its_row():
    """Flag and row belong to the table that it is about, and are no part of what it says."""
    finding = found("D703", "readings from 80 to 95 µm", "line 3", flag="scatter", row=2)

    assert Finding.from_row(finding.to_row()) == finding
    assert found("D703", "w", "here", severity=Severity.ERROR).severity is Severity.ERROR


def test_a_code_that_nobody_knows_is_a_fault_of_ours():
    """No finding without its entry in the catalogue."""
    with pytest.raises(KeyError):
        found("D999", "w", "here")


def test_a_flag_leads_to_one_kind_of_finding():
    """What a table says of a rejected sample is looked up by these words."""
    words = [kind.flag_words for kind in KINDS.values()]
    assert sorted(set(words)) == sorted(words)
    for kind in KINDS.values():
        assert kind_of_flag(kind.flag_words) is kind
