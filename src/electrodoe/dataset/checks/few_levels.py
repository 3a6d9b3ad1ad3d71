"""D106: a column with two distinct values only."""

from typing import Final

from electrodoe.dataset.dataset import CONFIGURATION, Dataset
from electrodoe.findings import Finding, Severity, found

_FEW: Final = 3
"""Two values for so few configurations are nothing odd."""


def few_levels(dataset: Dataset) -> list[Finding]:
    """Return one finding per declared column that knows only two values."""
    factors = [
        _finding(
            factor,
            Severity.NOTE,
            "the effect of this input can only be a straight line",
            "add a level between the two to see curvature",
        )
        for factor in dataset.study.factors
        if factor not in dataset.study.levels
        and dataset.frame[factor].filter(dataset.rows_with(factor)).drop_nulls().n_unique() == 2
    ]
    rows = dataset.modeled_rows
    n_configurations = dataset.frame[CONFIGURATION].filter(rows).n_unique()
    context = [
        _finding(
            column,
            Severity.WARNING,
            f"for {n_configurations} configurations: it was not measured on each of them,"
            " and can only stand for what was changed between the two",
            "do not use it as an input",
        )
        for column in dataset.study.measurements.context
        if column != dataset.study.measurements.block  # its levels are names
        and dataset.is_two_valued_measurement(column, rows)
        and n_configurations > _FEW
    ]
    return [*factors, *context]


def _finding(column: str, severity: Severity, consequence: str, fix: str) -> Finding:
    """Return the finding about one column."""
    return found(
        "D106",
        f"two distinct values; {consequence}",
        f"column '{column}'",
        severity=severity,
        fix=fix,
    )
