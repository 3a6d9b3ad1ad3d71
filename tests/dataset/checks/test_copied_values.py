"""D107: one measurement per configuration that was copied to all its rows."""

from collections.abc import Callable

from electrodoe.findings import Finding, Severity

Found = Callable[..., list[Finding]]
Columns = dict[str, list[object]]
PER_CONFIGURATION = {"responses": {"strength_kpa": {"measured_per": "configuration"}}}


def test_copies_are_a_warning_and_the_fix_ends_it(found: Found, columns: Columns):
    """Once declared, only a remark is left."""
    copied = [float(str(run)) for run in columns["run"]]

    (warning,) = found("D107", strength_kpa=copied)
    (remark,) = found("D107", strength_kpa=copied, declared=PER_CONFIGURATION)

    assert warning.severity is Severity.WARNING
    assert "27 rows are 9 measurements" in warning.what
    assert 'measured_per = "configuration"' in warning.fix
    assert remark.severity is Severity.NOTE


def test_without_replicates_nothing_was_copied(found: Found):
    """One row per configuration has no copies."""
    assert found("D107", run=[str(row) for row in range(27)]) == []


def test_single_values_beside_another_response_were_not_copied(found: Found, columns: Columns):
    """One value in each run, in rows of its own, is no copy."""
    other = [float(row) if row % 3 == 0 else None for row in range(len(columns["run"]))]
    declared = {"responses": {"strength_kpa": {}, "other_kpa": {}}}

    assert found("D107", other_kpa=other, declared=declared) == []
