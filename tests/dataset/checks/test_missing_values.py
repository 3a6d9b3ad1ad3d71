"""D101: cells that are empty."""

from collections.abc import Callable

from electrodoe.findings import Finding, Severity


def test_empty_cells_are_counted_and_named(
    found: Callable[..., list[Finding]], columns: dict[str, list[object]]
):
    """One remark per column, inputs included."""
    gaps, strengths = columns["gap_um"].copy(), columns["strength_kpa"].copy()
    gaps[0] = strengths[3] = strengths[4] = None

    findings = found("D101", gap_um=gaps, strength_kpa=strengths)

    assert [finding.where for finding in findings] == ["column 'gap_um'", "column 'strength_kpa'"]
    assert findings[0].what == "empty in 1 of 27 rows: A1"
    assert "A4" in findings[1].what
    assert "A5" in findings[1].what
    assert {finding.severity for finding in findings} == {Severity.NOTE}
