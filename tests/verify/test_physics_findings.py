"""What a verification's tables have to tell of Bruggeman's relation and of impossible values."""

import polars as pl
import pytest
from tests.report.verification_frames import make_verification

from electrodoe.findings import Finding
from electrodoe.study import Study
from electrodoe.verify import verification_findings
from electrodoe.verify.bruggeman_fit import BETWEEN_CONFIGURATIONS, BETWEEN_REPLICATES

STUDY = Study(title="a", factors={"porosity": {}})
"""Columns whose units stand in their names."""


def reported(code: str, name: str, **changes: object) -> list[Finding]:
    """Return the findings of a code after a table of a verification was changed."""
    tables = make_verification("tortuosity", "product", "porosity")
    tables[name] = tables[name].with_columns(
        **{column: value if isinstance(value, pl.Expr) else pl.lit(value)
           for column, value in changes.items()}
    )  # fmt: skip
    return [each for each in verification_findings(tables, STUDY) if each.code == code]


def test_a_fit_through_two_porosities_proves_nothing():
    """V303 names the categories of a response once; a third porosity silences it."""
    (finding,) = reported("V303", "bruggeman_fits")

    assert "the means of 2 categories (12.3 mg/cm², 85 °C; 15.1 mg/cm², 120 °C)" in finding.what
    assert finding.where == "response 'tortuosity', scenario 'product'"
    assert reported("V303", "bruggeman_fits", is_saturated=False) == []


@pytest.mark.parametrize(("n", "ending"), [(5, "category 4)"), (6, "category 4; ...)")])
def test_five_categories_are_named(n: int, ending: str):
    """More are dots."""
    tables = make_verification("tortuosity", "product", "porosity")
    one = tables["bruggeman_fits"].head(1)
    tables["bruggeman_fits"] = pl.concat(
        one.with_columns(category=pl.lit(f"category {number}")) for number in range(n)
    )

    (finding,) = [each for each in verification_findings(tables, STUDY) if each.code == "V303"]

    assert ending in finding.what


@pytest.mark.parametrize(
    ("p", "against", "n_reported"),
    [
        (0.049, BETWEEN_CONFIGURATIONS, 1),
        (0.05, BETWEEN_CONFIGURATIONS, 0),
        (0.001, BETWEEN_REPLICATES, 0),
        (None, BETWEEN_CONFIGURATIONS, 0),
    ],
)
def test_exponents_differ_where_configurations_say_so(
    p: float | None, against: str, n_reported: int
):
    """V304 below 5 %; replicates alone leave out what differs between configurations."""
    found = reported("V304", "bruggeman_tests", p=pl.lit(p, dtype=pl.Float64), against=against)

    assert len(found) == n_reported
    if found:
        assert found[0].what.startswith("F(1, 8) = 1.23, p = 0.049")


@pytest.mark.parametrize(("fraction", "n_reported"), [(0.0099, 0), (0.01, 1)])
def test_impossible_values_are_distinguished_from_a_hundredth_of_the_region_on(
    fraction: float, n_reported: int
):
    """V305, with what is possible."""
    found = reported("V305", "physics_bounds", fraction_outside_for_certain=fraction)

    assert len(found) == n_reported
    assert all("possible is 0 to any; for certain in 1 %" in each.what for each in found)
