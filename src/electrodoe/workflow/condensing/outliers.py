"""The study's outlier rule, response by response: flagged and set aside, never dropped."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

import polars as pl

from electrodoe.findings import Finding
from electrodoe.preprocess.outliers import exchanged_samples, flag_outliers
from electrodoe.study import SetAside, Study
from electrodoe.workflow.condensing.measurement import Measurement
from electrodoe.workflow.condensing.measurement_table import RUN, sample_names

OUTLIERS: Final = "outliers"
"""Column of a measurement's table: the responses that the rule flags, and why."""


@dataclass(frozen=True, kw_only=True, eq=False)
class Flagged:
    """Measurements whose outliers are flagged.

    Attributes
    ----------
    tables : dict of str to polars.DataFrame
        The measurements' tables with a column ``outliers``.
    set_aside : tuple of SetAside
        One entry per value that the rule flags, for its response alone.
    findings : tuple of Finding
        What was flagged, where the rule is blind, what it costs, and which samples may have changed
        places.
    """

    tables: dict[str, pl.DataFrame]
    set_aside: tuple[SetAside, ...]
    findings: tuple[Finding, ...]


def flag_measurements(study: Study, measured: Mapping[str, Measurement]) -> Flagged:
    """Return the measurements with the outliers of every response flagged.

    Parameters
    ----------
    study : Study
        Its rule, and its responses.
    measured : mapping of str to Measurement
        By protocol.

    Returns
    -------
    Flagged
        A sample that is an outlier in one response keeps its others.
    """
    tables, set_aside, findings = {}, list[SetAside](), list[Finding]()
    for name, measurement in measured.items():
        table = measurement.condensed.table
        reasons = [""] * table.height
        for response in (each for each in study.responses if each in table.columns):
            flagged = flag_outliers(table, response, [RUN], study.outliers)
            findings += [*flagged.findings, *exchanged_samples(table, response, RUN)]
            for row, reason in _new_flags(table, flagged.table):
                reasons[row] = "; ".join(part for part in (reasons[row], reason) if part)
                sample = sample_names(name, table)[row]
                set_aside.append(SetAside(rows=(sample,), responses=(response,), reason=reason))
        tables[name] = table.with_columns(pl.Series(OUTLIERS, reasons, dtype=pl.String))
    return Flagged(tables=tables, set_aside=tuple(set_aside), findings=tuple(findings))


def _new_flags(before: pl.DataFrame, after: pl.DataFrame) -> list[tuple[int, str]]:
    """Return the rows that a rule has flagged, and what it wrote there."""
    pairs = zip(before["flags"], after["flags"], strict=True)
    return [
        (row, new.removeprefix(old).removeprefix("; "))
        for row, (old, new) in enumerate(pairs)
        if new != old
    ]
