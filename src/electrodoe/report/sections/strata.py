"""What terms are tested against where runs share whole plots or blocks, and how much these vary."""

from typing import Any

import numpy as np
import polars as pl

from electrodoe.findings.wording import listed
from electrodoe.report.content import ReportContent
from electrodoe.report.naming import shown, term_label
from electrodoe.report.rounding import brief_score, measured, significant
from electrodoe.report.scales import scale_of_tests, shown_on_scale
from electrodoe.report.selection import best_row, of
from electrodoe.report.table import Table, TableColumn, numbers, text

_PLACES = {
    "whole plot": "between whole plots",
    "block": "between blocks",
    "run": "between runs",
}
"""Where a variance is from, in the middle of a sentence."""


def tested_against_heading(rows: pl.DataFrame) -> tuple[TableColumn, ...]:
    """Return the head of the column that says what was tested against, where terms differ in it."""
    return text("Tested against") if _is_said(rows) else ()


def tested_against(rows: pl.DataFrame, row: dict[str, Any]) -> tuple[str, ...]:
    """Return its cell in one row."""
    return (row["tested_against"] or "–",) if _is_said(rows) else ()


def _is_said(rows: pl.DataFrame) -> bool:
    """Return whether terms of one model are tested against different variations."""
    if "tested_against" not in rows.columns:
        return False
    by_model = rows.drop_nulls("tested_against").group_by("model")
    return bool((by_model.agg(pl.col("tested_against").n_unique())["tested_against"] > 1).any())


def component_rows(content: ReportContent, target: str, scenario: str) -> pl.DataFrame | None:
    """Return the variances of one response and scenario, or None where there are none."""
    if content.variance_components is None:
        return None
    rows = of(content.variance_components, target, scenario)
    return None if rows.is_empty() else rows


def strata_sentences(content: ReportContent, target: str, scenario: str) -> list[str]:
    """Return how much whole plots or blocks vary, and which terms are tested against that."""
    rows = component_rows(content, target, scenario)
    if rows is None:
        return []
    model = rows["model"][0]
    look = shown_on_scale(content.study, target)
    own = rows.filter(pl.col("model") == model)
    parts = [
        _said(row, _place(row["component"], own["component"].to_list()), look.factor, look.unit)
        for row in own.iter_rows(named=True)
    ]
    terms = of(content.coefficients, target, scenario).filter(
        pl.col("model") == model,
        pl.col("term") != "1",
        pl.col("tested_against").str.contains("whole plots,"),
    )
    names = [term_label(content.study, term) for term in terms["term"].to_list()]
    hard = (
        f" {listed(names, limit=6)} {'is' if len(names) == 1 else 'are'} tested against the"
        " variation between whole plots, other terms against that of the runs in them."
        if names
        else ""
    )
    label = shown(content.study, target).label
    said = [f"{label} varies beside the terms ({model} model) {'; '.join(parts)}.{hard}"]
    best = best_row(content, target, scenario)
    known = None if best is None else best.get("r2_known_whole_plots")
    if best is None or known is None:
        return said
    scores = (
        f"A run of a new whole plot is predicted with R² {brief_score(best['r2_loco'])} by the best"
        f" family, a new run of a whole plot that was made with R² {brief_score(known)}."
    )
    return [*said, scores]


def _place(component: str, all_components: list[str]) -> str:
    """Return where a variance is from, in the middle of a sentence."""
    if component != "residual":
        return _PLACES[component]
    if "run" in all_components:
        return "between samples of one run"
    outer = [name for name in all_components if name != "residual"]
    return f"between runs of one {outer[-1]}" if outer else "between runs"


def _said(row: dict[str, Any], place: str, factor: float, unit: str) -> str:
    """Return one variance as a standard deviation, in the middle of a sentence."""
    if row["variance"] is None:
        return f"{place} by an amount that these runs do not tell"
    if row["degrees_of_freedom"] is None:
        return f"{place} by no more than chance makes"
    size = significant(float(np.sqrt(row["variance"])) * factor)
    return f"{place} by a standard deviation of {size}{' ' + unit if unit else ''}"


def component_table(content: ReportContent, target: str, scenario: str) -> Table | None:
    """Return the variances of one response and scenario, or None without whole plots and blocks."""
    rows = component_rows(content, target, scenario)
    if rows is None:
        return None
    look = shown_on_scale(content.study, target)
    unit = f" ({look.squared_unit})" if look.unit else ""
    models = rows["model"].to_list()
    return Table(
        caption="Variances by restricted maximum likelihood, with 90 % intervals; 0 where groups"
        f" differ by no more than chance makes.{scale_of_tests(content.study, target)}",
        columns=(
            *text("Model", "Variance of"),
            *numbers(f"Variance{unit}", "Lower", "Upper", "Degrees of freedom"),
        ),
        rows=tuple(
            (
                row["model"] if index == 0 or models[index - 1] != row["model"] else "",
                "residual" if row["component"] == "residual" else f"{row['component']}s",
                *(
                    measured(None if row[name] is None else row[name] * look.factor**2)
                    for name in ("variance", "lower", "upper")
                ),
                measured(row["degrees_of_freedom"]),
            )
            for index, row in enumerate(rows.iter_rows(named=True))
        ),
        first_rows=frozenset(
            index for index, name in enumerate(models) if index == 0 or models[index - 1] != name
        ),
    )
