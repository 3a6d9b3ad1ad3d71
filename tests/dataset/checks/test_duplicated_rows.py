"""D108: rows that are equal in every declared number."""

from collections.abc import Callable

from electrodoe.findings import Finding, Severity

Found = Callable[..., list[Finding]]
Columns = dict[str, list[object]]


def test_a_copied_row_is_named_with_its_lines(found: Found, columns: Columns):
    """Both the original and the copy, since nobody knows which is which."""
    values = columns["strength_kpa"].copy()
    values[4] = values[3]

    (finding,) = found("D108", strength_kpa=values)

    assert finding.severity is Severity.WARNING
    assert finding.what == "equal in every number: A4, A5"
    assert finding.where == "lines 5, 6"


def test_equal_rows_of_one_value_per_configuration_are_no_copies(found: Found, columns: Columns):
    """D107 speaks about them."""
    copied = [float(str(run)) for run in columns["run"]]
    declared = {"responses": {"strength_kpa": {"measured_per": "configuration"}}}

    assert found("D108", strength_kpa=copied, declared=declared) == []
