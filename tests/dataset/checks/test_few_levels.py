"""D106: a column with two distinct values only."""

from collections.abc import Callable

from electrodoe.findings import Finding, Severity

Found = Callable[..., list[Finding]]


def test_an_input_of_two_levels_is_a_remark(found: Found):
    """Its effect can only be a straight line."""
    (finding,) = found("D106", gap_um=[20.0] * 12 + [40.0] * 15)

    assert finding.severity is Severity.NOTE
    assert "straight line" in finding.what


def test_a_measured_circumstance_of_two_values_is_a_warning(found: Found):
    """It was not measured on each configuration."""
    (finding,) = found("D106", day=["728.62"] * 12 + ["702.3"] * 15)

    assert finding.severity is Severity.WARNING
    assert finding.where == "column 'day'"
    assert finding.fix == "do not use it as an input"


def test_two_operators_are_nothing_odd(found: Found):
    """A name with two values is a circumstance, not a measurement."""
    assert found("D106", day=["Kim"] * 12 + ["Lee"] * 15) == []
