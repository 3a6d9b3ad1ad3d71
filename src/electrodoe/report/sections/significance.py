"""Analysis of variance with lack of fit, and tests of terms against what varies between runs."""

from collections.abc import Iterator
from typing import Any

import polars as pl

from electrodoe.evaluate.discoveries import LEVEL as FALSE_DISCOVERIES
from electrodoe.evaluate.discoveries import discoveries
from electrodoe.findings.wording import counted
from electrodoe.report.blocks import Folded, Section, paragraphs
from electrodoe.report.content import ReportContent
from electrodoe.report.naming import in_scenario, shown, slug, term_label
from electrodoe.report.page import DrawnFigures
from electrodoe.report.rounding import measured, p_value, significant
from electrodoe.report.scales import scale_of_tests, shown_on_scale
from electrodoe.report.sections.fits import fit_table, reduction_sentences, residual_sentences
from electrodoe.report.sections.strata import (
    component_rows,
    component_table,
    strata_sentences,
    tested_against,
    tested_against_heading,
)
from electrodoe.report.selection import cases, of
from electrodoe.report.table import Table, numbers, present, text

_DIGITS = 6
"""Of coefficients in actual units: sums of them lose some."""


def significance_section(content: ReportContent, drawn: DrawnFigures) -> Section:
    """Return the tests of every response and scenario that has some."""
    parts = tuple(_parts(content, drawn))
    sentence = (
        "Each term of a polynomial is tested against the variation between runs; a p-value is the"
        " probability of an F or t as large as this if the term had no effect."
        if parts
        else "No tests were made."
    )
    if parts and "samples" in content.anova["source"]:
        sentence += (
            " Samples of one run are not independent of one another, and no replicates of its"
            " setting; where each of them was a run made anew, say rows = 'runs' in [measurements]."
        )
    return Section(
        anchor="significance",
        title="5 Significance",
        blocks=(*paragraphs([sentence]), *present(tests_table(content))),
        details=parts,
    )


def _parts(content: ReportContent, drawn: DrawnFigures) -> Iterator[Folded]:
    """Yield one part per response and scenario with tests."""
    for index, (target, scenario) in enumerate(cases(content)):
        tables = present(
            anova_table(content, target, scenario),
            coefficient_table(content, target, scenario),
            fit_table(content, target, scenario),
            component_table(content, target, scenario),
            look="wide",
        )
        if tables:
            title = shown(content.study, target).axis + in_scenario(content.study, scenario)
            anchor = slug("significance", str(index + 1), target, scenario)
            said = paragraphs(
                [
                    *strata_sentences(content, target, scenario),
                    *reduction_sentences(content, target, scenario),
                    *residual_sentences(content, target, scenario),
                ]
            )
            pictures = drawn.of("residuals", target=target, scenario=scenario)
            yield Folded(
                anchor=anchor,
                title=title,
                blocks=(*said, *tables, *pictures),
            )


def tests_table(content: ReportContent) -> Table | None:
    """Return which terms of the largest tested polynomial stand out, response by response."""
    rows = [
        (case, own)
        for case in cases(content)
        for tested in [of(content.coefficients, *case)]
        if not tested.is_empty()
        for own in [tested.filter(pl.col("model") == tested["model"][-1])]
    ]
    names = [target for (target, _), _ in rows]
    return Table(
        caption="Terms that stand out among all terms of the largest polynomial that was tested;"
        " of those named, 5 % are expected to be chance (Benjamini–Hochberg).",
        columns=text("Response", "Scenario", "Model", "Terms that stand out"),
        rows=tuple(
            (
                "" if index and names[index - 1] == target else shown(content.study, target).label,
                scenario,
                own["model"][0],
                _standing_out(content, own),
            )
            for index, ((target, scenario), own) in enumerate(rows)
        ),
        first_rows=frozenset(
            index for index, name in enumerate(names) if index == 0 or names[index - 1] != name
        ),
    )


def _standing_out(content: ReportContent, rows: pl.DataFrame) -> str:
    """Return the terms of one model that stand out, or that none does."""
    terms = [term_label(content.study, rows["term"][row]) for row in sorted(strong_terms(rows))]
    return ", ".join(terms) or "none"


def anova_table(content: ReportContent, target: str, scenario: str) -> Table | None:
    """Return the analysis of variance of one response and scenario, or None."""
    rows = of(content.anova, target, scenario)
    if rows.is_empty():
        return None
    look = shown_on_scale(content.study, target)
    unit = f" ({look.squared_unit})" if look.unit else ""
    square = look.factor**2
    models = rows["model"].to_list()
    return Table(
        caption=f"Analysis of variance.{_of_what(content, target, scenario, rows)} Lack of fit is"
        " tested against"
        f" {_lack_of_fit_error(rows)}.{scale_of_tests(content.study, target)}",
        columns=(
            *text("Model", "Source"),
            *numbers("Degrees of freedom", f"Sum of squares{unit}", f"Mean square{unit}"),
            *numbers("F", "p"),
            *tested_against_heading(rows),
        ),
        rows=tuple(
            (
                row["model"] if index == 0 or models[index - 1] != row["model"] else "",
                row["source"].replace("_", " "),
                significant(row["degrees_of_freedom"]),
                measured(_times(row["sum_of_squares"], square)),
                measured(_times(row["mean_square"], square)),
                measured(row["f"]),
                p_value(row["p"]),
                *tested_against(rows, row),
            )
            for index, row in enumerate(rows.iter_rows(named=True))
        ),
        first_rows=_block_starts(models),
    )


