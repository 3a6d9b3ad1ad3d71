"""Tests of terms in the report: how many were made, and which of them stand out."""

import polars as pl

from electrodoe.report import ReportContent
from electrodoe.report.sections.significance import coefficient_table, strong_terms

TARGET = "discharge_capacity_5c_mah"


def terms(p: list[float | None], model: str = "quadratic") -> pl.DataFrame:
    """Return the tests of a model's terms, its intercept first."""
    names = ["1", *(f"x{number}" for number in range(1, len(p)))]
    return pl.DataFrame(
        {"model": [model] * len(p), "term": names, "p": p}, schema_overrides={"p": pl.Float64}
    )


def test_terms_are_bold_only_where_they_stand_out_among_all():
    """Benjamini and Hochberg's rule within each model; neither intercept nor untested terms."""
    crowd = terms([1e-9, 0.001, 0.008, 0.039, 0.041, 0.042, 0.06, 0.07, 0.2, 0.21, 0.22])
    alone = terms([1e-9, 0.039, None], "linear")

    assert strong_terms(crowd) == {1, 2}
    assert strong_terms(pl.concat([crowd, alone])) == {1, 2, 12}
    assert strong_terms(terms([1e-9, None])) == frozenset()


def test_the_caption_says_how_many_are_expected_by_chance(content: ReportContent):
    """Five terms: a quarter of one."""
    caption = coefficient_table(content, TARGET, "product").caption

    assert "Bold: terms that stand out among all of their model" in caption
    assert "0.25 of the 5 terms of quadratic would still have p below 0.05" in caption
