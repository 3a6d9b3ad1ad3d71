"""How much whole plots vary, and what each term is tested against, on the page."""

from dataclasses import replace

import polars as pl

from electrodoe.evaluate import COMPONENT_SCHEMA
from electrodoe.report.content import ReportContent
from electrodoe.report.page import DrawnFigures
from electrodoe.report.sections.significance import significance_section
from electrodoe.report.sections.strata import component_table, strata_sentences

NOTHING_DRAWN = DrawnFigures(figures=[], drawings={})


def _in_strata(content: ReportContent) -> tuple[ReportContent, str]:
    """Return a content whose first response has whole plots, and its name."""
    target = content.coefficients["target"][0]
    head = {"target": target, "scenario": "product", "model": "quadratic"}
    plots = {"component": "whole plot", "variance": 4e-6, "degrees_of_freedom": 5.9}
    rest = {"component": "residual", "variance": 1e-6, "degrees_of_freedom": 22.0}
    ends = {"lower": 1e-7, "upper": 1e-5}
    inputs = content.study.scenarios["product"].inputs
    return replace(
        content,
        variance_components=COMPONENT_SCHEMA.frame([head | plots | ends, head | rest | ends]),
        coefficients=content.coefficients.with_columns(
            tested_against=pl.when(pl.col("term") == inputs[0])
            .then(pl.lit("variation between whole plots, 6 df"))
            .otherwise(pl.lit("variation between runs of one whole plot, 22 df"))
        ),
    ), target


def test_a_sentence_says_how_much_whole_plots_vary_and_what_is_tested_against_it(
    content: ReportContent,
) -> None:
    found, target = _in_strata(content)
    (sentence,) = strata_sentences(found, target, "product")
    assert "between whole plots by a standard deviation of" in sentence
    assert "between runs of one whole plot by a standard deviation of" in sentence
    assert "is tested against the variation between whole plots" in sentence
    assert strata_sentences(content, target, "product") == []
    scored = found.evaluation.with_columns(r2_known_whole_plots=pl.lit(0.91))
    sentences = strata_sentences(replace(found, evaluation=scored), target, "product")
    assert "a whole plot that was made with R² 0.91" in sentences[1]


def test_a_row_says_each_variance_with_its_degrees_of_freedom(content: ReportContent) -> None:
    found, target = _in_strata(content)
    table = component_table(found, target, "product")
    assert table is not None
    assert [row[1] for row in table.rows] == ["whole plots", "residual"]
    assert [row[-1] for row in table.rows] == ["5.90", "22.0"]
    assert component_table(content, target, "product") is None


def test_the_table_of_terms_says_what_each_is_tested_against(content: ReportContent) -> None:
    found, _ = _in_strata(content)
    text = repr(significance_section(found, NOTHING_DRAWN))
    assert "title='Tested against'" in text
    assert "variation between whole plots, 6 df" in text
    assert "title='Tested against'" not in repr(significance_section(content, NOTHING_DRAWN))
