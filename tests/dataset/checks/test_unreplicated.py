"""D110: no configuration was produced or measured twice."""

from collections.abc import Callable

from electrodoe.findings import Finding, Severity


def test_a_table_without_replicates_is_remarked(found: Callable[..., list[Finding]]):
    """There is no pure error to compare a model with."""
    (finding,) = found("D110", run=[str(row) for row in range(27)])

    assert finding.severity is Severity.NOTE
    assert "27 rows in as many configurations" in finding.what


def test_one_replicate_is_enough(found: Callable[..., list[Finding]]):
    """A single repeated run gives a pure error."""
    assert found("D110", run=["0", *[str(row) for row in range(26)]]) == []
