"""What a protocol's files were condensed into: its columns, a run's values for its samples."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final

import polars as pl

from electrodoe.findings import Finding
from electrodoe.preprocess import Condensed
from electrodoe.workflow.run_folder import Products

MEASUREMENT: Final = "measurement"
RUN: Final = "run"
SAMPLE: Final = "sample"
FILE: Final = "file"
LINES: Final = "lines"
ACCEPTED: Final = "accepted"
FLAGS: Final = "flags"
OUTLIERS: Final = "outliers"
"""Columns of condensed tables; the last holds what the outlier rule flags of a sample, and why."""

_OF_RUN: Final = "_of_run"
"""Ending of a run's column beside the sample's own, while they are joined."""


@dataclass(frozen=True, kw_only=True, eq=False)
class Measurement:
    """One measurement of a study.

    Attributes
    ----------
    condensed : Condensed
        One row per sample, ``run`` and ``sample`` first.
    pictures : mapping of str to bytes
        Galleries, figures and tables beside the samples, by file name.
    """

    condensed: Condensed
    pictures: Products


def within(folder: Path, findings: Iterable[Finding]) -> tuple[Finding, ...]:
    """Return findings that name files as they lie in a study's folder."""
    prefix = f"{folder.as_posix()}/"
    return tuple(replace(finding, where=finding.where.replace(prefix, "")) for finding in findings)


def filled_from_runs(
    table: pl.DataFrame, runs: pl.DataFrame, columns: Sequence[str]
) -> pl.DataFrame:
    """Return samples with the columns of their runs; a sample's own value comes first.

    Of the columns that both have, those named are filled; of another one the sample's stays as it
    is. Rows stay in their order.

    Examples
    --------
    >>> samples = pl.DataFrame({"run": ["1", "1"], "porosity": [0.2, None]})
    >>> runs = pl.DataFrame({"run": ["1"], "porosity": [0.3]})
    >>> filled_from_runs(samples, runs, ["porosity"])["porosity"].to_list()
    [0.2, 0.3]
    """
    joined = table.join(runs, on=RUN, how="left", maintain_order="left", suffix=_OF_RUN)
    both = [name for name in runs.columns if name in table.columns and name != RUN]
    filled = joined.with_columns(
        pl.col(name).cast(pl.Float64).fill_null(pl.col(f"{name}{_OF_RUN}"))
        for name in columns
        if name in both
    )
    return filled.drop(f"{name}{_OF_RUN}" for name in both)
