"""D101: cells that are empty."""

import numpy as np
import polars as pl

from electrodoe.dataset.dataset import SAMPLE, Dataset
from electrodoe.findings import Finding, found
from electrodoe.findings.wording import listed


def missing_values(dataset: Dataset) -> list[Finding]:
    """Return one remark per factor or response with empty cells.

    A factor is missed in samples of the scenarios that see it, and nowhere else. Samples that
    instruments measured each have the responses of their own measurement alone, so that empty
    cells say nothing there.
    """
    findings = []
    responses = () if dataset.study.protocols else dataset.study.responses
    everywhere = np.ones(dataset.n_samples, dtype=np.bool_)
    asked = {factor: dataset.rows_that_need(factor) for factor in dataset.study.factors}
    asked |= dict.fromkeys(responses, everywhere)
    for column, rows in asked.items():
        needing = dataset.frame.filter(rows)
        samples = needing.filter(pl.col(column).is_null())[SAMPLE].to_list()
        if samples:
            findings.append(
                found(
                    "D101",
                    f"empty in {len(samples)} of {needing.height} rows: {listed(samples)}",
                    f"column '{column}'",
                )
            )
    return findings
