"""D110: no configuration was produced or measured twice."""

from collections.abc import Callable

from electrodoe.findings import Finding, Severity


def test_a_table_without_replicates_is_remarked(found: Callable[..., list[Finding]]):
    """There is no pure error to compare a model with."""
    gap = [20.0 + row for row in range(27)]

    (finding,) = found("D110", run=[str(row) for row in range(27)], gap_um=gap)

    assert finding.severity is Severity.NOTE
    assert "27 rows in as many configurations" in finding.what


def test_one_replicate_is_enough(found: Callable[..., list[Finding]]):
    """A single repeated run gives a pure error."""
    gap = [20.0, *[20.0 + row for row in range(26)]]

    assert found("D110", run=["0", *[str(row) for row in range(26)]], gap_um=gap) == []


def test_runs_of_one_setting_are_replicates(found: Callable[..., list[Finding]]):
    """A name per run, as a plan's sheet has it, does not hide that settings repeat."""
    assert found("D110", run=[str(row) for row in range(27)]) == []


def test_two_responses_measured_once_each_are_no_replicates(found: Callable[..., list[Finding]]):
    """Two rows of a run tell no pure error if each has another response."""
    run = [str(row // 2) for row in range(26)] + ["13"]
    gap = [20.0 + row // 2 for row in range(27)]
    strength = [float(row) if row % 2 == 0 else None for row in range(27)]
    other = [None if row % 2 == 0 else float(row) for row in range(27)]
    declared = {"responses": {"strength_kpa": {}, "other_kpa": {}}}

    (finding,) = found(
        "D110", run=run, gap_um=gap, strength_kpa=strength, other_kpa=other, declared=declared
    )

    assert "no response was measured twice in any of 14 configurations" in finding.what
