"""Values of a run for the samples that have none of their own."""

from collections.abc import Sequence
from typing import Final

import polars as pl

_RUN: Final = "run"
_SUFFIX: Final = "_of_run"


def filled_from_runs(
    table: pl.DataFrame, runs: pl.DataFrame, columns: Sequence[str]
) -> pl.DataFrame:
    """Return samples with the columns of their runs; a sample's own value comes first.

    Parameters
    ----------
    table : polars.DataFrame
        One row per sample, with ``run``.
    runs : polars.DataFrame
        One row per run.
    columns : sequence of str
        Which columns that both have are filled; of another one the sample's stays as it is.

    Returns
    -------
    polars.DataFrame
        The same rows in the same order.

    Examples
    --------
    >>> samples = pl.DataFrame({"run": ["1", "1"], "porosity": [0.2, None]})
    >>> runs = pl.DataFrame({"run": ["1"], "porosity": [0.3]})
    >>> filled_from_runs(samples, runs, ["porosity"])["porosity"].to_list()
    [0.2, 0.3]
    """
    joined = table.join(runs, on=_RUN, how="left", maintain_order="left", suffix=_SUFFIX)
    both = [name for name in runs.columns if name in table.columns and name != _RUN]
    filled = joined.with_columns(
        pl.col(name).cast(pl.Float64).fill_null(pl.col(f"{name}{_SUFFIX}"))
        for name in columns
        if name in both
    )
    return filled.drop(f"{name}{_SUFFIX}" for name in both)
