"""Stage 1: the samples in canonical order."""

import polars as pl

from electrodoe.workflow.frames import to_csv
from electrodoe.workflow.run import Run
from electrodoe.workflow.run_folder import Products


def make_samples(run: Run) -> Products:
    """Return every row of the table, with the responses it is set aside for."""
    masks = run.dataset.set_aside
    entries = [
        "; ".join(name for name, mask in masks.items() if mask[row])
        for row in range(run.dataset.n_samples)
    ]
    frame = run.dataset.frame.with_columns(set_aside_for=pl.Series(entries, dtype=pl.String))
    return {"samples.csv": to_csv(frame)}
