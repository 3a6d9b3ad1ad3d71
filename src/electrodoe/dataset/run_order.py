"""The order in which runs were made, where their names say so."""

from collections.abc import Collection

import polars as pl

from electrodoe.dataset.dataset import CONFIGURATION, SAMPLE, Dataset
from electrodoe.dataset.run_numbers import numbers_in


def known_run_order(dataset: Dataset, samples: Collection[str]) -> dict[str, int]:
    """Return the number of each sample's run; empty where the names of runs have no numbers.

    Runs are numbered in their order by the run sheet of ``plan``. The order of the rows of a table
    is not asked: it is often that of the settings.

    Parameters
    ----------
    dataset : Dataset
        With a group column, declared or found, that names the run.
    samples : collection of str
        Names of those whose runs are asked about: other rows may be numbered in their own way.

    Returns
    -------
    dict of str to int
        By the name of the sample, and by that of the run.
    """
    if dataset.grouping.source not in {"declared", "column"}:
        return {}
    if dataset.study.measurements.group is None and dataset.grouping.column is None:
        return {}
    rows = dataset.frame.select(SAMPLE, CONFIGURATION).filter(pl.col(SAMPLE).is_in(list(samples)))
    runs = rows[CONFIGURATION].unique(maintain_order=True).to_list()
    numbers = numbers_in(runs)
    if numbers is None:
        return {}
    by_run = dict(zip(runs, numbers.tolist(), strict=True))
    return by_run | {sample: by_run[run] for sample, run in rows.iter_rows()}
