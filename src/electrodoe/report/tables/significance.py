"""Analysis of variance with lack of fit, and tests of terms from configuration means."""

from typing import Any

from electrodoe.report.content import ReportContent
from electrodoe.report.naming import shown, term_label
from electrodoe.report.rounding import measured, p_value, significant
from electrodoe.report.selection import of
from electrodoe.report.table import Table, numbers, text


def anova_table(content: ReportContent, target: str, scenario: str) -> Table | None:
    """Return the analysis of variance of one response and scenario, or None."""
    rows = of(content.anova, target, scenario)
    if rows.is_empty():
        return None
    look = shown(content.study, target)
    unit = f" ({look.squared_unit})" if look.unit else ""
    square = look.factor**2
    models = rows["model"].to_list()
    return Table(
        caption="Analysis of variance; lack of fit is tested against the scatter of replicates.",
        columns=(
            *text("Model", "Source"),
            *numbers("Degrees of freedom", f"Sum of squares{unit}", f"Mean square{unit}"),
            *numbers("F", "p"),
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
    look = shown(content.study, target)
    unit = f" ({look.unit})" if look.unit else ""
    models = rows["model"].to_list()
    return Table(
        caption=(
            "Tests of terms from configuration means; inputs run from −1 to +1 over their range."
            " Bold: p below 0.05."
        ),
        columns=(
            *text("Model", "Term"),
            *numbers(f"Estimate{unit}", f"Standard error{unit}", "Degrees of freedom", "t", "p"),
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


def _times(value: float | None, factor: float) -> float | None:
    """Return a value in the shown unit, or None."""
    return None if value is None else value * factor


def _block_starts(models: list[Any]) -> frozenset[int]:
    """Return the rows with which another model begins."""
    return frozenset(i for i, name in enumerate(models) if i == 0 or models[i - 1] != name)
