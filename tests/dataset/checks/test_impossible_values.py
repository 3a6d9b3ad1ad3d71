"""D103: values outside what was declared possible, or what physics allows."""

from collections.abc import Callable

import pytest

from electrodoe.findings import Finding, Severity

Found = Callable[..., list[Finding]]
Columns = dict[str, list[object]]
DECLARED = {"responses": {"strength_kpa": {"range": [0.0, 1000.0]}}}


def test_a_value_outside_the_declared_range_is_named(found: Found, columns: Columns):
    """With its sample and its line."""
    values = columns["strength_kpa"].copy()
    values[3] = 1226.8

    (finding,) = found("D103", strength_kpa=values, declared=DECLARED)

    assert finding.severity is Severity.ERROR
    assert finding.what == "1227 kPa in A4; the declared range is 0 to 1000"
    assert finding.where == "column 'strength_kpa', line 5"


def test_it_is_a_remark_once_set_aside(found: Found, columns: Columns):
    """The cell stays named."""
    values = columns["strength_kpa"].copy()
    values[3] = 1226.8
    aside = {"set_aside": [{"rows": ["A4"], "reason": "impossible"}]}

    (finding,) = found("D103", strength_kpa=values, declared=DECLARED | aside)

    assert finding.severity is Severity.NOTE
    assert "A4" in finding.what


@pytest.mark.parametrize(
    ("column", "value", "reported"),
    [
        ("porosity", -0.1, "0 to 1"),
        ("porosity", 1.2, "0 to 1"),
        ("coating_thickness_um", -3.0, "0 to 5000"),
        ("porosity_pct", 130.0, "0 to 100"),
        ("tortuosity", 0.5, "1 to inf"),
    ],
)
def test_physics_has_a_range_where_none_is_declared(
    found: Found, columns: Columns, column: str, value: float, reported: str
):
    """Also in percent."""
    sound = {"porosity": 0.4, "coating_thickness_um": 60.0, "porosity_pct": 40.0, "tortuosity": 3.0}
    values = [sound[column] + 0.001 * row for row in range(26)]

    (finding,) = found(
        "D103",
        without=column,
        declared={"factors": {"gap_um": {}, column: {}}},
        **{column: [value, *values]},
    )

    assert finding.what.endswith(f"in A1; the physical range is {reported}")


def test_a_quantity_nobody_knows_has_no_range(found: Found):
    """A column that the catalogue does not know is left alone."""
    values = [float(-(10**row)) for row in range(27)]

    assert found("D103", score=values, declared={"responses": {"score": {}}}) == []
