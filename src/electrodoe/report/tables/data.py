"""What was measured: factors, responses, and what was set aside."""

import numpy as np

from electrodoe.report.content import ReportContent
from electrodoe.report.naming import shown
from electrodoe.report.rounding import measured
from electrodoe.report.table import Table, numbers, text


def design_table(content: ReportContent) -> Table:
    """Return the factors with their ranges and numbers of levels."""
    return Table(
        caption="Inputs as they were set or measured.",
        columns=(
            *text("Input"),
            *numbers("Least", "Greatest"),
            *text("Unit", "Levels", "Column"),
        ),
        rows=tuple(_factor_row(content, name) for name in content.study.factors),
    )


def _factor_row(content: ReportContent, name: str) -> tuple[str, ...]:
    """Return one factor's range and levels."""
    look = shown(content.study, name)
    values = content.dataset.values(name)
    known = values[~np.isnan(values)] * look.factor
    levels = np.unique(known)
    is_set = len(levels) <= max(2, content.dataset.n_configurations // 2)
    if is_set and len(levels) <= 6:
        words = ", ".join(measured(float(level)) for level in levels)
    elif is_set:
        words = f"{len(levels)} levels"
    else:
        words = f"measured, {len(levels)} values"
    return (
        look.words,
        measured(float(known.min())),
        measured(float(known.max())),
        look.unit or "–",
        words,
        name,
    )


def response_table(content: ReportContent) -> Table:
    """Return the responses with their counts, ranges and means."""
    return Table(
        caption="Responses; mean and standard deviation over all samples that are in the models.",
        columns=(
            *text("Response"),
            *numbers("Samples", "Set aside", "Least", "Greatest", "Mean", "SD"),
            *text("Unit", "Measured per"),
        ),
        rows=tuple(_response_row(content, name) for name in content.study.responses),
    )


def _response_row(content: ReportContent, name: str) -> tuple[str, ...]:
    """Return one response's numbers."""
    look = shown(content.study, name)
    values = content.dataset.values(name) * look.factor
    aside = content.dataset.set_aside[name] & ~np.isnan(values)
    used = values[~np.isnan(values) & ~aside]
    spread = float(used.std(ddof=1)) if len(used) > 1 else np.nan
    numbers_shown = (used.min(), used.max(), used.mean(), spread) if len(used) else (np.nan,) * 4
    return (
        look.words,
        str(len(used)),
        str(int(aside.sum())),
        *(measured(float(number)) for number in numbers_shown),
        look.unit or "–",
        content.study.responses[name].measured_per,
    )


def set_aside_table(content: ReportContent) -> Table | None:
    """Return what the study left out and why, or None."""
    entries = content.study.set_aside
    if not entries:
        return None
    return Table(
        caption="Set aside by the study: kept in every table, left out of the models.",
        columns=text("Samples", "Responses", "Reason"),
        rows=tuple(
            (
                ", ".join(entry.rows),
                ", ".join(shown(content.study, name).label for name in entry.responses)
                if entry.responses
                else "all",
                entry.reason,
            )
            for entry in entries
        ),
    )
