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
