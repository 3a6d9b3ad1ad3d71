"""Analysis of variance with lack of fit, and tests of terms from configuration means."""

from collections.abc import Iterator
from typing import Any

from electrodoe.report.blocks import Folded, Section, paragraphs
from electrodoe.report.content import ReportContent
from electrodoe.report.naming import in_scenario, shown, slug, term_label
from electrodoe.report.rounding import measured, p_value, significant
from electrodoe.report.scales import scale_of_tests, shown_on_scale
from electrodoe.report.sections.strata import (
    component_rows,
    component_table,
    strata_sentences,
    tested_against,
    tested_against_heading,
)
from electrodoe.report.selection import cases, of
from electrodoe.report.table import Table, numbers, present, text


def significance_section(content: ReportContent) -> Section:
    """Return the tests of every response and scenario that has some."""
    parts = tuple(_parts(content))
    sentence = (
        "Polynomials, tested term by term. A p-value is the probability of an F or t as large as"
        " this if the term had no effect; terms are tested with configuration means, because"
        " samples of one configuration are not independent of one another."
        if parts
        else "No tests were made."
    )
    return Section(
        anchor="significance", title="5 Significance", blocks=(*paragraphs([sentence]), *parts)
    )


def _parts(content: ReportContent) -> Iterator[Folded]:
    """Yield one part per response and scenario with tests."""
    is_open = True
    for index, (target, scenario) in enumerate(cases(content)):
        tables = present(
            anova_table(content, target, scenario),
            coefficient_table(content, target, scenario),
            component_table(content, target, scenario),
            look="wide",
        )
        if tables:
            title = shown(content.study, target).axis + in_scenario(content.study, scenario)
            anchor = slug("significance", str(index + 1), target, scenario)
            said = paragraphs(strata_sentences(content, target, scenario))
            yield Folded(anchor=anchor, title=title, is_open=is_open, blocks=(*said, *tables))
            is_open = False


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
        caption="Analysis of variance; lack of fit is tested against the scatter of replicates."
        f"{scale_of_tests(content.study, target)}",
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
            f"Tests of terms{_of_what(content, target, scenario)}; inputs run from −1 to +1 over"
            " their range."
            f" Bold: p below 0.05.{scale_of_tests(content.study, target)}"
        ),
        columns=(
            *text("Model", "Term"),
            *numbers(f"Estimate{unit}", f"Standard error{unit}", "Degrees of freedom", "t", "p"),
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
                *tested_against(rows, row),
            )
            for index, row in enumerate(rows.iter_rows(named=True))
        ),
        strong_rows=frozenset(
            index
            for index, row in enumerate(rows.iter_rows(named=True))
            if row["p"] is not None and row["p"] < 0.05 and row["term"] not in {"1", "intercept"}
        ),
        first_rows=_block_starts(models),
    )


def _of_what(content: ReportContent, target: str, scenario: str) -> str:
    """Return what terms are tested from: means, or each in the stratum that tells it."""
    is_plain = component_rows(content, target, scenario) is None
    return " from configuration means" if is_plain else ", each in its stratum"


def _times(value: float | None, factor: float) -> float | None:
    """Return a value in the shown unit, or None."""
    return None if value is None else value * factor


def _block_starts(models: list[Any]) -> frozenset[int]:
    """Return the rows with which another model begins."""
    return frozenset(i for i, name in enumerate(models) if i == 0 or models[i - 1] != name)
