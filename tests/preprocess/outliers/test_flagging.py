"""Outliers in a table: flagged within their configuration, with a reason, no row lost."""

import polars as pl
import pytest

from electrodoe.preprocess.outliers import flag_outliers
from electrodoe.study import OutlierRule

TABLE = pl.DataFrame(
    {
        "run": ["1"] * 6 + ["2"] * 6 + ["3"] * 3,
        "strength_kpa": [
            *(300.0, 301.0, 299.0, 300.5, 299.5, 350.0),
            *(500.0, 505.0, 495.0, 502.0, 498.0, None),
            *(1.0, 1.1, 900.0),
        ],
    }
)
PAPER = OutlierRule(rule="sd", set_aside=True)


@pytest.mark.parametrize("rule", ["sd", "mad", "grubbs"])
def test_a_flagged_sample_is_kept_unless_the_study_says_otherwise(rule: str):
    """The flag says what is odd, the finding what was done; every sample stays accepted."""
    condensed = flag_outliers(TABLE, "strength_kpa", ["run"], OutlierRule(rule=rule))

    assert condensed.table["accepted"].all()
    assert condensed.table["flags"][5].startswith("outlier in strength_kpa: ")
    first = next(each for each in condensed.findings if each.code == "D720")
    assert first.what.endswith("; kept")


def test_an_outlier_is_flagged_in_its_configuration_only():
    """350 kPa is far in run 1 and would not be among all; no row is dropped."""
    condensed = flag_outliers(TABLE, "strength_kpa", ["run"], PAPER)

    assert condensed.table["strength_kpa"].to_list() == TABLE["strength_kpa"].to_list()
    flagged = condensed.table.filter(~pl.col("accepted"))
    assert flagged["strength_kpa"].to_list()[0] == 350.0
    assert flagged["flags"][0] == "outlier in strength_kpa: 2.04 SD away, limit 1.50"
    assert {each.code for each in condensed.findings} == {"D720", "D721", "D722"}
    assert condensed.findings[0].what.endswith("; set aside")


def test_a_rule_that_cannot_fire_is_reported():
    """Run 3 has three values; 900 kPa goes unseen by the paper's rule and not by `mad`."""
    blind = flag_outliers(TABLE, "strength_kpa", ["run"], PAPER)
    robust = flag_outliers(TABLE, "strength_kpa", ["run"], OutlierRule(rule="mad", set_aside=True))

    (reported,) = [each for each in blind.findings if each.code == "D721"]
    assert "needs 5 values" in reported.what
    assert "run 3 (3)" in reported.what
    assert blind.table["accepted"][14]
    assert not robust.table["accepted"][14]


def test_the_cost_of_the_rule_is_reported():
    """13.4 % where configurations are large."""
    condensed = flag_outliers(TABLE, "strength_kpa", ["run"], PAPER)

    (cost,) = [each for each in condensed.findings if each.code == "D722"]
    assert "of 14 values" in cost.what
    assert "13.4%" in cost.what


def test_none_flags_nothing():
    """And says nothing."""
    condensed = flag_outliers(TABLE, "strength_kpa", ["run"], OutlierRule(rule="none"))

    assert condensed.findings == ()
    assert condensed.table["accepted"].all()


def test_a_rejected_row_takes_no_part_and_keeps_its_flag():
    """Its value may be anything."""
    table = TABLE.with_columns(
        accepted=pl.Series([*[True] * 5, False, *[True] * 9]),
        flags=pl.Series([*[""] * 5, "no rupture", *[""] * 9]),
        file=pl.lit("a.csv"),
        lines=pl.lit("1-9"),
    )

    condensed = flag_outliers(table, "strength_kpa", ["run"], OutlierRule(rule="sd", limit=1.2))

    assert condensed.table["flags"][5] == "no rupture"
    assert all("350" not in each.what for each in condensed.findings)
    outliers = [each for each in condensed.findings if each.code == "D720"]
    assert outliers
    assert all(each.where == "a.csv, lines 1-9" for each in outliers)


@pytest.mark.parametrize("by", [["run"], ["run", "strength_kpa"]])
def test_an_empty_table_has_no_outliers(by: list[str]):
    """Nor findings."""
    condensed = flag_outliers(TABLE.clear(), "strength_kpa", by, PAPER)

    assert condensed.table.height == 0
    assert condensed.findings == ()


@pytest.mark.parametrize(("n_runs", "n_reported"), [(4, 0), (5, 1)])
def test_a_cost_below_a_twentieth_of_a_value_is_not_reported(n_runs: int, n_reported: int):
    """Grubbs' test at 1.2 % flags one good value in so many runs: 0.048 and 0.06 of them here."""
    runs = [f"{run}" for run in range(n_runs) for _ in range(3)]
    table = pl.DataFrame({"run": runs, "strength_kpa": [1.0, 2.0, 3.0] * n_runs})

    found = flag_outliers(table, "strength_kpa", ["run"], OutlierRule(rule="grubbs", alpha=0.012))

    assert [each.code for each in found.findings] == ["D722"] * n_reported
