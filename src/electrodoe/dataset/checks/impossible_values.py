"""D103: values outside what was declared possible, or what physics allows."""

import numpy as np

from electrodoe.dataset.dataset import SAMPLE, Dataset
from electrodoe.dataset.wording import handled, with_unit
from electrodoe.findings import Finding, Severity, found
from electrodoe.quantities import physical_range


def impossible_values(dataset: Dataset) -> list[Finding]:
    """Return one finding per value outside its range."""
    findings = []
    samples = dataset.frame[SAMPLE].to_list()
    nowhere = np.zeros(dataset.n_samples, dtype=np.bool_)
    for column in dataset.study.factors | dataset.study.responses:
        lower, upper, source = _range(dataset, column)
        is_response = column in dataset.study.responses  # what a run lends is looked at there
        values = dataset.response(column) if is_response else dataset.values(column)
        is_set_aside = dataset.set_aside.get(column, nowhere)
        for row in np.flatnonzero((values < lower) | (values > upper)):
            is_done = bool(is_set_aside[row])
            findings.append(
                found(
                    "D103",
                    f"{with_unit(dataset.study, values[row], column)} in {samples[row]};"
                    f" {source} is"
                    f" {lower:g} to {upper:g}",
                    f"column '{column}', line {dataset.frame['line'][int(row)]}",
                    severity=Severity.NOTE if is_done else Severity.ERROR,
                    fix=handled(
                        "correct the cell, or set the row aside in study.toml with the reason",
                        is_set_aside=is_done,
                    ),
                )
            )
    return findings


def _range(dataset: Dataset, column: str) -> tuple[float, float, str]:
    """Return a column's minimum and maximum possible value, and who says so."""
    entries = (dataset.study.factors.get(column), dataset.study.responses.get(column))
    for declared in (each.range for each in entries if each is not None):
        if declared is not None:
            return *declared, "the declared range"
    return *physical_range(column), "the physical range"
