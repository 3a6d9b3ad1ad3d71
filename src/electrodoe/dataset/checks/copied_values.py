"""D107: one measurement per configuration that was copied to all its rows."""

import numpy as np
import polars as pl

from electrodoe.dataset.dataset import CONFIGURATION, Dataset
from electrodoe.findings import Finding, Severity, found


def copied_values(dataset: Dataset) -> list[Finding]:
    """Return one finding per response without any spread inside configurations."""
    findings = []
    for name, response in dataset.study.responses.items():
        if dataset.study.kind_of(name) != "number" and response.measured_per == "sample":
            continue  # outcomes and small counts are often all alike
        own = dataset.frame.filter(~np.isnan(dataset.response(name)))
        spread = own.group_by(CONFIGURATION).agg(spread=pl.col(name).max() - pl.col(name).min())
        if spread.height in (1, own.height) or not np.all(spread["spread"].to_numpy() == 0.0):
            continue
        is_declared = response.measured_per == "configuration"
        findings.append(
            found(
                "D107",
                f"all rows of a configuration hold the same value: {own.height} rows"
                f" are {spread.height} measurements",
                f"column '{name}'",
                severity=Severity.NOTE if is_declared else Severity.WARNING,
                fix="nothing: modeled on one row per configuration"
                if is_declared
                else 'say measured_per = "configuration" in study.toml; a random split would'
                " find every test value in its training rows",
            )
        )
    return findings