def coefficient_table(content: ReportContent, target: str, scenario: str) -> Table | None:
    """Return the tests of terms of one response and scenario, or None."""
    rows = of(content.coefficients, target, scenario)
    if rows.is_empty():
        return None
    look = shown_on_scale(content.study, target)
    unit = f" ({look.unit})" if look.unit else ""
    models = rows["model"].to_list()
    return Table(
        caption=(
            f"Tests of terms.{_of_what(content, target, scenario, rows)} Inputs run from −1 to +1"
            " over their range."
            f"{_in_units(rows)}{_expected_by_chance(rows)}{scale_of_tests(content.study, target)}"
        ),
        columns=(
            *text("Model", "Term"),
            *numbers(f"Estimate{unit}", f"Standard error{unit}", "Degrees of freedom", "t", "p"),
            *(numbers("In actual units") if _in_units(rows) else ()),
            *tested_against_heading(rows),
        ),
        rows=tuple(
            (
                row["model"] if index == 0 or models[index - 1] != row["model"] else "",
                term_label(content.study, row["term"]),
                measured(_times(row["estimate"], look.factor)),
                measured(_times(row["standard_error"], look.factor)),
                significant(row["degrees_of_freedom"]),
                measured(row["t"]),
                p_value(row["p"]),
                *((_actual(row, look.factor),) if _in_units(rows) else ()),
                *tested_against(rows, row),
            )
            for index, row in enumerate(rows.iter_rows(named=True))
        ),
        strong_rows=strong_terms(rows),
        first_rows=_block_starts(models),
    )


def strong_terms(rows: pl.DataFrame) -> frozenset[int]:
    """Return the rows of terms that stand out among all terms of their model."""
    strong = set[int]()
    for _, own in _tested_terms(rows).group_by("model", maintain_order=True):
        kept = discoveries(own["p"].to_numpy())
        strong |= set(own["index"].filter(pl.Series(kept, dtype=pl.Boolean)).to_list())
    return frozenset(strong)


def _tested_terms(rows: pl.DataFrame) -> pl.DataFrame:
    """Return the terms with a p, each with the number of its row; the intercept is none."""
    is_tested = pl.col("p").is_not_null() & ~pl.col("term").is_in(["1", "intercept"])
    return rows.with_row_index("index").filter(is_tested)


def _expected_by_chance(rows: pl.DataFrame) -> str:
    """Return what bold means, and how many small p would be there without any effect."""
    sizes = _tested_terms(rows).group_by("model", maintain_order=True).len()
    if sizes.is_empty():
        return ""
    parts = " and ".join(
        f"{FALSE_DISCOVERIES * n:.2g} of the {counted(n, 'term')} of {model}"
        for model, n in sizes.iter_rows()
    )
    return (
        " Bold: terms that stand out among all of their model, so that 5 % of the bold ones are"
        " expected to be chance (Benjamini–Hochberg). If no term had an effect,"
        f" {parts} would still have p below 0.05 on average."
    )


def _in_units(rows: pl.DataFrame) -> str:
    """Return what the column of estimates in actual units is, as a sentence, where there is one."""
    name = "estimate_in_units"
    if name not in rows.columns or rows[name].null_count() == rows.height:
        return ""
    return " In actual units: for inputs as in samples.csv, fractions from 0 to 1."


def _actual(row: dict[str, Any], factor: float) -> str:
    """Return an estimate in actual units, with digits enough to predict by it."""
    value = row["estimate_in_units"]
    return significant(None if value is None else value * factor, _DIGITS)


def _of_what(content: ReportContent, target: str, scenario: str, rows: pl.DataFrame) -> str:
    """Return what terms are tested against, as a sentence; a column says it of strata."""
    is_plain = component_rows(content, target, scenario) is None
    return _tested_against(rows) if is_plain else " Each is tested in its stratum."


def _tested_against(rows: pl.DataFrame) -> str:
    """Return the sentence on what the terms of each model are tested against."""
    said = rows.drop_nulls("tested_against").unique("model", maintain_order=True, keep="first")
    by_words: dict[str, list[str]] = {}
    for model, words in said.select("model", "tested_against").iter_rows():
        by_words.setdefault(words, []).append(model)
    if len(by_words) == 1:
        return f" Tested against {next(iter(by_words))}."
    parts = "; ".join(f"{' and '.join(models)}: {words}" for words, models in by_words.items())
    return f" Tested against, {parts}." if parts else ""


def _lack_of_fit_error(rows: pl.DataFrame) -> str:
    """Return what lack of fit is tested against."""
    has_runs = "pure error" in rows["source"]
    return "runs of equal settings" if has_runs else "samples of one run"


def _times(value: float | None, factor: float) -> float | None:
    """Return a value in the shown unit, or None."""
    return None if value is None else value * factor


def _block_starts(models: list[Any]) -> frozenset[int]:
    """Return the rows with which another model begins."""
    return frozenset(i for i, name in enumerate(models) if i == 0 or models[i - 1] != name)
